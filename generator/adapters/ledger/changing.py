"""What it costs to have another plan, or other options, than before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from generator.adapters.ledger.calendar import after, begins
from generator.adapters.ledger.discounting import NO_BILL, Bill, Discounts, Phase, bill, next_term, phases, trial
from generator.adapters.ledger.drafting import Days, Lines, Promised, Sale, Sight, draft
from generator.adapters.ledger.lines import total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import dearer
from generator.adapters.ledger.promoting import granted
from generator.adapters.ledger.proration import Term, cost, present
from generator.model.catalog import Plan
from generator.model.money import Money
from generator.model.quote import ChangeOptions, ChangePlan, Line, Options, Refused, Replace, Request
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Turn:
    """How a subscription goes on: the lines of now before tax, the terms to come, what is promised, and when."""

    now: tuple[Line, ...]
    later: tuple[Phase, ...]
    promised: Promised
    trial_until: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True)
class Wish:
    """Another plan with these options for a subscription, whose present term it is."""

    request: Request
    sight: Sight
    subscription: Subscription
    plan: Plan
    options: Options

    @property
    def today(self) -> date:
        return self.sight.as_of.day

    def difference(self, gone: Bill, come: Bill) -> tuple[Line, ...]:
        """What is credited of the old and charged of the new for the rest of the present term."""
        return difference(gone, come, present(self.subscription, self.sight.as_of.zone), self.sight.as_of.moment)

    def promised(self, had: Discounts, *, waits: bool = False) -> Promised:
        """What goes along to the other plan, and what the code that was typed adds."""
        return granted(self.request, self.sight, self.plan, self.options, had, waits=waits)

    def waits(self) -> Turn:
        """With the next term: what is paid for is used up first."""
        then, end = self.promised(next_term(self.subscription.discounts)), self.subscription.period_end
        return Turn((), phases(self.plan, self.options, then.discounts, end, end), then, effective_on=end)

    def bill(self, promised: Promised) -> Bill:
        """A term of it."""
        return bill(self.plan, self.options, promised.discounts)

    def follow(self, promised: Promised, first: date, anchor: date) -> tuple[Phase, ...]:
        """The terms after the one that these discounts are of."""
        return phases(self.plan, self.options, next_term(promised.discounts), first, anchor)


def changing_plan(
    id: str, request: Request, change: ChangePlan, subscription: Subscription, sight: Sight
) -> Sale | Refused:
    """To a plan that is on sale, when the merchant's rules say."""
    plan = sight.prices.plan(change.plan)
    if plan is None:
        return Refused("plan_withdrawn")
    timing = sight.prices.timing(subscription.plan, plan)
    if timing == "never":
        return Refused("not_now")
    options = complete(plan, change.options)
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=replace(change, options=options))
    return _changing(id, request, plan, options, subscription, sight, timing == "now")


def replacing(id: str, request: Request, change: Replace, subscription: Subscription, sight: Sight) -> Sale | Refused:
    """To a subscription that the merchant has prepared for this customer, at the price that they made."""
    target = sight.target
    prepared = target is not None and target.state == "draft_agent"
    if (
        target is None
        or not prepared
        or not _same_people(subscription, target)
        or target.price.currency != subscription.price.currency
    ):
        return Refused("not_now")
    options = complete(target.plan, {**target.options, **change.options})
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=replace(change, options=options))
    return _changing(id, request, target.plan, options, subscription, sight, dearer(subscription.plan, target.plan))


def _same_people(subscription: Subscription, target: Subscription) -> bool:
    return (target.customer, target.billed) == (subscription.customer, subscription.billed)


def _changing(
    id: str, request: Request, plan: Plan, options: Options, subscription: Subscription, sight: Sight, at_once: bool
) -> Sale:
    """A change that would leave the customer money over waits until what they paid for is used up.

    Set-up is not charged again: it is for who begins. A commitment to the new plan begins with its first term.
    """
    wish = Wish(request, sight, subscription, plan, options)
    turn = _in_trial(wish) or (_paid_up(wish) if at_once else wish.waits())
    if total(turn.now, plan.price.currency) < Money.zero(plan.price.currency):
        turn = wish.waits()
    start = turn.trial_until or turn.effective_on or wish.today
    committed = after(start, plan.period, plan.commitment) if plan.commitment else None
    days = Days(plan.period, turn.trial_until, committed, turn.effective_on, trial_paid=bool(plan.trial_price))
    return Sale(draft(id, request, sight, _taxed(turn, plan, sight), days, turn.promised), plan)


