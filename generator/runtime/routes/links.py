"""`/l/<token>`: a link is exchanged for a cookie and a clean address."""

from flask import Flask, Response

from generator.runtime.desk import Desk
from generator.runtime.links import Link, said
from generator.runtime.post import send_fresh_link
from generator.runtime.screens import GoTo, Notice, Refusal
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
        response = desk.answer(GoTo(link.path(recipient.id if recipient else "")))
        if link.language in parts.library.current.site.languages:
            response.set_cookie(LANGUAGE_COOKIE, link.language, samesite="Lax", secure=parts.secure)
        return response
