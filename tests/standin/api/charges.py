"""Charges: money that a bank gave or did not give, goes back in refunds, and may be disputed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.standin.api import Doings
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, merged
from tests.standin.cards import Bank
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


def begin(
    books: Books, intent: Thing, method: Thing, status: str, captured: bool, mandate: str = "", failure: str = ""
) -> Thing:
    """The charge of an intent with a payment method, as it stands at first."""
    card = method.get("type", "card") == "card"
    paid = status == "succeeded"
    charge = books.new(
        "charge",
        "ch" if card else "py",
        amount=intent["amount"],
        amount_captured=intent["amount"] if captured and not failure else 0,
        amount_refunded=0,
        billing_details=method.get("billing_details") or dict.fromkeys(("address", "email", "name", "phone", "tax_id")),
        captured=captured,
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        failure_code=failure or None,
        metadata=dict(intent["metadata"]),
        paid=paid,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=_details(books, method, card, mandate),
        status=status,
    )
    if paid and captured:
        charge["balance_transaction"] = _booked(books, charge)["id"]
    return charge


def _details(books: Books, method: Thing, card: bool, mandate: str) -> Thing:
    if card:
        shown = method.get("card") or method
        names = ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4")
        return {"type": "card", "card": {name: shown[name] for name in names}}
    names = ("bank_code", "branch_code", "country", "fingerprint", "last4")
    due = datetime.fromtimestamp(books.now(), UTC) + timedelta(days=5)
    account = {name: method["sepa_debit"][name] for name in names}
    return {
        "type": "sepa_debit",
        "sepa_debit": {**account, "mandate": mandate, "expected_debit_date": due.date().isoformat()},
    }


def _booked(books: Books, charge: Thing) -> Thing:
    return books.new(
        "balance_transaction",
        "txn",
        amount=charge["amount"],
        available_on=books.now(),
        balance_type="payments",
        currency=charge["currency"],
        fee=0,
        net=charge["amount"],
        reporting_category="charge",
        source=charge["id"],
        status="available",
        type="charge",
    )


def refund(books: Books, said: Thing) -> Thing:
    """Give money back, never more than is left."""
    charge = _charge_of(books, said)
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise invalid("Nothing was taken that could be given back", "charge_not_refundable")
    if charge["disputed"] and not books.aside.get((charge["id"], "asked_about")):
        raise invalid("The customer's bank has it in dispute", "charge_disputed")
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise invalid("All of it was given back already", "charge_already_refunded")
    amount = said.get("amount", left)
    if not 0 < amount <= left:
        raise invalid(f"No more than {left} can be given back", param="amount")
    method = books.things.get(charge["payment_method"], {})
    bank = books.aside.get(charge["payment_method"], Bank())
    slow = method.get("type") == "sepa_debit" or bank.takes_back == "pending"
    made = books.new(
        "refund",
        "re" if charge["id"].startswith("ch") else "pyr",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        customer=charge["customer"],
        metadata=merged({}, said.get("metadata")),
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
        reason=said.get("reason"),
        status="pending" if slow else "succeeded",
    )
    refunded = charge["amount_refunded"] + amount
    books.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount_captured"])
    books.tell("refund.created", made)
    books.tell("charge.refunded", charge, {"amount_refunded": refunded - amount})
    if slow:
        books.later(lambda: come_through(books, made["id"]), about=made["id"])
    elif bank.takes_back == "failed":
        books.later(lambda: come_back(books, made["id"]), about=made["id"])
    return made


def come_through(books: Books, id: str) -> None:
    """The customer's bank has it."""
    refund = books.find("refund", id)
    if refund["status"] == "pending":
        _told(books, refund, status="succeeded")


def come_back(books: Books, id: str, reason: str = "declined") -> None:
    """The customer's bank did not take it."""
    refund = books.find("refund", id)
    charge = books.find("charge", refund["charge"])
    books.change(charge, amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
    _told(books, refund, status="failed", failure_reason=reason)
    books.tell("refund.failed", refund)


def _told(books: Books, refund: Thing, **changes: Any) -> Thing:
    """A refund that changes is told of under both names that Stripe has for it."""
    if before := books.change(refund, **changes):
        books.tell("refund.updated", refund, before)
        books.tell("charge.refund.updated", refund, before)
    return refund


def _charge_of(books: Books, said: Thing) -> Thing:
    if said.get("charge"):
        return books.find("charge", said["charge"], "charge")
    if not said.get("payment_intent"):
        raise invalid("Say which charge or payment intent", "parameter_missing", "charge")
    intent = books.find("payment_intent", said["payment_intent"], "payment_intent")
    if not intent["latest_charge"]:
        raise invalid("Nothing was taken with this payment intent", "charge_not_refundable", "payment_intent")
    return books.find("charge", intent["latest_charge"])


def update_refund(books: Books, said: Thing, id: str) -> Thing:
    refund = books.find("refund", id)
    return _told(books, refund, **changed(refund, said))


def cancel_refund(books: Books, said: Thing, id: str) -> Thing:
    refund = books.find("refund", id)
    if refund["status"] != "requires_action":
        raise invalid("Only what waits for the customer can be called off", param="refund")
    return _told(books, refund, status="canceled")


def dispute(books: Books, charge: Thing, bank: Bank) -> Thing:
    """The customer says to their bank that this was not right."""
    made = books.new("dispute", "du", **_disputed(books, charge, bank))
    books.change(charge, disputed=True)
    books.aside[charge["id"], "asked_about"] = bank.inquires
    books.tell("charge.dispute.created", made)
    return made


def _disputed(books: Books, charge: Thing, bank: Bank) -> Thing:
    return {
        "amount": charge["amount"],
        "charge": charge["id"],
        "created": books.now(),
        "currency": charge["currency"],
        "is_charge_refundable": bank.inquires,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": bank.disputes,
        "status": "warning_needs_response" if bank.inquires else "needs_response",
        "evidence": {},
        "evidence_details": {
            "due_by": books.now() + 7 * 86400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
    }


def update_dispute(books: Books, said: Thing, id: str) -> Thing:
    found = books.find("dispute", id)
    return books.update(found, "charge.dispute.updated", **changed(found, said))


def close_dispute(books: Books, said: Thing, id: str) -> Thing:
    """The merchant gives in: what was only asked about is closed, what was disputed is lost."""
    found = books.find("dispute", id)
    books.change(found, status="warning_closed" if found["status"].startswith("warning") else "lost")
    books.tell("charge.dispute.closed", found)
    return found


def update_charge(books: Books, said: Thing, id: str) -> Thing:
    charge = books.find("charge", id)
    return books.update(charge, "charge.updated", **changed(charge, said))


DOINGS: Doings = {
    "get /v1/charges": lambda books, said: listed(books, "charge", said, "/v1/charges"),
    "get /v1/charges/{}": lambda books, said, id: books.find("charge", id),
    "post /v1/charges/{}": update_charge,
    "post /v1/refunds": refund,
    "get /v1/refunds": lambda books, said: listed(books, "refund", said, "/v1/refunds"),
    "get /v1/refunds/{}": lambda books, said, id: books.find("refund", id),
    "post /v1/refunds/{}": update_refund,
    "post /v1/refunds/{}/cancel": cancel_refund,
    "get /v1/disputes": lambda books, said: listed(books, "dispute", said, "/v1/disputes"),
    "get /v1/disputes/{}": lambda books, said, id: books.find("dispute", id),
    "post /v1/disputes/{}": update_dispute,
    "post /v1/disputes/{}/close": close_dispute,
    "get /v1/balance_transactions/{}": lambda books, said, id: books.find("balance_transaction", id),
}
