"""Who there is to be: people with what they have, made of whatever the merchant sells."""

from collections.abc import Iterator

from generator.gallery.sample import people
from generator.gallery.sample.sold import Sold
from generator.model.price_list import PriceList
from generator.rehearsal.members import Member

CARD = "4242424242424242"
DECLINED = "4000000000000002"
ACCOUNT = "DE89370400440532013000"


def cast(prices: PriceList, language: str) -> tuple[Member, ...]:
    """From somebody new to somebody who has everything, each with what makes them worth being."""
    return tuple(_cast(Sold(prices), language)) if prices.catalog.plans else ()


def _cast(sold: Sold, language: str) -> Iterator[Member]:
    paid, rich, her = sold.paid.ref, sold.rich.ref, people.CLARA.billing
    yield Member("new", language, people.NEW.billing, "new here: nothing is known but an e-mail address")
    yield Member("clara", language, her, "has a subscription and a card on file", card=CARD, has=(rich,))
    yield Member("declined", language, her, "has a card that is declined", card=DECLINED)
    yield Member(
        "german", language, people.GERMAN.billing, "very long words; owes an invoice", terms_days=30, has=(paid,)
    )
    yield Member(
        "arabic",
        language,
        people.ARABIC.billing,
        "a card and an account on file",
        card=CARD,
        account=ACCOUNT,
        has=(paid,),
    )
    yield Member("late", language, her, "is on hold: a payment is due", card=CARD, has=(paid,), does="suspended")
    yield Member("leaving", language, her, "has cancelled, and may stay", card=CARD, has=(paid,), does="terminates")
    yield Member("pausing", language, her, "pauses from the next term on", card=CARD, has=(paid,), does="pauses")
    yield Member("resting", language, her, "pauses now", card=CARD, has=(paid,), does="rests")
    if len({plan.ref for plan in sold.plans if not plan.private}) > 1:
        dear = max(sold.plans, key=lambda plan: (not plan.commitment, plan.price.minor)).ref
        yield Member("lower", language, her, "changes to a cheaper plan", card=CARD, has=(dear,), does="downgrades")
    yield Member("offered", language, her, "a subscription was prepared for her", card=CARD, offered=paid)
