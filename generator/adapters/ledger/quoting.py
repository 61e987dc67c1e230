"""What a request costs at one moment: the whole of a quote, from nothing but values."""

from dataclasses import replace
from datetime import date

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.changing import changing_options, changing_plan, replacing
from generator.adapters.ledger.discounting import Phase, bill, next_term, phases, trial
from generator.adapters.ledger.drafting import Days, Lines, Sale, Sight, draft
from generator.adapters.ledger.ending import restarting, terminating
from generator.adapters.ledger.leaving import keeping, pausing
from generator.adapters.ledger.lines import once, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.promoting import granted
from generator.engine import actions
from generator.model.catalog import Plan
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Options,
    Pause,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Replace,
    Request,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.subscription import Subscription


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
    """A change of what the customer has, with what it has used where that is invoiced because of the change."""
    sale = _changing(id, request, sight)
    if isinstance(sale, Refused) or not _ends_term(request.change, sight):
        return sale
    used = with_tax(sight.used, sight.tax, sale.quote.due_now.currency)
    return replace(sale, quote=replace(sale.quote, lines_used=used))


def _ends_term(change: Change, sight: Sight) -> bool:
    """Whether the present term is not simply followed by the next."""
    if isinstance(change, Restart):
        found = sight.subscription
        return found is not None and found.suspended and found.period_end <= sight.as_of.day
    return isinstance(change, ChangePlan | Replace | Terminate)


def _changing(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """The portal and the biller ask the same matrix, so they cannot disagree."""
    subscription, action = sight.subscription, actions.action_of(request.change)
    if subscription is None or action is None:
        return Refused("not_now")
    if subscription.billed != request.customer:
        return Refused("paid_by_other" if subscription.customer == request.customer else "not_now")
    if sight.recipient is not None and sight.recipient.suspended and not isinstance(request.change, Terminate):
        return Refused("recipient_suspended")
    if not _offered(request.change, action, subscription, sight):
        return Refused("not_now")
    match request.change:
        case Start() as change:
            return _starting(id, request, change, subscription, sight)
        case Replace() as change:
            return replacing(id, request, change, subscription, sight)
        case ChangePlan() as change:
            return changing_plan(id, request, change, subscription, sight)
        case ChangeOptions() as change:
            return changing_options(id, request, change, subscription, sight)
        case Restart():
            return restarting(id, request, subscription, sight)
        case Terminate():
            return terminating(id, request, subscription, sight)
        case Keep():
            return keeping(id, request, subscription, sight)
        case Pause() as change:
            return pausing(id, request, change, subscription, sight)
    raise ValueError(f"{request.change} is no change of a subscription")


def _offered(change: Change, action: actions.Action, subscription: Subscription, sight: Sight) -> bool:
    """What the merchant has prepared as a replacement they have thought about: no commitment stands in its way."""
    if isinstance(change, Replace):
        return actions.by_state(subscription.state, action).offered
    return actions.decide(action, subscription, sight.as_of.day).offered


def _subscribing(id: str, request: Request, change: Subscribe, sight: Sight) -> Sale | Refused:
    """Its request holds all options, also those that the customer did not touch."""
    if request.recipient and sight.recipient is None:
        return Refused("recipient_unknown")
    if sight.recipient is not None and sight.recipient.suspended:
        return Refused("recipient_suspended")
    plan = sight.prices.plan(change.plan)
    if plan is None:
        return Refused("plan_withdrawn")
    options = complete(plan, change.options)
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=Subscribe(plan.ref, options))
    return Sale(_beginning(id, request, plan, options, sight, sight.as_of.day), plan)


def _starting(id: str, request: Request, change: Start, prepared: Subscription, sight: Sight) -> Sale | Refused:
    """As the merchant prepared it, at their price, from the day that they chose; never from one that is past."""
    options = complete(prepared.plan, {**prepared.options, **change.options})
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=replace(change, options=options))
    start = max(prepared.started, sight.as_of.day)
    return Sale(_beginning(id, request, prepared.plan, options, sight, start), prepared.plan)


def _beginning(id: str, request: Request, plan: Plan, options: Options, sight: Sight, start: date) -> Quote:
    """What begins on a later day is charged on that day."""
    currency, tax = plan.price.currency, sight.tax
    waits = start > sight.as_of.day
    trial_until = after(start, plan.trial) if plan.trial else None
    first = trial_until or start
    promised = granted(request, sight, plan, options, (), waits=trial_until is not None)
    term = bill(plan, options, promised.discounts).lines
    opening = (*(trial(plan).lines if trial_until else term), *once(plan))
    then = first if trial_until else after(first, plan.period)
    following = phases(plan, options, next_term(promised.discounts), then, first)
    if waits and opening:
        follow = following if following[0].lines != opening else following[1:]
        following = (Phase(start, opening), *follow)
    lines = Lines(currency, now=() if waits else with_tax(opening, tax, currency), later=following)
    committed = after(first, plan.period, plan.commitment) if plan.commitment else None
    days = Days(plan.period, trial_until, committed, start if waits else None, trial_paid=bool(plan.trial_price))
    return draft(id, request, sight, lines, days, promised)


def _paying(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """An invoice costs what it says: nothing is worked out again."""
    invoice = sight.invoice
    if invoice is None or invoice.customer != request.customer or not invoice.payable:
        return Refused("nothing_to_pay")
    return Sale(draft(id, request, sight, Lines(invoice.total.currency, now=invoice.lines), Days()), None)
