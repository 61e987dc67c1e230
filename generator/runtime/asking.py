"""Asks the gateway about one intent, and believes only what can be: the one place where its answers come in."""

import logging
from dataclasses import replace
from datetime import timedelta

from generator.engine import payment
from generator.model.payment import Charge, Elsewhere, Intent, New, NothingDue, Paid, Promised, Result, Saved, Unknown
from generator.ports.trouble import Unavailable
from generator.runtime.parts import Parts

LADDER = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""When to ask again about what is not decided; the last step repeats."""

ASK_WITHIN = timedelta(hours=1)
"""How long a request that never reached the gateway is made again without the customer; after that it is given up."""

AWAY_WITHIN = timedelta(days=1)
"""How long a customer may take on the gateway's page."""

log = logging.getLogger(__name__)


class Asking:
    """Every call may be made again: the key is the same, and so is what comes of it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def first(self, intent: Intent) -> Result | Promised | NothingDue:
        """Ask for the money, where any is to be asked for."""
        return payment.without_gateway(intent.choice) or self._charge(intent)

    def found(self, intent: Intent, present: bool) -> Result | Promised | NothingDue:
        """How it stands. A crash may have left it anywhere between the intent and the answer; with the customer
        present, what never reached the gateway is asked again."""
        without = payment.without_gateway(intent.choice)
        if without is not None:
            return without
        found = self._parts.gateway.find(intent.key)
        age = self._parts.clock.now() - intent.asked
        if found is None:
            if present or (isinstance(intent.choice, Saved) and age < ASK_WITHIN):
                return self._charge(intent)
            return self.cancelled(intent) if age > ASK_WITHIN else Unknown()
        if isinstance(found, Elsewhere) and not present and age > AWAY_WITHIN:
            return self.cancelled(intent)
        return self._checked(intent, found)

    def cancelled(self, intent: Intent) -> Result:
        """Call it off, unless it happened meanwhile."""
        return self._checked(intent, self._parts.gateway.cancel(intent.key))

    def noted(self, intent: Intent, result: Result | Promised | NothingDue) -> Intent:
        """The intent with what was said of it, written down, and when to ask again where that decides nothing."""
        self._parts.tally.answers.labels(self._parts.gateway.name, type(result).__name__.lower()).inc()
        now = self._parts.clock.now()
        wait = LADDER[min(intent.checks, len(LADDER) - 1)]
        decided = intent.decided or (now if payment.settled(result) is not None else None)
        noted = replace(intent, result=result, checks=intent.checks + 1, next_check=now + wait, decided=decided)
        self._parts.store.keep_intent(noted)
        return noted

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
        present=bool(intent.walk),
    )
