"""What the calendar does to a subscription without anybody asking."""

from dataclasses import dataclass, replace
from datetime import date

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.lines import each_term, once, total
from generator.model.catalog import Plan
from generator.model.quote import Line, Options
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Turn:
    """One thing that the calendar does: a subscription as it is afterwards, and what is invoiced for it, before tax."""

    subscription: Subscription
    lines: tuple[Line, ...] = ()


def prepared(id: str, customer: str, plan: Plan, options: Options, starts: date, payer: str = "") -> Subscription:
    """What a merchant prepares for one customer; with a payer, that one takes it and is billed."""
    price, end = total(each_term(plan, options), plan.price.currency), after(starts, plan.period)
    new = Subscription(id, customer, plan, options, "draft_agent", price, plan.period, starts, starts, end)
    return replace(new, payer=payer)


def on(subscription: Subscription, today: date) -> Subscription:
    """The subscription as it is on this day, as far as no money is needed for it: what was to end by then has ended."""
    if subscription.state == "active_delayed_termination" and subscription.ends and subscription.ends <= today:
        return replace(subscription, state="ended_terminated")
    return subscription


def due(subscription: Subscription) -> date | None:
    """The day on which the calendar has something to do with it."""
    if subscription.state == "draft_delayed_start":
        return subscription.started
    if not subscription.active:
        return None
    return min(filter(None, (subscription.period_end, subscription.ends)))


def turn(
    subscription: Subscription,
    today: date,
    owes: bool,
    on_file: bool,
    successor: Subscription | None,
    used: tuple[Line, ...] = (),
) -> tuple[Turn, ...]:
    """What is due by this day, one thing: asked again until nothing is due.

    `owes` is whether an invoice of it is overdue, `on_file` whether what another term costs can be charged or is to be
    transferred: without, no other term begins. `used` is what was used in the present term, which is invoiced when that
    is over: with the next term's invoice, or by itself where there is none. Terms are counted from the anchor, never
    from the last one, or 31 January, 28 February would go on as 28 March.
    """
    day = due(subscription)
    if day is None or today < day:
        return ()
    if subscription.state == "draft_delayed_start":
        return (_begin(subscription),)
    match subscription.state:
        case "active_delayed_termination" if subscription.ends and subscription.ends <= day:
            return (Turn(replace(subscription, state="ended_terminated"), used),)
        case "active_delayed_suspension":
            return (Turn(replace(subscription, state="suspended_agent", ends=None)),)
        case "active_delayed_upgrade" if successor is not None:
            gone = replace(subscription, state="ended_upgrade", ends=day)
            begun = _begin(successor)
            return (Turn(gone), replace(begun, lines=(*begun.lines, *used)))
    over = subscription.plan.terms and day >= after(_anchor(subscription), subscription.period, subscription.plan.terms)
    if over:
        return (Turn(replace(subscription, state="ended_complete", ends=day), used),)
    if owes:
        return (Turn(replace(subscription, state="suspended_payment_due")),)
    if not on_file and total((*_next_term(subscription), *used), subscription.price.currency):
        return (Turn(replace(subscription, state="suspended_no_payment_info")),)
    renewed = _renew(subscription)
    return (replace(renewed, lines=(*renewed.lines, *used)),)


def _begin(subscription: Subscription) -> Turn:
    """It runs from the day for which it was prepared; a trial comes first, set-up is paid by who is new."""
    new = subscription.state == "draft_delayed_start"
    begun = replace(subscription, state="active_running")
    if subscription.trial_until:
        return Turn(begun, once(subscription.plan) if new else ())
    term = each_term(subscription.plan, subscription.options)
    return Turn(begun, (*term, *(once(subscription.plan) if new else ())))


def _renew(subscription: Subscription) -> Turn:
    """Another term, with the options that were to apply from it."""
    options, term = subscription.next_options or subscription.options, _next_term(subscription)
    state = "active_running" if subscription.next_options else subscription.state
    renewed = replace(
        subscription,
        options=options,
        next_options=None,
        state=state,
        price=total(term, subscription.price.currency),
        period_start=subscription.period_end,
        period_end=_next(subscription),
        trial_until=None,
    )
    return Turn(renewed, term)


def _next_term(subscription: Subscription) -> tuple[Line, ...]:
    """What another term costs, before tax."""
    return each_term(subscription.plan, subscription.next_options or subscription.options)


def _next(subscription: Subscription) -> date:
    """The first day after the present term, counted from the anchor, on which another one ends."""
    count, end = 1, subscription.period_end
    while end <= subscription.period_end:
        end = after(_anchor(subscription), subscription.period, count)
        count += 1
    return end


def _anchor(subscription: Subscription) -> date:
    return subscription.anchor or subscription.period_start
