"""Invoices and credit notes as files: made once, and kept as they are whatever the theme says later.

The file says the same for machines (Factur-X), where all that this needs is known.
"""

import logging
from collections.abc import Callable
from typing import Any

from generator.fill import fill
from generator.locale import speech
from generator.model import bill
from generator.model.bill import Bill
from generator.model.credit import CreditNote
from generator.model.event import Happening
from generator.model.invoice import Invoice
from generator.runtime.language import nearest
from generator.runtime.parts import Parts
from generator.runtime.present import accounts, bills

log = logging.getLogger(__name__)


class Papers:
    """In the language in which the customer is addressed when it is made."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def invoice(self, invoice: Invoice) -> bytes:
        """Raises `Unavailable` where nothing can be printed, or what is filed cannot be read."""
        site = self._parts.library.current.site

        def made(language: str) -> tuple[Any, Bill]:
            live = bills.issued(invoice, self._parts.today, language)
            return live, bill.of_invoice(invoice, site.seller, site.bank_account, language)

        return self._kept(invoice.number, "invoice", invoice.customer, made)

    def credit_note(self, note: CreditNote) -> bytes:
        """The same of a credit note."""
        seller = self._parts.library.current.site.seller

        def made(language: str) -> tuple[Any, Bill]:
            return accounts.printed_note(note, language), bill.of_credit_note(note, seller, language)

        return self._kept(note.number, "credit_note", note.customer, made)

    def _kept(self, number: str, page: str, customer: str, make: Callable[[str], tuple[Any, Bill]]) -> bytes:
        filed = self._parts.store
        before = filed.paper(number)
        if before is not None:
            return before
        live, said = make(self._language(customer))
        lacks = ", ".join(said.lacks)
        file = self._printed(page, live, self._language(customer), None if lacks else said)
        if lacks:
            log.warning("not-for-machines paper=%s lacks=%s", number, lacks)
        return filed.keep_paper(number, file, lacks, self._parts.clock.now())

    def _printed(self, page: str, live: Any, language: str, said: Bill | None) -> bytes:
        library = self._parts.library
        html = fill(library.current.page(language, f"print.{page}.html"), live, speech.formats(language))
        return self._parts.printer.pdf(html, library.asset, said)

    def _language(self, customer: str) -> str:
        site, known = self._parts.library.current.site, self._parts.biller.customer(customer)
        return nearest((known.language,) if known else (), site.languages) or site.languages[0]


class Filing:
    """Prints what was issued before anybody asks for it, in the order in which it was issued.

    Begun again it goes through all events that are kept once more, and prints nothing twice.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._papers = Papers(parts)
        self._seen = 0

    def look(self, most: int) -> int:
        """At the next few events; answers how many there were. Raises `Unavailable`, and then looks at them again."""
        some = self._parts.store.events(self._seen, most)
        for event in some:
            self._file(event.about)
            self._seen = event.number
        return len(some)

    def _file(self, happening: Happening) -> None:
        biller = self._parts.biller
        match happening.kind:
            case "invoice.issued":
                issued = biller.invoice_numbered(happening.invoice)
                if issued is not None:
                    self._papers.invoice(issued)
            case "credit_note.issued":
                note = biller.credit_note_numbered(happening.credit_note)
                if note is not None:
                    self._papers.credit_note(note)
