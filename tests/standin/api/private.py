"""What Stripe's own pages and its command line ask, and no library has a name for: pages of Checkout, paid by hand."""

from typing import Any, NotRequired, TypedDict

from tests.standin.api import Doing, methods, sessions
from tests.standin.books import Books
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


class Nothing(TypedDict):
    """Nothing is said."""


class Confirmed(TypedDict):
    payment_method: str
    expected_amount: NotRequired[int]


def page(books: Books, said: Thing, id: str) -> Thing:
    session = books.find("checkout.session", id)
    return {"object": "payment_page", "id": id, "session": session["id"], "status": session["status"]}


def confirm(books: Books, said: Thing, id: str) -> Thing:
    session = books.find("checkout.session", id)
    if said.get("expected_amount") not in (None, session["amount_total"]):
        raise invalid("The amount is another one", param="expected_amount")
    sessions.pay(books, id, methods.found(books, said["payment_method"]))
    return page(books, said, id)


_DOINGS: dict[tuple[str, int], tuple[Doing, Any]] = {("get", 3): (page, Nothing), ("post", 4): (confirm, Confirmed)}


def operation(verb: str, path: str) -> tuple[Doing, tuple[str, ...], Any, str] | None:
    """What is meant by such an address; None where it is not one of these."""
    parts = path.strip("/").split("/")
    if parts[:2] != ["v1", "payment_pages"] or (verb, len(parts)) not in _DOINGS:
        return None
    doing, kind = _DOINGS[verb, len(parts)]
    return doing, (parts[2],), kind, f"{verb} /v1/payment_pages/{{}}"
