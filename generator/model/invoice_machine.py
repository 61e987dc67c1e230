"""The life of an invoice: thirteen states, and each event by which it goes from one to another."""

from typing import Literal

from generator.model.machine import NEW, Machine, Transition, steps

InvoiceEvent = Literal[
    "issued",
    "payment_begun",
    "payment_ended",
    "charge_failed",
    "charge_given_up",
    "overdue",
    "promised",
    "paid",
    "received",
    "refunded",
    "voided",
    "written_off",
    "disputed",
    "dispute_won",
    "dispute_lost",
]

PAYABLE = ("due_auto", "due_offline", "problem_auto", "problem_overdue")
PAID = ("paid", "paid_refunded")

INVOICE = Machine(
    "invoice",
    {
        "draft": "it is being made out; the embedded biller has none: there, an invoice exists from its number on",
        "draft_charging": "it is issued if its charge succeeds; with the embedded biller the order waits instead",
        "due_auto": "it is charged by itself",
        "due_offline": "it is to be paid by transfer within the customer's terms",
        "due_to_process": "it waits for a batch of debits; the embedded biller asks for each debit by itself",
        "due_pending": "a payment of it is under way",
        "paid": "it is paid",
        "paid_refunded": "it was paid, and a part or all of it was given back",
        "problem_auto": "it could not be charged, and will not be charged by itself again",
        "problem_overdue": "it was not paid within the terms and their grace",
        "problem_disputed": "the customer disputes it",
        "void": "it was issued by mistake, and is owed by nobody",
        "uncollectible": "nobody expects any more that it will be paid",
    },
    (
        Transition(NEW, "issued", "paid", "an order is settled with a payment"),
        Transition(NEW, "issued", "due_auto", "a term begins, or use is counted, of who can be charged"),
        Transition(NEW, "issued", "due_offline", "the same of who has terms, or an order is promised by transfer"),
        *steps(PAYABLE, "payment_begun", "due_pending", "an order to pay it is open"),
        *(Transition("due_pending", "payment_ended", one, "nothing came of that order") for one in PAYABLE),
        *steps((*PAYABLE, "due_pending"), "paid", "paid", "an order to pay it is settled"),
        *steps(PAYABLE, "received", "paid", "the merchant says that the money has come"),
        Transition("uncollectible", "received", "paid", "the money has come when nobody expected it any more"),
        *steps(("due_auto", "due_pending"), "charge_failed", "due_auto", "a charge failed, and another one follows"),
        *steps(
            ("due_auto", "due_pending"),
            "charge_given_up",
            "problem_auto",
            "it was charged as often as it may be, or only the customer can go on: to confirm, or to give a method",
        ),
        Transition("due_offline", "overdue", "problem_overdue", "its last day to pay is past, and so is the grace"),
        *steps(
            (*PAYABLE, "due_pending"),
            "promised",
            "due_offline",
            "who has terms promises a transfer",
        ),
        *steps(PAID, "refunded", "paid_refunded", "money went back, and a credit note says how much"),
        *steps(PAYABLE, "voided", "void", "the merchant takes it back: a credit note over all of it is issued"),
        *steps((*PAYABLE, "problem_disputed"), "written_off", "uncollectible", "the merchant gives it up, unpaid"),
        *steps((*PAYABLE, *PAID), "disputed", "problem_disputed", "the customer, or their bank, objects to it"),
        *(
            Transition("problem_disputed", "dispute_won", one, "the objection came to nothing: as it was before")
            for one in (*PAYABLE, *PAID)
        ),
        Transition("problem_disputed", "dispute_lost", "paid_refunded", "it had been paid, and the bank took it back"),
        Transition("problem_disputed", "dispute_lost", "void", "it had not been paid, and is owed by nobody"),
    ),
)
"""Each transition with its rule."""
