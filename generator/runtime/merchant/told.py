"""What is answered: customers, subscriptions, invoices and use, as JSON says them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from generator.engine.postal import asking
from generator.model.catalog import OptionKind, Period, Unit
from generator.model.consent import Agreement
from generator.model.credit import Back, CreditBack, CreditNote, CreditWhy
from generator.model.customer import Customer
from generator.model.invoice import Invoice, InvoiceState
from generator.model.money import Money
from generator.model.quote import Answer, Line, LineKind, LinePart
from generator.model.statement import Account, EntryKind, Statement
from generator.model.subscription import Subscription, SubscriptionState
from generator.model.tax import TaxNote
from generator.model.usage import Usage

Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""UTC, ISO 8601."""


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Item = TypeVar("Item", bound=Told)


class Page(Told, Generic[Item]):
    """Some of a list. `next` is the cursor of what follows; null where nothing does."""

    items: list[Item]
    next: str | None


class MoneyTold(Told):
    """Whole minor units, such as cents, and a currency."""

    minor: int
    currency: str


class PeriodTold(Told):
    count: int
    unit: Unit


class BillingTold(Told):
    """Name and address on the invoice; what is not known is empty."""

    email: str
    name: str
    company: str
    vat_number: str
    address_line1: str
    address_line2: str
    postal_code: str
    city: str
    country: str
    region: str


class CustomerTold(Told):
    """`ref` is your name for them, `id` ours: redirects carry it as `idc`."""

    ref: str
    id: str
    language: str
    billing: BillingTold
    billing_complete: bool
    terms_days: int
    tags: list[str]
    suspended: bool


class SubscriptionTold(Told):
    id: str
    customer: str = Field(description="Who has the rights.")
    payer: str = Field(description="Who is billed.")
    plan: str
    state: SubscriptionState
    active: bool
    price: MoneyTold
    period: PeriodTold
    options: dict[str, bool | int]
    started: date
    period_start: date
    period_end: date
    trial_until: date | None
    committed_until: date | None
    ends: date | None
    successor: str | None
    next_options: dict[str, bool | int] | None
    fields: dict[str, bool | int | str | list[str]]


class LineTold(Told):
    kind: LineKind
    part: LinePart
    title: dict[str, str]
    quantity: int
    amount: MoneyTold
    rate: int = Field(description="The tax rate in hundredths of a percent, on tax lines.")
    included: MoneyTold | None = Field(description="Tax that the prices hold: such a line adds nothing to the sum.")
    note: TaxNote = Field(description="Why there is no tax, on tax lines without a rate.")


class InvoiceTold(Told):
    number: str
    id: str
    customer: str
    subscription: str
    state: InvoiceState
    issued: date
    due: date | None
    total: MoneyTold
    lines: list[LineTold]
    received: date | None
    reference: str
    paid_on: date | None
    credited: MoneyTold = Field(description="What credit notes have taken back of it.")
    credit_notes: list[str] = Field(description="Their numbers, the newest first.")
    reason: str = Field(description="Why it is void, disputed or given up.")


class CreditNoteTold(Told):
    """It takes back a part or all of the invoice with the number `invoice`; its amounts are negative."""

    number: str
    invoice: str
    customer: str
    issued: date
    why: CreditWhy
    back: CreditBack = Field(description="How the money goes back; `bank`: the customer's own bank took it.")
    reason: str
    total: MoneyTold
    lines: list[LineTold]


class RefundTold(Told):
    """`done`: the money is on its way, and there is a credit note. `under_way`: nobody knows yet."""

    state: Literal["done", "under_way"]
    amount: MoneyTold
    back: Back
    credit_note: CreditNoteTold | None
    invoice: InvoiceTold


class EntryTold(Told):
    """`amount` is what it adds to what the customer owes, `balance` what they owe after it."""

    day: date
    kind: EntryKind
    number: str = Field(description="Of the invoice, or of the credit note.")
    amount: MoneyTold
    balance: MoneyTold


class AccountTold(Told):
    """All of one currency."""

    opening: MoneyTold = Field(description="What was owed before the first day.")
    entries: list[EntryTold]
    closing: MoneyTold = Field(description="What is owed after the last day; below zero it is owed to the customer.")


class StatementTold(Told):
    customer: str
    first: date
    last: date
    accounts: list[AccountTold]


class UsageTold(Told):
    key: str
    customer: str
    subscription: str
    option: str
    amount: int
    at: Moment


class OptionTold(Told):
    """What may be used of an option: `on` of a switch, `quantity` of a quantity, the rest of what is counted.

    More than what is included may be used: it is charged.
    """

    kind: OptionKind
    on: bool | None = None
    quantity: int | None = None
    used: int | None = None
    included: int | None = None
    left: int | None = None


