"""What a request costs at one moment: the whole of a quote, from nothing but values."""

from dataclasses import replace

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.changing import changing_options, changing_plan
from generator.adapters.ledger.drafting import Days, Lines, Sale, Sight, draft
from generator.adapters.ledger.ending import restarting, terminating
from generator.adapters.ledger.lines import each_term, once, with_tax
from generator.adapters.ledger.options import complete
from generator.engine import actions
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    PayInvoice,
    Refused,
    RegisterMethod,
    Request,
    Restart,
    Subscribe,
    Terminate,
)


def work_out(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """The quote of this id."""
    if sight.customer.suspended:
        return Refused("customer_suspended")
    match request.change:
        case Subscribe() as change:
            return _subscribing(id, request, change, sight)
        case PayInvoice():
            return _paying(id, request, sight)
        case RegisterMethod(currency=currency):
            return Sale(draft(id, request, sight, Lines(currency), Days(), always=True), None)
    return _of_subscription(id, request, sight)


def _of_subscription(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """A change of what the customer has. The portal and the biller ask the same matrix, so they cannot disagree."""
    subscription, action = sight.subscription, actions.action_of(request.change)
    if subscription is None or subscription.customer != request.customer or action is None:
        return Refused("not_now")
    if not actions.decide(action, subscription, sight.as_of.day).offered:
        return Refused("not_now")
    match request.change:
        case ChangePlan() as change:
            return changing_plan(id, request, change, subscription, sight)
        case ChangeOptions() as change:
            return changing_options(id, request, change, subscription, sight)
        case Restart():
            return restarting(id, request, subscription, sight)
        case Terminate():
            return terminating(id, request, subscription, sight)
    raise ValueError(f"{request.change} is no change of a subscription")


def _subscribing(id: str, request: Request, change: Subscribe, sight: Sight) -> Sale | Refused:
    """Its request holds all options, also those that the customer did not touch."""
    plan = sight.prices.plan(change.plan)
    if plan is None:
        return Refused("plan_withdrawn")
    options = complete(plan, change.options)
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=Subscribe(plan.ref, options))
    currency, rate, start = plan.price.currency, sight.prices.tax_rate, sight.as_of.day
    trial_until = after(start, plan.trial) if plan.trial else None
    first = trial_until or start
    term = each_term(plan, options)
    lines = Lines(
        currency,
        now=with_tax((*(() if trial_until else term), *once(plan)), rate, currency),
        later=with_tax(term, rate, currency),
        later_on=trial_until or after(start, plan.period),
    )
    committed = after(first, plan.period, plan.commitment) if plan.commitment else None
    return Sale(draft(id, request, sight, lines, Days(plan.period, trial_until, committed)), plan)


def _paying(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """An invoice costs what it says: nothing is worked out again."""
    invoice = sight.invoice
    if invoice is None or invoice.customer != request.customer or not invoice.payable:
        return Refused("nothing_to_pay")
    return Sale(draft(id, request, sight, Lines(invoice.total.currency, now=invoice.lines), Days()), None)
