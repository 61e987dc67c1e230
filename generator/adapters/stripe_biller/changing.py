"""What it costs to change what one has at Stripe: another plan, other options, leaving, and coming back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.options import complete
from generator.adapters.stripe.account import Said
from generator.adapters.stripe_biller import discounting
from generator.adapters.stripe_biller.previews import Previews, on, swapped
from generator.adapters.stripe_biller.sight import Fault, Phase, Sight, quoted
from generator.engine import actions
from generator.model.capability import STRIPE, lacking
from generator.model.catalog import Plan
from generator.model.money import Money
from generator.model.promotion import Discount
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Line,
    Options,
    Pause,
    Quote,
    Refused,
    Request,
    Restart,
    Terminate,
)
from generator.model.subscription import Subscription

NOTHING_PRORATED = {"proration_behavior": "none"}

FROM_NOW = {"billing_cycle_anchor": {"type": "now"}}

ANEW = {**FROM_NOW, **NOTHING_PRORATED}
"""A term begins today, whatever is left of the one that is."""


@dataclass(frozen=True)
class Wish:
    """Another plan, or the same, with these options for what one has. `theirs` is how that stands at Stripe."""

    request: Request
    sight: Sight
    found: Subscription
    theirs: Said
    plan: Plan
    options: Options

    @property
    def today(self) -> date:
        return self.sight.as_of.day

    @property
    def kept(self) -> tuple[Discount, ...]:
        """The discounts that go along."""
        return discounting.lasting(self.found, self.plan)

    @property
    def trying(self) -> bool:
        return self.found.in_trial(self.today)

    @property
    def trial_until(self) -> date | None:
        """Days of trial that were used stay used: another plan's trial counts from the same start."""
        if not self.trying:
            return None
        if isinstance(self.request.change, ChangeOptions):
            return self.found.trial_until
        until = after(self.found.started, self.plan.trial) if self.plan.trial else self.today
        return until if until > self.today else None