class EntitlementTold(Told):
    """What one subscription gives now; one that does not run gives nothing."""

    subscription: str
    plan: str
    state: SubscriptionState
    active: bool
    until: date | None = Field(description="The day on which this ends or is counted anew: ask again then.")
    options: dict[str, OptionTold]


class EntitlementsTold(Told):
    """What a customer may use now. `active` is whether anything runs."""

    customer: str
    active: bool
    plans: list[str]
    subscriptions: list[EntitlementTold]


class ConsentTold(Told):
    """One box that was shown to a customer who committed to something, word for word."""

    workflow: str
    step: str
    field: str
    given: bool
    says: str
    document: str
    language: str
    at: Moment
    bundle: str
    subscription: str | None
    invoice: str | None


class LinkTold(Told):
    url: str
    to: str
    expires: Moment


class FaultTold(Told):
    """`pointer` is a JSON pointer into the body, or the name of a parameter."""

    pointer: str
    detail: str
    write: str


class ProblemTold(Told):
    """RFC 9457. `code` is stable; the words may change."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FaultTold]


def money(of: Money) -> MoneyTold:
    return MoneyTold(minor=of.minor, currency=of.currency)


def period(of: Period) -> PeriodTold:
    return PeriodTold(count=of.count, unit=of.unit)


def customer(of: Customer) -> CustomerTold:
    return CustomerTold(
        ref=of.ref,
        id=of.id,
        language=of.language,
        billing=BillingTold(**asdict(of.billing)),
        billing_complete=asking.complete(of.billing),
        terms_days=of.terms_days,
        tags=sorted(of.tags),
        suspended=of.suspended,
    )


def subscription(of: Subscription, customer: str, payer: str) -> SubscriptionTold:
    return SubscriptionTold(
        id=of.id,
        customer=customer,
        payer=payer,
        plan=of.plan.ref,
        state=of.state,
        active=of.active,
        price=money(of.price),
        period=period(of.period),
        options=dict(of.options),
        started=of.started,
        period_start=of.period_start,
        period_end=of.period_end,
        trial_until=of.trial_until,
        committed_until=of.committed_until,
        ends=of.ends,
        successor=of.successor or None,
        next_options=None if of.next_options is None else dict(of.next_options),
        fields={name: _answer(answer) for name, answer in (of.fields or {}).items()},
    )


def invoice(of: Invoice, customer: str, notes: Sequence[CreditNote]) -> InvoiceTold:
    """`notes` are the credit notes of its customer."""
    own = [note for note in notes if note.invoice == of.id]
    return InvoiceTold(
        number=of.number,
        id=of.id,
        customer=customer,
        subscription=of.subscription,
        state=of.state,
        issued=of.issued,
        due=of.due,
        total=money(of.total),
        lines=[_line(line) for line in of.lines],
        received=of.received,
        reference=of.reference,
        paid_on=of.paid_on,
        credited=money(-sum((note.total for note in own), Money.zero(of.total.currency))),
        credit_notes=[note.number for note in own],
        reason=of.reason,
    )


def credit_note(of: CreditNote, customer: str) -> CreditNoteTold:
    return CreditNoteTold(
        number=of.number,
        invoice=of.credits,
        customer=customer,
        issued=of.issued,
        why=of.why,
        back=of.back,
        reason=of.reason,
        total=money(of.total),
        lines=[_line(line) for line in of.lines],
    )


def statement(of: Statement, customer: str) -> StatementTold:
    return StatementTold(
        customer=customer, first=of.span.first, last=of.span.last, accounts=[_account(one) for one in of.accounts]
    )


def _account(of: Account) -> AccountTold:
    entries = [
        EntryTold(day=one.day, kind=one.kind, number=one.number, amount=money(one.amount), balance=money(one.balance))
        for one in of.entries
    ]
    return AccountTold(opening=money(of.opening), entries=entries, closing=money(of.closing))


def _line(of: Line) -> LineTold:
    return LineTold(
        kind=of.kind,
        part=of.part,
        title=dict(of.title),
        quantity=of.quantity,
        amount=money(of.amount),
        rate=of.rate,
        included=money(of.included) if of.included else None,
        note=of.note,
    )


def usage(of: Usage, customer: str) -> UsageTold:
    assert of.at is not None, "what is counted has its time"
    return UsageTold(
        key=of.key,
        customer=customer,
        subscription=of.subscription,
        option=of.option,
        amount=of.amount,
        at=of.at,
    )


def consent(of: Agreement) -> ConsentTold:
    return ConsentTold(**vars(of.consent), subscription=of.subscription or None, invoice=of.invoice or None)


def _answer(answer: Answer) -> bool | int | str | list[str]:
    """A day in ISO 8601; a decimal as text, which loses nothing."""
    match answer:
        case tuple():
            return list(answer)
        case date():
            return answer.isoformat()
        case Decimal():
            return str(answer)
    return answer
