"""Sentences in which the merchant's application asks the API: transfers, use, the end of a subscription."""

import secrets
from typing import Any

import urllib3

from generator.rehearsal.stage import Person, Stage, Unmet


def received(stage: Stage, who: Person) -> None:
    """The money for the newest invoice is there."""
    _done(stage, f"/invoices/{stage.invoice(who).number}/received", {})


def reports(stage: Stage, who: Person, amount: str, option: str) -> None:
    _done(stage, f"/customers/{stage.customer(who).ref}/usage", _report(amount, option))


def is_refused(stage: Stage, who: Person, amount: str, option: str, reason: str) -> None:
    said = _asked(stage, f"/customers/{stage.customer(who).ref}/usage", _report(amount, option))
    if said.get("code") != reason:
        raise Unmet(f"{amount} of {option} to be refused because {reason}", str(said))


def ends(stage: Stage, who: Person, plan: str) -> None:
    _done(stage, f"/subscriptions/{stage.subscription(who, plan).id}/end", {"when": "now"})


def withdraws_offer(stage: Stage, who: Person, plan: str) -> None:
    _done(stage, f"/subscriptions/{stage.subscription(who, plan).id}/withdraw", {})


def _report(amount: str, option: str) -> dict[str, Any]:
    """Each time under a key of its own."""
    return {"key": secrets.token_hex(8), "option": option, "amount": int(amount)}


def _done(stage: Stage, path: str, body: dict[str, Any]) -> None:
    said = _asked(stage, path, body)
    if "code" in said:
        raise Unmet(f"the API to do {path}", str(said))


def _asked(stage: Stage, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the API answers; a problem has a `code`."""
    headers = {"Authorization": f"Bearer {stage.stand.api_secret}", "Idempotency-Key": secrets.token_hex(8)}
    answer = urllib3.request("POST", f"{stage.stand.pages}/api{path}", json=body, headers=headers, retries=False)
    said: dict[str, Any] = answer.json()
    return said
