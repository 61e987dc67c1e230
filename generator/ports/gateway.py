"""Who takes payment. Card data never passes through us."""

from typing import Protocol

from generator.model.payment import Charge, Key, Method, Result


class Gateway(Protocol):
    """Any call may raise `Unavailable`, but `charge` and `find` answer `Unknown` where money may have moved."""

    name: str
    origin: str
    """Scheme, host and port of its pages: the browser may be sent there."""

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
