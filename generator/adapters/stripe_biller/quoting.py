"""What a request costs, as Stripe previews it: what begins, what is paid, and what is only put on file."""

from dataclasses import replace
from typing import Any

from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.options import complete
from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller import discounting
from generator.adapters.stripe_biller.changing import Changing
from generator.adapters.stripe_biller.previews import Previews, ends, trial_end
from generator.adapters.stripe_biller.shelf import Shelf
from generator.adapters.stripe_biller.sight import Phase, Promised, Sight, quoted
from generator.model.capability import STRIPE, lacking, why_not
from generator.model.catalog import Plan
from generator.model.quote import Options, PayInvoice, Refused, RegisterMethod, Request, Subscribe, named


class Quoting:
    """Asks Stripe. Raises what `asked` raises."""

    def __init__(self, v1: Any, shelf: Shelf, previews: Previews) -> None:
        self._v1 = v1
        self._shelf = shelf
        self._previews = previews
        self._changing = Changing(previews)

    def work_out(self, id: str, request: Request, sight: Sight) -> Sale | Refused:
        """The quote of this id."""
        change = request.change
        if sight.customer.suspended:
            return Refused("customer_suspended")
        if why_not(STRIPE, named(change)):
            return Refused("not_now")
        match change:
            case Subscribe():
                return self._subscribing(id, request, change, sight)
            case PayInvoice():
                return _paying(id, request, sight)
            case RegisterMethod(currency=currency):
                required = not sight.customer.terms
                return Sale(quoted(id, request, sight, (), (), currency, method_required=required), None)
        return self._changing.work_out(id, request, sight)

    def _subscribing(self, id: str, request: Request, change: Subscribe, sight: Sight) -> Sale | Refused:
        if request.recipient and sight.recipient is None:
            return Refused("recipient_unknown")
        if sight.recipient is not None and sight.recipient.suspended:
            return Refused("recipient_suspended")
        plan = sight.prices.plan(change.plan)
        if plan is None or lacking(STRIPE, plan):
            return Refused("plan_withdrawn")
        options = complete(plan, change.options)
        if options is None:
            return Refused("option_withdrawn")
        request = replace(request, change=Subscribe(plan.ref, options))
        promised = self._promised(request, plan, sight)
        asking = self._previews.beginning(plan, options, sight.tax, trial_end(plan, sight.as_of))
        asking |= {"invoice_items": self._previews.once(plan), "discounts": promised.said, **sight.whose}
        now = self._previews.preview(asking)
        each = {**asking, "invoice_items": [], "preview_mode": "recurring"}
        later = self._previews.ask(each, sight.tax, promised.discounts)
        trial_until = after(sight.as_of.day, plan.trial) if plan.trial else None
        first = trial_until or day(ends(now), sight.as_of.zone)
        quote = quoted(
            id,
            request,
            sight,
            self._previews.read(now, sight.tax, promised.discounts),
            self._phases(plan, options, sight, promised, (first, later)),
            plan.price.currency,
            period=plan.period,
            trial_until=trial_until,
            discounts=promised.discounts,
            promotion_fault=promised.fault,
        )
        return Sale(quote, plan)

    def _phases(
        self, plan: Plan, options: Options, sight: Sight, promised: Promised, lowered: Phase
    ) -> tuple[Phase, ...]:
        """What each term costs with the discount, and when that has come to its end."""
        first, _ = lowered
        until = promised.discounts[0].until if promised.discounts else None
        if until is None:
            return (lowered,)
        full = (max(until, first), self._previews.each_term(plan, options, sight))
        return (full,) if until <= first else (lowered, full)

    def _promised(self, request: Request, plan: Plan, sight: Sight) -> Promised:
        if not request.promotion:
            return Promised()
        prices, today = sight.prices, sight.as_of.day
        promotion = prices.promotion(request.promotion)
        if promotion is None:
            return Promised(fault="unknown")
        if promotion.until and today > promotion.until:
            return Promised(fault="expired")
        wrong = promotion.amount and promotion.amount.currency != plan.price.currency
        if not promotion.suits(plan.ref) or wrong or plan.free or (plan.trial and promotion.terms):
            return Promised(fault="other_plan")
        months = discounting.months(promotion, plan)
        if months is None:
            return Promised(fault="other_plan")
        if sight.used_up:
            return Promised(fault="used_up")
        coupon, code = self._shelf.coupon(promotion, prices, months)
        if promotion.uses and code:
            taken = asked(self._v1.promotion_codes.retrieve, code)["times_redeemed"]
            if taken >= promotion.uses:
                return Promised(fault="used_up")
        return Promised((discounting.begun(promotion, plan.period, today),), coupon, code)


def _paying(id: str, request: Request, sight: Sight) -> Sale | Refused:
    invoice = sight.invoice
    if invoice is None or invoice.customer != request.customer or not invoice.payable:
        return Refused("nothing_to_pay")
    return Sale(quoted(id, request, sight, invoice.lines, (), invoice.total.currency), None)
