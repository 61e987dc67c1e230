"""What a request costs, as Stripe previews it: nothing is worked out here but days."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.drafting import VALID_FOR, AsOf, Sale
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.tax import treatment
from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe_biller import lines
from generator.adapters.stripe_biller.shelf import Shelf, chosen, counted, of_setup
from generator.engine import actions
from generator.model.capability import STRIPE, lacking, why_not
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.promotion import Discount, Promotion, PromotionFault
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Later,
    Line,
    Options,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Request,
    Restart,
    Subscribe,
    Terminate,
    named,
)
from generator.model.subscription import Subscription
from generator.model.tax import Tax

Fault = PromotionFault | Literal[""]


@dataclass(frozen=True)
class Sight:
    """All that a quote is asked for with. `object` is the id of the subscription at Stripe, `theirs` how it stands
    there; `owner` is who pays, at Stripe, empty where they were never heard of there."""

    customer: Customer
    prices: Prices
    as_of: AsOf
    owner: str = ""
    recipient: Customer | None = None
    subscription: Subscription | None = None
    object: str = ""
    theirs: Said | None = None
    invoice: Invoice | None = None

    @property
    def tax(self) -> Tax:
        return treatment(self.prices.rules, self.customer.billing)


@dataclass(frozen=True)
class Promised:
    """The discount that a code brings, what it is at Stripe, and why it brings none."""

    promotion: Promotion | None = None
    coupon: str = ""
    code: str = ""
    fault: Fault = ""

    @property
    def said(self) -> list[Said]:
        return [{"coupon": self.coupon}] if self.coupon else []

    @property
    def discounts(self) -> tuple[Discount, ...]:
        return (Discount(self.promotion, self.promotion.terms),) if self.promotion else ()


class Quoting:
    """Asks Stripe. Raises what `asked` raises."""

    def __init__(self, v1: Any, shelf: Shelf) -> None:
        self._v1 = v1
        self._shelf = shelf

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
                return self._paying(id, request, sight)
            case RegisterMethod(currency=currency):
                nothing = Money.zero(currency)
                return Sale(_quote(id, request, sight, (), (), nothing, method_required=not sight.customer.terms), None)
        return self._of_subscription(id, request, sight)

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
        promised = self.promised(request, sight.prices, plan, sight.as_of.day)
        asking = self.beginning(plan, options, sight.tax, trial_end(plan, sight.as_of))
        asking |= {"invoice_items": self._once(plan), "discounts": promised.said, **_whose(sight)}
        now = asked(self._v1.invoices.create_preview, asking)
        later = asked(self._v1.invoices.create_preview, {**asking, "invoice_items": [], "preview_mode": "recurring"})
        words = promised.promotion.title if promised.promotion else {}
        trial_until = after(sight.as_of.day, plan.trial) if plan.trial else None
        term = self._read(now, sight.tax, words)
        first = trial_until or day(_moment(_ends(now)), sight.as_of.zone)
        quote = _quote(
            id,
            request,
            sight,
            term,
            self._read(later, sight.tax, words),
            Money.zero(plan.price.currency),
            period=plan.period,
            next_term=first,
            trial_until=trial_until,
            discounts=promised.discounts,
            promotion_fault=promised.fault,
        )
        return Sale(self._then(quote, plan, options, sight, promised, first), plan)

    def _then(self, quote: Quote, plan: Plan, options: Options, sight: Sight, promised: Promised, first: date) -> Quote:
        """What each term costs when the discount has come to its end."""
        if not promised.promotion or not promised.promotion.terms:
            return quote
        full = self._each_term(plan, options, sight, {})
        due, left = total(full, plan.price.currency), promised.promotion.terms - 1
        if not left:
            return replace(quote, lines_later=full, due_later=due, later_on=first)
        return replace(quote, afterwards=(Later(after(first, plan.period, left), due),))

    def beginning(self, plan: Plan, options: Options, tax: Tax, until: int | None) -> dict[str, Any]:
        """A subscription in Stripe's words, as a preview asks for it."""
        details: dict[str, Any] = {"items": self.items(plan, options)}
        if tax.rate:
            details["default_tax_rates"] = [self._shelf.tax(tax.rate, tax.inclusive)]
        if until:
            details["trial_end"] = until
        return {"subscription_details": details}

    def items(self, plan: Plan, options: Options) -> list[dict[str, Any]]:
        return [{"price": self._shelf.price(part), "quantity": count} for part, count in chosen(plan, options)]

    def _once(self, plan: Plan) -> list[Said]:
        return [{"price": self._shelf.price(of_setup(plan)), "discountable": False}] if plan.setup else []

    def promised(self, request: Request, prices: Prices, plan: Plan, today: date) -> Promised:
        if not request.promotion:
            return Promised()
        promotion = prices.promotion(request.promotion)
        if promotion is None:
            return Promised(fault="unknown")
        if promotion.until and today > promotion.until:
            return Promised(fault="expired")
        wrong = promotion.amount and promotion.amount.currency != plan.price.currency
        if not promotion.suits(plan.ref) or wrong or plan.free or (plan.trial and promotion.terms):
            return Promised(fault="other_plan")
        if counted(promotion, prices) is None:
            return Promised(fault="other_plan")
        coupon, code = self._shelf.coupon(promotion, prices)
        if promotion.uses and asked(self._v1.promotion_codes.retrieve, code)["times_redeemed"] >= promotion.uses:
            return Promised(fault="used_up")
        return Promised(promotion, coupon, code)

    def _of_subscription(self, id: str, request: Request, sight: Sight) -> Sale | Refused:
        found, action = sight.subscription, actions.action_of(request.change)
        if found is None or action is None or sight.theirs is None:
            return Refused("not_now")
        if found.billed != request.customer:
            return Refused("paid_by_other" if found.customer == request.customer else "not_now")
        if not actions.decide(action, found, sight.as_of.day).offered:
            return Refused("not_now")
        match request.change:
            case Terminate():
                return self._ending(id, request, found, sight)
            case Restart():
                return self._staying(id, request, found, sight)
            case ChangePlan(plan=ref, options=options):
                plan = sight.prices.plan(ref)
                if plan is None or lacking(STRIPE, plan):
                    return Refused("plan_withdrawn")
                timing = sight.prices.timing(found.plan, plan)
                # The trial of a plan is for who begins with it.
                return self._changing(id, request, found, replace(plan, trial=None), options, sight, timing)
            case ChangeOptions(options=options):
                whole = {**found.options, **options}
                return self._changing(id, request, found, found.plan, whole, sight, "by_price")
        return Refused("not_now")

    def _ending(self, id: str, request: Request, found: Subscription, sight: Sight) -> Sale:
        nothing = Money.zero(found.price.currency)
        return Sale(_quote(id, request, sight, (), (), nothing, period=None, effective_on=found.period_end), None)

    def _staying(self, id: str, request: Request, found: Subscription, sight: Sight) -> Sale | Refused:
        """What was to end does not."""
        if found.state != "active_delayed_termination":
            return Refused("not_now")
        asking = {"subscription": sight.object, "subscription_details": {"cancel_at_period_end": False}}
        later = self._read(asked(self._v1.invoices.create_preview, asking), sight.tax, _words(found))
        nothing = Money.zero(found.price.currency)
        return Sale(
            _quote(id, request, sight, (), later, nothing, period=found.period, next_term=found.period_end), found.plan
        )

    def _changing(
        self, id: str, request: Request, found: Subscription, plan: Plan, asked_for: Options, sight: Sight, timing: str
    ) -> Sale | Refused:
        options = complete(plan, asked_for)
        if options is None:
            return Refused("option_withdrawn")
        if timing == "by_price":
            before, then = each_term(found.plan, found.options), each_term(plan, options)
            currency = plan.price.currency
            timing = "now" if total(then, currency) >= total(before, currency) else "at_period_end"
        if timing == "never" or sight.theirs is None:
            return Refused("not_now")
        request = replace(request, change=replace(request.change, options=options))  # type: ignore[arg-type]
        quote = self._at_once if timing == "now" else self._at_end
        return quote(id, request, found, plan, options, sight)

    def _at_end(
        self, id: str, request: Request, found: Subscription, plan: Plan, options: Options, sight: Sight
    ) -> Sale | Refused:
        """What is paid for is used up first: nothing is due now."""
        later, nothing = self._each_term(plan, options, sight, {}), Money.zero(plan.price.currency)
        on = found.period_end
        fault = _refused_code(request, sight)
        days: dict[str, Any] = {"effective_on": on, "next_term": on, "promotion_fault": fault}
        return Sale(_quote(id, request, sight, (), later, nothing, period=plan.period, **days), plan)

    def _at_once(
        self, id: str, request: Request, found: Subscription, plan: Plan, options: Options, sight: Sight
    ) -> Sale | Refused:
        """What is left of the term is given back, and the rest of it, or a new one, is asked for."""
        assert sight.theirs is not None, "it was looked at"
        change: dict[str, Any] = {
            "items": swapped(sight.theirs, self.items(plan, options)),
            "proration_behavior": "always_invoice",
            "proration_date": int(sight.as_of.moment.timestamp()),
        }
        asking = {"subscription": sight.object, "subscription_details": change}
        now = self._read(asked(self._v1.invoices.create_preview, asking), sight.tax, _words(found))
        nothing = Money.zero(plan.price.currency)
        if total(now, plan.price.currency).minor < 0:
            return Refused("not_now")
        same = plan.period == found.period
        quote = _quote(
            id,
            request,
            sight,
            now,
            self._each_term(plan, options, sight, _words(found)),
            nothing,
            period=plan.period,
            next_term=found.period_end if same else after(sight.as_of.day, plan.period),
            trial_until=found.trial_until,
            discounts=found.discounts,
            promotion_fault=_refused_code(request, sight),
        )
        return Sale(quote, plan)

    def _each_term(self, plan: Plan, options: Options, sight: Sight, words: Any) -> tuple[Line, ...]:
        """What every term costs from then on, for who has nothing else."""
        asking = {**self.beginning(plan, options, sight.tax, None), "preview_mode": "recurring", **_whose(sight)}
        return self._read(asked(self._v1.invoices.create_preview, asking), sight.tax, words)

    def _paying(self, id: str, request: Request, sight: Sight) -> Sale | Refused:
        invoice = sight.invoice
        if invoice is None or invoice.customer != request.customer or not invoice.payable:
            return Refused("nothing_to_pay")
        nothing = Money.zero(invoice.total.currency)
        return Sale(_quote(id, request, sight, invoice.lines, (), nothing), None)

    def _read(self, said: Said, tax: Tax, words: Any) -> tuple[Line, ...]:
        """The lines of a preview. What a customer has at Stripe from before is a line too: they pay so much less."""
        found = lines.read(self._shelf, said, said["lines"]["data"], tax, words)
        credit = said["total"] - said["amount_due"] if said["total"] > 0 else 0
        if credit:
            found = (*found, Line("credit", -amounts.ours(credit, said["currency"]), {"": ""}))
        return found


