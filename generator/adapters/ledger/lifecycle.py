"""What the calendar does to a subscription without anybody asking."""

from dataclasses import dataclass, replace
from datetime import date

from generator.adapters.ledger.calendar import after, next_end
from generator.adapters.ledger.discounting import bill, next_term, reduced, told, trial
from generator.adapters.ledger.lines import each_term, once, total
from generator.model.catalog import Plan
from generator.model.dunning import Then
from generator.model.quote import Line, Options
from generator.model.subscription import Subscription, SuspendedState
from generator.model.subscription_machine import SubscriptionEvent


@dataclass(frozen=True)
class Turn:
    """One thing that becomes of a subscription: what it is afterwards, and what is invoiced for it, before tax."""

    subscription: Subscription
    event: SubscriptionEvent
    lines: tuple[Line, ...] = ()


def prepared(id: str, customer: str, plan: Plan, options: Options, starts: date, payer: str = "") -> Subscription:
    """What a merchant prepares for one customer; with a payer, that one takes it and is billed."""
    price, end = total(each_term(plan, options), plan.price.currency), after(starts, plan.period)
    new = Subscription(id, customer, plan, options, "draft_agent", price, plan.period, starts, starts, end)
    return replace(new, payer=payer)


def on(subscription: Subscription, today: date) -> Subscription:
    """The subscription as it is on this day, as far as no money is needed for it: what was to end has ended, what was
    to pause has paused. With it comes what its discounts make of the next term's price, and until when."""
    if subscription.state == "active_delayed_termination" and subscription.ends and subscription.ends <= today:
        subscription = replace(subscription, state="ended_terminated")
    if subscription.state == "active_delayed_suspension" and (subscription.ends or subscription.period_end) <= today:
        subscription = replace(subscription, state="suspended_agent")
    if not subscription.discounts:
        return subscription
    end, anchor = subscription.period_end, _anchor(subscription)
    if subscription.resumes and subscription.resumes > end:
        end = anchor = subscription.resumes
    price = reduced(subscription.plan, subscription.options, next_term(subscription.discounts))
    discounts = told(subscription.discounts, end, anchor, subscription.period)
    return replace(subscription, discounts=discounts, reduced=price)


def due(subscription: Subscription) -> date | None:
    """The day on which the calendar has something to do with it."""
    if subscription.state == "draft_delayed_start":
        return subscription.started
    if subscription.state == "suspended_agent":
        return subscription.resumes
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
            return (Turn(replace(subscription, state="ended_terminated"), "ended", (*used, *_fee(subscription))),)
        case "active_delayed_suspension" if (subscription.ends or subscription.period_end) <= day:
            return (Turn(replace(subscription, state="suspended_agent", ends=None), "suspended"),)
        case "suspended_agent":
            return (_goes_on(subscription, day, owes, on_file, used),)
        case "active_delayed_upgrade" if successor is not None:
            gone = replace(subscription, state="ended_upgrade", ends=day)
            begun = _begin(successor)
            return (Turn(gone, "replaced"), replace(begun, lines=(*begun.lines, *used)))
    over = subscription.plan.terms and day >= after(_anchor(subscription), subscription.period, subscription.plan.terms)
    if over:
        done = replace(subscription, state="ended_complete", ends=day, next_options=None, resumes=None)
        return (Turn(done, "completed", used),)
    if owes:
        return (Turn(_stopped(subscription, "suspended_payment_due"), "owed"),)
    if not on_file and total((*_next_term(subscription), *used), subscription.price.currency):
        return (Turn(_stopped(subscription, "suspended_no_payment_info"), "unpayable"),)
    renewed = _renew(subscription)
    return (replace(renewed, lines=(*renewed.lines, *used)),)


def cut_off(subscription: Subscription, day: date, then: Then, used: tuple[Line, ...]) -> Turn | None:
    """What becomes of it when patience with what is owed is over; nothing where it does not run and is not to end."""
    left = replace(subscription, successor="", next_options=None, resumes=None)
    if then == "end" and (subscription.active or subscription.suspended):
        return Turn(replace(left, state="ended_terminated", ends=day), "cut_off", used)
    return Turn(replace(left, state="suspended_payment_due", ends=None), "owed") if subscription.active else None


def _stopped(subscription: Subscription, state: SuspendedState) -> Subscription:
    """No other term begins, for want of money. Options that were to apply from it apply when one does; a day that was
    planned for it to end, to rest or to go on by itself is planned no more: the customer decides anew."""
    options = subscription.next_options or subscription.options
    price = total(each_term(subscription.plan, options), subscription.price.currency)
    stopped = replace(subscription, state=state, options=options, next_options=None, price=price)
    return replace(stopped, ends=None, resumes=None)


def _begin(subscription: Subscription) -> Turn:
    """It runs from the day for which it was prepared; a trial comes first, set-up is paid by who is new."""
    new = subscription.state == "draft_delayed_start"
    begun = replace(subscription, state="active_running")
    if subscription.trial_until:
        opening = (*trial(subscription.plan).lines, *once(subscription.plan))
        return Turn(begun, "begun", opening if new else ())
    term = bill(subscription.plan, subscription.options, subscription.discounts).lines
    return Turn(begun, "begun", (*term, *(once(subscription.plan) if new else ())))


def _renew(subscription: Subscription) -> Turn:
    """Another term, with the options that were to apply from it; discounts have a term less to last."""
    options, discounts = subscription.next_options or subscription.options, next_term(subscription.discounts)
    state = "active_running" if subscription.next_options else subscription.state
    renewed = replace(
        subscription,
        options=options,
        next_options=None,
        state=state,
        price=total(each_term(subscription.plan, options), subscription.price.currency),
        discounts=discounts,
        period_start=subscription.period_end,
        period_end=next_end(_anchor(subscription), subscription.period, subscription.period_end),
        since=None,
        trial_until=None,
    )
    return Turn(renewed, "renewed", bill(subscription.plan, options, discounts).lines)


def _goes_on(subscription: Subscription, day: date, owes: bool, on_file: bool, used: tuple[Line, ...]) -> Turn:
    """A pause is over: the term that was paid goes on; where that is over another one begins, as far as any may."""
    if owes:
        return Turn(_stopped(subscription, "suspended_payment_due"), "owed")
    if day < subscription.period_end:
        return Turn(replace(subscription, state="active_running", resumes=None), "resumed")
    if not on_file and total((*_next_term(subscription), *used), subscription.price.currency):
        return Turn(_stopped(subscription, "suspended_no_payment_info"), "unpayable")
    resumed = _resume(subscription, day)
    return replace(resumed, lines=(*resumed.lines, *used))


def _resume(subscription: Subscription, day: date) -> Turn:
    """A term begins, from which the following ones are counted."""
    discounts = next_term(subscription.discounts)
    running = replace(
        subscription,
        state="active_running",
        resumes=None,
        discounts=discounts,
        period_start=day,
        since=None,
        period_end=after(day, subscription.period),
        anchor=day,
    )
    return Turn(running, "resumed", bill(subscription.plan, subscription.options, discounts).lines)


def _fee(subscription: Subscription) -> tuple[Line, ...]:
    """What the end costs, where the customer agreed to that when they asked for it."""
    plan, fee = subscription.plan, subscription.termination
    return (Line("termination", fee, plan.title),) if fee else ()


def _next_term(subscription: Subscription) -> tuple[Line, ...]:
    """What another term costs, before tax."""
    options = subscription.next_options or subscription.options
    return bill(subscription.plan, options, next_term(subscription.discounts)).lines


def _anchor(subscription: Subscription) -> date:
    return subscription.anchor or subscription.period_start
