"""What Stripe's objects mean to us. What is not clearly one thing or the other is `Unknown`, never guessed."""

import logging
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Said
from generator.model.money import Money
from generator.model.payment import (
    Declined,
    DeclineReason,
    Elsewhere,
    Key,
    NotRefunded,
    Paid,
    Pending,
    Refunded,
    RefundResult,
    Registered,
    Result,
    Unknown,
)

KEY = "hosted_pages_key"
"""Under this name our key stands in the metadata of everything that we make at Stripe."""

CUSTOMER = "hosted_pages_customer"

_REASONS: Mapping[str, DeclineReason] = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired",
    "expired_payment_method": "expired",
    "authentication_required": "authentication_required",
    "payment_intent_authentication_failure": "authentication_failed",
    "setup_intent_authentication_failure": "authentication_failed",
    "account_closed": "mandate_refused",
    "bank_account_restricted": "mandate_refused",
    "bank_account_unusable": "mandate_refused",
    "debit_not_authorized": "mandate_refused",
    "no_account": "mandate_refused",
    "payment_intent_mandate_invalid": "mandate_refused",
    "sepa_unsupported_account": "mandate_refused",
}
"""What Stripe calls why; any other word of a bank's is that it declined."""

_log = logging.getLogger(__name__)


class Reader:
    """Reads what was made for one key. `pages` are the origins of Stripe's pages: nobody is sent anywhere else."""

    def __init__(self, pages: tuple[str, ...]) -> None:
        self._pages = pages

    def result(self, key: Key, said: Said, inset: str = "") -> Result | None:
        """How it stands; None where nothing was ever asked of a bank. `inset` is the page of ours where it is paid, if
        that is one."""
        if (said.get("metadata") or {}).get(KEY) != key:
            return self._senseless(key, said, "another key")
        match said.get("object"):
            case "checkout.session":
                return self._session(key, said)
            case "payment_intent" | "setup_intent" if inset and _goes_on(said):
                return Elsewhere(inset)
            case "payment_intent":
                return self._payment(key, said)
            case "setup_intent":
                return self._setup(key, said)
        return self._senseless(key, said, "no charge")

    def _session(self, key: Key, said: Said) -> Result | None:
        match said:
            case {"status": "open", "url": str(url)}:
                return self._elsewhere(key, said, url)
            case {"status": "expired"}:
                return Declined("cancelled")
            case {"status": "complete", "mode": "payment", "payment_intent": dict() as intent}:
                return self._payment(key, intent)
            case {"status": "complete", "mode": "setup", "setup_intent": dict() as intent}:
                return self._setup(key, intent)
        return self._senseless(key, said, "a page in no state that we know")

    def _payment(self, key: Key, said: Said) -> Result | None:
        match said:
            case {"status": "succeeded", "id": str(id), "payment_method": str() | dict() as method}:
                amount = _money(said, "amount_received")
                return Paid(id, id_of(method), amount) if amount else self._senseless(key, said, "no amount")
            case {"status": "processing", "id": str(id)}:
                return Pending(id, _day(said))
            case {"status": "requires_action", "next_action": {"redirect_to_url": {"url": str(url)}}}:
                return self._elsewhere(key, said, url)
            case {"status": "requires_confirmation"}:
                return None
            case {"status": "requires_payment_method", "last_payment_error": dict() as error}:
                return Declined(reason(error))
            case {"status": "canceled"}:
                return Declined("cancelled")
        return self._senseless(key, said, "a payment in no state that we know")

    def _setup(self, key: Key, said: Said) -> Result:
        match said:
            case {"status": "succeeded", "payment_method": str() | dict() as method}:
                return Registered(id_of(method))
            case {"status": "processing"}:
                return Unknown()
            case {"status": "canceled"}:
                return Declined("cancelled")
        return self._senseless(key, said, "a method in no state that we know")

    def _elsewhere(self, key: Key, said: Said, url: str) -> Result:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" in self._pages:
            return Elsewhere(url)
        return self._senseless(key, said, "a page somewhere else")

    def _senseless(self, key: Key, said: Said, why: str) -> Unknown:
        _log.error("stripe-senseless key=%s object=%s status=%s: %s", key, said.get("object"), said.get("status"), why)
        return Unknown()


def _goes_on(said: Said) -> bool:
    """Whether it is still to be paid in the field: after a card was declined there too, but not after a debit came
    back."""
    match said:
        case {"status": "requires_confirmation" | "requires_action"}:
            return True
        case {"status": "requires_payment_method", "last_payment_error": {"payment_method": {"type": "sepa_debit"}}}:
            return False
        case {"status": "requires_payment_method"}:
            return True
    return False


def refund(key: Key, said: Said) -> RefundResult:
    """How a refund stands. What a bank has not put through yet is on its way."""
    if (said.get("metadata") or {}).get(KEY) == key:
        match said:
            case {"object": "refund", "id": str(id), "status": "succeeded" | "pending"}:
                amount = _money(said, "amount")
                if amount is not None:
                    return Refunded(id, amount)
            case {"object": "refund", "status": "failed" | "canceled"}:
                return NotRefunded("refused")
    _log.error("stripe-senseless refund=%s object=%s status=%s", key, said.get("object"), said.get("status"))
    return Unknown()


def reason(error: Said) -> DeclineReason:
    """Why a bank said no: its own word first, then what Stripe makes of it."""
    words = (str(error.get(name) or "") for name in ("decline_code", "code"))
    return next((_REASONS[word] for word in words if word in _REASONS), "declined")


def id_of(thing: object) -> str:
    """Stripe says the id of a thing, or the thing."""
    return str(thing.get("id", "")) if isinstance(thing, Mapping) else str(thing or "")


def _money(said: Said, name: str) -> Money | None:
    match said:
        case {"currency": str(currency)} if isinstance(said.get(name), int):
            try:
                return amounts.ours(said[name], currency)
            except (amounts.NotChargeable, ValueError):
                return None
    return None


def _day(said: Said) -> date | None:
    """By when a debit should be known, where Stripe says so."""
    match said.get("latest_charge"):
        case {"payment_method_details": {"sepa_debit": {"expected_debit_date": str(day)}}}:
            try:
                return date.fromisoformat(day)
            except ValueError:
                return None
    return None
