"""How subscriptions stand: as they were sold, and as Stripe says that they are now."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe_biller import reading
from generator.adapters.stripe_biller.sales import Sale, Sales
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.subscription import Subscription
from generator.ports.clock import Clock

THEN = ".then"
"""Behind our id of a subscription: what takes its place when its term is over."""


class Standing:
    """Any call may raise `Unavailable`, but for those that say that they raise what `asked` raises."""

    def __init__(self, v1: Any, sales: Sales, clock: Clock, zone: ZoneInfo) -> None:
        self._v1 = v1
        self._sales = sales
        self._clock = clock
        self._zone = zone

    @property
    def today(self) -> date:
        return day(self._clock.now(), self._zone)

    def of(self, customer: str) -> tuple[Subscription, ...]:
        return self._all(self._sales.of(customer))

    def paid_by(self, customer: str) -> tuple[Subscription, ...]:
        return self._all(self._sales.paid_by(customer))

    def one(self, id: str) -> Subscription | None:
        sale = self.sale(id.removesuffix(THEN))
        if sale is None or id.endswith(THEN):
            return self._follower(sale) if sale else None
        with unavailable():
            return self.read(sale, self.theirs(sale))

    def sale(self, id: str) -> Sale | None:
        """The sale of this id; what it was to become by today it is."""
        found = self._sales.one(id) if id else None
        now = found and found.by(self.today)
        if now is not None and now is not found:
            self._sales.change(now.id, now.sold, None)
        return now

    def read(self, sale: Sale, theirs: Said | None) -> Subscription:
        return reading.subscription(sale, theirs, self._zone, self.today)

    def theirs(self, sale: Sale) -> Said | None:
        """The subscription at Stripe, where there is one. Raises what `asked` raises."""
        return asked(self._v1.subscriptions.retrieve, sale.object) if sale.object else None

    def _all(self, found: tuple[Sale, ...]) -> tuple[Subscription, ...]:
        """The newest first, each with what takes its place later."""
        with unavailable():
            standing = [(one, self.read(one, self.theirs(one))) for one in found]
        shown = [one for one in standing if one[1].state != "deleted"]
        shown.sort(key=lambda one: (one[1].started, one[1].since or self._clock.now()), reverse=True)
        followers = (self._follower(sale) for sale, here in shown if here.successor)
        return (*(here for _, here in shown), *(one for one in followers if one))

    def _follower(self, sale: Sale) -> Subscription | None:
        """What it will be, as a subscription that waits; what was to be and was undone is none any more."""
        if sale.then is None:
            return None
        return replace(
            sale.then.sold,
            id=f"{sale.id}{THEN}",
            state="deleted" if sale.then.undone else "draft_delayed_upgrade",
            started=sale.then.on,
            period_start=sale.then.on,
        )
