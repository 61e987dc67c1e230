"""Where events are sent to, and all that happened, to be read."""

import secrets

from tests.standin.api import Doings
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


def create(books: Books, said: Thing) -> Thing:
    """The secret is told once, here."""
    if not said["enabled_events"]:
        raise invalid("Which events", "parameter_missing", "enabled_events")
    endpoint = books.new(
        "webhook_endpoint",
        "we",
        api_version=said.get("api_version"),
        description=said.get("description"),
        enabled_events=said["enabled_events"],
        metadata=merged({}, said.get("metadata")),
        status="enabled",
        url=said["url"],
    )
    secret = "whsec_" + secrets.token_hex(16)
    books.aside[endpoint["id"]] = secret
    return {**endpoint, "secret": secret}


def update(books: Books, said: Thing, id: str) -> Thing:
    endpoint = books.find("webhook_endpoint", id)
    changes = changed(endpoint, said)
    if "disabled" in changes:
        changes["status"] = "disabled" if changes.pop("disabled") else "enabled"
    books.change(endpoint, **changes)
    return endpoint


def delete(books: Books, said: Thing, id: str) -> Thing:
    return books.remove(books.find("webhook_endpoint", id))


DOINGS: Doings = {
    "post /v1/webhook_endpoints": create,
    "get /v1/webhook_endpoints": lambda books, said: listed(books, "webhook_endpoint", said, "/v1/webhook_endpoints"),
    "get /v1/webhook_endpoints/{}": lambda books, said, id: books.find("webhook_endpoint", id),
    "post /v1/webhook_endpoints/{}": update,
    "delete /v1/webhook_endpoints/{}": delete,
    "get /v1/events": lambda books, said: listed(books, "event", said, "/v1/events"),
    "get /v1/events/{}": lambda books, said, id: books.find("event", id),
}
