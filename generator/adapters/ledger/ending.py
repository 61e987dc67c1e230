"""What it costs to leave, and to come back."""

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.discounting import Discounts, Phase, bill, next_term, phases
from generator.adapters.ledger.drafting import Days, Lines, Promised, Sale, Sight, draft
from generator.adapters.ledger.lines import with_tax
from generator.model.quote import Line, Request
from generator.model.subscription import Subscription


def terminating(id: str, request: Request, subscription: Subscription, sight: Sight) -> Sale:
    """It ends when what is paid for is used up, or when its commitment is over; what is suspended ends at once.

    A termination fee is due now or when it ends, as the plan says, but not of who leaves in their trial.
    """
    today, plan = sight.as_of.day, subscription.plan
    currency = subscription.price.currency
    if subscription.suspended:
        return Sale(draft(id, request, sight, Lines(currency), Days()), None)
    ends = max(subscription.period_end, subscription.committed_until or subscription.period_end)
    charged = plan.termination and not subscription.in_trial(today)
    fee = (Line("termination", plan.termination, plan.title),) if charged and plan.termination else ()
    taxed = with_tax(fee, sight.tax, currency)
    at_end = plan.termination_at == "end"
    goes_on = ends > subscription.period_end
    lines = Lines(
        currency,
        now=() if at_end else taxed,
        later=tuple(phase for phase in terms_to_come(subscription) if phase.first < ends),
        end=taxed if at_end else (),
    )
    days = Days(subscription.period, None, subscription.committed_until if goes_on else None, ends)
    return Sale(draft(id, request, sight, lines, days, Promised(subscription.discounts)), None)


def restarting(id: str, request: Request, subscription: Subscription, sight: Sight) -> Sale:
    """What was only scheduled is undone for nothing. What was suspended pays first what it owes.

    Where the term that was paid for is over, a new one begins today; otherwise the rest of it is used up.
    """
    today, plan, currency = sight.as_of.day, subscription.plan, subscription.price.currency
    trial = subscription.trial_until if subscription.in_trial(today) else None
    over = subscription.suspended and subscription.period_end <= today
    discounts = next_term(subscription.discounts) if over else subscription.discounts
    term = bill(plan, subscription.options, discounts).lines if over else ()
    later = terms_to_come(subscription)
    if over:
        first = after(today, subscription.period)
        later = phases(plan, subscription.options, next_term(discounts), first, today)
    owed = sight.owed if subscription.suspended else ()
    settled = tuple(Line("invoice", invoice.total, {"": invoice.number}) for invoice in owed)
    lines = Lines(
        currency,
        now=(*settled, *with_tax(term, sight.tax, currency)),
        later=later,
    )
    committed = subscription.committed_until if subscription.committed(today) else None
    days = Days(subscription.period, trial, committed, trial_paid=bool(plan.trial_price))
    return Sale(draft(id, request, sight, lines, days, Promised(discounts)), None)


def terms_to_come(subscription: Subscription, discounts: Discounts | None = None) -> tuple[Phase, ...]:
    """What the terms cost that follow the present one, with its own discounts unless it is to have others."""
    anchor = subscription.anchor or subscription.period_start
    follow = next_term(subscription.discounts if discounts is None else discounts)
    return phases(subscription.plan, subscription.options, follow, subscription.period_end, anchor)
