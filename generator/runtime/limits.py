"""How often somebody may ask for what could be guessed or costs us work: in bounded memory, by the port's clock."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

from generator.ports.clock import Clock

Tried = Literal["link", "any_link", "sign_in", "code", "look", "wrong_key", "call"]
"""A link that nobody made, by one client or by all together; asking for a code; typing one; a look at a price; a call
of the API without one of its keys, or with one."""


@dataclass(frozen=True)
class Limit:
    """So many within this time, and no more until it is over."""

    most: int
    per: timedelta


LIMITS: Mapping[Tried, Limit] = {
    "link": Limit(30, timedelta(minutes=1)),
    "any_link": Limit(600, timedelta(minutes=1)),
    "sign_in": Limit(10, timedelta(minutes=10)),
    "code": Limit(30, timedelta(minutes=10)),
    "look": Limit(120, timedelta(minutes=1)),
    "wrong_key": Limit(60, timedelta(minutes=1)),
    "call": Limit(600, timedelta(minutes=1)),
}

CAPACITY = 10_000
"""How many clients are remembered. Whoever was not heard of for longest is forgotten first."""


class Limits:
    """Counts for one process; what must hold for all of them together is counted in the store."""

    def __init__(self, clock: Clock, limits: Mapping[Tried, Limit] = LIMITS, capacity: int = CAPACITY) -> None:
        self._clock, self._limits, self._capacity = clock, limits, capacity
        self._counted: OrderedDict[tuple[Tried, str], tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, tried: Tried, who: str) -> None:
        """They tried."""
        now = self._clock.now()
        with self._lock:
            since, count = self._counted.pop((tried, who), (now, 0))
            if now - since >= self._limits[tried].per:
                since, count = now, 0
            self._counted[tried, who] = since, count + 1
            if len(self._counted) > self._capacity:
                self._counted.popitem(last=False)

    def wait(self, tried: Tried, who: str) -> timedelta | None:
        """How long they have to wait before they may try again; None where they need not."""
        with self._lock:
            since, count = self._counted.get((tried, who), (self._clock.now(), 0))
        left = since + self._limits[tried].per - self._clock.now()
        return left if count >= self._limits[tried].most and left > timedelta() else None
