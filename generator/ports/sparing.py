"""A gateway that is left alone for a while when its answers do not come, so that customers are told at once."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class Sparing(Protocol):
    """What a gateway may be beside a gateway."""

    def on_rest(self, told: Callable[[], object]) -> None:
        """Call this whenever such a while begins."""
        ...
