"""When Stripe has not answered several times in a row it is left alone for a while, and customers are told at once.

Of this process alone: each finds out by itself, and sends one question when the while is over, for all who wait.
"""

import logging
import math
import time
from collections.abc import Callable
from threading import Lock

AFTER = 5
"""So many answers in a row that never came."""

REST = 30.0
"""Seconds for which nothing is asked then."""

LONGEST = 60.0
"""Seconds for which Stripe may tell us to wait; then we look for ourselves."""

_log = logging.getLogger(__name__)


class Resting(Exception):
    """Nothing is asked now."""


class Breaker:
    """Whoever may ask has a turn, and hands it back with what they heard. `told` is called when a rest begins."""

    def __init__(self, after: int = AFTER, clock: Callable[[], float] = time.monotonic) -> None:
        self._after = after
        self._clock = clock
        self.told: Callable[[], object] = lambda: None
        self._lock = Lock()
        self._missed = 0
        self._turn = 0
        self._since = 0.0
        self._until = 0.0
        """0 while everybody may ask."""

    def look(self) -> None:
        """Raises `Resting` where nobody would be let through."""
        with self._lock:
            if self._clock() < self._until:
                raise Resting(self._says())

    def ask(self) -> int:
        """A turn. When the rest is over one is let through, and the others once that one has heard something, or after
        another rest. Raises `Resting`."""
        with self._lock:
            now = self._clock()
            if now < self._until:
                raise Resting(self._says())
            if self._until:
                self._until = now + REST
            return self._turn

    def heard(self, turn: int) -> None:
        """An answer came. One to a question from before the rest says nothing: Stripe may have asked for the rest."""
        with self._lock:
            if turn != self._turn:
                return
            self._missed = 0
            rested, self._until = self._until, 0.0
            since = self._since
        if rested:
            _log.warning("stripe-answers-again: after %.0f seconds", self._clock() - since)

    def missed(self, turn: int, wait: float = 0.0) -> None:
        """None came, or one that said to `wait` so many seconds."""
        with self._lock:
            if turn != self._turn:
                return
            self._missed += 1
            if not self._until and not wait and self._missed < self._after:
                return
            now, began = self._clock(), not self._until
            rest = min(wait, LONGEST) or REST
            self._turn += 1
            self._until = now + rest
            if began:
                self._since = now
            missed = self._missed
        if began:
            why = "it says so" if wait else f"{missed} answers in a row did not come"
            _log.error("stripe-rests: nothing is asked for %.0f seconds, as %s", rest, why)
            self.told()

    def _says(self) -> str:
        return f"nothing is asked of it for another {math.ceil(self._until - self._clock())} seconds"
