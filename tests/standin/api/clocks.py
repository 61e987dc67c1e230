"""Test clocks: customers whose time is moved by hand."""

from datetime import timedelta

from tests.standin.api import Doings
from tests.standin.api.plain import listed
from tests.standin.books import Books
from tests.standin.faults import invalid
from tests.standin.shapes import Thing

_KIND = "test_helpers.test_clock"


def create(books: Books, said: Thing) -> Thing:
    clock = books.new(
        _KIND,
        "clock",
        created=books.now(),
        deletes_after=books.now() + 30 * 86400,
        frozen_time=said["frozen_time"],
        name=said.get("name"),
        status="ready",
        status_details={},
    )
    books.tell(f"{_KIND}.created", clock)
    return clock


def advance(books: Books, said: Thing, id: str) -> Thing:
    """Everything that would have happened until then happens."""
    clock = books.find(_KIND, id)
    if said["frozen_time"] <= clock["frozen_time"]:
        raise invalid("A clock goes forward only", param="frozen_time")
    books.change(clock, status="advancing")
    books.tell(f"{_KIND}.advancing", clock)
    books.later(lambda: _arrive(books, clock, said["frozen_time"]), timedelta(0))
    return clock


def _arrive(books: Books, clock: Thing, time: int) -> None:
    books.pass_time(clock["id"], time)
    books.change(clock, frozen_time=time, status="ready")
    books.tell(f"{_KIND}.ready", clock)


def delete(books: Books, said: Thing, id: str) -> Thing:
    clock = books.find(_KIND, id)
    for customer in list(books.all("customer", test_clock=id)):
        books.remove(customer)
    left = books.remove(clock)
    books.tell(f"{_KIND}.deleted", clock)
    return left


DOINGS: Doings = {
    "post /v1/test_helpers/test_clocks": create,
    "get /v1/test_helpers/test_clocks": lambda books, said: listed(books, _KIND, said, "/v1/test_helpers/test_clocks"),
    "get /v1/test_helpers/test_clocks/{}": lambda books, said, id: books.find(_KIND, id),
    "post /v1/test_helpers/test_clocks/{}/advance": advance,
    "delete /v1/test_helpers/test_clocks/{}": delete,
}
