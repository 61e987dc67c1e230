"""What an object must be when it is read again after an event: from the words in which Stripe describes its events."""

from collections.abc import Mapping
from typing import Any

GONE, THERE, CHANGED = "gone", "there", "changed"

_LAST_WORD: Mapping[str, str] = {"created": THERE, "deleted": GONE, "updated": CHANGED}

# A clock is on its way for a moment only.
_STATES: Mapping[str, Mapping[str, Any]] = {
    "charge.captured": {"captured": True},
    "charge.dispute.closed": {"status": "warning_closed"},
    "charge.failed": {"status": "failed", "paid": False},
    "charge.refunded": {"refunded": True},
    "charge.succeeded": {"status": "succeeded", "paid": True},
    "checkout.session.async_payment_failed": {"status": "complete", "payment_status": "unpaid"},
    "checkout.session.async_payment_succeeded": {"status": "complete", "payment_status": "paid"},
    "checkout.session.completed": {"status": "complete"},
    "checkout.session.expired": {"status": "expired"},
    "credit_note.voided": {"status": "void"},
    "customer.subscription.deleted": {"status": "canceled"},
    "customer.subscription.paused": {"status": "paused"},
    "customer.subscription.trial_will_end": {"status": "trialing"},
    "invoice.finalized": {"status": "open"},
    "invoice.marked_uncollectible": {"status": "uncollectible"},
    "invoice.paid": {"status": "paid", "amount_remaining": 0},
    "invoice.payment_action_required": {"status": "open", "attempted": True},
    "invoice.payment_failed": {"status": "open", "attempted": True},
    "invoice.payment_succeeded": {"status": "paid", "amount_remaining": 0},
    "invoice.sent": {"status": "open", "collection_method": "send_invoice"},
    "invoice.voided": {"status": "void"},
    "payment_intent.amount_capturable_updated": {"status": "requires_capture"},
    "payment_intent.canceled": {"status": "canceled"},
    "payment_intent.payment_failed": {"status": "requires_payment_method"},
    "payment_intent.processing": {"status": "processing"},
    "payment_intent.requires_action": {"status": "requires_action"},
    "payment_intent.succeeded": {"status": "succeeded"},
    "quote.accepted": {"status": "accepted"},
    "quote.canceled": {"status": "canceled"},
    "quote.finalized": {"status": "open"},
    "setup_intent.canceled": {"status": "canceled"},
    "setup_intent.requires_action": {"status": "requires_action"},
    "setup_intent.setup_failed": {"status": "requires_payment_method"},
    "setup_intent.succeeded": {"status": "succeeded"},
    "subscription_schedule.aborted": {"status": "canceled"},
    "subscription_schedule.canceled": {"status": "canceled"},
    "subscription_schedule.completed": {"status": "completed"},
    "subscription_schedule.expiring": {"status": "active"},
    "subscription_schedule.released": {"status": "released"},
    "test_helpers.test_clock.advancing": {"status": ("advancing", "ready")},
    "test_helpers.test_clock.ready": {"status": "ready"},
}


def in_that_state(kind: str, event: Mapping[str, Any], read: Mapping[str, Any] | None) -> bool:
    """Whether what was read again (nothing where it is gone) is what the event said that it became."""
    if kind == "payment_method.attached":
        return read is not None and bool(read["customer"])
    if kind == "payment_method.detached":
        return read is not None and read["customer"] is None
    if kind in _STATES:
        return read is not None and all(_is(read.get(name), value) for name, value in _STATES[kind].items())
    match _LAST_WORD.get(kind.rpartition(".")[2]):
        case "gone":
            return read is None or read.get("deleted") is True
        case "there":
            return read is not None and read.get("id") == event["object"].get("id") and not read.get("deleted")
        case "changed":
            return read is not None and _changed(event, read)
    return False


def _is(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, tuple) else value == wanted


def _changed(event: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Each thing that is said to have changed is another one than before, and is what was said."""
    before = event.get("previous_attributes") or {}
    return bool(before) and all(
        read.get(name) != old and read.get(name) == event["object"].get(name) for name, old in before.items()
    )
