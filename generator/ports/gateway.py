"""Who takes payment. Card data never passes through us."""

from typing import Protocol

from generator.model.payment import Charge, Key, Method, Result


class Gateway(Protocol):
    """Takes payment, or says that it cannot know.

    `methods` may raise `Unavailable`. `charge` raises it only where nothing of this call arrived, which says nothing
    about an earlier one with the same key; `find` and `cancel` never do: where money may have moved, they answer
    `Unknown`. The same key for another order, customer, amount or choice is our bug, and an exception.
    """

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port of its pages: the browser may be sent there."""
        ...

    def methods(self, customer: str) -> tuple[Method, ...]:
        """What is on file for the customer, the default first."""
        ...

    def charge(self, charge: Charge, key: Key) -> Result:
        """Take the amount, or with zero register the method. The same key again is the same charge."""
        ...

    def find(self, key: Key) -> Result | None:
        """How it stands with this key; None when it never arrived there."""
        ...

    def cancel(self, key: Key) -> Result:
        """Give up what is not decided yet: `Declined` when that worked, else what happened meanwhile.

        A key that never arrived is closed for good, so that a late request with it moves no money.
        """
        ...
