"""Adapters that kill the server that uses them, once, at the moment that `KILL_AT` names."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import wiring


def _die(moment: str) -> None:
    """As `kill -9` does: no chance to tidy up. A file remembers it, so that the next server lives."""
    done = Path(os.environ["KILLED"])
    if os.environ["KILL_AT"] == moment and not done.exists():
        done.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _deadly(call: Callable[..., Any], what: str) -> Callable[..., Any]:
    """The same call, with death on either side of it."""

    def deadly(*asked: Any) -> Any:
        _die(f"before {what}")
        answer = call(*asked)
        _die(f"after {what}")
        return answer

    return deadly


def gateway(*arguments: Any) -> Any:
    """The sandbox, deadly around a charge and a refund."""
    made = wiring.GATEWAYS["sandbox"](*arguments)
    made.charge, made.refund = _deadly(made.charge, "the charge"), _deadly(made.refund, "the refund")
    return made


def biller(*arguments: Any) -> Any:
    """The ledger, deadly around the closing of an order and of a refund."""
    made = wiring.BILLERS["ledger"](*arguments)
    made.close = _deadly(made.close, "the order is closed")
    made.close_refund = _deadly(made.close_refund, "the refund is closed")
    return made


def mailer(*arguments: Any) -> Any:
    """The mailbox, deadly around each mail."""
    made = wiring.MAILERS["mailbox"](*arguments)
    made.send = _deadly(made.send, "the mail")
    return made
