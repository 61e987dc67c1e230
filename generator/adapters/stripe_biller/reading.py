"""Subscriptions and invoices at Stripe, as ours."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.stripe.account import Said
from generator.adapters.stripe.reading import KEY
from generator.adapters.stripe_biller.sales import Sale
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.quote import Line
from generator.model.states import InvoiceState, SubscriptionState
from generator.model.subscription import Subscription

_STATES: Mapping[str, SubscriptionState] = {
    "incomplete": "draft_customer",
    "incomplete_expired": "deleted",
    "trialing": "active_running",
    "active": "active_running",
    "past_due": "active_running",
    "unpaid": "suspended_payment_due",
    "paused": "suspended_no_payment_info",
    "canceled": "ended_terminated",
}


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def subscription(sale: Sale, said: Said | None, zone: ZoneInfo, today: date) -> Subscription:
    """As it was sold, and as Stripe says that it stands; what Stripe has none of waits to begin."""
    sold = sale.sold
    if said is None:
        return sold
    then = sale.then if sale.then and sale.then.on > today else None
    if sale.then and then is None:
        sold = replace(sale.then.sold, id=sold.id, customer=sold.customer, payer=sold.payer, fields=sold.fields)
    items = said["items"]["data"]
    starts = max((day(moment(one["current_period_start"]), zone) for one in items), default=sold.period_start)
    ends = max((day(moment(one["current_period_end"]), zone) for one in items), default=sold.period_end)
    trial = said.get("trial_end")
    until = day(moment(trial), zone) if trial and said["status"] == "trialing" else None
    state = _STATES.get(said["status"], "active_running")
    over = said.get("ended_at") or (said.get("cancel_at") if state == "active_running" else None)
    if state == "active_running" and said.get("cancel_at"):
        state = "active_delayed_termination"
    elif state == "active_running" and then:
        state = "active_delayed_upgrade"
    return replace(
        sold,
        state=state,
        started=day(moment(said["start_date"]), zone),
        period_start=starts,
        period_end=ends,
        trial_until=until,
        ends=day(moment(over), zone) if over else None,
        successor=f"{sold.id}.then" if then and state == "active_delayed_upgrade" else "",
        anchor=day(moment(said["billing_cycle_anchor"]), zone),
        since=moment(items[0]["current_period_start"]) if items else None,
    )


def invoice(said: Said, lines: tuple[Line, ...], whose: str, of: str, zone: ZoneInfo, today: date) -> Invoice:
    """One that is issued. `whose` is our customer, `of` our subscription."""
    done = said["status_transitions"]
    due = day(moment(said["due_date"]), zone) if said.get("due_date") else None
    state = _state(said, due, today)
    issued = day(moment(done["finalized_at"] or said["created"]), zone)
    paid = day(moment(done["paid_at"]), zone) if done.get("paid_at") else None
    return Invoice(
        id=str(said["id"]),
        number=str(said["number"] or ""),
        customer=whose,
        subscription=of,
        state=state,
        issued=issued,
        due=None if state in ("paid", "void", "uncollectible") else due or issued,
        lines=lines,
        total=sum((line.amount for line in lines), lines[0].amount * 0),
        billed_to=_billed(said),
        paid_on=paid,
        paper=str(said.get("invoice_pdf") or ""),
        charge=str((said.get("metadata") or {}).get(KEY) or ""),
    )


def _state(said: Said, due: date | None, today: date) -> InvoiceState:
    match said["status"]:
        case "paid":
            return "paid"
        case "void":
            return "void"
        case "uncollectible":
            return "uncollectible"
    if said["collection_method"] == "send_invoice":
        return "problem_overdue" if due and due < today else "due_offline"
    return "problem_auto" if said.get("attempt_count") else "due_auto"


def _billed(said: Said) -> BillingInfo:
    address = said.get("customer_address") or {}
    names = {"address_line1": "line1", "address_line2": "line2", "postal_code": "postal_code", "city": "city"}
    where = {ours: str(address.get(theirs) or "") for ours, theirs in names.items()}
    return BillingInfo(
        email=str(said.get("customer_email") or ""),
        name=str(said.get("customer_name") or ""),
        country=str(address.get("country") or ""),
        region=str(address.get("state") or ""),
        **where,
    )
