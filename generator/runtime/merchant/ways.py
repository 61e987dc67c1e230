"""Links for one customer: made, and those that make sense now."""

from datetime import timedelta

from generator.model.walk import Subject
from generator.runtime.links import Link
from generator.runtime.merchant import customers, told
from generator.runtime.merchant.asked import LinkAsked
from generator.runtime.merchant.paging import Wanted, of_all
from generator.runtime.merchant.told import CustomerTold, LinkTold, Page
from generator.runtime.merchant.wrong import not_offered
from generator.runtime.parts import Parts
from generator.runtime.ways_in import Unlinkable, WaysIn

_POINTER = {"workflow or section": "/to", "address": "/mail"}


def make(parts: Parts, asked: LinkAsked) -> LinkTold:
    """A link as it was asked for. Raises `Objection`."""
    customer = customers.find(parts, asked.customer)
    subject = Subject(asked.plan or "", asked.subscription or "", asked.target or "", asked.invoice or "")
    ways = WaysIn(parts)
    try:
        link = ways.link(
            customer,
            asked.to,
            subject,
            asked.language or "",
            asked.single_use,
            mailed=asked.mail,
            recipient=asked.recipient or "",
            given=asked.given,
            promotion=asked.promotion or "",
        )
        if asked.mail:
            ways.mail(customer, link)
    except Unlinkable as fault:
        raise not_offered(_POINTER.get(fault.thing, f"/{fault.thing}"), str(fault), fault.said, fault.known) from fault
    return _tell(parts, link, timedelta(hours=asked.hours) if asked.hours else link.good_for)


def applying(parts: Parts, ref: str, wanted: Wanted) -> Page[LinkTold]:
    """Every way in that makes sense for the customer now."""
    customer, ways = customers.find(parts, ref), WaysIn(parts)
    links = [ways.link(customer, way.to, way.subject) for way in ways.applying(customer)]
    return of_all(
        links,
        wanted,
        lambda link: _tell(parts, link, link.good_for),
        lambda link: f"{link.opens} {dict(link.subject.said)}",
    )


def revoke(parts: Parts, ref: str) -> CustomerTold:
    """Every link and every visit of the customer ends now. Raises `Objection`."""
    customer = customers.find(parts, ref)
    WaysIn(parts).revoke(customer)
    return told.customer(customer)


def _tell(parts: Parts, link: Link, good_for: timedelta) -> LinkTold:
    url = WaysIn(parts).address(link, good_for)
    return LinkTold(url=url, to=link.opens, expires=parts.clock.now() + good_for)
