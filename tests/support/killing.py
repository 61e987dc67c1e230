"""Adapters that kill the server that uses them, once, at the moment that `KILL_AT` names."""

import os
import signal
from pathlib import Path
from typing import Any

from generator import wiring


def _die(moment: str) -> None:
    """As `kill -9` does: no chance to tidy up. A file remembers it, so that the next server lives."""
    done = Path(os.environ["KILLED"])
    if os.environ["KILL_AT"] == moment and not done.exists():
        done.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def gateway(settings: Any) -> Any:
    """The sandbox, deadly around a charge and a refund."""
    made = wiring.GATEWAYS["sandbox"](settings)
    charge, refund = made.charge, made.refund

    def deadly(asked: Any, key: str) -> Any:
        _die("before the charge")
        answer = charge(asked, key)
        _die("after the charge")
        return answer

    def deadly_back(*asked: Any) -> Any:
        _die("before the refund")
        answer = refund(*asked)
        _die("after the refund")
        return answer

    made.charge, made.refund = deadly, deadly_back
    return made


def biller(*arguments: Any) -> Any:
    """The ledger, deadly around the closing of an order and of a refund."""
    made = wiring.BILLERS["ledger"](*arguments)
    close, close_refund = made.close, made.close_refund

    def deadly(*asked: Any) -> Any:
        _die("before the order is closed")
        answer = close(*asked)
        _die("after the order is closed")
        return answer

    def deadly_back(*asked: Any) -> Any:
        _die("before the refund is closed")
        answer = close_refund(*asked)
        _die("after the refund is closed")
        return answer

    made.close, made.close_refund = deadly, deadly_back
    return made