def changing_options(
    id: str, request: Request, change: ChangeOptions, subscription: Subscription, sight: Sight
) -> Sale | Refused:
    """More is had at once, and paid for the rest of the term; less, from the next term on."""
    plan = subscription.plan
    options = complete(plan, {**subscription.options, **change.options})
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=replace(change, options=options))
    days = Days(subscription.period, _trial(subscription, sight.as_of.day), subscription.committed_until)
    turn = _other_options(Wish(request, sight, subscription, plan, options))
    days = replace(days, effective_on=turn.effective_on, trial_paid=bool(plan.trial_price))
    return Sale(draft(id, request, sight, _taxed(turn, plan, sight), days, turn.promised), None)


def _other_options(wish: Wish) -> Turn:
    subscription, plan, options = wish.subscription, wish.plan, wish.options
    discounts, end = subscription.discounts, subscription.period_end
    promised = Promised(discounts)
    later = phases(plan, options, next_term(discounts), end, subscription.anchor or subscription.period_start)
    if _trial(subscription, wish.today):
        return Turn((), later, promised)
    before, now_on = bill(plan, subscription.options, discounts), bill(plan, options, discounts)
    now = wish.difference(before.without(now_on), now_on.without(before))
    if total(now, subscription.price.currency) < Money.zero(subscription.price.currency):
        return Turn((), later, promised, effective_on=end)
    return Turn(now, later, promised)


def _in_trial(wish: Wish) -> Turn | None:
    """Days of trial that were used stay used: the new plan's trial counts from the same start. What was paid for the
    rest of the old one is credited, what the rest of the new one costs is charged."""
    subscription, plan, today = wish.subscription, wish.plan, wish.today
    if not _trial(subscription, today):
        return None
    until = after(subscription.started, plan.trial) if plan.trial else today
    unused = wish.difference(trial(subscription.plan), NO_BILL)
    if until > today:
        promised = wish.promised(subscription.discounts, waits=True)
        as_of = wish.sight.as_of
        term = replace(present(subscription, as_of.zone), end=begins(until, as_of.zone))
        now = (*unused, *difference(NO_BILL, trial(plan), term, as_of.moment))
        return Turn(now, wish.follow(promised, until, until), promised, trial_until=until)
    promised = wish.promised(next_term(subscription.discounts))
    now = (*unused, *wish.bill(promised).lines)
    return Turn(now, wish.follow(promised, after(today, plan.period), today), promised)


def _paid_up(wish: Wish) -> Turn:
    """With the same period the days of payment stay; another period begins today, and is a term of its own.

    What is credited is what was really paid, and what is charged has its discounts taken off: a code that is typed now
    lowers the rest of the present term, which is the first of its terms.
    """
    subscription, plan, today, end = wish.subscription, wish.plan, wish.today, wish.subscription.period_end
    before = bill(subscription.plan, subscription.options, subscription.discounts)
    if plan.period == subscription.period:
        promised = wish.promised(subscription.discounts)
        later = wish.follow(promised, end, subscription.anchor or subscription.period_start)
        return Turn(wish.difference(before, wish.bill(promised)), later, promised)
    then = wish.promised(next_term(subscription.discounts))
    now = (*wish.difference(before, NO_BILL), *wish.bill(then).lines)
    return Turn(now, wish.follow(then, after(today, plan.period), today), then)


def difference(gone: Bill, come: Bill, term: Term, now: datetime) -> tuple[Line, ...]:
    """What is credited of the one and charged of the other for what is left of a term."""
    unused = gone.share(lambda amount: -cost(amount, term, now, term.end), "unused")
    rest = come.share(lambda amount: cost(amount, term, now, term.end), "rest")
    return (*(line for line in unused if line.amount), *rest)


def _taxed(turn: Turn, plan: Plan, sight: Sight) -> Lines:
    currency = plan.price.currency
    return Lines(currency, with_tax(turn.now, sight.tax, currency), turn.later)


def _trial(subscription: Subscription, today: date) -> date | None:
    return subscription.trial_until if subscription.in_trial(today) else None
