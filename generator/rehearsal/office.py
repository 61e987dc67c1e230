"""Sentences in which the merchant's application asks the API: transfers, use, the end of a subscription."""

import secrets
from typing import Any

import urllib3

from generator.rehearsal.stage import Person, Stage, Unmet, amount


def received(stage: Stage, who: Person) -> None:
    """The money for the newest invoice is there."""
    _done(stage, f"/invoices/{stage.invoice(who).number}/received", {})


def gives_back(stage: Stage, who: Person, price: str) -> None:
    """Of the newest invoice, as it was paid."""
    _done(stage, f"/invoices/{stage.invoice(who).number}/refund", _refund(price))


def gives_back_by_transfer(stage: Stage, who: Person, price: str) -> None:
    _done(stage, f"/invoices/{stage.invoice(who).number}/refund", {**_refund(price), "back": "transfer"})


def is_refused_refund(stage: Stage, who: Person, price: str, reason: str) -> None:
    said = _asked(stage, f"/invoices/{stage.invoice(who).number}/refund", _refund(price))
    if said.get("code") != reason:
        raise Unmet(f"the refund of {price} to be refused because {reason}", str(said))


def takes_back(stage: Stage, who: Person) -> None:
    _done(stage, f"/invoices/{stage.invoice(who).number}/void", {"reason": "It was made out by mistake."})


def gives_up(stage: Stage, who: Person) -> None:
    _done(stage, f"/invoices/{stage.invoice(who).number}/write-off", {"reason": "It will not be paid."})


def is_disputed(stage: Stage, who: Person) -> None:
    _done(stage, f"/invoices/{stage.invoice(who).number}/dispute", {"reason": "The bank asks about it."})


def dispute_ends(stage: Stage, who: Person, outcome: str) -> None:
    """`won` or `lost`, as the merchant sees it."""
    ended = {"won": outcome == "won", "reason": "The bank has decided."}
    _done(stage, f"/invoices/{stage.invoice(who).number}/dispute/end", ended)


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


def _refund(price: str) -> dict[str, Any]:
    wanted = amount(price)
    return {"amount": {"minor": wanted.minor, "currency": wanted.currency}, "reason": "A week was lost."}


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
