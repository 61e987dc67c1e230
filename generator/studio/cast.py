"""Who there is to be: people with what they have, made of whatever the merchant sells."""

from collections.abc import Iterator

from generator.gallery.sample import people
from generator.gallery.sample.sold import Sold
from generator.model.customer import Customer
from generator.model.price_list import PriceList
from generator.rehearsal.members import Member

CARD = "4242424242424242"
DECLINED = "4000000000000002"
ACCOUNT = "DE89370400440532013000"


def cast(prices: PriceList, language: str) -> tuple[Member, ...]:
    """From somebody new to somebody who has everything, each with what makes them worth being."""
    return tuple(_cast(Sold(prices), language)) if prices.catalog.plans else ()


def _cast(sold: Sold, language: str) -> Iterator[Member]:
    paid, rich = sold.paid.ref, sold.rich.ref
    yield _member(people.NEW, "new", language, "new here: nothing is known but an e-mail address")
    yield _member(people.CLARA, "clara", language, "has a subscription and a card on file", card=CARD, has=(rich,))
    yield _member(people.CLARA, "declined", language, "has a card that is declined", card=DECLINED)
    yield _member(people.GERMAN, "german", language, "very long words; owes an invoice", terms_days=30, has=(paid,))
    yield _member(
        people.ARABIC, "arabic", language, "a card and an account on file", card=CARD, account=ACCOUNT, has=(paid,)
    )
    yield _member(
        people.CLARA, "late", language, "is on hold: a payment is due", card=CARD, has=(paid,), does="suspended"
    )
    yield _member(
        people.CLARA, "leaving", language, "has cancelled, and may stay", card=CARD, has=(paid,), does="terminates"
    )
    yield _member(
        people.CLARA, "pausing", language, "pauses from the next term on", card=CARD, has=(paid,), does="pauses"
    )
    yield _member(people.CLARA, "resting", language, "pauses now", card=CARD, has=(paid,), does="rests")
    if len({plan.ref for plan in sold.plans if not plan.private}) > 1:
        dear = max(sold.plans, key=lambda plan: (not plan.commitment, plan.price.minor)).ref
        yield _member(
            people.CLARA, "lower", language, "changes to a cheaper plan", card=CARD, has=(dear,), does="downgrades"
        )
    yield _member(people.CLARA, "offered", language, "a subscription was prepared for her", card=CARD, offered=paid)


def _member(who: Customer, ref: str, language: str, says: str, **more: object) -> Member:
    return Member(ref, language, who.billing, says, **more)  # type: ignore[arg-type]
