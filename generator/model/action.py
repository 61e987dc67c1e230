"""What a customer may ask of what they have, and the rules that decide whether they may."""

from typing import Literal, get_args

Action = Literal[
    "start",
    "change_plan",
    "change_options",
    "terminate",
    "keep",
    "pause",
    "restart",
    "undo_change",
    "choose_plan",
    "resume",
]

ACTIONS: tuple[Action, ...] = get_args(Action)

Rule = Literal[
    "prepared",
    "started_already",
    "running",
    "goes_on_instead",
    "until_the_day",
    "way_out",
    "ended",
    "not_started",
    "change_is_scheduled",
    "nothing_is_scheduled",
    "suspended",
    "runs_already",
    "ends_already",
    "pauses_already",
    "not_ended",
    "committed",
    "in_trial",
    "fixed_terms",
    "no_other_plan",
    "no_options",
    "order_placed",
    "payment_undecided",
    "nothing_under_way",
    "paid_by_other",
]
"""Why an action on a subscription is offered or not."""

InvoiceRule = Literal["paid_already", "bank_is_at_it", "disputed", "never_due"]
"""Why an invoice cannot be paid."""
