"""The states in which a subscription and an invoice may be."""

from typing import Literal

SubscriptionState = Literal[
    "draft_customer",
    "draft_agent",
    "draft_delayed_start",
    "draft_delayed_upgrade",
    "active_running",
    "active_delayed_upgrade",
    "active_delayed_termination",
    "active_delayed_suspension",
    "suspended_agent",
    "suspended_no_payment_info",
    "suspended_payment_due",
    "ended_complete",
    "ended_upgrade",
    "ended_terminated",
    "deleted",
]

InvoiceState = Literal[
    "draft",
    "draft_charging",
    "due_auto",
    "due_offline",
    "due_to_process",
    "due_pending",
    "paid",
    "paid_refunded",
    "problem_auto",
    "problem_overdue",
    "problem_disputed",
    "void",
    "uncollectible",
]
