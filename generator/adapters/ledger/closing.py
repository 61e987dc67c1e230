"""What an order that is settled does to the books, each change in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, consents, customers, dunning, shelf
from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.orders import Placed
from generator.adapters.ledger.starting import invoice, subscription
from generator.model.consent import Agreement
from generator.model.invoice import Invoice
from generator.model.payment import Declined, Key, Paid, Promised, Settlement
from generator.model.quote import (
    Answer,
    ChangeOptions,
    ChangePlan,
    Closed,
    Keep,
    Options,
    Pause,
    PayInvoice,
    RegisterMethod,
    Replace,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Closing:
    """One order being closed. `today` is the day on which it is, which may be long after it was opened."""

    connection: Connection
    placed: Placed
    settlement: Settlement
    key: Key
    zone: ZoneInfo
    today: date

    def settle(self) -> Closed:
        """Do what was ordered, but nothing of what was declined."""
        request = self.sale.quote.request
        if isinstance(self.settlement, Declined):
            if isinstance(request.change, PayInvoice) and request.change.automatic:
                dunning.not_charged(self.connection, request.change.invoice, self.settlement, self.today)
            return Closed()
        if request.billing is not None:
            customers.bill(self.connection, request.customer, request.billing)
        closed = self._done()
        whose = (request.customer, closed.subscription, closed.invoice)
        consents.append(self.connection, (Agreement(consent, *whose) for consent in request.consents))
        return closed

    @property
    def sale(self) -> Sale:
        return self.placed.sale

    def _done(self) -> Closed:
        request = self.sale.quote.request
        match request.change:
            case Subscribe():
                return self._subscribe()
            case Start(subscription=id):
                return self._start(books.locked(self.connection, id))
            case ChangePlan(subscription=id):
                return self._change_plan(books.locked(self.connection, id), None)
            case Replace(subscription=id, target=target):
                return self._change_plan(books.locked(self.connection, id), books.locked(self.connection, target))
            case ChangeOptions(subscription=id, options=options):
                return self._change_options(books.locked(self.connection, id), options)
            case Restart(subscription=id):
                return self._restart(books.locked(self.connection, id))
            case Terminate(subscription=id):
                return self._terminate(books.locked(self.connection, id))
            case Keep(subscription=id):
                return self._stay(books.locked(self.connection, id), discounts=self.sale.quote.discounts)
            case Pause(subscription=id, until=until):
                before = books.locked(self.connection, id)
                return self._stay(before, state="active_delayed_suspension", resumes=until)
            case PayInvoice(invoice=id):
                return self._pay(id)
            case RegisterMethod():
                customers.says(self.connection, request.customer, self._fields)
                return Closed()

    def _subscribe(self) -> Closed:
        """The one that waited in draft; orders from before there were drafts begin with none."""
        draft = self.placed.subscription
        started = subscription(draft or new_id("subscription"), self.sale, self.zone)
        enter = books.keep if draft else books.start
        enter(self.connection, started, "started")
        return Closed(started.id, self._invoice(started.id))

    def _start(self, prepared: Subscription) -> Closed:
        started = self._like(prepared, subscription(prepared.id, self.sale, self.zone))
        planned = started.state == "draft_delayed_start"
        started = replace(started, fields={**(prepared.fields or {}), **self._fields})
        books.keep(self.connection, started, "start_planned" if planned else "started")
        return Closed(prepared.id, self._invoice(prepared.id))

    def _change_plan(self, before: Subscription, prepared: Subscription | None) -> Closed:
        """The one ends and another takes its place: at once, or when the present term is over.

        It is known by the day on which the customer began, from which used days of trial are counted.
        """
        new = subscription(prepared.id if prepared else new_id("subscription"), self.sale, self.zone)
        given = prepared.fields if prepared else before.fields
        new = self._like(before, replace(new, fields={**(given or {}), **self._fields}))
        enter = books.keep if prepared else books.start
        if self.sale.quote.effective_on:
            enter(self.connection, new, "take_over_planned")
            changing = replace(before, state="active_delayed_upgrade", successor=new.id, ends=None, resumes=None)
            books.keep(self.connection, changing, "change_planned")
            return Closed(before.id)
        if before.in_trial(self._asked):
            trial_goes_on = new.trial_until is not None
            new = replace(new, period_start=before.period_start, since=before.since) if trial_goes_on else new
        elif new.period == before.period:
            new = replace(new, period_start=before.period_start, since=before.since, anchor=before.anchor)
        enter(self.connection, replace(new, started=before.started), "took_over")
        self._bill_usage(before)
        books.keep(self.connection, replace(before, state="ended_upgrade", ends=self._asked, resumes=None), "replaced")
        return Closed(new.id, self._invoice(new.id))

    def _change_options(self, before: Subscription, options: Options) -> Closed:
        """More at once; less when the present term is over."""
        if self.sale.quote.effective_on:
            changed = replace(before, state="active_delayed_upgrade", next_options=options)
        else:
            price = total(each_term(before.plan, options), before.price.currency)
            changed = replace(before, options=options, price=price)
        books.keep(self.connection, self._with_fields(changed), "change_planned")
        return Closed(before.id, self._invoice(before.id))

    def _restart(self, before: Subscription) -> Closed:
        """It runs again; what it owed is paid, where it was not promised."""
        running = replace(before, state="active_running", ends=None, resumes=None, discounts=self.sale.quote.discounts)
        running = replace(running, termination=None)
        if before.suspended and before.period_end <= self._asked:
            end = self.sale.quote.next_term or after(self._asked, before.period)
            running = replace(running, period_start=self._asked, period_end=end, trial_until=None, anchor=self._asked)
            running = replace(running, since=self.sale.quote.as_of)
            self._bill_usage(before)
        books.keep(self.connection, self._with_fields(running), "restarted")
        numbers = [line.title[""] for line in self.sale.quote.lines_now if line.kind == "invoice"]
        for owed in books.owed_by(self.connection, before.id):
            if owed.number in numbers and isinstance(self.settlement, Paid):
                books.settle(self.connection, owed.id, self.today, self.key)
            elif owed.number in numbers:
                self._promised(owed.id)
        return Closed(before.id, self._invoice(before.id))

    def _terminate(self, before: Subscription) -> Closed:
        """From the day on which it may end; what was scheduled to follow will not."""
        if before.successor:
            gone = replace(books.locked(self.connection, before.successor), state="deleted")
            books.keep(self.connection, gone, "take_over_undone")
        left = replace(self._with_fields(before), successor="", next_options=None, resumes=None)
        ends = self.sale.quote.effective_on
        if ends is None:
            left = replace(left, state="ended_terminated", ends=self._asked)
            self._bill_usage(before)
        else:
            fee = before.plan.termination if self.sale.quote.lines_end else None
            left = replace(left, state="active_delayed_termination", ends=ends, termination=fee)
        books.keep(self.connection, left, "end_planned" if ends else "ended")
        return Closed(before.id, self._invoice(before.id))

    def _like(self, before: Subscription, new: Subscription) -> Subscription:
        """The same people have it and pay for it as before."""
        return replace(new, customer=before.customer, payer=before.payer)

    def _stay(self, before: Subscription, **changed: Any) -> Closed:
        """Nothing is charged for it: what changes, changes with the next term."""
        books.keep(self.connection, replace(self._with_fields(before), **changed), "pause_planned")
        return Closed(before.id)

    def _pay(self, id: str) -> Closed:
        """The invoice is paid; who promises a transfer owes it as before."""
        change = self.sale.quote.request.change
        if isinstance(self.settlement, Paid):
            by_itself = isinstance(change, PayInvoice) and change.automatic
            owed = books.settle(self.connection, id, self.today, self.key, automatic=by_itself)
        else:
            owed = self._promised(id)
        if self._fields:
            books.keep(self.connection, self._with_fields(books.locked(self.connection, owed.subscription)))
        return Closed(owed.subscription, owed.id)

    def _promised(self, id: str) -> Invoice:
        """The invoice is to come by transfer."""
        customer = customers.with_id(self.connection, self.sale.quote.request.customer)
        assert customer is not None, "it was quoted for them"
        return dunning.promised(self.connection, id, self.today, customer.terms_days)

    def _bill_usage(self, before: Subscription) -> None:
        """Its term is over: what was used is invoiced by itself, as nobody could agree to a sum that still grew."""
        charging.invoice(self.connection, before, charging.used(self.connection, before), self.today)

    def _invoice(self, id: str) -> str:
        """The id of the invoice for what was due and not invoiced before; empty where that is nothing.

        Nothing that is due starts unpaid: that would be our bug.
        """
        quote = self.sale.quote
        if quote.due_now and not isinstance(self.settlement, Paid | Promised):
            raise ValueError(f"{self.settlement} does not settle what is due now")
        lines = tuple(line for line in quote.lines_now if line.kind != "invoice")
        if not total(lines, quote.due_now.currency) or not isinstance(self.settlement, Paid | Promised):
            return ""
        customer = customers.with_id(self.connection, quote.request.customer)
        assert customer is not None, "it was quoted for them"
        draft = invoice(new_id("invoice"), id, lines, self.settlement, self.key, customer, self.today)
        return books.issue(self.connection, dunning.watched(draft, shelf.present(self.connection).dunning)).id

    def _with_fields(self, subscription: Subscription) -> Subscription:
        return replace(subscription, fields={**(subscription.fields or {}), **self._fields})

    @property
    def _fields(self) -> Mapping[str, Answer]:
        return self.sale.quote.request.fields

    @property
    def _asked(self) -> date:
        """The day for which it was quoted: what was promised counts from there."""
        return day(self.sale.quote.as_of, self.zone)
