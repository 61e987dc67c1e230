"""What is asked of every biller and Stripe does not do: each answers that it is not to be had here."""

from datetime import date, datetime

from generator.model.catalog import Plan
from generator.model.credit import Back, CreditNote, NotCredited, Refund
from generator.model.invoice import Invoice
from generator.model.letter import Letter
from generator.model.money import Money
from generator.model.payment import Key, RefundResult
from generator.model.quote import Options, Refused
from generator.model.statement import Span, Statement
from generator.model.subscription import Subscription, SuspendedState
from generator.model.usage import Consumption, NotCounted, Usage


class Cannot:
    """Why not, for each: `generator.model.capability.STRIPE`."""

    def to_charge(self, most: int) -> tuple[Invoice, ...]:
        """Stripe charges by itself."""
        return ()

    def cannot_charge(self, invoice: str) -> None:
        return None

    def letters(self, most: int) -> tuple[tuple[str, Letter], ...]:
        """Stripe writes them."""
        return ()

    def told(self, letter: str) -> None:
        return None

    def prepare(
        self,
        customer: str,
        plan: Plan,
        options: Options,
        starts: date | None = None,
        key: Key = "",
        payer: str = "",
    ) -> Subscription | Refused:
        return Refused("not_now")

    def withdraw(self, subscription: str) -> Subscription | Refused:
        return Refused("not_now")

    def suspend(
        self, subscription: str, state: SuspendedState, on: date | None = None, resumes: date | None = None
    ) -> Subscription | Refused:
        return Refused("not_now")

    def resume(self, subscription: str) -> Subscription | Refused:
        return Refused("not_now")

    def report(self, usage: Usage) -> Usage | NotCounted:
        return NotCounted("no_such_option")

    def reports(self, subscription: str, after: int, most: int) -> tuple[tuple[int, Usage], ...]:
        return ()

    def consumption(self, subscription: str) -> tuple[Consumption, ...]:
        return ()

    def credit_notes(self, customer: str) -> tuple[CreditNote, ...]:
        return ()

    def credit_note_numbered(self, number: str) -> CreditNote | None:
        return None

    def statement(self, customer: str, span: Span) -> Statement:
        """Nothing is better than what would lack something."""
        return Statement(span, ())

    def refund(
        self, invoice: str, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        return NotCredited("not_now")

    def close_refund(self, key: Key, result: RefundResult, next_check: datetime) -> Refund:
        raise KeyError(f"no refund with the key {key} was ever begun: none is at Stripe")

    def find_refund(self, key: Key) -> Refund | None:
        return None

    def refund_came_back(self, key: Key) -> Refund:
        raise KeyError(f"no refund {key}: none is at Stripe that we know of")

    def refunds_to_settle(self, now: datetime, most: int) -> tuple[Refund, ...]:
        return ()

    def void(self, invoice: str, reason: str) -> Invoice | NotCredited:
        return NotCredited("not_now")

    def dispute(self, invoice: str, reason: str) -> Invoice | NotCredited:
        return NotCredited("not_now")

    def end_dispute(self, invoice: str, won: bool, reason: str, amount: Money | None = None) -> Invoice | NotCredited:
        return NotCredited("not_now")
