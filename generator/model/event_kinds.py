"""Every kind of event that there is, and when it comes: what the machines know, and what changes without them."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from generator.model.customer_machine import CUSTOMER
from generator.model.invoice_machine import INVOICE
from generator.model.machine import Machine
from generator.model.subscription_machine import SUBSCRIPTION


def _kinds(machine: Machine) -> Iterator[tuple[str, str]]:
    for event in dict.fromkeys(one.event for one in machine.transitions):
        rules = dict.fromkeys(one.rule for one in machine.transitions if one.event == event)
        yield f"{machine.thing}.{event}", "; ".join(rules)


KINDS: Mapping[str, str] = {
    **dict(_kinds(CUSTOMER)),
    "customer.changed": "their language, billing details, terms, tags or answers are others",
    **dict(_kinds(SUBSCRIPTION)),
    "subscription.changed": "its options or answers are others at once, or what follows is, and its state stays",
    **dict(_kinds(INVOICE)),
    "credit_note.issued": "money goes back, or what is owed is taken back, in part or all of it",
    "refund.came_back": "the customer's bank did not take what was on its way to them: it is owed, by transfer",
}
"""By its name, as `<thing>.<event>`."""


def matched(pattern: str) -> tuple[str, ...]:
    """The kinds that a pattern means: a kind's own name, or with `*` for any letters."""
    return tuple(kind for kind in KINDS if fnmatchcase(kind, pattern))