class Changing:
    """Asks Stripe. Raises what `asked` raises."""

    def __init__(self, previews: Previews) -> None:
        self._previews = previews

    def work_out(self, id: str, request: Request, sight: Sight) -> Sale | Refused:
        found, action = sight.subscription, actions.action_of(request.change)
        if found is None or action is None or sight.theirs is None:
            return Refused("not_now")
        if found.billed != request.customer:
            return Refused("paid_by_other" if found.customer == request.customer else "not_now")
        if sight.recipient is not None and sight.recipient.suspended and not isinstance(request.change, Terminate):
            return Refused("recipient_suspended")
        if not actions.decide(action, found, sight.as_of.day).offered:
            return Refused("not_now")
        match request.change:
            case Terminate():
                return _ending(id, request, found, sight)
            case Restart():
                return self._back(id, request, found, sight)
            case Pause(until=until):
                return self._resting(id, request, until, found, sight)
            case ChangePlan() as change:
                return self._other_plan(id, request, change, found, sight)
            case ChangeOptions(options=options):
                return self._other_options(id, request, {**found.options, **options}, found, sight)
        return Refused("not_now")

    def _back(self, id: str, request: Request, found: Subscription, sight: Sight) -> Sale | Refused:
        """What was to end, or to rest, does not; what rests goes on with a term from today."""
        until = found.trial_until if found.in_trial(sight.as_of.day) else None
        said: dict[str, Any] = {"period": found.period, "trial_until": until, "discounts": found.discounts}
        currency = found.price.currency
        if found.active or sight.as_of.day < found.period_end:
            later = ((found.period_end, self._next_term(found, sight)),)
            return Sale(quoted(id, request, sight, (), later, currency, **said), found.plan)
        if sight.owes or sight.theirs is None:
            return Refused("not_now")
        details = {"resume_at": "now"} if sight.theirs["status"] == "paused" else ANEW
        asking = {"subscription": sight.object, "subscription_details": details}
        now = self._previews.ask(asking, sight.tax, found.discounts)
        later = ((after(sight.as_of.day, found.period), now),)
        return Sale(quoted(id, request, sight, now, later, currency, **said), found.plan)

    def _resting(self, id: str, request: Request, until: date, found: Subscription, sight: Sight) -> Sale | Refused:
        """What is paid for is used up first. The day on which it goes on begins a term, and is charged for it."""
        counted = any(one.until for one in found.discounts)
        if until <= found.period_end or counted or sight.customer.terms:
            return Refused("not_now")
        later = ((until, self._next_term(found, sight)),)
        said: dict[str, Any] = {"effective_on": found.period_end, "resumes": until, "period": found.period}
        currency, discounts = found.price.currency, found.discounts
        return Sale(quoted(id, request, sight, (), later, currency, discounts=discounts, **said), found.plan)

    def _next_term(self, found: Subscription, sight: Sight) -> tuple[Line, ...]:
        asking = {"subscription": sight.object, "subscription_details": {"cancel_at_period_end": False}}
        return self._previews.ask(asking, sight.tax, found.discounts)

    def _other_plan(
        self, id: str, request: Request, change: ChangePlan, found: Subscription, sight: Sight
    ) -> Sale | Refused:
        plan = sight.prices.plan(change.plan)
        if plan is None or lacking(STRIPE, plan):
            return Refused("plan_withdrawn")
        timing = sight.prices.timing(found.plan, plan)
        options = complete(plan, change.options)
        if timing == "never" or options is None:
            return Refused("not_now" if timing == "never" else "option_withdrawn")
        request = replace(request, change=replace(change, options=options))
        return self._changed(id, request, found, plan, options, sight, timing == "now")

    def _other_options(
        self, id: str, request: Request, wanted: Options, found: Subscription, sight: Sight
    ) -> Sale | Refused:
        """More is had at once, less with the next term."""
        options = complete(found.plan, wanted)
        if options is None:
            return Refused("option_withdrawn")
        request = replace(request, change=ChangeOptions(found.id, options))
        currency = found.plan.price.currency
        before, then = (total(each_term(found.plan, some), currency) for some in (found.options, options))
        return self._changed(id, request, found, found.plan, options, sight, then >= before)

    def _changed(
        self, id: str, request: Request, found: Subscription, plan: Plan, options: Options, sight: Sight, at_once: bool
    ) -> Sale:
        """What would leave the customer money over waits until what they paid for is used up."""
        assert sight.theirs is not None, "it was looked at"
        wish = Wish(request, sight, found, sight.theirs, plan, options)
        quote = self._at_once(id, wish) if at_once or wish.trying else None
        if quote is None or quote.due_now < Money.zero(quote.due_now.currency):
            quote = self._at_end(id, wish)
        return Sale(quote, plan)

    def _at_once(self, id: str, wish: Wish) -> Quote:
        """What is left of the term is given back, and the rest of it, or a new one, is asked for."""
        found, plan, sight = wish.found, wish.plan, wish.sight
        asking = {"subscription": sight.object, "subscription_details": self.words(wish), **_less(wish)}
        until = wish.trial_until
        # What is only tried is asked for when the trial is over.
        now = () if until else self._previews.ask(asking, sight.tax, wish.kept)
        same = plan.period == found.period and not wish.trying
        first = until or (found.period_end if same else after(wish.today, plan.period))
        return quoted(
            id,
            wish.request,
            sight,
            now,
            self._phases(wish, first),
            plan.price.currency,
            period=plan.period,
            trial_until=until,
            discounts=wish.kept,
            promotion_fault=_refused_code(wish),
        )

    def words(self, wish: Wish) -> dict[str, Any]:
        """The change in Stripe's words, for a preview or to do it."""
        said: dict[str, Any] = {"items": swapped(wish.theirs, self._previews.items(wish.plan, wish.options))}
        if wish.theirs["cancel_at_period_end"]:
            said["cancel_at_period_end"] = False
        if not wish.trying:
            moment = int(wish.sight.as_of.moment.timestamp())
            return {**said, "proration_behavior": "always_invoice", "proration_date": moment}
        until = wish.trial_until
        if until is None:
            return {**said, **NOTHING_PRORATED, "trial_end": "now"}
        if until == wish.found.trial_until:
            return {**said, **NOTHING_PRORATED}
        return {**said, **NOTHING_PRORATED, "trial_end": on(until, wish.sight.as_of)}

    def _at_end(self, id: str, wish: Wish) -> Quote:
        """What is paid for is used up first: nothing is due now."""
        on_day, currency = wish.found.period_end, wish.plan.price.currency
        said: dict[str, Any] = {"effective_on": on_day, "period": wish.plan.period, "discounts": wish.kept}
        fault = _refused_code(wish)
        later = self._phases(wish, on_day)
        return quoted(id, wish.request, wish.sight, (), later, currency, promotion_fault=fault, **said)

    def _phases(self, wish: Wish, first: date) -> tuple[Phase, ...]:
        """What every term costs from then on: with the discounts that are left, and when they are over."""
        full = self._previews.each_term(wish.plan, wish.options, wish.sight)
        until = wish.kept[0].until if wish.kept else first
        if until is not None and until <= first:
            return ((first, full),)
        details = {**self.words(wish), **NOTHING_PRORATED}
        details.pop("proration_date", None)
        asking = {"subscription": wish.sight.object, "subscription_details": details, "preview_mode": "recurring"}
        lowered = (first, self._previews.ask({**asking, **_less(wish)}, wish.sight.tax, wish.kept))
        return (lowered,) if until is None else (lowered, (until, full))


def _less(wish: Wish) -> dict[str, Any]:
    """What is off the present plan and is not for the other one is off no more."""
    return {"discounts": ""} if wish.found.discounts and not wish.kept else {}


def _ending(id: str, request: Request, found: Subscription, sight: Sight) -> Sale:
    """When what is paid for is used up; what rests, at once."""
    ends = None if found.suspended else found.period_end
    return Sale(quoted(id, request, sight, (), (), found.price.currency, effective_on=ends), None)


def _refused_code(wish: Wish) -> Fault:
    """At Stripe a code is for who begins."""
    typed = wish.request.promotion
    if not typed:
        return ""
    return "new_only" if wish.sight.prices.promotion(typed) else "unknown"
