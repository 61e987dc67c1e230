"""What a customer may do with a subscription: states × actions, with the rule that decides each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.action import ACTIONS as ACTIONS
from generator.model.action import Action as Action
from generator.model.action import InvoiceRule
from generator.model.action import Rule as Rule
from generator.model.invoice import InvoiceState
from generator.model.quote import Change, ChangeOptions, ChangePlan, Keep, Pause, Replace, Restart, Start, Terminate
from generator.model.subscription import Subscription, SubscriptionState
from generator.model.workflow import Asks

SAYS: Mapping[Rule, str] = {
    "prepared": "the merchant has prepared it, and waits for the customer",
    "started_already": "the customer has taken it already, or never could",
    "running": "it runs, and may be changed",
    "goes_on_instead": "it is not to go on as it is: it can go on after all",
    "until_the_day": "what is scheduled can be undone until it happens",
    "way_out": "whoever is in may leave; a commitment moves the day, it does not close the door",
    "ended": "it has ended: nothing of it can be changed, but another one can be begun",
    "not_started": "it has not started",
    "change_is_scheduled": "a change is scheduled already: undo it first",
    "nothing_is_scheduled": "nothing is scheduled that could be undone",
    "suspended": "it is suspended: restart it first",
    "runs_already": "it runs",
    "ends_already": "its end is decided: undo that first",
    "pauses_already": "it is to pause: undo that first",
    "not_ended": "it has not ended",
    "committed": "it is committed until a later day: its plan stays until then",
    "in_trial": "its trial lasts: no term is paid for yet that could rest",
    "fixed_terms": "its plan lasts for a fixed number of terms",
    "no_other_plan": "there is no other plan that it may change to",
    "no_options": "its plan has no options",
    "order_placed": "it is ordered, and its payment can be gone on with",
    "payment_undecided": "it is ordered, and its payment is not decided yet",
    "nothing_under_way": "no order of it waits for its payment",
    "paid_by_other": "somebody else pays for it, and only they may change it",
}
"""Each rule in words."""


BESIDES: Mapping[Action, tuple[Rule, ...]] = {
    "start": ("paid_by_other",),
    "change_plan": ("paid_by_other", "committed", "no_other_plan"),
    "change_options": ("paid_by_other", "no_options"),
    "terminate": ("paid_by_other",),
    "keep": ("paid_by_other",),
    "pause": ("paid_by_other", "committed", "in_trial", "fixed_terms"),
    "restart": ("paid_by_other",),
    "undo_change": ("paid_by_other",),
    "resume": ("paid_by_other",),
}
"""What else than the state may forbid an action."""


@dataclass(frozen=True)
class Decision:
    """Whether an action is offered, and why."""

    action: Action
    offered: bool
    rule: Rule


ACTION_OF: Mapping[Asks, Action] = {
    "start": "start",
    "change_plan": "change_plan",
    "replace": "change_plan",
    "change_options": "change_options",
    "terminate": "terminate",
    "restart": "restart",
}
"""The action that a workflow of this purpose is; none where no subscription decides whether it applies."""

_FAMILY: Mapping[SubscriptionState, str] = {
    "draft_customer": "ordered",
    "draft_agent": "prepared",
    "draft_delayed_start": "draft",
    "draft_delayed_upgrade": "draft",
    "active_running": "running",
    "active_delayed_upgrade": "changing",
    "active_delayed_termination": "ending",
    "active_delayed_suspension": "pausing",
    "suspended_agent": "suspended",
    "suspended_no_payment_info": "suspended",
    "suspended_payment_due": "suspended",
    "ended_complete": "ended",
    "ended_upgrade": "ended",
    "ended_terminated": "ended",
    "deleted": "ended",
}

_DECIDES: Mapping[str, Mapping[Action, tuple[bool, Rule]]] = {
    "prepared": {
        "start": (True, "prepared"),
        "change_plan": (False, "not_started"),
        "change_options": (False, "not_started"),
        "terminate": (False, "not_started"),
        "keep": (False, "not_started"),
        "pause": (False, "not_started"),
        "restart": (False, "not_started"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "ordered": {
        "start": (False, "payment_undecided"),
        "change_plan": (False, "payment_undecided"),
        "change_options": (False, "payment_undecided"),
        "terminate": (False, "payment_undecided"),
        "keep": (False, "payment_undecided"),
        "pause": (False, "payment_undecided"),
        "restart": (False, "payment_undecided"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (True, "order_placed"),
    },
    "draft": {
        "start": (False, "started_already"),
        "change_plan": (False, "not_started"),
        "change_options": (False, "not_started"),
        "terminate": (False, "not_started"),
        "keep": (False, "not_started"),
        "pause": (False, "not_started"),
        "restart": (False, "not_started"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "running": {
        "start": (False, "started_already"),
        "change_plan": (True, "running"),
        "change_options": (True, "running"),
        "terminate": (True, "way_out"),
        "keep": (True, "running"),
        "pause": (True, "running"),
        "restart": (False, "runs_already"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "changing": {
        "start": (False, "started_already"),
        "change_plan": (False, "change_is_scheduled"),
        "change_options": (False, "change_is_scheduled"),
        "terminate": (True, "way_out"),
        "keep": (False, "change_is_scheduled"),
        "pause": (False, "change_is_scheduled"),
        "restart": (False, "runs_already"),
        "undo_change": (True, "until_the_day"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "ending": {
        "start": (False, "started_already"),
        "change_plan": (True, "goes_on_instead"),
        "change_options": (False, "ends_already"),
        "terminate": (False, "ends_already"),
        "keep": (False, "ends_already"),
        "pause": (False, "ends_already"),
        "restart": (True, "until_the_day"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "pausing": {
        "start": (False, "started_already"),
        "change_plan": (True, "goes_on_instead"),
        "change_options": (False, "pauses_already"),
        "terminate": (True, "way_out"),
        "keep": (False, "pauses_already"),
        "pause": (False, "pauses_already"),
        "restart": (True, "until_the_day"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "suspended": {
        "start": (False, "started_already"),
        "change_plan": (False, "suspended"),
        "change_options": (False, "suspended"),
        "terminate": (True, "way_out"),
        "keep": (False, "suspended"),
        "pause": (False, "suspended"),
        "restart": (True, "goes_on_instead"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (False, "not_ended"),
        "resume": (False, "nothing_under_way"),
    },
    "ended": {
        "start": (False, "started_already"),
        "change_plan": (False, "ended"),
        "change_options": (False, "ended"),
        "terminate": (False, "ended"),
        "keep": (False, "ended"),
        "pause": (False, "ended"),
        "restart": (False, "ended"),
        "undo_change": (False, "nothing_is_scheduled"),
        "choose_plan": (True, "ended"),
        "resume": (False, "nothing_under_way"),
    },
}


def by_state(state: SubscriptionState, action: Action) -> Decision:
    """What the state alone says: the matrix."""
    offered, rule = _DECIDES[_FAMILY[state]][action]
    return Decision(action, offered, rule)


def decide(
    action: Action, subscription: Subscription, today: date, other_plans: bool = True, asks: str = ""
) -> Decision:
    """What this subscription says today; `other_plans` is whether there is a plan that it may change to.

    `asks` is the customer who wants to, where that need not be who pays for it.
    """
    decision = by_state(subscription.state, action)
    if not decision.offered:
        return decision
    if asks not in ("", subscription.billed) and "paid_by_other" in BESIDES.get(action, ()):
        return Decision(action, False, "paid_by_other")
    if action == "change_plan" and subscription.committed(today):
        return Decision(action, False, "committed")
    if action == "change_plan" and not other_plans:
        return Decision(action, False, "no_other_plan")
    if action == "change_options" and not subscription.plan.choices:
        return Decision(action, False, "no_options")
    if action == "pause" and (rule := _cannot_rest(subscription, today)):
        return Decision(action, False, rule)
    return decision


def why_unpayable(state: InvoiceState) -> InvoiceRule | None:
    """Why an invoice in this state cannot be paid by its customer; None where it can."""
    match state:
        case "paid" | "paid_refunded":
            return "paid_already"
        case "due_pending" | "draft_charging":
            return "bank_is_at_it"
        case "problem_disputed":
            return "disputed"
        case "void" | "uncollectible" | "draft":
            return "never_due"
    return None


def _cannot_rest(subscription: Subscription, today: date) -> Rule | None:
    """A pause begins with the next term, and puts off all that follow it."""
    if subscription.committed(subscription.period_end):
        return "committed"
    if subscription.in_trial(today):
        return "in_trial"
    return "fixed_terms" if subscription.plan.terms else None


def action_of(change: Change) -> Action | None:
    """The action that asks for this change; None for what is done without a subscription."""
    match change:
        case Start():
            return "start"
        case ChangePlan() | Replace():
            return "change_plan"
        case ChangeOptions():
            return "change_options"
        case Restart():
            return "restart"
        case Terminate():
            return "terminate"
        case Keep():
            return "keep"
        case Pause():
            return "pause"
    return None
