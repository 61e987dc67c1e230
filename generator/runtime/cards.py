"""Looks after cards that are about to expire, so that their holders can give another one in time."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from generator.engine.payment import usable
from generator.model.customer import Customer
from generator.model.letter import Letter
from generator.model.payment import Method
from generator.model.subscription import Subscription
from generator.runtime import post
from generator.runtime.parts import Parts

BEFORE = (1, 7, 30)
"""How many days before its last one a card's holder is told, each once."""

AFTER = 7
"""For how many days it is told that a card has expired, where nobody has heard of it until then."""

LATER = timedelta(hours=1)
"""Who has just begun has more urgent things to do."""


class Cards:
    """Goes through all customers once a day, a few at a time; begun again, it tells nobody twice."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._begun = parts.clock.now()
        self._after = ""
        self._looked: date | None = None

    def look(self, most: int) -> None:
        """At the next few of today. Raises `Unavailable`, and then looks at the same ones again."""
        today = self._parts.today
        if self._looked == today or self._parts.clock.now() - self._begun < LATER:
            return
        some = self._parts.biller.customers(self._after, most)
        for customer in some:
            if customer.billing.email and not customer.terms and self._pays(customer):
                self._tell(customer, today)
        self._after = some[-1].ref if some else ""
        self._looked = None if some else today

    def _pays(self, customer: Customer) -> bool:
        """Whether anything is going to be charged to them by itself."""
        biller = self._parts.biller
        held: Sequence[Subscription] = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
        return any(one.active and one.billed == customer.id and one.price for one in held)

    def _tell(self, customer: Customer, today: date) -> None:
        methods = self._parts.gateway.methods(customer.id)
        last = last_good(methods, self._parts.library.current.site.currency, today)
        if last is None or not last.expires:
            return
        until = _last_day(last.expires)
        left = (until - today).days
        stage = next((days for days in BEFORE if 0 <= left <= days), None)
        if stage is None and not -AFTER <= left < 0:
            return
        letter = Letter("card_expires" if stage else "card_expired", customer.id, ends=until, method=last.label)
        id = f"card {customer.id} {last.id} {last.expires} {stage or 'over'}"
        post.send_letter(self._parts, letter, id, self._parts.clock.now())


def last_good(methods: Sequence[Method], currency: str, today: date) -> Method | None:
    """The method that can be charged longest; where none can be any more, the default."""
    good = usable(methods, currency, today)
    return max(good, key=lambda method: method.expires or "9999-99") if good else next(iter(methods), None)


def _last_day(month: str) -> date:
    """A card is good to the end of its month, `YYYY-MM`."""
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])
