"""What the bank answers to the merchant's server, in JSON; and the controls that only tests turn."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, request

from generator import record
from generator.adapters.sandbox import address, cards, mandates
from generator.adapters.sandbox.bank import Bank, OtherCharge
from generator.adapters.sandbox.entry import Back, Entry, Filed
from generator.locale import money
from generator.model.money import Money
from generator.model.payment import Charge

Said = Mapping[str, Any]
Answer = tuple[Said, int]


def api(bank: Bank) -> Blueprint:
    """`/api/...`, for the merchant's server."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.post("/charges")
    def charge() -> Answer:
        key = request.headers.get("Idempotency-Key", "")
        asked = _read(request.get_data(as_text=True))
        if not key or asked is None:
            return {"error": "malformed"}, 400
        try:
            return _told(bank.charge(asked, key))
        except OtherCharge:
            return {"error": "key_of_another_charge", "key": key}, 409

    @api.get("/charges")
    def charges() -> Said:
        return {"charges": [{**_said(entry), "given_back": bank.given_back(entry.key)} for entry in bank.entries()]}

    @api.get("/charges/<key>")
    def find(key: str) -> Answer:
        entry = bank.find(key)
        return _told(entry) if entry else ({"error": "no_such_charge", "key": key}, 404)

    @api.post("/charges/<key>/cancel")
    def cancel(key: str) -> Said:
        return _said(bank.cancel(key))

    @api.post("/refunds")
    def refund() -> Answer:
        key = request.headers.get("Idempotency-Key", "")
        match request.get_json(silent=True):
            case {"charge": str(charge), "amount": int(minor), "currency": str(currency)} if key and minor > 0:
                try:
                    return _told_back(bank.refund(charge, Money(minor, currency), key))
                except OtherCharge:
                    return {"error": "key_of_another_refund", "key": key}, 409
        return {"error": "malformed"}, 400

    @api.get("/refunds/<key>")
    def find_refund(key: str) -> Answer:
        back = bank.find_refund(key)
        return _told_back(back) if back else ({"error": "no_such_refund", "key": key}, 404)

    @api.get("/customers/<customer>/methods")
    def methods(customer: str) -> Said:
        return {"methods": [_said_of_method(filed) for filed in bank.filed(customer)]}

    @api.post("/customers/<customer>/methods/<method>/default")
    def make_default(customer: str, method: str) -> Said:
        bank.make_default(customer, method)
        return methods(customer)

    @api.delete("/customers/<customer>/methods/<method>")
    def remove(customer: str, method: str) -> Said:
        bank.remove(customer, method)
        return methods(customer)

    return api


def controls(bank: Bank) -> Blueprint:
    """`/api/test/...`: what at a real bank only time or the customer can do."""
    controls = Blueprint("controls", __name__, url_prefix="/api/test")

    @controls.post("/charges/<key>/settle")
    def settle(key: str) -> Said:
        """Ends a pending charge: paid, or with `?paid=no` declined, a debit for lack of funds."""
        entry = bank.settle(key, paid=request.args.get("paid") != "no")
        return _said(entry) if entry else abort(404)

    @controls.post("/customers/<customer>/methods")
    def file(customer: str) -> Answer:
        """Puts on file a card, even one that no bank would accept, or a mandate.

        `{"number": ..., "expires": "2031-01"}` or `{"iban": ..., "holder": ...}`.
        """
        match request.get_json():
            case {"number": str(number), "expires": str(expires)} if number in cards.CARDS:
                return _said_of_method(bank.file(customer, cards.known(number, expires))), 201
            case {"iban": str(number), "holder": str(holder)} if number in mandates.ACCOUNTS:
                return _said_of_method(bank.file(customer, mandates.known(number, holder, "M-TEST"))), 201
        return {"error": "malformed"}, 400

    return controls


def _read(body: str) -> Charge | None:
    """The charge that was asked for, if this bank can do it."""
    try:
        charge = record.read(body, Charge)
        address.origin(charge.come_back)
    except ValueError:
        return None
    return charge if charge.amount.minor >= 0 and money.is_currency(charge.amount.currency) else None


def _told(entry: Entry) -> Answer:
    """The answer, unless it is one of those that get lost on the way, as behind a proxy that lost patience."""
    return ({"error": "no_answer_in_time"}, 504) if entry.answers_lost else (_said(entry), 200)


def _told_back(back: Back) -> Answer:
    said = {
        "key": back.key,
        "charge": back.charge,
        "amount": back.amount.minor,
        "currency": back.amount.currency,
        "status": "refused" if back.reason else "done",
        "reason": back.reason,
        "reference": back.reference,
    }
    return ({"error": "no_answer_in_time"}, 504) if back.answers_lost else (said, 200)


def _said(entry: Entry) -> Said:
    return {
        "key": entry.key,
        "reference": entry.reference,
        "order": entry.charge and entry.charge.order,
        "customer": entry.charge and entry.charge.customer,
        "amount": entry.charge and entry.charge.amount.minor,
        "currency": entry.charge and entry.charge.amount.currency,
        "status": "open" if entry.undecided else entry.status,
        "page": f"/pay/{entry.token}" + ("/challenge" if entry.status == "challenge" else ""),
        "reason": entry.reason,
        "method": entry.method,
        "decides": entry.decides.isoformat() if entry.decides else "",
    }


def _said_of_method(filed: Filed) -> Said:
    return {
        "id": filed.id,
        "kind": filed.kind,
        "label": filed.means.label,
        "expires": filed.card.expires if filed.card else "",
        "default": filed.default,
    }
