"""What an order that is settled does at Stripe, by calls with keys made of the order's: done again, it is done once."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.tax import treatment
from generator.adapters.stripe.account import Refused, Said, asked
from generator.adapters.stripe.amounts import theirs
from generator.adapters.stripe.reading import KEY
from generator.adapters.stripe_biller.changing import ANEW, FROM_NOW, Changing, Wish
from generator.adapters.stripe_biller.discounting import months
from generator.adapters.stripe_biller.previews import Previews, trial_end
from generator.adapters.stripe_biller.sales import Sale as Sold
from generator.adapters.stripe_biller.sales import Sales, Then
from generator.adapters.stripe_biller.scheduling import Scheduling
from generator.adapters.stripe_biller.settled import Settled
from generator.adapters.stripe_biller.shelf import Shelf
from generator.adapters.stripe_biller.trouble import every
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.payment import Key, Paid, Promised, Registered, Settlement
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Closed,
    Pause,
    PayInvoice,
    Quote,
    RegisterMethod,
    Restart,
    Subscribe,
    Terminate,
)
from generator.model.subscription import Subscription

OURS = "hosted_pages_subscription"
"""Under this name our id of a subscription stands in its metadata at Stripe."""

NOTE = "hosted_pages_tax_note"

_log = logging.getLogger(__name__)


class Closing:
    """Raises what `asked` raises: then it is done again, and nothing is done twice."""

    def __init__(self, v1: Any, shelf: Shelf, sales: Sales, previews: Previews) -> None:
        self._v1 = v1
        self._shelf = shelf
        self._sales = sales
        self._previews = previews
        self._changing = Changing(previews)
        self._scheduling = Scheduling(v1)

    def settle(self, done: Settled) -> Closed:
        """Do what was ordered."""
        match done.quote.request.change:
            case Subscribe():
                return self._begin(done)
            case PayInvoice(invoice=invoice):
                return self._pay(invoice, done)
            case RegisterMethod():
                self._prefer(done.owner, done.settlement)
                return Closed()
            case Terminate(subscription=of):
                return self._end(of, True, done)
            case Restart(subscription=of):
                return self._back(of, done)
            case Pause(subscription=of, until=until):
                return self._rest(of, until, done)
            case ChangePlan() | ChangeOptions() as change:
                return self._change(done, change)
        raise ValueError(f"{done.quote.request.change} is not done at Stripe, and was never quoted")

    def _begin(self, done: Settled) -> Closed:
        known = self._sales.one(done.id)
        if known is not None and known.object:
            made = asked(self._v1.subscriptions.retrieve, known.object)
        else:
            made = self._there(done.owner, done.id) or self._made(done)
            self._sales.name(done.id, made["id"])
        return Closed(done.id, self._invoiced(str(made["latest_invoice"] or ""), done))

    def _there(self, owner: str, id: str) -> Said | None:
        """What was made and of which we never heard: a key at Stripe is forgotten after a day."""
        found = every(self._v1.subscriptions.list, customer=owner, status="all")
        return next((one for one in found if (one.get("metadata") or {}).get(OURS) == id), None)

    def _made(self, done: Settled) -> Said:
        change, plan = done.quote.request.change, done.plan
        assert isinstance(change, Subscribe), "nothing else begins one"
        tax = treatment(done.sight.prices.rules, done.quote.request.billing or done.payer.billing)
        until = trial_end(plan, done.sight.as_of)
        said: dict[str, Any] = {
            **self._previews.beginning(plan, change.options, tax, until)["subscription_details"],
            "customer": done.owner,
            "metadata": {KEY: done.key, OURS: done.id, **({NOTE: tax.note} if tax.note else {})},
            **_paid_by(done.settlement, done.payer),
        }
        if plan.setup:
            said["add_invoice_items"] = self._previews.once(plan)
        if not done.quote.discounts:
            return asked(self._v1.subscriptions.create, said, key=f"{done.key}-subscribed")
        promotion = done.quote.discounts[0].promotion
        coupon, code = self._shelf.coupon(promotion, done.sight.prices, months(promotion, plan) or 0)
        try:
            taken = {**said, "discounts": [{"promotion_code": code} if code else {"coupon": coupon}]}
            return asked(self._v1.subscriptions.create, taken, key=f"{done.key}-subscribed")
        except Refused as fault:
            # Others used it up after it was promised, and it is paid for: the promise holds.
            _log.warning("stripe-code-gone key=%s code=%s", done.key, fault.code)
            promised = {**said, "discounts": [{"coupon": coupon}]}
            return asked(self._v1.subscriptions.create, promised, key=f"{done.key}-promised")

    def _invoiced(self, id: str, done: Settled) -> str:
        """The invoice is issued, and paid with what was paid; its id, where there is anything on it."""
        if not id:
            return ""
        invoice = asked(self._v1.invoices.retrieve, id)
        if invoice["status"] == "draft":
            invoice = asked(self._v1.invoices.finalize_invoice, id, {"auto_advance": False}, key=f"{id}-issued")
        if isinstance(done.settlement, Paid) and invoice["status"] == "open":
            self._attach(invoice, done.settlement, done.key)
        if invoice["amount_due"] != theirs(done.quote.due_now):
            _log.error("stripe-invoiced-otherwise invoice=%s: look at it, it is not what was quoted", id)
        return id if invoice["total"] else ""

    def _attach(self, invoice: Said, paid: Paid, key: Key) -> None:
        """What our gateway took at Stripe is for this invoice; what another took was paid elsewhere."""
        if paid.reference.startswith("pi_"):
            said: Mapping[str, Any] = {"payment_intent": paid.reference}
            asked(self._v1.invoices.attach_payment, invoice["id"], said, key=f"{invoice['id']}-{paid.reference}")
        else:
            asked(self._v1.invoices.pay, invoice["id"], {"paid_out_of_band": True}, key=f"{invoice['id']}-paid")
        asked(self._v1.invoices.update, invoice["id"], {"metadata": {KEY: key}})

    def _pay(self, id: str, done: Settled) -> Closed:
        invoice = asked(self._v1.invoices.retrieve, id)
        if isinstance(done.settlement, Paid) and invoice["status"] in ("open", "uncollectible"):
            self._attach(invoice, done.settlement, done.key)
        sale = self._sales.one(subscription_of(invoice))
        if sale is not None and done.quote.request.fields:
            self._sales.change(sale.id, _saying(sale.sold, done.quote), sale.then)
        return Closed(sale.id if sale else "", id)

    def _prefer(self, owner: str, settlement: Settlement) -> None:
        """All that is charged by itself is charged to it from now on."""
        if not isinstance(settlement, Registered) or not settlement.method.startswith("pm_"):
            return
        prefers = {"invoice_settings": {"default_payment_method": settlement.method}}
        asked(self._v1.customers.update, owner, prefers)
        for one in every(self._v1.subscriptions.list, customer=owner):
            asked(self._v1.subscriptions.update, one["id"], {"default_payment_method": settlement.method})

    def _end(self, of: str, ends: bool, done: Settled) -> Closed:
        sale = self.stays(self._sale(of))
        if ends and done.quote.effective_on is None:
            if asked(self._v1.subscriptions.retrieve, sale.object)["status"] != "canceled":
                asked(self._v1.subscriptions.cancel, sale.object, {}, key=f"{done.key}-over")
        else:
            said = {"cancel_at_period_end": ends}
            asked(self._v1.subscriptions.update, sale.object, said, key=f"{done.key}-{'ends' if ends else 'stays'}")
        self._sales.change(of, _saying(sale.sold, done.quote), sale.then)
        return Closed(of)

    def _back(self, of: str, done: Settled) -> Closed:
        """What was to end or to rest does not; what rests begins a term, which is paid."""
        if not done.quote.due_now:
            return self._end(of, False, done)
        sale = self.stays(self._sale(of))
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        if said["billing_cycle_anchor"] < int(done.sight.as_of.moment.timestamp()):
            said = self._anew(sale, said, done.key)
        self._sales.change(of, _saying(sale.sold, done.quote), sale.then)
        return Closed(of, self._invoiced(str(said["latest_invoice"] or ""), done))

    def _anew(self, sale: Sold, said: Said, key: Key) -> Said:
        """A term from now, whose invoice waits for what was paid: Stripe is not to charge it by itself."""
        if said["status"] == "paused":
            anew = {**FROM_NOW, "payment_behavior": "resume_on_payment_success"}
            return asked(self._v1.subscriptions.resume, sale.object, anew, key=f"{key}-resumed")
        anew = {**ANEW, "payment_behavior": "default_incomplete"}
        return asked(self._v1.subscriptions.update, sale.object, anew, key=f"{key}-anew")

    def _rest(self, of: str, until: date, done: Settled) -> Closed:
        """What is paid for is used up first; a term begins on the day on which it goes on."""
        sale = self._sale(of)
        self._scheduling.rest(sale.object, until, done)
        resting = replace(sale.sold, resumes=until, ends=done.quote.effective_on)
        self._sales.change(of, _saying(resting, done.quote), sale.then)
        return Closed(of)

    def stays(self, sale: Sold) -> Sold:
        """What was to change with the next term does not, and nothing holds it."""
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        self._scheduling.let_go(said)
        if said.get("pause_collection"):
            asked(self._v1.subscriptions.update, sale.object, {"pause_collection": ""})
        return self._sales.undo(sale)

    def _sale(self, of: str) -> Sold:
        sale = self._sales.one(of)
        assert sale is not None, "it was quoted"
        return sale

    def _change(self, done: Settled, change: ChangePlan | ChangeOptions) -> Closed:
        sale, of = self._sale(change.subscription), change.subscription
        sold = _changed(sale.sold, done.plan, change, done.quote)
        if done.quote.effective_on is not None:
            wanted = self._previews.items(done.plan, change.options)
            self._scheduling.change(sale.object, wanted, done)
            then = Then(done.quote.effective_on, sold)
            until_then = replace(_saying(sale.sold, done.quote), ends=None, resumes=None)
            self._sales.change(of, until_then, then)
            return Closed(of)
        if sale.sold != sold:
            sale = self.stays(sale)
            wish = self._wish(sale, done, change)
            update = {**self._changing.words(wish), "payment_behavior": "default_incomplete"}
            if sale.sold.discounts and not wish.kept:
                update["discounts"] = ""
            if not _has(wish.theirs, self._previews.items(done.plan, change.options)):
                asked(self._v1.subscriptions.update, sale.object, update, key=f"{done.key}-changed")
            self._sales.change(of, sold, sale.then)
        if not done.quote.due_now:
            return Closed(of)
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        return Closed(of, self._invoiced(str(said["latest_invoice"] or ""), done))

    def _wish(self, sale: Sold, done: Settled, change: ChangePlan | ChangeOptions) -> Wish:
        """What was quoted, on what is there now."""
        found, said = done.sight.subscription, asked(self._v1.subscriptions.retrieve, sale.object)
        assert found is not None, "it was quoted"
        return Wish(done.quote.request, done.sight, found, said, done.plan, change.options)


def subscription_of(invoice: Said) -> str:
    details = (invoice.get("parent") or {}).get("subscription_details") or {}
    found = details.get("subscription") or ""
    return str(found["id"] if isinstance(found, dict) else found)


def _changed(sold: Subscription, plan: Plan, change: ChangePlan | ChangeOptions, quote: Quote) -> Subscription:
    """The same people have it, to another plan or with other options."""
    price = total(each_term(plan, change.options), plan.price.currency)
    other = replace(sold, plan=plan, options=change.options, price=price, period=plan.period, ends=None, resumes=None)
    return _saying(replace(other, discounts=quote.discounts), quote)


def _has(theirs: Said, wanted: list[dict[str, Any]]) -> bool:
    """Whether it is so already: an earlier try was done, and never heard of."""
    there = [(one["price"]["id"], one["quantity"]) for one in theirs["items"]["data"]]
    return sorted(there) == sorted((one["price"], one["quantity"]) for one in wanted)


def _saying(sold: Subscription, quote: Quote) -> Subscription:
    """With what the merchant asked and the customer answered."""
    return replace(sold, fields={**(sold.fields or {}), **quote.request.fields})


def _paid_by(settlement: Settlement, payer: Customer) -> Mapping[str, Any]:
    """By itself with what is on file, or by the customer within their terms. What is due now is paid already."""
    if isinstance(settlement, Promised):
        return {"collection_method": "send_invoice", "days_until_due": payer.terms_days}
    how: dict[str, Any] = {"payment_behavior": "default_incomplete"}
    method = settlement.method if isinstance(settlement, Paid | Registered) else ""
    if method.startswith("pm_"):
        how["default_payment_method"] = method
    return how
