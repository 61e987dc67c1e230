"""What a settled order becomes: a subscription, and an invoice where something was due."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.lines import each_term, total
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.payment import Key, Paid, Promised
from generator.model.quote import ChangePlan, Line, Replace, Start, Subscribe
from generator.model.subscription import Subscription, SubscriptionState


def subscription(id: str, sale: Sale, zone: ZoneInfo) -> Subscription:
    """The subscription as it was promised: its days are those of the quote, however long the payment took."""
    quote, request, plan = sale.quote, sale.quote.request, sale.plan
    assert plan is not None, "a subscription is to a plan"
    assert quote.period is not None, "a subscription has terms"
    assert isinstance(request.change, Subscribe | Start | ChangePlan | Replace), "nothing else starts a subscription"
    options = request.change.options
    start = quote.effective_on or day(quote.as_of, zone)
    waits = quote.effective_on is not None
    next_term = None if waits else quote.next_term or quote.later_on
    state: SubscriptionState = "active_running"
    if waits:
        state = "draft_delayed_start" if isinstance(request.change, Subscribe | Start) else "draft_delayed_upgrade"
    return Subscription(
        id=id,
        customer=request.recipient or request.customer,
        plan=plan,
        options=options,
        state=state,
        price=total(each_term(plan, options), plan.price.currency),
        period=quote.period,
        started=start,
        period_start=start,
        period_end=quote.trial_until or next_term or after(start, quote.period),
        trial_until=quote.trial_until,
        committed_until=quote.committed_until,
        fields=request.fields,
        anchor=quote.trial_until or start,
        since=None if waits else quote.as_of,
        payer=request.customer if request.recipient else "",
        discounts=quote.discounts,
    )


def invoice(
    id: str,
    subscription: str,
    lines: tuple[Line, ...],
    settlement: Paid | Promised,
    key: Key,
    customer: Customer,
    today: date,
) -> Invoice:
    """The invoice for these lines, paid or within the customer's terms; it has no number until it is issued."""
    paid = isinstance(settlement, Paid)
    return Invoice(
        id=id,
        number="",
        customer=customer.id,
        subscription=subscription,
        state="paid" if paid else "due_offline",
        issued=today,
        due=None if paid else today + timedelta(days=customer.terms_days),
        lines=lines,
        total=total(lines, lines[0].amount.currency),
        billed_to=customer.billing,
        paid_on=today if paid else None,
        charge=key if paid else "",
    )
