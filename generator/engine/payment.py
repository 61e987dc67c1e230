"""What the payment step asks, and what came of asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.move import End, Leave, Move, Show, Wait
from generator.model.payment import (
    Choice,
    Declined,
    Elsewhere,
    Method,
    MethodKind,
    New,
    NothingDue,
    Offline,
    Paid,
    Pending,
    Promised,
    Registered,
    Result,
    Saved,
    Settlement,
    Unknown,
    Without,
)
from generator.model.rule import Known
from generator.model.workflow import PaymentCase, PaymentStep

TRANSFER = "offline:transfer"
"""What the payment form calls a choice that is no method on file; the other ones are made by `new`."""


def new(kind: MethodKind) -> str:
    """What the form calls a method that the gateway's own page is to take."""
    return f"new:{kind}"


@dataclass(frozen=True)
class Ways:
    """How this customer may pay, and which way is chosen to begin with."""

    saved: tuple[Method, ...] = ()
    new: tuple[MethodKind, ...] = ()
    transfer: bool = False

    @property
    def first(self) -> str:
        """Who was granted terms pays by transfer; who has a method on file, with that."""
        if self.transfer:
            return TRANSFER
        default = next((method.id for method in self.saved if method.default), "")
        return default or next((new(kind) for kind in self.new), "")


def usable(methods: Sequence[Method], currency: str, today: date) -> tuple[Method, ...]:
    """What can still be charged: no card that has expired, and no debit but in euros."""
    return tuple(method for method in methods if not method.expired(today) and may_be(method.kind, currency))


def may_be(kind: MethodKind, currency: str) -> bool:
    """SEPA is for euros alone."""
    return kind != "sepa" or currency == "EUR"


def case_of(step: PaymentStep, known: Known) -> PaymentCase:
    """The first case of the decision table that holds; the checks see to it that there is one."""
    return next(case.case for case in step.cases if case.when.holds(known))


def ways(
    step: PaymentStep,
    case: PaymentCase,
    methods: Sequence[Method],
    terms: bool,
    currency: str,
    cooling: bool = False,
) -> Ways:
    """What may be chosen in this case. After too many declines, nothing that a bank is asked for."""
    kinds = [kind for kind in ("card", "sepa") if kind in step.methods and may_be(kind, currency) and not cooling]
    saved = tuple(method for method in methods if method.kind in kinds)
    if case == "pay_now":
        return Ways(saved, tuple(kinds), terms and "transfer" in step.methods)
    return Ways(new=tuple(kinds)) if case == "register_method" else Ways()


def choice(case: PaymentCase, ways: Ways, typed: str) -> Choice | None:
    """What the customer chose; None where that is not on offer."""
    if case in ("free", "pay_later"):
        return Without()
    if typed == TRANSFER and ways.transfer:
        return Offline("transfer")
    for kind in ways.new:
        if typed in (new(kind), ""):
            return New(kind)
    return Saved(typed) if typed in [method.id for method in ways.saved] else None


def without_gateway(choice: Choice) -> Promised | NothingDue | None:
    """How an order is settled for which no gateway is asked; None where one must be."""
    match choice:
        case Offline():
            return Promised(choice.kind)
        case Without():
            return NothingDue()
        case Saved() | New():
            return None


def settled(result: Result | Promised | NothingDue) -> Settlement | None:
    """What the biller is told; None while nothing is decided."""
    match result:
        case Pending() | Elsewhere() | Unknown():
            return None
        case _:
            return result


def follows(result: Result | Promised | NothingDue, payment_step: str) -> Move:
    """What the customer sees next."""
    match result:
        case Paid():
            return End("paid")
        case Registered():
            return End("registered")
        case Promised():
            return End("due")
        case NothingDue():
            return End("nocharge")
        case Declined():
            return Show(payment_step)
        case Elsewhere(url=url):
            return Leave(url)
        case Pending() | Unknown():
            return Wait()
