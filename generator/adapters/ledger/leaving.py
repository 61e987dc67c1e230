"""What it costs to stay after all: for less, or after a pause."""

from generator.adapters.ledger.discounting import next_term, phases
from generator.adapters.ledger.drafting import Days, Lines, Promised, Sale, Sight, draft
from generator.adapters.ledger.ending import terms_to_come
from generator.adapters.ledger.promoting import granted
from generator.model.quote import Pause, Refused, Request
from generator.model.subscription import Subscription


def keeping(id: str, request: Request, subscription: Subscription, sight: Sight) -> Sale | Refused:
    """The promotion begins with the next term: what is paid for stays paid. Without it there is no such offer."""
    plan, options, today = subscription.plan, subscription.options, sight.as_of.day
    promised = granted(request, sight, plan, options, subscription.discounts, waits=True)
    if not request.promotion or promised.fault:
        return Refused("not_now")
    follow = terms_to_come(subscription, promised.discounts)
    trial = subscription.trial_until if subscription.in_trial(today) else None
    committed = subscription.committed_until if subscription.committed(today) else None
    days = Days(subscription.period, trial, committed, trial_paid=bool(plan.trial_price))
    return Sale(draft(id, request, sight, Lines(subscription.price.currency, later=follow), days, promised), None)


def pausing(id: str, request: Request, change: Pause, subscription: Subscription, sight: Sight) -> Sale | Refused:
    """It rests when what is paid for is used up. The day on which it goes on begins a term, and is charged for it."""
    if change.until <= subscription.period_end:
        return Refused("not_now")
    plan, options = subscription.plan, subscription.options
    follow = phases(plan, options, next_term(subscription.discounts), change.until, change.until)
    days = Days(subscription.period, effective_on=subscription.period_end, resumes=change.until)
    lines = Lines(subscription.price.currency, later=follow)
    return Sale(draft(id, request, sight, lines, days, Promised(subscription.discounts)), None)
