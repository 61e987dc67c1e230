"""Charges invoices that nobody comes to pay: with the payer's default method, and then by the merchant's schedule.

The order is the till's, with the intent before all: it is on disk with its key before the order is opened, so that
whatever breaks off is carried on from the intent, and never made a second time.
"""

import logging
from dataclasses import replace

from generator.engine import payment
from generator.model.invoice import Invoice
from generator.model.payment import Declined, Elsewhere, Intent, Method, NothingDue, Promised, Result, Saved
from generator.model.quote import Order, PayInvoice, Quote, Request
from generator.runtime import addresses
from generator.runtime.asking import LADDER, Asking
from generator.runtime.language import nearest
from generator.runtime.parts import Parts

GIVEN_UP = Declined("cancelled")
"""No bank was asked, and with this key none ever will be."""

log = logging.getLogger(__name__)


class Collector:
    """Each call may be broken off anywhere and made again."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asking = Asking(parts)

    def collect(self, invoice: Invoice) -> None:
        """Charge an invoice that is to be charged now, unless that is under way or it was put off meanwhile.

        Raises `Unavailable`.
        """
        if self._parts.biller.invoice(invoice.id) != invoice:
            return
        key = f"{invoice.id}-auto-{invoice.asked + 1}"
        if self._parts.store.intent(key) is not None:
            return
        method = self._method(invoice)
        if method is None:
            self._parts.biller.cannot_charge(invoice.id)
            return
        intent = self._intent(invoice, method, key)
        if self._parts.store.begin_intent(intent):
            self.carry_on(intent)

    def carry_on(self, intent: Intent) -> None:
        """From wherever it was left to its end, or as far as it goes now. Raises `Unavailable`."""
        if payment.settled(intent.result) is not None:
            self._close(intent, intent.result)
        elif intent.order:
            self._heard(intent, self._asking.found(intent, present=False))
        elif opened := self._opened(intent):
            self._heard(opened, self._asking.first(opened))

    def _method(self, invoice: Invoice) -> Method | None:
        """The default, or the first of the others that can be charged."""
        methods = self._parts.gateway.methods(invoice.customer)
        return next(iter(payment.usable(methods, invoice.total.currency, self._parts.today)), None)

    def _intent(self, invoice: Invoice, method: Method, key: str) -> Intent:
        now, site = self._parts.clock.now(), self._parts.library.current.site
        customer = self._parts.biller.customer(invoice.customer)
        spoken = nearest((customer.language,) if customer else (), site.languages) or site.languages[0]
        return Intent(
            key=key,
            walk="",
            order="",
            customer=invoice.customer,
            amount=invoice.total,
            choice=Saved(method.id),
            payee=site.name,
            language=spoken,
            come_back=self._parts.base_url + addresses.come_back(self._parts.gateway.name, key),
            asked=now,
            next_check=now + LADDER[0],
            invoice=invoice.id,
        )

    def _opened(self, intent: Intent) -> Intent | None:
        """The intent with its order; nothing where none can be opened now: somebody else may be paying."""
        biller = self._parts.biller
        order = biller.find(intent.key)
        if order is None:
            request = Request(intent.customer, PayInvoice(intent.invoice, automatic=True), None, {})
            quote = biller.quote(request)
            opened = biller.open(quote.id, quote.shown, intent.key) if isinstance(quote, Quote) else quote
            # Another worker may have been quicker with the same intent: then it is open already.
            order = opened if isinstance(opened, Order) else biller.find(intent.key)
        if order is None:
            self._not_now(intent)
            return None
        assert order.quote.due_now == intent.amount, "an invoice costs what it says"
        opened_intent = replace(intent, order=order.id)
        self._parts.store.keep_intent(opened_intent)
        return opened_intent

    def _not_now(self, intent: Intent) -> None:
        """Where it may still be charged later it waits; else there is nothing to do any more."""
        invoice = self._parts.biller.invoice(intent.invoice)
        over = invoice is None or invoice.state not in ("due_auto", "due_pending")
        noted = self._asking.noted(intent, GIVEN_UP if over else intent.result)
        if over:
            self._parts.store.keep_intent(replace(noted, closed=True))

    def _heard(self, intent: Intent, result: Result | Promised | NothingDue) -> None:
        """Write down what the gateway said, and act on it. Who is not there cannot go on at the gateway's page."""
        if isinstance(result, Elsewhere):
            result = self._asking.cancelled(intent)
            result = Declined("authentication_required") if result == GIVEN_UP else result
        noted = self._asking.noted(intent, result)
        if payment.settled(result) is not None:
            self._close(noted, result)

    def _close(self, intent: Intent, result: Result | Promised | NothingDue) -> None:
        """Tell the biller how it ended, and only then be done with it."""
        settlement = payment.settled(result)
        assert settlement is not None, "it is decided"
        if intent.order:
            self._parts.biller.close(intent.order, settlement, intent.key)
        log.info("charged key=%s as=%s", intent.key, type(settlement).__name__)
        self._parts.store.keep_intent(replace(intent, closed=True))
