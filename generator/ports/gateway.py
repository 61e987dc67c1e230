"""Who takes payment. Card data never passes through us."""

from collections.abc import Mapping
from typing import Protocol

from generator.model.hint import Hint
from generator.model.money import Money
from generator.model.payment import Charge, Dispute, Inset, Key, Method, RefundResult, Result

INSET = "/here"
"""Behind the address to come back to: the page of ours with the gateway's field."""


class Gateway(Protocol):
    """Takes payment, or says that it cannot know.

    `methods`, `make_default` and `remove` may raise `Unavailable` and may be called again. `charge` raises it only
    where nothing of this call arrived, which says nothing about an earlier one with the same key; `find` and `cancel`
    never do: where money may have moved, they answer `Unknown`. The same key for another order, customer, amount or
    choice is our bug, and an exception. Money that goes back is asked for and looked after in the same way.
    """

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        ...

    @property
    def origins(self) -> tuple[str, ...]:
        """Scheme, host and port of each of its pages: the browser may be sent there."""
        ...

    def answers(self) -> None:
        """Nothing happens where it can be asked and knows us; else raises `Unavailable`, with why."""
        ...

    def ready(self) -> None:
        """Raises `Unavailable` where it is known, without asking anybody, that nothing can be asked now."""
        ...

    def methods(self, customer: str) -> tuple[Method, ...]:
        """What is on file for the customer, the default first."""
        ...

    def make_default(self, customer: str, method: str) -> None:
        """Charge this one first from now on. Where the customer has no such method on file, nothing happens."""
        ...

    def remove(self, customer: str, method: str) -> None:
        """Forget it: with what is removed no new charge is ever made. Of what is left one is the default.

        A debit that is under way goes on; a page on which the customer has still to confirm it is closed. Where the
        customer has no such method on file, nothing happens.
        """
        ...

    def charge(self, charge: Charge, key: Key) -> Result:
        """Take the amount, or with zero register the method, which is then the default.

        The same key again is the same charge. A debit by SEPA mandate is `Pending` first, never `Paid` at once.
        """
        ...

    def inset(self, key: Key) -> Inset | None:
        """What a page of ours needs for the customer to go on there; None where they go on at the gateway's, or not.

        A gateway whose field stands on a page of ours answers `charge` with `Elsewhere` at `come_back` with `INSET`
        behind it. May raise `Unavailable`, and may be called again.
        """
        ...

    def find(self, key: Key) -> Result | None:
        """How it stands with this key; None when it never arrived there."""
        ...

    def cancel(self, key: Key) -> Result:
        """Give up what is not decided yet: `Declined` when that worked, else what happened meanwhile.

        A key that never arrived is closed for good, so that a late request with it moves no money.
        """
        ...

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Hint | None:
        """What a message at our address for the gateway hints at; None where it is forged, too old or from the future.

        Nobody outside is asked for it.
        """
        ...

    def refund(self, charge: Key, amount: Money, key: Key) -> RefundResult:
        """Give back so much of what was taken with that charge; never more than is left of it.

        The same key again is the same refund. Raises `Unavailable` where nothing of this call arrived.
        """
        ...

    def find_refund(self, key: Key) -> RefundResult | None:
        """How that refund stands; None when it never arrived there."""
        ...

    def dispute(self, charge: Key) -> Dispute | None:
        """How it stands where the customer's bank objected to what was taken with that charge; None where it never did.

        May raise `Unavailable`, and may be called again.
        """
        ...
