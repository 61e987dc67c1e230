"""What an order that is settled does at Stripe, by calls with keys made of the order's: done again, it is done once."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.adapters.ledger.drafting import AsOf, Sale
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.tax import treatment
from generator.adapters.stripe.account import Refused, Said, asked
from generator.adapters.stripe.amounts import theirs
from generator.adapters.stripe.reading import KEY
from generator.adapters.stripe_biller import sales
from generator.adapters.stripe_biller.quoting import Quoting, swapped, trial_end
from generator.adapters.stripe_biller.sales import Sales, Then
from generator.adapters.stripe_biller.shelf import Shelf, of_setup
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.payment import Key, Paid, Promised, Registered, Settlement
from generator.model.price_list import PriceList
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Closed,
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


@dataclass(frozen=True)
class Settled:
    """An order, and how it ended. `id` is the subscription that it begins, empty where it begins none; `owner` is who
    pays, at Stripe; `at` is the moment for which it was quoted."""

    sale: Sale
    id: str
    settlement: Settlement
    key: Key
    payer: Customer
    owner: str
    prices: PriceList
    at: AsOf

    @property
    def quote(self) -> Quote:
        return self.sale.quote

    @property
    def plan(self) -> Plan:
        assert self.sale.plan is not None, "it is about a plan"
        return self.sale.plan


class Closing:
    """Raises what `asked` raises: then it is done again, and nothing is done twice."""

    def __init__(self, v1: Any, shelf: Shelf, sales: Sales, quoting: Quoting) -> None:
        self._v1 = v1
        self._shelf = shelf
        self._sales = sales
        self._quoting = quoting

    def settle(self, done: Settled) -> Closed:
        """Do what was ordered."""
        match done.quote.request.change:
            case Subscribe():
                return self._begin(done)
            case PayInvoice(invoice=invoice):
                return self._pay(invoice, done.settlement, done.key)
            case RegisterMethod():
                self._prefer(done.owner, done.settlement)
                return Closed()
            case Terminate(subscription=of):
                return self._end(of, True, done.key)
            case Restart(subscription=of):
                return self._end(of, False, done.key)
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
        found = asked(self._v1.subscriptions.list, {"customer": owner, "status": "all", "limit": 100})["data"]
        return next((one for one in found if (one.get("metadata") or {}).get(OURS) == id), None)

    def _made(self, done: Settled) -> Said:
        change, plan = done.quote.request.change, done.plan
        assert isinstance(change, Subscribe), "nothing else begins one"
        tax = treatment(done.prices.rules, done.quote.request.billing or done.payer.billing)
        until = trial_end(plan, done.at)
        said: dict[str, Any] = {
            **self._quoting.beginning(plan, change.options, tax, until)["subscription_details"],
            "customer": done.owner,
            "metadata": {KEY: done.key, OURS: done.id, **({NOTE: tax.note} if tax.note else {})},
            **_paid_by(done.settlement, done.payer),
        }
        if plan.setup:
            said["add_invoice_items"] = [{"price": self._shelf.price(of_setup(plan)), "discountable": False}]
        if not done.quote.discounts:
            return asked(self._v1.subscriptions.create, said, key=f"{done.key}-subscribed")
        coupon, code = self._shelf.coupon(done.quote.discounts[0].promotion, done.prices)
        try:
            taken = {**said, "discounts": [{"promotion_code": code}]}
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

    def _pay(self, id: str, settlement: Settlement, key: Key) -> Closed:
        invoice = asked(self._v1.invoices.retrieve, id)
        if isinstance(settlement, Paid) and invoice["status"] in ("open", "uncollectible"):
            self._attach(invoice, settlement, key)
        sale = self._sales.one(subscription_of(invoice))
        return Closed(sale.id if sale else "", id)

    def _prefer(self, owner: str, settlement: Settlement) -> None:
        """All that is charged by itself is charged to it from now on."""
        if not isinstance(settlement, Registered) or not settlement.method.startswith("pm_"):
            return
        prefers = {"invoice_settings": {"default_payment_method": settlement.method}}
        asked(self._v1.customers.update, owner, prefers)
        for one in asked(self._v1.subscriptions.list, {"customer": owner, "limit": 100})["data"]:
            asked(self._v1.subscriptions.update, one["id"], {"default_payment_method": settlement.method})

    def _end(self, of: str, ends: bool, key: Key) -> Closed:
        sale = self._sales.one(of)
        assert sale is not None, "it was quoted"
        self.stays(sale)
        asked(
            self._v1.subscriptions.update,
            sale.object,
            {"cancel_at_period_end": ends},
            key=f"{key}-{'ends' if ends else 'stays'}",
        )
        return Closed(of)

    def stays(self, sale: sales.Sale) -> None:
        """What was to change with the next term does not."""
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        if said.get("schedule"):
            asked(self._v1.subscription_schedules.release, said["schedule"])
        if sale.then:
            self._sales.change(sale.id, sale.sold, None)

    def _change(self, done: Settled, change: ChangePlan | ChangeOptions) -> Closed:
        sale, of = self._sales.one(change.subscription), change.subscription
        assert sale is not None, "it was quoted"
        sold = _changed(sale.sold, done.plan, change, done.quote)
        wanted = self._quoting.items(done.plan, change.options)
        if done.quote.effective_on is not None:
            self._later(sale, wanted, done)
            self._sales.change(of, sale.sold, Then(done.quote.effective_on, sold))
            return Closed(of)
        if sale.sold != sold:
            self.stays(sale)
            said = asked(self._v1.subscriptions.retrieve, sale.object)
            update = {
                "items": swapped(said, wanted),
                "proration_behavior": "always_invoice",
                "proration_date": int(done.quote.as_of.timestamp()),
                "payment_behavior": "default_incomplete",
            }
            asked(self._v1.subscriptions.update, sale.object, update, key=f"{done.key}-changed")
            self._sales.change(of, sold, None)
        if not done.quote.due_now:
            return Closed(of)
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        return Closed(of, self._invoiced(str(said["latest_invoice"] or ""), done))

    def _later(self, sale: sales.Sale, wanted: list[dict[str, Any]], done: Settled) -> None:
        """A schedule: what it is until its term is over, then what it will be, and then it goes on by itself. One that
        is there, because an earlier try broke off or something else was to happen, is made this one."""
        said = asked(self._v1.subscriptions.retrieve, sale.object)
        schedules = self._v1.subscription_schedules
        if said.get("schedule"):
            made = asked(schedules.retrieve, said["schedule"])
        else:
            made = asked(schedules.create, {"from_subscription": sale.object}, key=f"{done.key}-scheduled")
        now = made["phases"][0]
        first: dict[str, Any] = {
            "items": [{"price": one["price"], "quantity": one["quantity"]} for one in now["items"]],
            "start_date": now["start_date"],
            "end_date": now["end_date"],
        }
        period = done.plan.period
        length = {"interval": period.unit, "interval_count": period.count}
        then: dict[str, Any] = {"items": wanted, "duration": length, "proration_behavior": "none"}
        if now.get("default_tax_rates"):
            rates = [rate["id"] if isinstance(rate, dict) else rate for rate in now["default_tax_rates"]]
            first["default_tax_rates"] = then["default_tax_rates"] = rates
        if said["discounts"]:
            first["discounts"] = [{"discount": one} for one in said["discounts"]]
        asked(schedules.update, made["id"], {"phases": [first, then], "end_behavior": "release"})


def subscription_of(invoice: Said) -> str:
    details = (invoice.get("parent") or {}).get("subscription_details") or {}
    found = details.get("subscription") or ""
    return str(found["id"] if isinstance(found, dict) else found)


def _changed(sold: Subscription, plan: Plan, change: ChangePlan | ChangeOptions, quote: Quote) -> Subscription:
    """The same people have it, to another plan or with other options."""
    price = total(each_term(plan, change.options), plan.price.currency)
    fields = {**(sold.fields or {}), **quote.request.fields}
    return replace(sold, plan=plan, options=change.options, price=price, period=plan.period, fields=fields)


def _paid_by(settlement: Settlement, payer: Customer) -> Mapping[str, Any]:
    """By itself with what is on file, or by the customer within their terms. What is due now is paid already."""
    if isinstance(settlement, Promised):
        return {"collection_method": "send_invoice", "days_until_due": payer.terms_days}
    how: dict[str, Any] = {"payment_behavior": "default_incomplete"}
    method = settlement.method if isinstance(settlement, Paid | Registered) else ""
    if method.startswith("pm_"):
        how["default_payment_method"] = method
    return how
