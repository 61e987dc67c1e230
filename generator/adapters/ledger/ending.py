"""What it costs to leave, and to come back."""

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.drafting import Days, Lines, Sale, Sight, draft
from generator.adapters.ledger.lines import each_term, with_tax
from generator.model.quote import Line, Request
from generator.model.subscription import Subscription


def terminating(id: str, request: Request, subscription: Subscription, sight: Sight) -> Sale:
    """It ends when what is paid for is used up, or when its commitment is over; what is suspended ends at once.

    A termination fee is due now, but not of who leaves in their trial.
    """
    today, plan, rate = sight.as_of.day, subscription.plan, sight.prices.tax_rate
    currency = subscription.price.currency
    if subscription.suspended:
        return Sale(draft(id, request, sight, Lines(currency), Days()), None)
    ends = max(subscription.period_end, subscription.committed_until or subscription.period_end)
    charged = plan.termination and not subscription.in_trial(today)
    fee = (Line("termination", plan.termination, plan.title),) if charged and plan.termination else ()
    goes_on = ends > subscription.period_end
    lines = Lines(
        currency,
        now=with_tax(fee, rate, currency),
        later=with_tax(each_term(plan, subscription.options), rate, currency) if goes_on else (),
        later_on=subscription.period_end if goes_on else None,
    )
    days = Days(subscription.period, committed_until=subscription.committed_until if goes_on else None)
    return Sale(draft(id, request, sight, lines, Days(days.period, None, days.committed_until, ends)), None)


def restarting(id: str, request: Request, subscription: Subscription, sight: Sight) -> Sale:
    """What was only scheduled is undone for nothing. What was suspended pays first what it owes.

    Where the term that was paid for is over, a new one begins today; otherwise the rest of it is used up.
    """
    today, rate, currency = sight.as_of.day, sight.prices.tax_rate, subscription.price.currency
    term = with_tax(each_term(subscription.plan, subscription.options), rate, currency)
    trial = subscription.trial_until if subscription.in_trial(today) else None
    over = subscription.suspended and subscription.period_end <= today
    owed = sight.owed if subscription.suspended else ()
    settled = tuple(Line("invoice", invoice.total, {"": invoice.number}) for invoice in owed)
    lines = Lines(
        currency,
        now=(*settled, *(term if over else ())),
        later=term,
        later_on=after(today, subscription.period) if over else subscription.period_end,
    )
    committed = subscription.committed_until if subscription.committed(today) else None
    return Sale(draft(id, request, sight, lines, Days(subscription.period, trial, committed)), None)
