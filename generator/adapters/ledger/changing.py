"""What it costs to have another plan, or other options, than before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.drafting import Days, Lines, Sale, Sight, draft
from generator.adapters.ledger.lines import each_term, total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import dearer
from generator.adapters.ledger.proration import Term, cost
from generator.model.catalog import Plan
from generator.model.money import Money
from generator.model.quote import ChangeOptions, ChangePlan, Line, Options, Refused, Replace, Request
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Turn:
    """How a subscription goes on: the lines of now and later before tax, the day of the next charge, and when."""

    now: tuple[Line, ...]
    later: tuple[Line, ...]
    later_on: date
    trial_until: date | None = None
    effective_on: date | None = None


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
    term, today = each_term(plan, options), sight.as_of.day
    turn = _in_trial(subscription, plan, term, today) or _paid_up(subscription, plan, term, today, at_once)
    start = turn.trial_until or turn.effective_on or today
    committed = after(start, plan.period, plan.commitment) if plan.commitment else None
    days = Days(plan.period, turn.trial_until, committed, turn.effective_on)
    return Sale(draft(id, request, sight, _taxed(turn, plan, sight), days), plan)


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
    turn = _other_options(subscription, options, sight.as_of.day)
    days = replace(days, effective_on=turn.effective_on)
    return Sale(draft(id, request, sight, _taxed(turn, plan, sight), days), None)


def _other_options(subscription: Subscription, options: Options, today: date) -> Turn:
    later = each_term(subscription.plan, options)
    if _trial(subscription, today):
        return Turn((), later, subscription.period_end)
    before = each_term(subscription.plan, subscription.options)
    gone = [line for line in before if line not in later]
    come = [line for line in later if line not in before]
    now = difference(gone, come, subscription, today)
    if total(now, subscription.price.currency) < Money.zero(subscription.price.currency):
        return Turn((), later, subscription.period_end, effective_on=subscription.period_end)
    return Turn(now, later, subscription.period_end)


def _in_trial(subscription: Subscription, plan: Plan, term: tuple[Line, ...], today: date) -> Turn | None:
    """Days of trial that were used stay used: the new plan's trial counts from the same start."""
    if not _trial(subscription, today):
        return None
    until = after(subscription.started, plan.trial) if plan.trial else today
    if until > today:
        return Turn((), term, until, trial_until=until)
    return Turn(term, term, after(today, plan.period))


def _paid_up(subscription: Subscription, plan: Plan, term: tuple[Line, ...], today: date, at_once: bool) -> Turn:
    """With the same period the days of payment stay; another period begins today."""
    end = subscription.period_end
    waits = Turn((), term, end, effective_on=end)
    if not at_once:
        return waits
    before = each_term(subscription.plan, subscription.options)
    if plan.period == subscription.period:
        now, later_on = difference(before, term, subscription, today), end
    else:
        now, later_on = (*difference(before, (), subscription, today), *term), after(today, plan.period)
    return waits if total(now, plan.price.currency) < Money.zero(plan.price.currency) else Turn(now, term, later_on)


def difference(gone: Sequence[Line], come: Sequence[Line], subscription: Subscription, today: date) -> tuple[Line, ...]:
    """What is credited of the old and charged of the new for the rest of the present term."""
    term = Term(subscription.period_start, subscription.period_end)
    unused = (
        replace(line, amount=-cost(line.amount, term, today, term.end), part="unused") for line in gone if line.amount
    )
    rest = (replace(line, amount=cost(line.amount, term, today, term.end), part="rest") for line in come)
    return (*unused, *rest)


def _taxed(turn: Turn, plan: Plan, sight: Sight) -> Lines:
    currency, rate = plan.price.currency, sight.prices.tax_rate
    return Lines(currency, with_tax(turn.now, rate, currency), with_tax(turn.later, rate, currency), turn.later_on)


def _trial(subscription: Subscription, today: date) -> date | None:
    return subscription.trial_until if subscription.in_trial(today) else None