def _refused_code(request: Request, sight: Sight) -> Fault:
    """At Stripe a code is for who begins."""
    if not request.promotion:
        return ""
    return "new_only" if sight.prices.promotion(request.promotion) else "unknown"


def swapped(theirs: Said, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a subscription in place of those that it has."""
    there = {item["price"]["id"]: item["id"] for item in theirs["items"]["data"]}
    first = theirs["items"]["data"][0]
    plan, *others = wanted
    items = [{**plan, "id": there.pop(plan["price"], None) or there.pop(first["price"]["id"])}]
    items += [{**one, "id": there.pop(one["price"])} if one["price"] in there else one for one in others]
    return [*items, *({"id": id, "deleted": True} for id in there.values())]


def trial_end(plan: Plan, as_of: AsOf) -> int | None:
    """The same time of day on the day after the trial."""
    if plan.trial is None:
        return None
    moment = as_of.moment.astimezone(as_of.zone)
    return int(datetime.combine(after(as_of.day, plan.trial), moment.timetz()).timestamp())


def _whose(sight: Sight) -> dict[str, Any]:
    """Who was never heard of at Stripe stays so while they only look."""
    if sight.owner:
        return {"customer": sight.owner}
    country = sight.customer.billing.country
    return {"customer_details": {"address": {"country": country}} if country else {}}


def _words(found: Subscription) -> Any:
    return found.discounts[0].promotion.title if found.discounts else {}


def _ends(said: Said) -> int:
    return max(int(line["period"]["end"]) for line in said["lines"]["data"])


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, ZoneInfo("UTC"))


def _quote(
    id: str,
    request: Request,
    sight: Sight,
    now: tuple[Line, ...],
    later: tuple[Line, ...],
    nothing: Money,
    *,
    method_required: bool | None = None,
    next_term: date | None = None,
    **said: Any,
) -> Quote:
    due_now, due_later = (sum((line.amount for line in some), nothing) for some in (now, later))
    needed = bool(due_now or due_later) and not sight.customer.terms
    days = {"period": None, "trial_until": None, "committed_until": None, **said}
    return Quote(
        id=id,
        request=request,
        as_of=sight.as_of.moment,
        valid_until=sight.as_of.moment + VALID_FOR,
        lines_now=now,
        lines_later=later if due_later else (),
        due_now=due_now,
        due_later=due_later,
        later_on=next_term if due_later else None,
        method_required=needed if method_required is None else method_required,
        next_term=next_term,
        **days,
    )
