"""Payment at the sandbox bank, over HTTP. What nobody can be sure of is `Unknown`, never guessed."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args
from urllib.parse import quote

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from generator import record
from generator.adapters.sandbox import address
from generator.model.hint import Hint
from generator.model.money import Money
from generator.model.payment import (
    Charge,
    Declined,
    DeclineReason,
    Dispute,
    Elsewhere,
    Inset,
    Key,
    Method,
    NotRefunded,
    Paid,
    Pending,
    Refunded,
    RefundResult,
    Registered,
    Result,
    Unknown,
)
from generator.ports.trouble import Unavailable

_log = logging.getLogger(__name__)
_PAGE = re.compile(r"/pay/[\w-]+(/challenge)?", re.ASCII)
_NOT_REFUNDED: Mapping[str, RefundResult] = {
    "unpaid": NotRefunded("unpaid"),
    "too_much": NotRefunded("too_much"),
    "refused": NotRefunded("refused"),
}
_REASONS = {reason: Declined(reason) for reason in get_args(DeclineReason)}

Said = Mapping[str, Any]


class Misasked(Exception):
    """The bank says that we asked for what cannot be, such as another charge with the same key: a bug of ours."""


class _NoAnswer(Exception):
    """The request may have arrived, and nobody knows what came of it."""


class SandboxGateway:
    """`url` is where we reach the bank, `public_url` where the customer's browser does."""

    name = "sandbox"

    def __init__(self, url: str, public_url: str | None = None, patience: float = 20.0) -> None:
        self._api = url.rstrip("/") + "/api"
        self._public = (public_url or url).rstrip("/")
        self.origins = (address.origin(self._public),)
        self._http = PoolManager(timeout=Timeout(connect=3.0, read=patience), retries=False)

    def answers(self) -> None:
        self.methods("nobody")

    def ready(self) -> None:
        """Whether it answers shows when it is asked: it is as near as that."""

    def methods(self, customer: str) -> tuple[Method, ...]:
        try:
            status, said = self._ask("GET", f"/customers/{quote(customer, safe='')}/methods")
            if status == 200:
                return tuple(_method(method) for method in said["methods"])
        except (_NoAnswer, LookupError, TypeError) as fault:
            raise Unavailable("the sandbox bank does not say what is on file") from fault
        raise Unavailable(f"the sandbox bank answers {status}")

    def make_default(self, customer: str, method: str) -> None:
        self._change("POST", f"/customers/{quote(customer, safe='')}/methods/{quote(method, safe='')}/default")

    def remove(self, customer: str, method: str) -> None:
        self._change("DELETE", f"/customers/{quote(customer, safe='')}/methods/{quote(method, safe='')}")

    def charge(self, charge: Charge, key: Key) -> Result:
        """Where no connection could be made, nothing was asked: that alone is `Unavailable`."""
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        try:
            status, said = self._ask("POST", "/charges", record.write(charge), headers)
        except _NoAnswer:
            return Unknown()
        return self._result(key, status, said, charge.amount)

    def find(self, key: Key) -> Result | None:
        """Never `Unavailable`: money may have moved with this key before."""
        try:
            status, said = self._ask("GET", f"/charges/{quote(key, safe='')}")
        except (_NoAnswer, Unavailable):
            return Unknown()
        if (status, said) == (404, {"error": "no_such_charge", "key": key}):
            return None
        return self._result(key, status, said)

    def cancel(self, key: Key) -> Result:
        """Never `Unavailable`, as with `find`."""
        try:
            status, said = self._ask("POST", f"/charges/{quote(key, safe='')}/cancel")
        except (_NoAnswer, Unavailable):
            return Unknown()
        return self._result(key, status, said)

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Hint | None:
        """The bank says nothing unasked."""
        return None

    def refund(self, charge: Key, amount: Money, key: Key) -> RefundResult:
        """Where no connection could be made, nothing was asked: that alone is `Unavailable`."""
        body = json.dumps({"charge": charge, "amount": amount.minor, "currency": amount.currency})
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        try:
            status, said = self._ask("POST", "/refunds", body, headers)
        except _NoAnswer:
            return Unknown()
        return _refund(key, status, said, amount)

    def find_refund(self, key: Key) -> RefundResult | None:
        """Never `Unavailable`: money may have gone back with this key before."""
        try:
            status, said = self._ask("GET", f"/refunds/{quote(key, safe='')}")
        except (_NoAnswer, Unavailable):
            return Unknown()
        if (status, said) == (404, {"error": "no_such_refund", "key": key}):
            return None
        return _refund(key, status, said)

    def dispute(self, charge: Key) -> Dispute | None:
        """No customer of this bank ever objects."""
        return None

    def inset(self, key: Key) -> Inset | None:
        """This bank has pages of its own alone."""
        return None

    def _change(self, verb: str, path: str) -> None:
        """What may be asked for again where nobody knows whether it was done."""
        try:
            status, _ = self._ask(verb, path)
        except _NoAnswer as fault:
            raise Unavailable("the sandbox bank did not answer") from fault
        if status != 200:
            raise Unavailable(f"the sandbox bank answers {status}")

    def _ask(
        self, verb: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON. Raises `Unavailable` where nothing was sent, `_NoAnswer` where something may have been."""
        try:
            response = self._http.request(verb, self._api + path, body=body, headers=headers, redirect=False)
            return response.status, response.json()
        except (NewConnectionError, ConnectTimeoutError) as fault:
            raise Unavailable("the sandbox bank cannot be reached") from fault
        except (HTTPError, ValueError) as fault:
            _log.warning("no answer of the sandbox bank to %s: %r", verb, fault)
            raise _NoAnswer from fault

    def _result(self, key: Key, status: int, said: Said, amount: Money | None = None) -> Result:
        """What the answer says of this key; where it speaks of another charge or amount, nobody knows."""
        match status, said:
            case 400 | 409, {"error": str(error)}:
                raise Misasked(f"{key}: {error}")
            case 200, {"key": answered, "amount": minor, "currency": currency} if answered == key:
                result = self._read(said)
                if (amount is None or amount == Money(minor, currency)) and result is not None:
                    return result
        _log.warning("the sandbox bank's answer about %s makes no sense (%s)", key, status)
        return Unknown()

    def _read(self, said: Said) -> Result | None:
        match said:
            case {"status": "open", "page": str(page)} if _PAGE.fullmatch(page):
                return Elsewhere(self._public + page)
            case {
                "status": "paid",
                "reference": str(reference),
                "method": str(method),
                "amount": int(minor),
                "currency": str(currency),
            } if minor:
                return Paid(reference, method, Money(minor, currency))
            case {"status": "registered", "method": str(method), "amount": 0}:
                return Registered(method)
            case {"status": "pending", "reference": str(reference), "amount": int(minor), **more} if minor:
                return _pending(reference, more.get("decides", ""))
            case {"status": "declined", "reason": str(reason)}:
                return _REASONS.get(reason)
        return None


def _refund(key: Key, status: int, said: Said, amount: Money | None = None) -> RefundResult:
    """What the answer says of this refund; where it speaks of another one or amount, nobody knows."""
    match status, said:
        case 400 | 409, {"error": str(error)}:
            raise Misasked(f"{key}: {error}")
        case 200, {"key": answered, "status": "refused", "reason": str(reason)} if answered == key:
            return _NOT_REFUNDED.get(reason, Unknown())
        case (
            200,
            {
                "key": answered,
                "status": "done",
                "reference": str(reference),
                "amount": int(minor),
                "currency": str(currency),
            },
        ) if answered == key and amount in (None, Money(minor, currency)):
            return Refunded(reference, Money(minor, currency))
    _log.warning("the sandbox bank's answer about the refund %s makes no sense (%s)", key, status)
    return Unknown()


def _pending(reference: str, by: object) -> Pending | None:
    """Under way, until a day where the bank names one; a day that is none makes no sense of it all."""
    if by == "":
        return Pending(reference)
    try:
        return Pending(reference, date.fromisoformat(by)) if isinstance(by, str) else None
    except ValueError:
        return None


def _method(said: Said) -> Method:
    match said:
        case {
            "id": str(id),
            "kind": "card" | "sepa" as kind,
            "label": str(label),
            "expires": str(expires),
            "default": bool(default),
        }:
            return Method(id, kind, label, expires, default)
    raise TypeError("no method")
