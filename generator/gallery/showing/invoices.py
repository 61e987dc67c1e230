"""Invoices and what goes with them: in a list, alone, taken back, and summed up in a statement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import billed, people
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.model.credit import CreditNote
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.live.parts import PaymentNews
from generator.model.portal import Section
from generator.model.statement import Span, statement
from generator.runtime import addresses
from generator.runtime.present import accounts, bills
from generator.runtime.sheets import A_SHEET, Sheet

Hangs = Callable[..., Exhibit]


def exhibits(shop: Shop, section: Section, hang: Hangs) -> Iterator[Exhibit]:
    """All of the section."""
    prices, plan, clara = shop.sold.prices, shop.sold.rich, people.CLARA
    one = billed.invoice(prices, clara, plan)
    forty = billed.many(prices, clara, plan)
    pages = -(-len(forty) // A_SHEET)
    yield hang("empty", "none was ever made out", _listed(shop, section, ()))
    yield hang("filled", "a few, all paid", _listed(shop, section, _paid(shop, 4)))
    yield hang("forty-invoices", "the first page of many", _listed(shop, section, forty[:A_SHEET], 1, pages))
    yield hang("forty-invoices-end", "the last page of many", _listed(shop, section, forty[-A_SHEET:], pages, pages))
    late = billed.in_state(one, "problem_overdue")
    yield hang("past-due", "one that should have been paid", _listed(shop, section, (late, *_paid(shop, 4)[1:])))
    for customer, state in ((people.GERMAN, "long-german"), (people.ARABIC, "arabic")):
        theirs = billed.invoice(prices, customer, plan)
        yield hang(state, "made out to them", _alone(shop, section, theirs, customer=customer), "one", _here(theirs))
    for name in ("under_way", "failed"):
        news = (PaymentNews(name, "invoice", one.number, one.total, None, addresses.walk("held")),)
        yield hang(f"payment-{name.replace('_', '-')}", "news of a payment", _listed(shop, section, (late,), news=news))
    for made in billed.every_state(one):
        state = "filled" if made.state == "paid" else made.state.replace("_", "-")
        yield hang(state, made.state.replace("_", " "), _alone(shop, section, made), "one", _here(made))
    again = replace(billed.in_state(one, "due_auto"), acts=None, failed=0)
    yield hang("charged-soon", "it is charged by itself", _alone(shop, section, again), "one", _here(again))
    every = replace(one, lines=billed.every_line(plan))
    yield hang("every-line", "all that it may be made of", _alone(shop, section, every), "one", _here(every))
    notes = (billed.credit_note(one, "refund", "gateway", part=True),)
    back = billed.in_state(one, "paid_refunded")
    yield hang("credited", "a part was given back", _alone(shop, section, back, notes), "one", _here(back))
    for state, note in credit_notes(shop):
        frame = shop.frame(addresses.invoice(note.number), clara)
        live = _note(frame, note)
        yield hang(state, f"taken back: {note.why}, by {note.back}", live, "credit", addresses.invoice(note.number))
    yield from _statements(shop, section, hang)


def credit_notes(shop: Shop) -> Iterator[tuple[str, CreditNote]]:
    """For each reason, and each way in which money goes back."""
    one = billed.invoice(shop.sold.prices, people.CLARA, shop.sold.rich)
    yield "filled", billed.credit_note(one, "refund", "gateway", part=True, reason="A week was lost to maintenance.")
    yield "transfer", billed.credit_note(one, "refund", "transfer")
    yield "void", billed.credit_note(one, "void", "nothing", reason="It was made out to the wrong company.")
    yield "dispute", billed.credit_note(one, "dispute", "bank")


def _here(invoice: Invoice) -> str:
    return addresses.invoice(invoice.number)


def _paid(shop: Shop, count: int) -> tuple[Invoice, ...]:
    return tuple(
        billed.invoice(shop.sold.prices, people.CLARA, shop.sold.rich, number) for number in range(1, count + 1)
    )


def _listed(
    shop: Shop,
    section: Section,
    invoices: Sequence[Invoice],
    page: int = 1,
    pages: int = 1,
    news: Sequence[PaymentNews] = (),
) -> Callable[[str], object]:
    frame = shop.frame(addresses.section(section.id), people.CLARA)
    doors, sheet = shop.doors(section, people.CLARA), Sheet(tuple(invoices), page, pages)
    return lambda language: bills.listed(frame, doors, sheet, {}, news, TODAY, language)


def _alone(
    shop: Shop, section: Section, one: Invoice, notes: Sequence[CreditNote] = (), customer: Customer = people.CLARA
) -> Callable[[str], object]:
    frame, doors = shop.frame(_here(one), customer), shop.doors(section, customer)
    under_way = {one.id: "held"} if one.state == "due_pending" else {}
    return lambda language: bills.alone(frame, doors, one, notes, under_way, TODAY, language)


def _note(frame: object, note: CreditNote) -> Callable[[str], object]:
    return lambda language: accounts.credit_note(frame, note, language)  # type: ignore[arg-type]


def _statements(shop: Shop, section: Section, hang: Hangs) -> Iterator[Exhibit]:
    frame, doors = shop.frame(addresses.statement(), people.CLARA), shop.doors(section, people.CLARA)
    invoices = billed.many(shop.sold.prices, people.CLARA, shop.sold.rich, 14)
    notes = (billed.credit_note(invoices[-1], "refund", "gateway", part=True),)
    year = Span.year(TODAY)
    for state, says, of, faulty in (
        ("empty", "nothing happened", statement((), (), year), False),
        ("filled", "a year", statement(invoices, notes, year), False),
        ("quiet", "nothing happened in these days", statement(invoices, (), Span(TODAY, TODAY + timedelta(1))), False),
        ("errors", "what was asked for are no days", statement(invoices, notes, year), True),
    ):
        live = accounts.statement(frame, doors, of, faulty)
        yield hang(state, says, lambda _, live=live: live, "statement", addresses.statement())
