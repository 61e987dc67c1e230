"""Everything that one account has: its objects by id, its clock, and what happened, which others are told."""

from __future__ import annotations

import heapq
import secrets
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from itertools import count
from threading import RLock
from typing import Any

from tests.standin import shapes
from tests.standin.faults import missing
from tests.standin.shapes import Thing

_LETTERS = string.ascii_letters + string.digits

Later = Callable[[], None]


class Books:
    """One account. `slow` is how long a bank takes for what it does not decide at once."""

    def __init__(self, url: str, slow: timedelta, version: str, clock: Callable[[], datetime]) -> None:
        self.url = url
        self.slow = slow
        self.version = version
        self._clock = clock
        """How an account speaks to who names no version."""
        self.lock = RLock()
        self.things: dict[str, Thing] = {}
        self.aside: dict[Any, Any] = {}
        """What Stripe knows of an object and does not say, by its id."""
        self.hear: Callable[[Thing], None] = lambda event: None
        """Told of each event."""
        self.request: tuple[str, str] = ("", "")
        """Id and idempotency key of the request that is being done."""
        self.ahead = timedelta()
        self.typed: Callable[[str], str] = lambda number: number
        """What somebody types on a page, as it is meant: tests speak of other banks' cards, too."""
        self.living: tuple[Callable[[Books, str | None, int], None], ...] = ()
        """What does things of itself when time passes: subscriptions."""
        self.followers: tuple[Callable[[Books, Thing], None], ...] = ()
        """Who wants to know how an intent ended: pages of Checkout, invoices."""
        self.settled: Callable[[Thing], None] = lambda invoice: None
        """Told of an invoice that is paid."""
        self.failed: Callable[[Thing], None] = lambda invoice: None
        """Told of an invoice that a bank did not pay."""
        self.alive: set[str] = set()
        """The ids of what does something of itself when time passes."""
        self.moments: dict[str | None, int] = {}
        """The time that it is on a clock while what lives by it is brought along."""
        self._waiting: list[tuple[int, int, str, Later]] = []
        self._count = count()

    def now(self, clock: str | None = None) -> int:
        """Seconds since 1970, on this test clock or on the wall."""
        if clock in self.moments:
            return self.moments[clock]
        if clock:
            return int(self.things[clock]["frozen_time"])
        return int((self._clock() + self.ahead).timestamp())

    def id(self, prefix: str) -> str:
        return f"{prefix}_{letters()}"

    def new(self, name: str, prefix: str, /, **fields: Any) -> Thing:
        """A new object, complete."""
        given = {"id": self.id(prefix), **fields}
        if shapes.dated(name):
            given.setdefault("created", self.now(given.get("test_clock")))
        thing = shapes.whole(name, given)
        self.things[thing["id"]] = thing
        return thing

    def find(self, name: str, id: Any, param: str = "") -> Thing:
        """The object with this id. Raises `Refusal` where there is none of this kind."""
        thing = self.things.get(id) if isinstance(id, str) else None
        if thing is None or thing["object"] != name:
            raise missing(name.rpartition(".")[2], str(id), param)
        return thing

    def maybe(self, name: str, id: str | None) -> Thing | None:
        thing = self.things.get(id or "")
        return thing if thing is not None and thing["object"] == name else None

    def all(self, name: str, /, **same: Any) -> Iterator[Thing]:
        """All objects of a kind that have these values, the oldest first."""
        for thing in list(self.things.values()):
            if thing["object"] == name and all(thing.get(field) == value for field, value in same.items()):
                yield thing

    def remove(self, thing: Thing) -> Thing:
        """What is left of it: that it was there."""
        del self.things[thing["id"]]
        return {"id": thing["id"], "object": thing["object"], "deleted": True}

    def tell(self, kind: str, thing: Thing, previous: Mapping[str, Any] | None = None) -> Thing:
        """Something happened to this object. What it says now is what listeners are told."""
        data = {"object": deepcopy(thing), **({"previous_attributes": dict(previous)} if previous else {})}
        event = self.new(
            "event",
            "evt",
            type=kind,
            data=data,
            api_version=self.version,
            pending_webhooks=0,
            request={"id": self.request[0] or None, "idempotency_key": self.request[1] or None},
        )
        self.hear(event)
        return event

    def change(self, thing: Thing, **fields: Any) -> dict[str, Any]:
        """Give the object these values; what it said before, where that was something else."""
        before = {name: deepcopy(thing.get(name)) for name, value in fields.items() if thing.get(name) != value}
        thing.update(fields)
        return before

    def update(self, thing: Thing, event: str, **fields: Any) -> Thing:
        """Change it, and tell of it where anything is different now."""
        if before := self.change(thing, **fields):
            self.tell(event, thing, before)
        return thing

    def concluded(self, intent: Thing) -> None:
        """An intent is through, one way or the other: what hangs on it is told."""
        for follow in self.followers:
            follow(self, intent)

    def pass_time(self, clock: str | None, until: int) -> None:
        """Move this clock, or the one on the wall, to a later time; what lives by it goes along, step by step."""
        for live in self.living:
            live(self, clock, until)

    def later(self, action: Later, after: timedelta | None = None, about: str = "") -> None:
        """To be done when so much time has passed; `about` is the id of what it is done to."""
        due = self.now() + int((self.slow if after is None else after).total_seconds())
        heapq.heappush(self._waiting, (due, next(self._count), about, action))

    def do_due(self) -> int:
        """Do what is due by now; answers how much that was."""
        done = 0
        with self.lock:
            while self._waiting and self._waiting[0][0] <= self.now():
                heapq.heappop(self._waiting)[-1]()
                done += 1
            self.pass_time(None, self.now())
        return done

    @contextmanager
    def supposing(self) -> Iterator[None]:
        """Whatever is done within did not happen: nobody hears of it, and everything is again as it was."""
        kept = {id: thing if thing["object"] == "event" else deepcopy(thing) for id, thing in self.things.items()}
        live, aside, waiting, alive = dict(self.things), dict(self.aside), list(self._waiting), set(self.alive)
        hear, self.hear = self.hear, lambda event: None
        try:
            yield
        finally:
            self.hear = hear
            self.things.clear()
            for id, thing in live.items():
                if kept[id] is not thing:
                    thing.clear()
                    thing.update(kept[id])
                self.things[id] = thing
            self.aside, self._waiting, self.alive = aside, waiting, alive

    def forget_later(self, about: str) -> None:
        """What was to be done to it will not be."""
        with self.lock:
            self._waiting = [one for one in self._waiting if one[2] != about]
            heapq.heapify(self._waiting)


def letters(count: int = 24) -> str:
    """What nobody guesses."""
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def merged(before: Mapping[str, str] | None, said: Any) -> dict[str, str]:
    """Metadata as Stripe changes it: what is named is put there, what is empty is taken away, `""` empties it all."""
    if said == "":
        return {}
    return {name: value for name, value in {**(before or {}), **(said or {})}.items() if value != ""}
