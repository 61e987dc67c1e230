"""What gateways said unasked, until somebody acted on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from generator.model.hint import Aside, Hint


class Hints(Protocol):
    """Any call may raise `Unavailable`."""

    def hear(self, hint: Hint, now: datetime) -> bool:
        """Keep a hint; False where it came before. One that is set aside is kept and never acted on."""
        ...

    def hints(self, most: int) -> Sequence[Hint]:
        """Those that wait for somebody to act on them, the longest waiting first."""
        ...

    def heed(self, hint: str, aside: Aside = "") -> None:
        """It was acted on, or for this reason nobody does."""
        ...

    def aside(self, most: int) -> Sequence[Hint]:
        """Hints that look as if they were meant for us and are not acted on, the newest first."""
        ...
