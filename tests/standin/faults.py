"""What Stripe answers when it does not do what was asked: one exception, and the body that its library reads."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """An answer that is an error. `kind` is what Stripe calls `type`; `more` are further fields of it."""

    def __init__(self, status: int, kind: str, message: str, code: str = "", param: str = "", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        said = {"type": kind, "message": message, "code": code or None, "param": param or None, **more}
        self.body: Mapping[str, Any] = {"error": {name: value for name, value in said.items() if value is not None}}


def invalid(message: str, code: str = "", param: str = "", status: int = 400, **more: Any) -> Refusal:
    """The request cannot be done as it stands."""
    return Refusal(status, "invalid_request_error", message, code, param, **more)


def missing(what: str, id: str, param: str = "") -> Refusal:
    """There is no such thing: 404 where the address names it, 400 where a parameter does."""
    return invalid(f"No such {what}: '{id}'", "resource_missing", param or "id", 400 if param else 404)


def wrong_state(what: str, id: str, state: str, code: str) -> Refusal:
    """The thing is there, and this cannot be done with it any more, or not yet."""
    return invalid(f"{what} {id} is {state}: this cannot be done with it", code)


def card_error(code: str, decline: str = "", **more: Any) -> Refusal:
    """A bank said no."""
    return Refusal(
        402, "card_error", f"The bank declined: {decline or code}", code, decline_code=decline or None, **more
    )
