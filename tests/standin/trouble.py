"""Faults that a test puts between us and Stripe: what is asked or answered is lost, late, or not what it should be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

Change = Callable[[dict[str, object]], object]


@dataclass
class Fault:
    """`at` is matched against `post /v1/refunds`; it happens so many `times`, `after` so many times when it does not.

    `answer` is a status and a body that take the place of the real ones; with `done` false nothing is done at all.
    `drop` closes the connection instead of answering. `change` alters what is answered. `wait` is in seconds.
    """

    at: str
    times: int = 1
    after: int = 0
    answer: tuple[int, str, dict[str, str]] | None = None
    done: bool = True
    drop: bool = False
    change: Change | None = None
    wait: float = 0


class Troubles:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = Lock()

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def left(self) -> int:
        """How many are still to happen."""
        return sum(fault.times for fault in self._faults)

    def next(self, asked: str) -> Fault | None:
        """The fault that happens to this request."""
        with self._lock:
            for fault in self._faults:
                if fault.times > 0 and re.search(fault.at, asked):
                    if fault.after > 0:
                        fault.after -= 1
                        continue
                    fault.times -= 1
                    return fault
        return None


def status(at: str, code: int, times: int = 1, done: bool = False, kind: str = "", **headers: str) -> Fault:
    """An error of Stripe's own, such as 429, 500 or 503."""
    kind = kind or ("rate_limit_error" if code == 429 else "api_error")
    body = f'{{"error": {{"type": "{kind}", "message": "something is wrong here"}}}}'
    return Fault(
        at, times, answer=(code, body, {name.replace("_", "-"): value for name, value in headers.items()}), done=done
    )


def page(at: str, times: int = 1, done: bool = True) -> Fault:
    """A page for people, as a proxy sends it."""
    return Fault(
        at, times, answer=(200, "<!doctype html><title>Just a moment</title>", {"Content-Type": "text/html"}), done=done
    )


def cut_short(at: str, times: int = 1) -> Fault:
    """JSON that ends in the middle."""
    return Fault(at, times, answer=(200, '{"id": "pi_1", "object": "payment_int', {}))


def lost(at: str, times: int = 1, done: bool = True) -> Fault:
    """The connection breaks: after it was done, or before."""
    return Fault(at, times, drop=True, done=done)
