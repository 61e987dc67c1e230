"""A biller that can say what became of something: not every one can, some only answer when they are asked."""

from typing import Protocol, runtime_checkable

from generator.model.event import Happening


@runtime_checkable
class Eventful(Protocol):
    """Any call may raise `Unavailable`."""

    def happenings(self, most: int) -> tuple[tuple[str, Happening], ...]:
        """What happened and is no event yet, the oldest first, each with its id: none that did not happen."""
        ...

    def numbered(self, happening: str) -> None:
        """It is an event now; the same again changes nothing."""
        ...
