"""A gateway, or a biller elsewhere, is left alone while its answers do not come, so that customers are told at once."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class Sparing(Protocol):
    """What either may be, beside what it is for."""

    def on_rest(self, told: Callable[[], object]) -> None:
        """Call this whenever such a while begins."""
        ...
