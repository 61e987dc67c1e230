"""Carries a refund from wherever it was left to its end: the same few calls after a request, a crash, a week.

It is on disk with its key before the gateway is asked, and what the gateway says is on disk before anybody is told.
"""

import logging

from generator.model.credit import Refund
from generator.model.payment import NotRefunded, Refunded, RefundResult, Unknown
from generator.ports.trouble import Unavailable
from generator.runtime.asking import LADDER
from generator.runtime.parts import Parts

log = logging.getLogger(__name__)


def carry(parts: Parts, refund: Refund) -> Refund:
    """Ask the gateway, unless that is done already, and write down what it says."""
    return refund if refund.closed else _written(parts, refund, _asked(parts, refund))


def look_again(parts: Parts, refund: Refund) -> Refund:
    """Find out how it stands; what never reached the gateway is asked again, with the same key."""
    found = parts.gateway.find_refund(refund.key)
    return _written(parts, refund, _checked(refund, found)) if found is not None else carry(parts, refund)


def look_back(parts: Parts, refund: Refund) -> None:
    """It was on its way, and the customer's bank may have sent it back. Raises `Unavailable`: look again later."""
    if not isinstance(refund.result, Refunded):
        return
    found = parts.gateway.find_refund(refund.key)
    if isinstance(found, Unknown):
        raise Unavailable("the gateway does not say whether money that went back arrived")
    if isinstance(found, NotRefunded):
        parts.biller.refund_came_back(refund.key)
        log.error("refund-came-back key=%s note=%s: give it back by transfer", refund.key, refund.note)


def _asked(parts: Parts, refund: Refund) -> RefundResult:
    """That nobody could be reached now proves nothing about an earlier try."""
    try:
        return _checked(refund, parts.gateway.refund(refund.charge, refund.amount, refund.key))
    except Unavailable:
        return Unknown()


def _checked(refund: Refund, result: RefundResult) -> RefundResult:
    """Another amount than the one that was asked for is nothing that we believe."""
    if isinstance(result, Refunded) and result.amount != refund.amount:
        log.error("wrong-amount refund=%s asked=%s answered=%s", refund.key, refund.amount, result.amount)
        return Unknown()
    return result


def _written(parts: Parts, refund: Refund, result: RefundResult) -> Refund:
    wait = LADDER[min(refund.checks, len(LADDER) - 1)]
    closed = parts.biller.close_refund(refund.key, result, parts.clock.now() + wait)
    log.info("refund key=%s as=%s", refund.key, type(closed.result).__name__)
    return closed
