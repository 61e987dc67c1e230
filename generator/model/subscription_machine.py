"""The life of a subscription: fifteen states, and each event by which it goes from one to another."""

from typing import Literal

from generator.model.machine import NEW, Machine, Transition, steps

SubscriptionEvent = Literal[
    "ordered",
    "prepared",
    "started",
    "start_planned",
    "abandoned",
    "withdrawn",
    "begun",
    "took_over",
    "take_over_planned",
    "take_over_undone",
    "renewed",
    "change_planned",
    "change_undone",
    "replaced",
    "end_planned",
    "ended",
    "cut_off",
    "completed",
    "hold_planned",
    "pause_planned",
    "suspended",
    "owed",
    "unpayable",
    "resumed",
    "restarted",
]

RUNNING, CHANGING = "active_running", "active_delayed_upgrade"
ENDING, PAUSING = "active_delayed_termination", "active_delayed_suspension"
ACTIVE = (RUNNING, CHANGING, ENDING, PAUSING)
AGENT, NO_METHOD, DUE = "suspended_agent", "suspended_no_payment_info", "suspended_payment_due"
SUSPENDED = (AGENT, NO_METHOD, DUE)

SUBSCRIPTION = Machine(
    "subscription",
    {
        "draft_customer": "a customer has ordered it, and its payment is not decided",
        "draft_agent": "the merchant has prepared it for one customer",
        "draft_delayed_start": "a customer has taken it, and it starts on a later day",
        "draft_delayed_upgrade": "it takes the place of another one when that one's term is over",
        RUNNING: "it runs, and another term follows",
        CHANGING: "it runs, and changes when its term is over",
        ENDING: "it runs, and ends on a day that is decided",
        PAUSING: "it runs, and is put on hold on a day that is decided",
        AGENT: "the merchant put it on hold, or the customer pauses it",
        NO_METHOD: "its term is over, and who pays can neither be charged nor has terms",
        DUE: "what is owed for it was not paid in time",
        "ended_complete": "its number of terms is over",
        "ended_upgrade": "another one has taken its place",
        "ended_terminated": "the customer or the merchant ended it",
        "deleted": "nothing came of it, and nobody ever had it",
    },
    (
        Transition(NEW, "ordered", "draft_customer", "a customer commits to a plan that is new to them"),
        Transition(NEW, "prepared", "draft_agent", "the merchant prepares it for one customer"),
        Transition(NEW, "started", RUNNING, "an order from before there were drafts is settled"),
        Transition(NEW, "took_over", RUNNING, "a customer changes to another plan at once"),
        Transition(NEW, "take_over_planned", "draft_delayed_upgrade", "a customer changes plan when the term is over"),
        Transition("draft_agent", "ordered", "draft_customer", "the customer commits to what was prepared for them"),
        Transition("draft_agent", "withdrawn", "deleted", "the merchant withdraws what was not taken"),
        Transition("draft_agent", "took_over", RUNNING, "it replaces another subscription at once"),
        Transition(
            "draft_agent", "take_over_planned", "draft_delayed_upgrade", "it replaces another one when its term is over"
        ),
        *steps(
            ("draft_agent", "deleted"), "started", RUNNING, "its payment is settled after its order had been given up"
        ),
        Transition("draft_customer", "started", RUNNING, "its order is settled"),
        Transition("draft_customer", "start_planned", "draft_delayed_start", "its order is settled, for a later day"),
        Transition("draft_customer", "abandoned", "deleted", "its payment was declined or given up"),
        Transition("draft_customer", "abandoned", "draft_agent", "so was that of a prepared one, which waits again"),
        *steps(("draft_delayed_start", "draft_delayed_upgrade"), "begun", RUNNING, "its day has come"),
        Transition("draft_delayed_upgrade", "take_over_undone", "deleted", "what it was to replace stays or ends"),
        *steps((RUNNING, CHANGING), "renewed", RUNNING, "a term is over, and another one begins"),
        *(Transition(one, "renewed", one, "a term is over before its day has come") for one in (ENDING, PAUSING)),
        *steps((RUNNING, ENDING, PAUSING), "change_planned", CHANGING, "a customer changes with the next term"),
        Transition(CHANGING, "change_undone", RUNNING, "the customer undoes what was to change"),
        *steps(ACTIVE, "replaced", "ended_upgrade", "another one takes its place, at once or when the term is over"),
        *steps((RUNNING, CHANGING, PAUSING), "end_planned", ENDING, "the customer or the merchant ends it on a day"),
        *steps(ACTIVE, "ended", "ended_terminated", "its last day has come, or the merchant ends it at once"),
        *steps(SUSPENDED, "ended", "ended_terminated", "the customer leaves, or the merchant ends it"),
        *steps((*ACTIVE, *SUSPENDED), "cut_off", "ended_terminated", "patience is over, and the schedule says to end"),
        *steps(ACTIVE, "completed", "ended_complete", "its plan's number of terms is over"),
        *steps((RUNNING, CHANGING, ENDING), "hold_planned", PAUSING, "the merchant puts it on hold on a later day"),
        Transition(RUNNING, "pause_planned", PAUSING, "the customer pauses it when the term is over"),
        *steps(ACTIVE, "suspended", AGENT, "the merchant puts it on hold, or that day has come"),
        *steps(ACTIVE, "suspended", NO_METHOD, "the merchant puts it on hold for this reason"),
        *steps(ACTIVE, "suspended", DUE, "the merchant puts it on hold for this reason"),
        *steps((*ACTIVE, AGENT), "owed", DUE, "patience with what is owed for it is over"),
        *steps((*ACTIVE, AGENT), "unpayable", NO_METHOD, "a term is to begin that nobody can be charged for"),
        *steps((AGENT, ENDING, PAUSING), "resumed", RUNNING, "the merchant lets it go on, or a pause is over"),
        *steps((*SUSPENDED, ENDING, PAUSING), "restarted", RUNNING, "the customer lets it go on"),
    ),
)
"""Each transition with its rule. The biller refuses what is asked for and not here, and raises where it errs itself."""
