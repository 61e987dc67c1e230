"""What happens of itself while time passes: terms begin and end, trials end, drafts are issued, phases follow."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.standin.api import invoices, schedules, selling, subscriptions
from tests.standin.books import Books
from tests.standin.shapes import Thing

Due = tuple[int, str, Callable[[], object]]

_EXPIRES = 23 * 3600
"""Seconds after which what was never paid for is given up."""

_SOON = 3 * 86400


def live(books: Books, clock: str | None, until: int) -> None:
    """Everything that lives by this clock is brought to this time, each thing at its own."""
    while soonest := min(_due(books, clock, until), default=None, key=lambda due: due[:2]):
        at, _, act = soonest
        books.moments[clock] = at
        try:
            act()
        finally:
            del books.moments[clock]


def _due(books: Books, clock: str | None, until: int) -> Iterator[Due]:
    for id in list(books.alive):
        thing = books.things.get(id)
        if thing is None:
            books.alive.discard(id)
        elif thing["test_clock"] == clock:
            yield from (due for due in _of(books, thing) if due[0] <= until)


def _of(books: Books, thing: Thing) -> Iterator[Due]:
    match thing["object"]:
        case "subscription":
            return _of_subscription(books, thing)
        case "invoice":
            return _of_invoice(books, thing)
    return schedules.due(books, thing)


def _of_invoice(books: Books, invoice: Thing) -> Iterator[Due]:
    if invoice["status"] == "draft" and invoice["automatically_finalizes_at"]:
        yield invoice["automatically_finalizes_at"], invoice["id"], partial(invoices.issue, books, invoice["id"])


def _of_subscription(books: Books, subscription: Thing) -> Iterator[Due]:
    id, status = subscription["id"], subscription["status"]
    if status == "incomplete":
        yield subscription["created"] + _EXPIRES, id, partial(_expire, books, subscription)
    if status not in ("active", "past_due", "trialing", "unpaid"):
        return
    if (subscription["pause_collection"] or {}).get("resumes_at"):
        yield subscription["pause_collection"]["resumes_at"], id, partial(_collect, books, subscription)
    if subscription["cancel_at"]:
        yield subscription["cancel_at"], id, partial(subscriptions.end, books, subscription, "cancellation_requested")
    if status == "trialing":
        if (id, "warned") not in books.aside and subscription["trial_end"] - subscription["trial_start"] > _SOON:
            yield subscription["trial_end"] - _SOON, id, partial(_warn, books, subscription)
        yield subscription["trial_end"], id + " ", partial(_try_no_more, books, subscription)
        return
    end = min(item["current_period_end"] for item in selling.items_of(books, subscription))
    yield end, id + " ", partial(_go_on, books, subscription, end)


def _collect(books: Books, subscription: Thing) -> None:
    """What was held back is over: the next invoice is issued again."""
    books.update(subscription, "customer.subscription.updated", pause_collection=None)


def _expire(books: Books, subscription: Thing) -> None:
    invoice = books.maybe("invoice", subscription["latest_invoice"])
    if invoice and invoice["status"] == "open":
        invoices.void(books, {}, invoice["id"])
    books.alive.discard(subscription["id"])
    books.update(subscription, "customer.subscription.updated", status="incomplete_expired")


def _warn(books: Books, subscription: Thing) -> None:
    books.aside[subscription["id"], "warned"] = True
    books.tell("customer.subscription.trial_will_end", subscription)


def _try_no_more(books: Books, subscription: Thing) -> None:
    before = subscriptions.end_trial(books, subscription)
    if subscription["status"] != "canceled":
        books.tell("customer.subscription.updated", subscription, before)
    if subscription["status"] == "paused":
        books.tell("customer.subscription.paused", subscription)


def _go_on(books: Books, subscription: Thing, at: int) -> None:
    before = {"latest_invoice": subscription["latest_invoice"]}
    subscriptions.begin_term(books, subscription, at)
    books.tell("customer.subscription.updated", subscription, before)
