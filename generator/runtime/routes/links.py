"""`/l/<token>`: a link is exchanged for a cookie and a clean address."""

import logging
from dataclasses import replace

from flask import Flask, Response

from generator.model.customer import Customer
from generator.model.workflow import PURPOSES
from generator.runtime import addresses
from generator.runtime.desk import Desk
from generator.runtime.language import nearest
from generator.runtime.links import Link, said
from generator.runtime.post import send_fresh_link
from generator.runtime.screens import GoTo, Notice, Refusal, Screen
from generator.runtime.visit import LANGUAGE_COOKIE
from generator.runtime.ways_in import WaysIn
from generator.seal.token import ALLOWANCE, Opened

log = logging.getLogger(__name__)

ALL = "all"
"""Whom links that nobody made are counted for beside each client."""


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of links."""
    parts = desk.parts
    ways = WaysIn(parts)

    @app.get("/l/<token>")
    def follow(token: str) -> Response:
        """Whoever opens it, be it a machine that looks into mails: nothing is used up."""
        found = opened(token)
        link = said(found.says)
        customer, here = parts.biller.customer_by_ref(link.customer), desk.whoever()
        if over(found, customer) or (link.single_use and parts.store.link_used(found.id)):
            return desk.answer(Notice("link_expired"))
        if here is not None and customer is not None and here.id != customer.id:
            return desk.answer(Notice("other_customer"))
        return desk.answer(Notice("link_once")) if link.single_use else enter(link, customer)

    @app.post("/l/<token>")
    def press(token: str) -> Response:
        """The button of the page that the link led to: go on, switch to its customer, or have a fresh one mailed."""
        found = opened(token)
        wants_mail = "mail" in desk.form()
        link = said(found.says)
        customer = parts.biller.customer_by_ref(link.customer)
        used_by = desk.visit.id
        if not over(found, customer) and not (wants_mail and link.single_use):
            if link.single_use and not parts.store.use_link(found.id, used_by, found.expires + ALLOWANCE):
                return desk.answer(Notice("link_expired"))
            return enter(link, customer)
        if not wants_mail:
            return desk.answer(Notice("link_expired"))
        if customer is not None and customer.billing.email and not customer.suspended:
            send_fresh_link(parts, customer, link, found.id)
        return desk.answer(Notice("mail_on_its_way"))

    def begun(customer: Customer, link: Link, recipient: str) -> Screen:
        """Into the workflow at once, with what the link gives: that stands in no address that anybody could write."""
        language = desk.language(parts.library.current.site, customer)
        subject = replace(link.subject, recipient=recipient)
        return desk.conductor.stand(desk.conductor.begin(customer, link.opens, subject, language, given=link.given))

    def opened(token: str) -> Opened:
        """What the link says; one that nobody can read is no link. Raises `Refusal`."""
        desk.may_try("link", desk.client)
        found = parts.links.open(token, parts.clock.now())
        if found is None:
            desk.may_try("any_link", ALL)
            desk.limits.count("link", desk.client)
            desk.limits.count("any_link", ALL)
            raise Refusal(Notice("not_found"))
        if found.early:
            log.error(
                "link-of-the-future link=%s made=%s: the clocks of its maker and ours differ", found.id, found.made
            )
            raise Refusal(Notice("link_early"))
        return found

    def over(found: Opened, customer: Customer | None) -> bool:
        """Whether its time is over, or the merchant has revoked what was made for its customer until then."""
        revoked = parts.store.links_revoked(customer.id) if customer else None
        return found.expired or (revoked is not None and found.made <= revoked)

    def enter(link: Link, customer: Customer | None) -> Response:
        """As this customer, to the page itself. The visit gets a new id, even for the same customer."""
        if customer is None:
            raise Refusal(Notice("not_found"))
        if customer.suspended:
            raise Refusal(Notice("suspended"))
        desk.sign_in(customer.id)
        recipient = parts.biller.customer_by_ref(link.recipient) if link.recipient else None
        if link.recipient and recipient is None:
            raise Refusal(Notice("recipient_unknown"))
        if link.opens not in ways.destinations:
            log.warning("link-leads-nowhere to=%s: the definition has no such workflow or section any more", link.opens)
            return desk.answer(Notice("no_longer_offered", addresses.portal()))
        whom = recipient.id if recipient else ""
        gives = bool(link.given) and link.opens in PURPOSES and not PURPOSES[link.opens].visitor
        response = desk.answer(begun(customer, link, whom) if gives else GoTo(link.path(whom)))
        if spoken := nearest((link.language,), parts.library.current.site.languages):
            response.set_cookie(LANGUAGE_COOKIE, spoken, samesite="Lax", secure=parts.secure)
        return response
