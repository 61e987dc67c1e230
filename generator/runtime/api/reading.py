"""A request becomes a call, or an objection that says where it is wrong and what to write instead."""

from datetime import date

from flask import Request
from pydantic import ValidationError

from generator.model.nearest import suggestion
from generator.runtime.api.operations import Operation
from generator.runtime.merchant import paging
from generator.runtime.merchant.asked import Asked
from generator.runtime.merchant.paging import MOST, USUAL, Wanted
from generator.runtime.merchant.shape import faults
from generator.runtime.merchant.statements import Days
from generator.runtime.merchant.wrong import Fault, Objection

MOST_KEY = 255

DAYS = ("from", "to")


def body(request: Request, asks: type[Asked]) -> Asked:
    """The body in the shape that the call has. Raises `Objection`. No body says nothing."""
    sent = request.get_data()
    if sent and request.mimetype != "application/json":
        raise Objection("not-json", f'the body is "{request.mimetype or "nothing"}": send application/json')
    try:
        return asks.model_validate_json(sent or b"{}")
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise Objection("malformed-json", f"the body is not JSON: {first['ctx']['error']}") from fault
        raise Objection("wrong-shape", "the body is not as it has to be", *faults(fault, asks)) from fault


def wanted(request: Request, operation: Operation) -> Wanted:
    """Which page. Raises `Objection` for whatever else the address says."""
    known = ("cursor", "limit") if operation.paged else DAYS if operation.spans else ()
    for name in request.args:
        if name not in known:
            wrong = Fault(name, f'there is no parameter "{name}" here', suggestion(name, known))
            raise Objection("unknown-parameter", wrong.says, wrong)
    for name in known:
        if len(request.args.getlist(name)) > 1:
            raise Objection("unknown-parameter", f"{name} is said twice", Fault(name, f"{name} is said twice"))
    limit = request.args.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 5 and 1 <= int(limit) <= MOST):
        wrong = Fault("limit", f'"{limit}" is no number of items', f"write a number from 1 to {MOST}")
        raise Objection("unknown-parameter", wrong.says, wrong)
    return Wanted(paging.after(request.args["cursor"]) if "cursor" in request.args else "", int(limit))


def days(request: Request) -> Days:
    """From which day to which; what is not said is left to the call. Raises `Objection`."""
    return Days(*(_day(name, request.args[name]) if name in request.args else None for name in DAYS))


def _day(name: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        wrong = Fault(name, f'"{said}" is no day', "write it as 2026-01-31")
        raise Objection("unknown-parameter", wrong.says, wrong) from fault


def key(request: Request) -> str:
    """The Idempotency-Key; empty where there is none. Raises `Objection`."""
    given = request.headers.get("Idempotency-Key", "")
    said = "Idempotency-Key" in request.headers
    if said and not (0 < len(given) <= MOST_KEY and all("!" <= letter <= "~" for letter in given)):
        says = "the Idempotency-Key is empty or too long, or has other letters than those of ASCII"
        wrong = Fault("Idempotency-Key", says, f"write at most {MOST_KEY} letters and digits, such as a UUID")
        raise Objection("unknown-parameter", says, wrong)
    return given
