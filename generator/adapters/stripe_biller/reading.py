"""Subscriptions and invoices at Stripe, as ours."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.stripe.account import Said
from generator.adapters.stripe.reading import KEY
from generator.adapters.stripe_biller import discounting
from generator.adapters.stripe_biller.sales import Sale
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.quote import Line
from generator.model.states import InvoiceState, SubscriptionState
from generator.model.subscription import Subscription

RECEIVED, REFERENCE = "hosted_pages_received", "hosted_pages_reference"
"""Under these names stand, in the metadata of an invoice, the day of a transfer and what the bank said of it."""

REASON = "hosted_pages_reason"
"""The same of why it was given up, taken back or objected to."""

DISPUTED = "hosted_pages_disputed"
"""Something stands under this name while somebody objects."""

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


_OVER = ("canceled", "incomplete_expired")


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def subscription(sale: Sale, said: Said | None, zone: ZoneInfo, today: date) -> Subscription:
    """As it was sold, and as Stripe says that it stands; what Stripe has none of waits to begin."""
    sale = sale.by(today)
    sold = sale.sold
    if said is None:
        return sold
    items = said["items"]["data"]
    starts = max((day(moment(one["current_period_start"]), zone) for one in items), default=sold.period_start)
    ends = max((day(moment(one["current_period_end"]), zone) for one in items), default=sold.period_end)
    trial = said.get("trial_end")
    until = day(moment(trial), zone) if trial and said["status"] == "trialing" else None
    state = _STATES.get(said["status"], "active_running")
    over = said.get("ended_at") or (said.get("cancel_at") if state == "active_running" else None)
    then = None
    if state == "active_running" and said.get("cancel_at"):
        state = "active_delayed_termination"
    elif state == "active_running" and sale.coming:
        state, then = "active_delayed_upgrade", sale.coming.sold
    rests = sold.resumes is not None and not sold.suspended and today < sold.resumes and said["status"] not in _OVER
    if rests:
        state = "active_delayed_suspension" if sold.ends and today < sold.ends else "suspended_agent"
        over = None
    held = _held(sold, said, today)
    if held:
        state = "active_delayed_suspension" if sold.ends and today < sold.ends else sold.state
        starts, ends, over = sold.period_start, sold.period_end, None
    same = then is not None and then.plan.ref == sold.plan.ref
    stands = replace(
        sold,
        state=state,
        started=day(moment(said["start_date"]), zone),
        period_start=starts,
        period_end=ends,
        trial_until=until,
        ends=sold.ends if state == "active_delayed_suspension" else day(moment(over), zone) if over else None,
        resumes=sold.resumes if rests or held else None,
        successor=f"{sold.id}.then" if then and not same else "",
        next_options=then.options if then and same else None,
        anchor=day(moment(said["billing_cycle_anchor"]), zone),
        since=moment(items[0]["current_period_start"]) if items else None,
    )
    return discounting.told(stands)


def _held(sold: Subscription, said: Said, today: date) -> bool:
    """Whether the merchant put it on hold: at Stripe its terms go on and are not invoiced."""
    over = sold.resumes is not None and sold.resumes <= today
    return sold.suspended and bool(said.get("pause_collection")) and said["status"] not in _OVER and not over


def invoice(said: Said, lines: tuple[Line, ...], whose: str, of: str, zone: ZoneInfo, today: date) -> Invoice:
    """One that is issued. `whose` is our customer, `of` our subscription."""
    done, noted = said["status_transitions"], said.get("metadata") or {}
    due = day(moment(said["due_date"]), zone) if said.get("due_date") else None
    stands = _state(said, due, today)
    before = stands if noted.get(DISPUTED) else None
    issued = day(moment(done["finalized_at"] or said["created"]), zone)
    paid = day(moment(done["paid_at"]), zone) if done.get("paid_at") else None
    received = date.fromisoformat(noted[RECEIVED]) if noted.get(RECEIVED) and stands.startswith("paid") else None
    return Invoice(
        id=str(said["id"]),
        number=str(said["number"] or ""),
        customer=whose,
        subscription=of,
        state="problem_disputed" if before else stands,
        issued=issued,
        due=None if stands in ("paid", "paid_refunded", "void") else due or issued,
        lines=lines,
        total=sum((line.amount for line in lines), lines[0].amount * 0),
        billed_to=_billed(said),
        received=received,
        reference=str(noted.get(REFERENCE) or "") if received else "",
        paid_on=(received or paid) if stands.startswith("paid") else None,
        before_dispute=before,
        reason=str(noted.get(REASON) or ""),
        paper=str(said.get("invoice_pdf") or ""),
        charge=str(noted.get(KEY) or ""),
    )


def _state(said: Said, due: date | None, today: date) -> InvoiceState:
    match said["status"]:
        case "paid" if said["pre_payment_credit_notes_amount"] and not said["amount_paid"]:
            return "void"
        case "paid":
            return "paid_refunded" if said["post_payment_credit_notes_amount"] else "paid"
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
