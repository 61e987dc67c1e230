"""What the section of invoices has beside its list, and on paper: an invoice, a credit note, the account statement."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from generator.model.credit import CreditNote
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.statement import Span
from generator.ports.trouble import Unavailable
from generator.runtime import addresses
from generator.runtime.desk import Desk
from generator.runtime.filed import Papers
from generator.runtime.present import accounts, bills
from generator.runtime.present.bills import Held
from generator.runtime.present.doors import Doors
from generator.runtime.screens import Notice, Refusal

log = logging.getLogger(__name__)

STATEMENT = "statement"
"""Stands in an address where a number would: no invoice is called so."""


@dataclass(frozen=True)
class Asking:
    """A customer who asks for something of the section, and the merchant's day."""

    desk: Desk
    customer: Customer
    doors: Doors
    today: date

    @property
    def language(self) -> str:
        return self.desk.language(self.desk.parts.library.current.site, self.customer)


def one(asking: Asking, thing: str, held: Held) -> tuple[str, Any, str, int]:
    """Its page, and what is on it. Raises `Refusal` where the customer has no such thing."""
    desk, language, page = asking.desk, asking.language, asking.doors.section.page
    frame, biller = desk.frame(customer=asking.customer), desk.parts.biller
    if thing == STATEMENT:
        span = _span(request.args, asking.today)
        said = biller.statement(asking.customer.id, span or Span.year(asking.today))
        live = accounts.statement(frame, asking.doors, said, faulty=span is None)
        return f"{page}.statement", live, language, 200 if span else 422
    if note := _note(asking, thing):
        return f"{page}.credit", accounts.credit_note(frame, note, language), language, 200
    invoice, notes = _invoice(asking, thing), biller.credit_notes(asking.customer.id)
    shown = bills.alone(frame, asking.doors, invoice, notes, held, asking.today, language)
    return f"{page}.one", shown, language, 200


def pdf(asking: Asking, thing: str) -> Response:
    """The same as a file. Where nothing can be printed, its page can be."""
    try:
        data = _file(asking, thing)
    except Unavailable as fault:
        log.warning("not-printed why=%s", fault)
        raise Refusal(Notice("not_printed", addresses.invoice(thing))) from fault
    if isinstance(data, str):
        return Response(status=303, headers={"Location": data})
    response = Response(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(thing)}.pdf"'
    return response


def _file(asking: Asking, thing: str) -> bytes | str:
    """What was issued is one file for ever, or the biller's own, of which this is the address.

    A statement is made anew. Raises `Unavailable`.
    """
    desk, customer, language = asking.desk, asking.customer, asking.language
    if thing == STATEMENT:
        span = _span(request.args, asking.today)
        if span is None:
            raise Refusal(Notice("not_found", addresses.statement()))
        said = desk.parts.biller.statement(customer.id, span)
        return desk.printed("print.statement", accounts.printed_statement(said, customer, language), language)
    kept = Papers(desk.parts)
    if note := _note(asking, thing):
        return note.paper or kept.credit_note(note)
    invoice = _invoice(asking, thing)
    return invoice.paper or kept.invoice(invoice)


def _span(said: Mapping[str, str], today: date) -> Span | None:
    """The days that are asked for, or the usual ones; None where they are no days, or the wrong way round."""
    try:
        last = date.fromisoformat(said["to"]) if said.get("to") else today
        first = date.fromisoformat(said["from"]) if said.get("from") else Span.year(last).first
    except ValueError:
        return None
    return Span(first, last) if first <= last else None


def _note(asking: Asking, thing: str) -> CreditNote | None:
    """The customer's credit note of this number."""
    found = asking.desk.parts.biller.credit_note_numbered(thing)
    return found if found and found.customer == asking.customer.id else None


def _invoice(asking: Asking, thing: str) -> Invoice:
    """The customer's invoice of this number or id. Raises `Refusal`."""
    biller = asking.desk.parts.biller
    found = biller.invoice_numbered(thing) or biller.invoice(thing)
    if found is None or found.customer != asking.customer.id:
        raise Refusal(Notice("not_found"))
    return found


def _file_name(number: str) -> str:
    """A number as a file may be called by it, on any system."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", number)
