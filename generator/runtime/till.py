"""Carries an intent from wherever it was left to its end: the same few calls after a click, a return, a crash, a week.

The order is what keeps money safe. The intent is on disk with its key before anybody is asked; what the gateway says is
on disk before the biller is told; and only then does the customer see the next page. Every call may be made again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from generator.engine import payment
from generator.model.move import End
from generator.model.payment import (
    Charge,
    CoolDown,
    Declined,
    Elsewhere,
    Intent,
    New,
    NothingDue,
    Paid,
    Promised,
    Result,
    Saved,
    Settlement,
    Unknown,
)
from generator.model.quote import Closed
from generator.model.walk import Ended, Held, Open, Walk
from generator.ports.trouble import Conflict, Unavailable
from generator.runtime.parts import Parts

LADDER = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""When to ask again about what is not decided; the last step repeats."""

ASK_WITHIN = timedelta(hours=1)
"""How long a request that never reached the gateway is made again without the customer; after that it is given up."""

AWAY_WITHIN = timedelta(days=1)
"""How long a customer may take on the gateway's page."""

log = logging.getLogger(__name__)


class Till:
    """Asks the gateway, tells the biller, and writes down each in between."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, walk: Walk, intent: Intent, unless: CoolDown) -> Walk:
        """Take a new intent to its end, or as far as it goes now. Raises `TooMany` where a bank may not be asked."""
        held = self._parts.store.save(walk, intent, unless if isinstance(intent.choice, Saved | New) else None)
        return self._carry(held, intent, self._first_answer(intent))

    def look_again(self, walk: Walk, intent: Intent, present: bool = True) -> Walk:
        """Find out how it stands. With the customer present, what never reached the gateway is asked again."""
        if payment.settled(intent.result) is not None:
            return self._carry(walk, intent, intent.result)
        return self._carry(walk, intent, self._found(intent, present))

    def give_up(self, walk: Walk, intent: Intent) -> Walk:
        """The customer wants something else: call it off, unless it happened meanwhile."""
        if payment.settled(intent.result) is not None:
            return self._carry(walk, intent, intent.result)
        return self._carry(walk, intent, self._checked(intent, self._parts.gateway.cancel(intent.key)))

    def _first_answer(self, intent: Intent) -> Result | Promised | NothingDue:
        return payment.without_gateway(intent.choice) or self._charge(intent)

    def _found(self, intent: Intent, present: bool) -> Result | Promised | NothingDue:
        """A crash may have left it anywhere between the intent and the answer."""
        without = payment.without_gateway(intent.choice)
        if without is not None:
            return without
        found = self._parts.gateway.find(intent.key)
        age = self._parts.clock.now() - intent.asked
        if found is None:
            if present or (isinstance(intent.choice, Saved) and age < ASK_WITHIN):
                return self._charge(intent)
            return self._checked(intent, self._parts.gateway.cancel(intent.key)) if age > ASK_WITHIN else Unknown()
        if isinstance(found, Elsewhere) and not present and age > AWAY_WITHIN:
            return self._checked(intent, self._parts.gateway.cancel(intent.key))
        return self._checked(intent, found)

    def _charge(self, intent: Intent) -> Result:
        """That nobody could be reached now proves nothing about an earlier try: it is Unknown, not Declined."""
        try:
            return self._checked(intent, self._parts.gateway.charge(_charge_of(intent), intent.key))
        except Unavailable:
            return Unknown()

    def _checked(self, intent: Intent, result: Result) -> Result:
        """Another amount than the one that was asked for is nothing that we believe."""
        if isinstance(result, Paid) and result.amount != intent.amount:
            log.error("wrong-amount key=%s asked=%s answered=%s", intent.key, intent.amount, result.amount)
            return Unknown()
        return result

    def _carry(self, walk: Walk, intent: Intent, result: Result | Promised | NothingDue) -> Walk:
        now = self._parts.clock.now()
        wait = LADDER[min(intent.checks, len(LADDER) - 1)]
        settlement = payment.settled(result)
        decided = intent.decided or (now if settlement is not None else None)
        intent = replace(intent, result=result, checks=intent.checks + 1, next_check=now + wait, decided=decided)
        self._parts.store.keep_intent(intent)
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
            return self._parts.store.save(_after(walk, settlement, closed, self._parts.clock.now()), intent)
        except Conflict:
            fresh = self._parts.store.walk(walk.id)
            assert fresh is not None, "a walk is never deleted while money is in flight"
            return fresh if fresh.standing != walk.standing else self._end(fresh, intent, settlement, closed)


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


def _charge_of(intent: Intent) -> Charge:
    assert isinstance(intent.choice, Saved | New), "a gateway is asked only for what it can take"
    return Charge(
        order=intent.order,
        customer=intent.customer,
        amount=intent.amount,
        choice=intent.choice,
        payee=intent.payee,
        language=intent.language,
        come_back=intent.come_back,
    )
