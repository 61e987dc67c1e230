"""Carries an intent from wherever it was left to its end: the same few calls after a click, a return, a crash, a week.

The order is what keeps money safe. The intent is on disk with its key before anybody is asked; what the gateway says is
on disk before the biller is told; and only then does the customer see the next page. Every call may be made again.
"""

import logging
from dataclasses import replace
from datetime import datetime

from generator.engine import payment
from generator.model.move import End
from generator.model.payment import (
    Declined,
    Intent,
    New,
    NothingDue,
    Pending,
    Promised,
    Result,
    Saved,
    Settlement,
)
from generator.model.quote import Closed
from generator.model.terms import CoolDown
from generator.model.walk import Ended, Held, Open, Walk
from generator.ports.trouble import Conflict, Unavailable
from generator.runtime import post
from generator.runtime.asking import Asking
from generator.runtime.parts import Parts

log = logging.getLogger(__name__)


class Till:
    """Asks the gateway, tells the biller, and writes down each in between."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asking = Asking(parts)

    def ask(self, walk: Walk, intent: Intent, unless: CoolDown) -> Walk:
        """Take a new intent to its end, or as far as it goes now. Raises `TooMany` where a bank may not be asked."""
        held = self._parts.store.save(walk, intent, unless if isinstance(intent.choice, Saved | New) else None)
        return self._carry(held, intent, self._asking.first(intent))

    def look_again(self, walk: Walk, intent: Intent, present: bool = True) -> Walk:
        """Find out how it stands. With the customer present, what never reached the gateway is asked again."""
        if payment.settled(intent.result) is not None:
            return self._carry(walk, intent, intent.result)
        return self._carry(walk, intent, self._asking.found(intent, present))

    def give_up(self, walk: Walk, intent: Intent) -> Walk:
        """The customer wants something else: call it off, unless it happened meanwhile."""
        if payment.settled(intent.result) is not None:
            return self._carry(walk, intent, intent.result)
        return self._carry(walk, intent, self._asking.cancelled(intent))

    def _carry(self, walk: Walk, intent: Intent, result: Result | Promised | NothingDue) -> Walk:
        if isinstance(intent.result, Pending) and isinstance(result, Declined) and result.counts:
            post.send_debit_returned(self._parts, walk, intent)
        intent, settlement = self._asking.noted(intent, result), payment.settled(result)
        if settlement is None:
            return walk
        try:
            closed = self._parts.biller.close(intent.order, settlement, intent.key)
        except Unavailable:
            return walk
        return self._end(walk, replace(intent, closed=True), settlement, closed)

    def _end(self, walk: Walk, intent: Intent, settlement: Settlement, closed: Closed) -> Walk:
        """Another process may have carried the same intent to the same end: then the walk shows it already."""
        if not isinstance(walk.standing, Held) or walk.standing.key != intent.key:
            self._parts.store.keep_intent(intent)
            return walk
        log.info("settled key=%s as=%s", intent.key, type(settlement).__name__)
        try:
            after = self._parts.store.save(_after(walk, settlement, closed, self._parts.clock.now()), intent)
        except Conflict:
            fresh = self._parts.store.walk(walk.id)
            assert fresh is not None, "a walk is never deleted while money is in flight"
            return fresh if fresh.standing != walk.standing else self._end(fresh, intent, settlement, closed)
        if isinstance(after.standing, Ended):
            self._parts.tally.ended.labels(after.workflow, after.standing.outcome).inc()
        return after


def _after(walk: Walk, settlement: Settlement, closed: Closed, now: datetime) -> Walk:
    """The walk when its intent is settled: over, or open again for another try with another key.

    A bank may have taken longer than an idle walk is kept: it counts from now.
    """
    match settlement:
        case Declined():
            return replace(walk, standing=Open(settlement), attempts=walk.attempts + 1, touched=now)
        case _:
            move = payment.follows(settlement, "")
            assert isinstance(move, End), "what is settled and not declined ends a walk"
            return replace(walk, standing=Ended(move.outcome, closed.subscription, closed.invoice))
