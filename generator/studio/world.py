"""The merchant's world while a definition is written: its people, its clock, and what they come to see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from generator.adapters.clock import SystemClock, TravellingClock
from generator.model.customer import Customer
from generator.model.price_list import PriceList
from generator.rehearsal import members
from generator.rehearsal.members import Member
from generator.rehearsal.stand import Around, Stand, furnished, sandbox
from generator.runtime import app
from generator.runtime.ways_in import WaysIn
from generator.runtime.worker import Worker
from generator.studio.cast import cast


@dataclass(frozen=True)
class Way:
    """Somewhere that a customer may go now: what it is called, and the link that leads there."""

    says: str
    url: str


@dataclass
class World:
    """`pages` is the application that serves it; `people` who there is to be. All of it is gone when it ends."""

    stand: Stand
    people: tuple[Member, ...]
    pages: Any = field(init=False)

    def __post_init__(self) -> None:
        self.pages = app.create(self.stand.parts)

    @property
    def now(self) -> datetime:
        return self.stand.clock.now()

    def travel(self, days: int) -> int:
        """So many days pass, one after the other, and the worker does what falls due on each; answers how much."""
        worker, done = Worker(self.stand.parts), 0
        for _ in range(days):
            self.stand.clock.travel(timedelta(days=1))
            done += worker.round()
        return done

    def works(self) -> int:
        """What falls due now, as the worker would do it."""
        return Worker(self.stand.parts).round()

    def sells(self, prices: PriceList) -> None:
        """From now on; whoever has something keeps it as it was sold."""
        self.stand.ledger.sell(prices)

    def ways(self, ref: str) -> tuple[Way, ...]:
        """Everywhere that this customer may go now, the portal first."""
        customer = self.customer(ref)
        if customer is None:
            return ()
        ways = WaysIn(self.stand.parts)
        applying = [(way.to, way.subject) for way in ways.applying(customer)]
        links = [ways.link(customer, "portal"), *(ways.link(customer, to, subject) for to, subject in applying)]
        return tuple(
            Way(" ".join(filter(None, [one.opens, *one.subject.said.values()])), ways.address(one)) for one in links
        )

    def customer(self, ref: str) -> Customer | None:
        return self.stand.ledger.customer_by_ref(ref)


@contextmanager
def world(build: Path, prices: PriceList, address: str, around: Around) -> Iterator[World]:
    """Begins today, at noon by the merchant's clock or nearly, and goes on only as somebody travels."""
    noon = SystemClock().now().replace(hour=12, minute=0, second=0, microsecond=0)
    with furnished(build, prices, address, TravellingClock(noon), partial(sandbox, around=around)) as stand:
        people = cast(prices, stand.parts.library.current.site.languages[0])
        members.fill(stand.parts, people)
        yield World(stand, people)
