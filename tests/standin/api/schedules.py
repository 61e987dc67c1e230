"""Subscription schedules: what a subscription will be from which day on, phase by phase."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.standin.api import Doings, changing, lowering, selling, subscriptions
from tests.standin.api.plain import listed
from tests.standin.api.terms import after
from tests.standin.books import Books, merged
from tests.standin.faults import invalid, wrong_state
from tests.standin.shapes import Thing

_KIND = "subscription_schedule"
_SOON = 7 * 86400
_TO_COME = {"error": None, "type": "scheduled"}


def create(books: Books, said: Thing) -> Thing:
    if said.get("from_subscription"):
        return _from(books, said["from_subscription"], said)
    customer = books.find("customer", said.get("customer"), "customer")
    now = books.now(customer["test_clock"])
    start = now if said.get("start_date", "now") == "now" else said["start_date"]
    phases = _phases(books, said.get("phases") or [], start, customer)
    schedule = _new(books, customer, said, phases, "not_started")
    books.tell(f"{_KIND}.created", schedule)
    if start <= now:
        _begin(books, schedule)
    return schedule


def _new(books: Books, customer: Thing, said: Thing, phases: list[Thing], status: str, **fields: Any) -> Thing:
    schedule = books.new(
        _KIND,
        "sub_sched",
        billing_mode={"type": "classic"},
        customer=customer["id"],
        default_settings={
            "billing_cycle_anchor": "automatic",
            "collection_method": "charge_automatically",
            "invoice_settings": {"issuer": {"type": "self"}},
        },
        end_behavior=said.get("end_behavior", "release"),
        metadata=merged({}, said.get("metadata")),
        phases=phases,
        status=status,
        test_clock=customer["test_clock"],
        **fields,
    )
    books.alive.add(schedule["id"])
    return schedule


def _from(books: Books, id: str, said: Thing) -> Thing:
    """A schedule that manages what is there already: its first phase is the present term."""
    subscription = books.find("subscription", id, "from_subscription")
    if subscription["schedule"]:
        raise invalid("It is managed by a schedule already", param="from_subscription")
    if said.get("phases"):
        raise invalid("Phases come with an update, once it is there", param="phases")
    customer = books.find("customer", subscription["customer"])
    found = selling.items_of(books, subscription)
    start, end = found[0]["current_period_start"], found[0]["current_period_end"]
    items = [{"price": one["price"]["id"], "quantity": one["quantity"], "metadata": one["metadata"]} for one in found]
    wanted = {"items": items, "end_date": end}
    if subscription["default_tax_rates"]:
        wanted["default_tax_rates"] = [rate["id"] for rate in subscription["default_tax_rates"]]
    if subscription["discounts"]:
        wanted["discounts"] = [{"discount": id} for id in subscription["discounts"]]
    phases = _phases(books, [wanted], start, customer)
    current = {"start_date": start, "end_date": end}
    schedule = _new(books, customer, said, phases, "active", subscription=id, current_phase=current)
    subscription["schedule"] = schedule["id"]
    books.tell(f"{_KIND}.created", schedule)
    return schedule


def _phases(books: Books, said: list[Thing], start: int, customer: Thing) -> list[Thing]:
    if not said:
        raise invalid("A schedule has phases", "parameter_missing", "phases")
    phases: list[Thing] = []
    for place, one in enumerate(said):
        begins = one.get("start_date", start)
        if begins != start and phases:
            raise invalid("A phase begins where the one before it ends", param=f"phases[{place}][start_date]")
        phase = _phase(books, one, start, f"phases[{place}]", last=place == len(said) - 1)
        start = phase["end_date"]
        phases.append(phase)
    return phases


def _phase(books: Books, said: Thing, start: int, param: str, last: bool) -> Thing:
    items = [_item(books, one, f"{param}[items][{place}]") for place, one in enumerate(said.get("items") or [])]
    if not items:
        raise invalid("A phase has items", "parameter_missing", f"{param}[items]")
    first = books.find("price", items[0]["price"])
    end = _end(said, start, first)
    if end is None and not last:
        raise invalid("Only the last phase is without an end", "parameter_missing", f"{param}[end_date]")
    end = after(start, first["recurring"]["interval"], first["recurring"]["interval_count"]) if end is None else end
    if end <= start:
        raise invalid("A phase ends later than it begins", param=f"{param}[end_date]")
    rates = said.get("default_tax_rates")
    usual = dict.fromkeys(("coupon", "discount", "promotion_code"))
    return {
        "add_invoice_items": said.get("add_invoice_items") or [],
        "currency": first["currency"],
        "default_payment_method": said.get("default_payment_method"),
        "default_tax_rates": [dict(books.find("tax_rate", rate, param)) for rate in rates] if rates else None,
        "description": said.get("description"),
        "discounts": [{**usual, **one} for one in said.get("discounts") or []],
        "end_date": end,
        "items": items,
        "metadata": merged({}, said.get("metadata")),
        "proration_behavior": said.get("proration_behavior", "create_prorations"),
        "start_date": start,
        "trial_end": said.get("trial_end"),
    }


def _item(books: Books, said: Thing, param: str) -> Thing:
    price = selling.price_of(books, said, param)
    return {
        "discounts": [],
        "metadata": merged({}, said.get("metadata")),
        "plan": price["id"],
        "price": price["id"],
        "quantity": said.get("quantity", 1),
    }


def _end(said: Thing, start: int, price: Thing) -> int | None:
    if said.get("end_date"):
        return int(said["end_date"])
    recurring = price["recurring"]
    if said.get("duration"):
        return after(start, said["duration"]["interval"], said["duration"].get("interval_count", 1))
    if said.get("iterations"):
        return after(start, recurring["interval"], recurring["interval_count"] * said["iterations"])
    return None


def _wanted(phase: Thing) -> list[Thing]:
    return [{name: item[name] for name in ("price", "quantity", "metadata")} for item in phase["items"]]


def _begin(books: Books, schedule: Thing) -> None:
    """The first phase makes the subscription."""
    phase = schedule["phases"][0]
    said: Thing = {"customer": schedule["customer"], "items": _wanted(phase)}
    if phase["default_tax_rates"]:
        said["default_tax_rates"] = [rate["id"] for rate in phase["default_tax_rates"]]
    if phase["trial_end"]:
        said["trial_end"] = phase["trial_end"]
    made = subscriptions.launch(books, said)
    made["schedule"] = schedule["id"]
    current = {"start_date": phase["start_date"], "end_date": phase["end_date"]}
    before = books.change(schedule, current_phase=current, status="active", subscription=made["id"])
    books.tell(f"{_KIND}.updated", schedule, before)


def due(books: Books, schedule: Thing) -> Iterator[tuple[int, str, partial[None]]]:
    """What happens to it of itself, and when."""
    id = schedule["id"]
    if schedule["status"] == "not_started":
        yield schedule["phases"][0]["start_date"], id, partial(_begin, books, schedule)
    if schedule["status"] == "active":
        last = schedule["phases"][-1]["end_date"]
        if (id, "warned") not in books.aside and last - schedule["phases"][0]["start_date"] > _SOON:
            yield last - _SOON, id, partial(_warn, books, schedule)
        for one in schedule["pause_schedules"]:
            if one["pause"]["status"]["type"] == "scheduled":
                yield one["pause"]["pause_at"], "", partial(_rest, books, schedule, one)
            elif one["resume"]["status"]["type"] == "scheduled":
                yield one["resume"]["resume_at"], "", partial(_wake, books, schedule, one)
        # Before the subscription begins its next term: that one is the next phase's.
        yield schedule["current_phase"]["end_date"], "", partial(_next, books, schedule)


def _warn(books: Books, schedule: Thing) -> None:
    books.aside[schedule["id"], "warned"] = True
    books.tell(f"{_KIND}.expiring", schedule)


def _next(books: Books, schedule: Thing) -> None:
    at = schedule["current_phase"]["end_date"]
    subscription = books.find("subscription", schedule["subscription"])
    phase = next((one for one in schedule["phases"] if one["start_date"] == at), None)
    if phase is None:
        _complete(books, schedule, subscription, at)
        return
    current = {"start_date": phase["start_date"], "end_date": phase["end_date"]}
    before = books.change(schedule, current_phase=current)
    _put(books, subscription, phase)
    books.tell(f"{_KIND}.updated", schedule, before)


def _put(books: Books, subscription: Thing, phase: Thing) -> None:
    """The subscription is what the phase says. At the end of a term there is nothing to give back or ask for."""
    before = {"items": dict(subscription["items"])}
    length = selling.of_one_length(selling.items_of(books, subscription))
    old = {one["price"]["id"]: one for one in selling.items_of(books, subscription)}
    period = phase["start_date"], phase["end_date"]
    for wanted in _wanted(phase):
        same = old.pop(wanted["price"], None)
        if same is not None:
            books.change(same, quantity=wanted["quantity"], metadata=wanted["metadata"])
        else:
            made = selling.item(books, subscription["id"], wanted, "items", period)
            made["current_period_end"] = phase["start_date"]
    for gone in old.values():
        books.remove(gone)
    now = selling.of_one_length(selling.items_of(books, subscription))
    if (now["interval"], now["interval_count"]) != (length["interval"], length["interval_count"]):
        subscription["billing_cycle_anchor"] = phase["start_date"]
    if phase["default_tax_rates"]:
        subscription["default_tax_rates"] = phase["default_tax_rates"]
    customer = books.find("customer", subscription["customer"])
    subscription["discounts"] = lowering.taken(
        books,
        [{name: value for name, value in one.items() if value} for one in phase["discounts"]],
        customer,
        subscription=subscription["id"],
    )
    subscription["metadata"] = {**subscription["metadata"], **phase["metadata"]}
    selling.shown(books, subscription)
    books.tell("customer.subscription.updated", subscription, before)


def _complete(books: Books, schedule: Thing, subscription: Thing, at: int) -> None:
    """All phases are over: the subscription ends with them, or goes on by itself."""
    released = schedule["end_behavior"] == "release"
    books.alive.discard(schedule["id"])
    books.change(schedule, completed_at=at, current_phase=None, status="completed")
    if released:
        books.change(schedule, subscription=None, released_subscription=subscription["id"])
        subscription["schedule"] = None
    else:
        subscriptions.end(books, subscription, "cancellation_requested")
    books.tell(f"{_KIND}.completed", schedule)


def update(books: Books, said: Thing, id: str) -> Thing:
    schedule = _open(books, id)
    changes: Thing = {}
    if "metadata" in said:
        changes["metadata"] = merged(schedule["metadata"], said["metadata"])
    if "end_behavior" in said:
        changes["end_behavior"] = said["end_behavior"]
    if "pause_schedules" in said:
        changes["pause_schedules"] = [_pause(one, place) for place, one in enumerate(said["pause_schedules"] or [])]
    if "phases" in said:
        customer = books.find("customer", schedule["customer"])
        start = schedule["phases"][0]["start_date"]
        if said["phases"][0].get("start_date", start) not in ("now", start):
            raise invalid("What has begun cannot begin on another day", param="phases[0][start_date]")
        changes["phases"] = _phases(books, said["phases"], start, customer)
    before = books.change(schedule, **changes)
    if "phases" in before and schedule["status"] == "active":
        now = books.now(schedule["test_clock"])
        phase = next((one for one in schedule["phases"] if one["start_date"] <= now < one["end_date"]), None)
        if phase is None:
            raise invalid("One of the phases is now", param="phases")
        schedule["current_phase"] = {"start_date": phase["start_date"], "end_date": phase["end_date"]}
    if before:
        books.tell(f"{_KIND}.updated", schedule, before)
    return schedule


def _pause(said: Thing, place: int) -> Thing:
    """When it rests, and from when on it does not. The stand-in knows days, and no more."""
    at, back = said["pause"]["pause_at"], said["resume"]["resume_at"]
    if at["type"] != "timestamp" or back["type"] != "timestamp" or back["timestamp"] <= at["timestamp"]:
        raise invalid("It goes on later than it rests", param=f"pause_schedules[{place}][resume]")
    settings = {"type": "subscription", "invoicing_behavior": "pending_invoice_item", **said["pause"]["settings"]}
    usual = {
        "billing_cycle_anchor": "resume_at",
        "payment_behavior": "resume_on_payment_success",
        "proration_behavior": "create_prorations",
    }
    return {
        "key": said.get("key", f"pause_{place}"),
        "pause": {"status": dict(_TO_COME), "pause_at": at["timestamp"], "settings": settings},
        "resume": {
            "status": dict(_TO_COME),
            "resume_at": back["timestamp"],
            "settings": {**usual, **said["resume"].get("settings", {})},
        },
    }


def _rest(books: Books, schedule: Thing, one: Thing) -> None:
    one["pause"]["status"]["type"] = "succeeded"
    subscriptions.pause(books, books.find("subscription", schedule["subscription"]))


def _wake(books: Books, schedule: Thing, one: Thing) -> None:
    one["resume"]["status"]["type"] = "succeeded"
    subscription = books.find("subscription", schedule["subscription"])
    subscriptions.go_on(books, subscription, one["resume"]["settings"]["payment_behavior"])


def release(books: Books, said: Thing, id: str) -> Thing:
    """The subscription goes on as it is, by itself."""
    schedule = _open(books, id)
    subscription = books.maybe("subscription", schedule["subscription"])
    books.alive.discard(id)
    books.change(
        schedule,
        current_phase=None,
        released_at=books.now(schedule["test_clock"]),
        released_subscription=subscription and subscription["id"],
        status="released",
        subscription=None,
    )
    if subscription:
        subscription["schedule"] = None
    books.tell(f"{_KIND}.released", schedule)
    return schedule


def cancel(books: Books, said: Thing, id: str) -> Thing:
    """It ends, and what it manages with it. One that had not begun is called off."""
    schedule = _open(books, id)
    begun = schedule["status"] == "active"
    books.alive.discard(id)
    books.change(schedule, canceled_at=books.now(schedule["test_clock"]), current_phase=None, status="canceled")
    subscription = books.maybe("subscription", schedule["subscription"])
    if subscription:
        if said.get("prorate", True):
            changing.credit(books, subscription)
        subscriptions.end(books, subscription, "cancellation_requested")
    if not begun:
        books.tell(f"{_KIND}.aborted", schedule)
    books.tell(f"{_KIND}.canceled", schedule)
    return schedule


def _open(books: Books, id: str) -> Thing:
    schedule = books.find(_KIND, id)
    if schedule["status"] not in ("active", "not_started"):
        raise wrong_state("The schedule", id, schedule["status"], "resource_missing")
    return schedule


DOINGS: Doings = {
    "post /v1/subscription_schedules": create,
    "get /v1/subscription_schedules": lambda books, said: listed(books, _KIND, said, "/v1/subscription_schedules"),
    "get /v1/subscription_schedules/{}": lambda books, said, id: books.find(_KIND, id),
    "post /v1/subscription_schedules/{}": update,
    "post /v1/subscription_schedules/{}/cancel": cancel,
    "post /v1/subscription_schedules/{}/release": release,
}
