"""How much of Stripe the stand-in is: Stripe's own command line makes each of its events happen, and we look at it.

It counts when the event arrives, Stripe's library believes its signature, and the object that it is about, read again
by that library, is in the state of which the event tells.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import stripe
from stripe._object_classes import OBJECT_CLASSES
from werkzeug import Request, Response

from generator.rehearsal.stand import address, listening, serving
from generator.wiring import load
from tests.standin.states import in_that_state

ROOT = Path(__file__).parents[2]
KEY = "sk_test_" + "commandline" * 2
PATIENCE = 3.0
"""Seconds for which an event is waited for."""

_PROGRAM = ROOT / ".venv/node/node_modules/@stripe/cli-linux-x64/bin/stripe"
_NAMED: Mapping[str, str] = {
    "subscription.payment_failed": "invoice.payment_failed",
    "subscription.payment_succeeded": "invoice.payment_succeeded",
}
"""What the command line calls by a name that is no event's."""


@dataclass(frozen=True)
class Mark:
    """What became of one: empty where it counts."""

    name: str
    why: str = ""


def names() -> tuple[str, ...]:
    """All that the command line can make happen."""
    told = _run("trigger", "--help").stdout
    return tuple(re.findall(r"^  ([a-z0-9_]+(?:\.[a-z0-9_]+)+)$", told, re.MULTILINE))


class Listener:
    """Everything that arrives."""

    def __init__(self) -> None:
        self.posts: list[tuple[bytes, str]] = []
        self.secret = ""

    @Request.application
    def __call__(self, request: Request) -> Response:
        self.posts.append((request.get_data(), request.headers.get("Stripe-Signature", "")))
        return Response("ok")


class Judge:
    """Who listens at one server and marks what it does."""

    def __init__(self, url: str, listener: Listener, patience: float) -> None:
        self._url = url
        self._patience = patience
        self._listener = listener
        self._client = stripe.StripeClient(KEY, base_addresses={"api": url}, max_network_retries=0)

    def mark(self, name: str) -> Mark:
        """Make it happen, and look."""
        before = len(self._listener.posts)
        done = _run("trigger", name, "--api-key", KEY, "--api-base", self._url)
        if done.returncode:
            return Mark(name, _why(done.stdout + done.stderr))
        kind = _kind(name)
        event = self._arrived(kind, before)
        if event is None:
            return Mark(name, f"`{kind}` did not arrive")
        read = self._read(event["object"])
        return Mark(name, "" if in_that_state(kind, event, read) else "what is read again is not what the event says")

    def _arrived(self, kind: str, before: int) -> Mapping[str, Any] | None:
        """What the first event of this kind is about, where its signature is good."""
        end = time.monotonic() + self._patience
        while time.monotonic() < end:
            for body, signature in self._listener.posts[before:]:
                if json.loads(body)["type"] == kind:
                    event = stripe.Webhook.construct_event(body, signature, self._listener.secret)
                    found: Mapping[str, Any] = event.to_dict()["data"]
                    return found
            time.sleep(0.02)
        return None

    def _read(self, thing: Mapping[str, Any]) -> Mapping[str, Any] | None:
        try:
            answer = self._client.raw_request("get", _address(thing))
        except (stripe.InvalidRequestError, stripe.APIError, LookupError):
            return None
        read: Mapping[str, Any] = json.loads(answer.body)
        return (read.get("discount") if thing["object"] == "discount" else read) or None


def _address(thing: Mapping[str, Any]) -> str:
    """Where it is read. A source and a discount are their customer's."""
    if thing["object"] == "card":
        return f"/v1/customers/{thing['customer']}/sources/{thing['id']}"
    if thing["object"] == "discount":
        return f"/v1/customers/{thing['customer']}"
    module, kind = OBJECT_CLASSES[thing["object"]]
    return f"{load(f'{module}:{kind}').class_url()}/{thing['id']}"


def _kind(name: str) -> str:
    """The event's own name: behind it may stand a country."""
    return _NAMED.get(name) or re.sub(r"\.(eu|gb)$", "", name)


def _why(said: str) -> str:
    """The first thing that went wrong, without what differs from run to run."""
    found = re.search(r'"message": ?"([^"]+)"|(Unrecognized request URL[^"\n]+)|error: ([^\n]+)', said)
    told = next((part for part in found.groups() if part), "") if found else said.strip().splitlines()[-1]
    return re.sub(r"\b([a-z]+)_[A-Za-z0-9]{10,}\b", r"\1_…", told)[:110]


@contextmanager
def judging(url: str, patience: float = PATIENCE) -> Iterator[Judge]:
    """A judge for the server at this address, which tells a listener of the judge's own."""
    listener, bound = Listener(), listening()
    with serving(listener, bound):
        client = stripe.StripeClient(KEY, base_addresses={"api": url}, max_network_retries=0)
        wanted = {"url": f"{address(bound)}/hooks", "enabled_events": ["*"]}
        listener.secret = client.v1.webhook_endpoints.create(wanted).secret or ""
        yield Judge(url, listener, patience)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, which reaches this machine alone: what is further off goes to a port where nobody is."""
    assert _PROGRAM.exists(), "Stripe's command line is here for Linux on x64 only: `make .venv/node/.installed`"
    with TemporaryDirectory() as home:
        nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
        own = {"HOME": home, "XDG_CONFIG_HOME": home, "STRIPE_CLI_TELEMETRY_OPTOUT": "1", "PATH": os.environ["PATH"]}
        return subprocess.run(
            [str(_PROGRAM), *arguments], capture_output=True, text=True, env={**own, **nowhere}, timeout=60, check=False
        )
