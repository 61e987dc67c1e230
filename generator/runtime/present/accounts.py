"""The live names of credit notes and account statements: on pages and on paper."""

from generator.model.credit import CreditNote
from generator.model.customer import Customer
from generator.model.live import accounts as live
from generator.model.live.parts import Url
from generator.model.statement import Account, Span, Statement
from generator.runtime import addresses
from generator.runtime.present import offers
from generator.runtime.present.doors import Doors
from generator.runtime.present.shell import Frame


def credit_note(frame: Frame, note: CreditNote, language: str) -> live.CreditNotePage:
    """One credit note by itself."""
    back = addresses.invoice(note.credits)
    return live.CreditNotePage(frame.here, frame.csrf, frame.who, note=_credit_note(note, language), back=back)


def printed_note(note: CreditNote, language: str) -> live.CreditNotePrint:
    """The same on paper."""
    return live.CreditNotePrint(_credit_note(note, language), title=note.number)


def _credit_note(note: CreditNote, language: str) -> live.CreditNoteView:
    return live.CreditNoteView(
        number=note.number,
        pdf=addresses.invoice_pdf(note.number),
        issued=note.issued,
        total=note.total,
        lines=offers.lines(note.lines, language),
        billed_to=offers.address(note.billed_to, language),
        why=note.why,
        back=note.back,
        reason=note.reason or None,
        credits=note.credits,
        invoice=addresses.invoice(note.credits),
    )


def statement(frame: Frame, doors: Doors, of: Statement, faulty: bool) -> live.StatementPage:
    """The account statement, and a form for other days."""
    return live.StatementPage(
        frame.here,
        frame.csrf,
        frame.who,
        statement=_statement(of),
        faulty=faulty,
        pdf=_pdf(of.span),
        here_again=addresses.statement(),
        back=addresses.section(doors.section.id),
    )


def printed_statement(of: Statement, customer: Customer, language: str) -> live.StatementPrint:
    """The same on paper."""
    return live.StatementPrint(_statement(of), offers.address(customer.billing, language))


def _statement(of: Statement) -> live.StatementView:
    accounts = tuple(_account(account) for account in of.accounts)
    return live.StatementView(of.span.first, of.span.last, accounts, bool(accounts))


def _account(of: Account) -> live.AccountView:
    entries = tuple(
        live.EntryView(one.day, one.kind, one.number, addresses.invoice(one.number), one.amount, one.balance)
        for one in of.entries
    )
    return live.AccountView(of.opening, entries, bool(entries), of.closing)


def _pdf(span: Span) -> Url:
    return Url(f"{addresses.statement()}/pdf?from={span.first}&to={span.last}")
