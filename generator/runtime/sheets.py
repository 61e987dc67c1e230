"""A page of a customer's invoices: no more of them are read than it shows, and those that are to be paid."""

from dataclasses import dataclass

from generator.model.invoice import ALL, UNPAID, Invoice, Sought
from generator.ports.biller import Biller

A_SHEET = 20
"""How many invoices a page lists."""


@dataclass(frozen=True)
class Sheet:
    """Page number `page` of so many, from 1."""

    invoices: tuple[Invoice, ...]
    page: int
    pages: int


def sheet(biller: Biller, customer: str, wanted: int) -> Sheet:
    """Unpaid ones first, then the newest. A page that is not there is the nearest that is."""
    unpaid, all = biller.invoices(customer, UNPAID), biller.count_invoices(customer, ALL)
    pages = max(1, -(-all // A_SHEET))
    page = min(max(wanted, 1), pages)
    start = (page - 1) * A_SHEET
    first = unpaid[start : start + A_SHEET]
    others = Sought(unpaid=False, most=A_SHEET - len(first), skip=max(start - len(unpaid), 0))
    return Sheet((*first, *(biller.invoices(customer, others) if others.most else ())), page, pages)
