"""How customers paid on the stage: each try with its case, what it was made with, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.payment import (
    Declined,
    Elsewhere,
    Intent,
    New,
    NothingDue,
    Offline,
    Paid,
    Pending,
    Promised,
    Registered,
    Saved,
    Unknown,
    Without,
)
from generator.model.workflow import PaymentCase

PaidWith = Literal["card on file", "new card", "mandate on file", "new mandate", "transfer"]

Became = Literal[
    "taken at once",
    "bank asks, passed",
    "bank asks, failed",
    "declined",
    "pending, then paid",
    "pending, then failed",
    "unknown, then repaired",
    "given up",
]

Trace = list[str]
"""What a try looked like after each sentence, each state once."""


@dataclass(frozen=True)
class Tried:
    """One try to pay that is decided."""

    case: PaymentCase
    paid_with: PaidWith
    became: Became


@dataclass
class Tries:
    """Looks at the intents as they go."""

    kinds: dict[str, PaidWith] = field(default_factory=dict)
    intents: dict[str, Intent] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)

    def look(self, intent: Intent, methods: Mapping[str, str], page: str) -> None:
        """How it stands now. `methods` are the kinds of what is on file by id, `page` where the bank is with it."""
        if isinstance(intent.choice, Without):
            return
        self.kinds.setdefault(intent.key, _paid_with(intent, methods))
        self.intents[intent.key] = intent
        trace, state = self.traces.setdefault(intent.key, []), _state(intent, page)
        if trace[-1:] != [state]:
            trace.append(state)

    def decided(self) -> Iterator[Tried]:
        for key, trace in self.traces.items():
            became = _became(trace)
            if became is not None:
                case: PaymentCase = "pay_now" if self.intents[key].amount else "register_method"
                yield Tried(case, self.kinds[key], became)


def _paid_with(intent: Intent, methods: Mapping[str, str]) -> PaidWith:
    match intent.choice:
        case Offline():
            return "transfer"
        case New(kind="sepa"):
            return "new mandate"
        case New():
            return "new card"
        case Saved(method=id) if methods.get(id) == "sepa":
            return "mandate on file"
    return "card on file"


def _state(intent: Intent, page: str) -> str:
    match intent.result:
        case Declined(reason=reason):
            return reason
        case Elsewhere():
            return "challenge" if page.endswith("/challenge") else "page"
        case Paid() | Registered() | Promised() | NothingDue():
            return "taken"
        case Pending():
            return "pending"
        case Unknown():
            return "unknown"


def _became(trace: Trace) -> Became | None:
    """None while it is not decided."""
    end = trace[-1]
    if end in ("page", "challenge", "pending", "unknown"):
        return None
    if end == "cancelled":
        return "given up"
    if end == "authentication_failed":
        return "bank asks, failed"
    if end != "taken":
        return "pending, then failed" if "pending" in trace else "declined"
    for before, became in _TAKEN_AFTER.items():
        if before in trace:
            return became
    return "taken at once"


_TAKEN_AFTER: Mapping[str, Became] = {
    "unknown": "unknown, then repaired",
    "pending": "pending, then paid",
    "challenge": "bank asks, passed",
}
