"""Invoices in every state that they can be in, forty of them, and what was taken back of one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from generator.adapters.ledger.crediting import credited
from generator.adapters.ledger.lines import each_term, once, total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.tax import treatment
from generator.gallery.sample.moment import TODAY
from generator.model.catalog import Plan
from generator.model.credit import CreditBack, CreditNote, CreditWhy
from generator.model.customer import Customer
from generator.model.invoice import Invoice, InvoiceState
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.quote import Line, LineKind, LinePart, Options
from generator.model.tax import TaxNote

FORTY = 40


def invoice(
    prices: PriceList, customer: Customer, plan: Plan, number: int = 1, options: Options | None = None
) -> Invoice:
    """One that was paid, number so and so of the year."""
    first = once(plan) if number == 1 else ()
    lines = (*each_term(plan, complete(plan, options or {}) or {}), *first)
    lines = with_tax(lines, treatment(prices.rules, customer.billing), plan.price.currency)
    issued = TODAY - timedelta(days=10 + 30 * (number - 1))
    return Invoice(
        id=f"invoice-{number}",
        number=f"INV-{issued.year}-{1000 - number:06}",
        customer=customer.id,
        subscription="sub-1",
        state="paid",
        issued=issued,
        due=None,
        lines=lines,
        total=total(lines, plan.price.currency),
        billed_to=customer.billing,
        paid_on=issued,
    )


def in_state(of: Invoice, state: InvoiceState) -> Invoice:
    """The same as it looks in this state, on the days that go with it."""
    return replace(of, state=state, **_SAYS.get(state, {}))


_SOON, _LONG_AGO = TODAY + timedelta(days=20), TODAY - timedelta(days=12)

_SAYS: Mapping[InvoiceState, dict[str, Any]] = {
    "draft": {"paid_on": None},
    "draft_charging": {"paid_on": None},
    "due_auto": {"paid_on": None, "due": TODAY, "acts": TODAY + timedelta(days=3), "failed": 1, "asked": 1},
    "due_offline": {"paid_on": None, "due": _SOON},
    "due_to_process": {"paid_on": None, "due": _SOON},
    "due_pending": {"paid_on": None, "due": _SOON},
    "problem_auto": {"paid_on": None, "due": _LONG_AGO, "failed": 4, "asked": 4},
    "problem_overdue": {"paid_on": None, "due": _LONG_AGO},
    "problem_disputed": {"before_dispute": "paid"},
    "void": {"paid_on": None},
    "uncollectible": {"paid_on": None},
}


def every_state(of: Invoice) -> Iterator[Invoice]:
    """One for each, in the order of a life."""
    for state in get_args(InvoiceState):
        yield in_state(of, state)


def many(prices: PriceList, customer: Customer, plan: Plan, count: int = FORTY) -> tuple[Invoice, ...]:
    """Month after month, the newest first; the last two are still owed, one of them for too long."""
    made = [invoice(prices, customer, plan, number) for number in range(1, count + 1)]
    made[:2] = [in_state(made[0], "due_offline"), in_state(made[1], "problem_overdue")]
    return tuple(sorted(made, key=lambda one: (not one.unpaid, -one.issued.toordinal())))


def every_line(plan: Plan) -> tuple[Line, ...]:
    """A line of each kind, and of a plan each part; what they add up to is of no concern to how they look."""
    some = plan.price
    shown = [Line(kind, some, plan.title, quantity=3, rate=2000) for kind in get_args(LineKind)]
    parts = [
        Line(kind, some, plan.title, 3, part=part) for part in get_args(LinePart)[1:] for kind in ("plan", "option")
    ]
    notes = [Line("tax", Money.zero(some.currency), {}, note=note) for note in get_args(TaxNote) if note]
    within = Line("tax", Money.zero(some.currency), {}, rate=2000, included=some)
    return (*shown[:3], *parts, *shown[3:], within, *notes)


def credit_note(of: Invoice, why: CreditWhy, back: CreditBack, part: bool = False, reason: str = "") -> CreditNote:
    """All of it is taken back, or a third."""
    amount = replace(of.total, minor=of.total.minor // 3) if part else of.total
    lines = credited(of, Money.zero(amount.currency), amount)
    day: date = min(of.issued + timedelta(days=4), TODAY)
    return CreditNote(
        id=f"note-{of.id}",
        number=f"CN-{day.year}-000007",
        invoice=of.id,
        credits=of.number,
        customer=of.customer,
        subscription=of.subscription,
        issued=day,
        lines=lines,
        total=total(lines, amount.currency),
        billed_to=of.billed_to,
        why=why,
        back=back,
        reason=reason,
    )
