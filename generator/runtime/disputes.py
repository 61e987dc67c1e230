"""Where a customer's bank objects to what was paid, the books are told how that stands at the gateway now."""

import logging

from generator.model.credit import NotCredited
from generator.model.hint import Aside
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Dispute, Intent
from generator.ports.trouble import Conflict
from generator.runtime.parts import Parts

log = logging.getLogger(__name__)


def look(parts: Parts, intent: Intent) -> Aside:
    """Tell what the gateway says of objections to this charge. Raises `Unavailable`, `Conflict`: look again later."""
    said = parts.gateway.dispute(intent.key)
    if said is None:
        return ""
    paid = [invoice for invoice in parts.biller.invoices(intent.customer) if invoice.charge == intent.key]
    left = said.lost
    for invoice in paid:
        share = min(left, invoice.total)
        left -= share
        _tell(parts, invoice, said, share)
    return "" if paid else "unknown"


def _tell(parts: Parts, invoice: Invoice, said: Dispute, lost: Money) -> None:
    """Of several objections each has to be decided before any is told as lost: an invoice has one at a time."""
    biller, argued = parts.biller, invoice.state == "problem_disputed"
    notes = [note for note in biller.credit_notes(invoice.customer) if note.invoice == invoice.id]
    none = Money.zero(invoice.total.currency)
    more = lost + sum((note.total for note in notes if note.why == "dispute"), none)
    more = min(more, invoice.total + sum((note.total for note in notes), none))
    if said.open or (none < more and not argued):
        _done(biller.dispute(invoice.id, ""), invoice, "open", said)
    if said.open:
        return
    if none < more:
        _done(biller.end_dispute(invoice.id, False, "", more), invoice, "lost", said)
    elif argued:
        _done(biller.end_dispute(invoice.id, True, ""), invoice, "won", said)


def _done(told: Invoice | NotCredited, invoice: Invoice, how: str, said: Dispute) -> None:
    if told == NotCredited("under_way"):
        raise Conflict(f"{invoice.number} is disputed, and money goes back for it at this moment")
    if isinstance(told, NotCredited):
        log.error("dispute-not-told invoice=%s as=%s: it is %s", invoice.number, how, invoice.state)
        return
    if told.state != invoice.state or how != "open":
        log.warning("dispute invoice=%s as=%s why=%s", invoice.number, how, said.reason)
