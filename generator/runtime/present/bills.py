"""The live names of invoices: in a list, alone, and on paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from generator.engine import known
from generator.model.credit import CreditNote
from generator.model.invoice import Invoice
from generator.model.live import portal as live
from generator.model.live.parts import PaymentNews, Url
from generator.model.walk import Subject
from generator.runtime import addresses
from generator.runtime.present import offers
from generator.runtime.present.doors import Doors
from generator.runtime.present.shell import Frame
from generator.runtime.sheets import Sheet

Held = Mapping[str, str]
"""The walks that a payment is under way in, by the invoice that they are about."""

NOTHING_HELD: Held = {}


def listed(
    frame: Frame,
    doors: Doors,
    sheet: Sheet,
    held: Held,
    news: Sequence[PaymentNews],
    today: date,
    language: str,
) -> live.InvoicesPage:
    """One page of them."""
    return live.InvoicesPage(
        frame.here,
        frame.csrf,
        frame.who,
        invoices=tuple(view(doors, invoice, language, today, held) for invoice in sheet.invoices),
        any=bool(sheet.invoices),
        news=tuple(one for one in news if one.about == "invoice"),
        page=sheet.page,
        pages=sheet.pages,
        newer=_page(doors, sheet.page - 1) if sheet.page > 1 else None,
        older=_page(doors, sheet.page + 1) if sheet.page < sheet.pages else None,
        statement=addresses.statement(),
    )


def _page(doors: Doors, page: int) -> Url:
    return Url(f"{addresses.section(doors.section.id)}?page={page}")


def alone(
    frame: Frame,
    doors: Doors,
    invoice: Invoice,
    notes: Sequence[CreditNote],
    held: Held,
    today: date,
    language: str,
) -> live.InvoicePage:
    """One invoice by itself; `notes` are its customer's credit notes."""
    credits = _credits(invoice, notes)
    return live.InvoicePage(
        frame.here,
        frame.csrf,
        frame.who,
        invoice=view(doors, invoice, language, today, held),
        subscription=addresses.subscription(invoice.subscription) if invoice.subscription else None,
        credits=credits,
        any_credit=bool(credits),
        back=addresses.section(doors.section.id),
    )


def issued(invoice: Invoice, today: date, language: str) -> live.InvoicePrint:
    """One invoice on paper as it was issued: nothing leads anywhere from it, and what became of it stands elsewhere."""
    return live.InvoicePrint(_view(invoice, language, today, None, NOTHING_HELD), (), False, title=invoice.number)


def printed(
    doors: Doors, invoice: Invoice, notes: Sequence[CreditNote], today: date, language: str
) -> live.InvoicePrint:
    """One invoice on paper."""
    credits = _credits(invoice, notes)
    return live.InvoicePrint(view(doors, invoice, language, today), credits, bool(credits), title=invoice.number)


def _credits(invoice: Invoice, notes: Sequence[CreditNote]) -> tuple[live.CreditView, ...]:
    own = (note for note in notes if note.invoice == invoice.id)
    return tuple(live.CreditView(note.number, addresses.invoice(note.number), note.issued, note.total) for note in own)


def view(doors: Doors, invoice: Invoice, language: str, today: date, held: Held = NOTHING_HELD) -> live.InvoiceView:
    """One invoice, wherever it is shown."""
    return _view(invoice, language, today, _pay(doors, invoice, today), held)


def _view(invoice: Invoice, language: str, today: date, pay: Url | None, held: Held) -> live.InvoiceView:
    return live.InvoiceView(
        number=invoice.number,
        detail=addresses.invoice(invoice.number),
        pdf=addresses.invoice_pdf(invoice.number),
        state=invoice.state,
        unpaid=invoice.unpaid,
        issued=invoice.issued,
        due=invoice.due if invoice.unpaid else None,
        total=invoice.total,
        lines=offers.lines(invoice.lines, language),
        billed_to=offers.address(invoice.billed_to, language),
        pay=pay,
        resume=addresses.walk(held[invoice.id]) if invoice.id in held else None,
        by_transfer=invoice.state in ("due_offline", "problem_overdue"),
        next_try=invoice.acts if invoice.state == "due_auto" and invoice.failed else None,
    )


def _pay(doors: Doors, invoice: Invoice, today: date) -> Url | None:
    if not invoice.payable:
        return None
    ours = addresses.start("pay_invoice", Subject(invoice=invoice.id))
    return doors.to("pay", ours, subscription=invoice.subscription, known=known.of_invoice(invoice, today))
