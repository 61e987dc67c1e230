"""What can be wrong with what a merchant asks: a closed list of codes, each with its status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.nearest import suggestion

Code = Literal[
    "malformed-json",
    "wrong-shape",
    "unknown-parameter",
    "no-key",
    "unknown-customer",
    "unknown-subscription",
    "unknown-invoice",
    "unknown-credit-note",
    "unknown-address",
    "method-not-allowed",
    "not-now",
    "under-way",
    "not-payable",
    "not-refunded",
    "too-much",
    "not-running",
    "term-over",
    "below-zero",
    "key-taken",
    "name-taken",
    "key-in-use",
    "too-large",
    "not-json",
    "wrong-host",
    "not-offered",
    "key-reused",
    "too-many-requests",
    "our-mistake",
    "unavailable",
]

STATUS: Mapping[Code, tuple[int, str]] = {
    "malformed-json": (400, "The body is not JSON."),
    "unknown-parameter": (400, "A parameter of the address is not known or has a value that cannot be."),
    "no-key": (401, "The request carries no key of this API."),
    "unknown-address": (404, "There is nothing at this address."),
    "unknown-customer": (404, "There is no such customer."),
    "unknown-subscription": (404, "There is no such subscription."),
    "unknown-invoice": (404, "There is no such invoice."),
    "unknown-credit-note": (404, "There is no such credit note."),
    "method-not-allowed": (405, "This address does not take this method."),
    "not-now": (409, "It is not in a state for that."),
    "under-way": (409, "A customer is changing or paying for the same thing at this moment."),
    "not-payable": (409, "There is nothing to be paid of this invoice."),
    "not-refunded": (409, "The gateway gives no money back of this invoice."),
    "too-much": (409, "That is more than is left of this invoice, or nothing."),
    "not-running": (409, "Nothing that runs can have been used."),
    "term-over": (409, "That term is over and invoiced."),
    "below-zero": (409, "More would be taken back than was used."),
    "key-taken": (409, "Another report of this customer has this key."),
    "name-taken": (409, "Another customer has this name."),
    "key-in-use": (409, "The same request is being worked on."),
    "too-large": (413, "The body is too large."),
    "not-json": (415, "The body has to be application/json."),
    "wrong-host": (421, "This server is not asked under this name."),
    "wrong-shape": (422, "Something in the body is not as it has to be."),
    "not-offered": (422, "What is asked for is not offered."),
    "key-reused": (422, "This Idempotency-Key came with another request before."),
    "too-many-requests": (429, "That was more in one minute than this key may ask."),
    "our-mistake": (500, "Something went wrong on our side."),
    "unavailable": (503, "Something that we depend on does not answer now."),
}
"""The HTTP status of each code, and what it says."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (a JSON pointer, or the name of a parameter), what, and what to write instead."""

    pointer: str
    says: str
    write: str = ""


class Objection(Exception):
    """Nothing was done, for this reason."""

    def __init__(self, code: Code, says: str, *faults: Fault) -> None:
        super().__init__(says)
        self.code, self.says, self.faults = code, says, faults


def unknown(code: Code, thing: str, said: str, known: Iterable[str] = ()) -> Objection:
    """There is no such thing."""
    names = list(known)
    says = f'there is no {thing} "{said}"'
    return Objection(code, f"{says}; {suggestion(said, names)}" if names else says)


def not_offered(pointer: str, says: str, said: str, offered: Iterable[str]) -> Objection:
    """A name in the body that is none."""
    return Objection("not-offered", says, Fault(pointer, says, suggestion(said, offered)))
