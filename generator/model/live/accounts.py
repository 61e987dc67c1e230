"""The live names of credit notes and account statements."""

from dataclasses import dataclass
from datetime import date

from generator.model.credit import CreditBack, CreditWhy
from generator.model.live.parts import LineView, Url
from generator.model.live.portal import PortalPage
from generator.model.money import Money
from generator.model.statement import EntryKind


@dataclass(frozen=True)
class CreditNoteView:
    """All that there is to say of a credit note; its amounts are negative."""

    number: str
    """As it is printed."""
    pdf: Url
    """Where its file is."""
    issued: date
    """Its day."""
    total: Money
    """What is taken back."""
    lines: tuple[LineView, ...]
    billed_to: tuple[str, ...]
    """To whom its invoice was made out, line by line."""
    why: CreditWhy
    """Why it was issued."""
    back: CreditBack
    """How the money goes back."""
    reason: str | None
    """In the merchant's own words, if they said any."""
    credits: str
    """The number of the invoice that it is about."""
    invoice: Url
    """Where that invoice is shown."""


@dataclass(frozen=True)
class CreditNotePage(PortalPage):
    """One credit note by itself."""

    note: CreditNoteView
    back: Url
    """To the invoice that it is about."""


@dataclass(frozen=True)
class CreditNotePrint:
    """A credit note on paper."""

    note: CreditNoteView
    title: str
    """Its number, as a document's title says it."""


@dataclass(frozen=True)
class EntryView:
    """A row of a statement."""

    day: date
    """On which it happened."""
    kind: EntryKind
    """What happened."""
    number: str
    """Of the invoice, or of the credit note."""
    detail: Url
    """Where the invoice or the credit note is shown."""
    amount: Money
    """What it adds to what is owed."""
    balance: Money
    """What is owed after it."""


@dataclass(frozen=True)
class AccountView:
    """All of one currency."""

    opening: Money
    """What was owed before the first day."""
    entries: tuple[EntryView, ...]
    any_entry: bool
    """Whether anything happened in these days."""
    closing: Money
    """What is owed after the last day."""


@dataclass(frozen=True)
class StatementView:
    """What was owed, invoiced, paid and given back."""

    first: date
    """The first day of it."""
    last: date
    """The last day, which is in it too."""
    accounts: tuple[AccountView, ...]
    any: bool
    """Whether there is any account."""


@dataclass(frozen=True)
class StatementPage(PortalPage):
    """The account statement, and a form for other days."""

    statement: StatementView
    faulty: bool
    """Whether what was asked for are no days; then it is the usual statement."""
    pdf: Url
    """Where the same is as a file."""
    here_again: Url
    """Where the form for other days is sent."""
    back: Url
    """To the invoices."""


@dataclass(frozen=True)
class StatementPrint:
    """An account statement on paper."""

    statement: StatementView
    billed_to: tuple[str, ...]
    """To whom invoices are made out now, line by line."""
