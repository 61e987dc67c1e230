"""`/l/<token>`: a link is exchanged for a cookie and a clean address."""

from dataclasses import replace

from flask import Flask, Response

from generator.model.customer import Customer
from generator.model.workflow import PURPOSES
from generator.runtime.desk import Desk
from generator.runtime.links import Link, said
from generator.runtime.post import send_fresh_link
from generator.runtime.screens import GoTo, Notice, Refusal, Screen
from generator.runtime.visit import LANGUAGE_COOKIE
from generator.seal.token import Opened


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of links."""
    parts = desk.parts

    def opened(token: str) -> Opened:
        """What the link says; one that nobody can read is no link. Raises `Refusal`."""
        found = parts.links.open(token, parts.clock.now())
        if found is None:
            raise Refusal(Notice("not_found"))
        return found

    @app.get("/l/<token>")
    def follow(token: str) -> Response:
        found = opened(token)
        if found.expired:
            return desk.answer(Notice("link_expired"))
        link = said(found.says)
        customer, here = parts.biller.customer_by_ref(link.customer), desk.whoever()
        if here is not None and customer is not None and here.id != customer.id:
            return desk.notice(Notice("other_customer"), here)
        return enter(link)

    @app.post("/l/<token>")
    def ask(token: str) -> Response:
        """The button of the page that the link could not pass: switch to its customer, or have a fresh one mailed."""
        found = opened(token)
        desk.form()
        link = said(found.says)
        if not found.expired:
            return enter(link)
        customer = parts.biller.customer_by_ref(link.customer)
        if customer is not None and customer.billing.email and not customer.suspended:
            send_fresh_link(parts, customer, link, found.id)
        return desk.answer(Notice("mail_on_its_way"))

    def begun(customer: Customer, link: Link, recipient: str) -> Screen:
        """Into the workflow at once, with what the link gives: that stands in no address that anybody could write."""
        language = desk.language(parts.library.current.site, customer)
        subject = replace(link.subject, recipient=recipient)
        return desk.conductor.stand(desk.conductor.begin(customer, link.opens, subject, language, given=link.given))

    def enter(link: Link) -> Response:
        """As this customer, to the page itself. The visit gets a new id, even for the same customer."""
        customer = parts.biller.customer_by_ref(link.customer)
        if customer is None:
            raise Refusal(Notice("not_found"))
        if customer.suspended:
            raise Refusal(Notice("suspended"))
        desk.sign_in(customer.id)
        recipient = parts.biller.customer_by_ref(link.recipient) if link.recipient else None
        if link.recipient and recipient is None:
            raise Refusal(Notice("recipient_unknown"))
        whom = recipient.id if recipient else ""
        gives = bool(link.given) and link.opens in PURPOSES and not PURPOSES[link.opens].visitor
        response = desk.answer(begun(customer, link, whom) if gives else GoTo(link.path(whom)))
        if link.language in parts.library.current.site.languages:
            response.set_cookie(LANGUAGE_COOKIE, link.language, samesite="Lax", secure=parts.secure)
        return response
