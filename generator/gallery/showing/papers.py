"""What is printed: the HTML that becomes a PDF."""

from collections.abc import Callable, Iterator

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import billed, people
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.showing.invoices import credit_notes
from generator.model.credit import CreditNote
from generator.model.invoice import Invoice
from generator.model.portal import Section
from generator.model.statement import Span, Statement, statement
from generator.runtime.present import accounts, bills

Live = Callable[[str], object]


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """Invoices, credit notes, account statements."""
    section = next(
        (one for one in shop.site.portal.sections if one.kind == "invoices"), Section("invoices", "invoices")
    )
    plan, prices, doors = shop.sold.rich, shop.sold.prices, shop.doors(section, people.CLARA)
    one = billed.invoice(prices, people.CLARA, plan)

    def printed(of: Invoice, *notes: CreditNote) -> Live:
        return lambda language: bills.printed(doors, of, notes, TODAY, language)

    yield _paper("invoice", "filled", "paid", printed(one))
    yield _paper("invoice", "to-pay", "to be paid by transfer", printed(billed.in_state(one, "due_offline")))
    yield _paper("invoice", "past-due", "overdue", printed(billed.in_state(one, "problem_overdue")))
    yield _paper("invoice", "void", "taken back", printed(billed.in_state(one, "void")))
    yield _paper("invoice", "long-german", "long words", printed(billed.invoice(prices, people.GERMAN, plan)))
    yield _paper("invoice", "arabic", "an address in Arabic", printed(billed.invoice(prices, people.ARABIC, plan)))
    yield _paper("invoice", "japanese", "an address in Japan", printed(billed.invoice(prices, people.JAPANESE, plan)))
    back = billed.in_state(one, "paid_refunded")
    note = billed.credit_note(back, "refund", "gateway", part=True)
    yield _paper("invoice", "credited", "partly given back", printed(back, note))
    yield from (_paper("credit_note", state, note.why, _note(note)) for state, note in credit_notes(shop))
    year = Span.year(TODAY)
    for state, invoices in (("filled", billed.many(prices, people.CLARA, plan, 14)), ("empty", ())):
        yield _paper("statement", state, "a year", _statement(statement(invoices, (), year)))


def _note(note: CreditNote) -> Live:
    return lambda language: accounts.printed_note(note, language)


def _statement(of: Statement) -> Live:
    return lambda language: accounts.printed_statement(of, people.CLARA, language)


def _paper(name: str, state: str, says: str, live: Live) -> Exhibit:
    return Exhibit("paper", name, f"print.{name}.html", state, says, live)
