"""The merchant's own application: links in, checks what a customer comes back with, and hears what became of them.

All that a merchant's developer needs is in `link`, `verified`, `rights` and `heard`. `make serve` starts it.
"""

import os
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import urllib3
import waitress
from flask import Flask, render_template, request
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError, WebhookVerificationError

from generator.runtime import links
from generator.runtime.links import Link
from generator.seal import keys, result
from generator.seal.token import Sealer

PAGES = os.environ["HOSTED_PAGES_BASE_URL"]
SEALER = Sealer(keys.read_ring(os.environ["HOSTED_PAGES_LINK_KEYS"]), "link")
RESULT_KEY = keys.read(os.environ["HOSTED_PAGES_RESULT_KEY"])
API_SECRET = os.environ.get("HOSTED_PAGES_API_KEYS", "").partition(":")[2]
WEBHOOK_SECRET = os.environ.get("WEBHOOK_SECRET", "")
MAILBOX = Path(os.environ.get("HOSTED_PAGES_MAILBOX", "mailbox"))

CUSTOMERS = {
    "nora": "new here: nothing is known but an e-mail address",
    "studio-lila": "French, billing details known; Benoit pays for her Studio",
    "grosshandel": "may pay by transfer within 30 days, and has an invoice to pay",
    "amir": "has a card and an account on file, a subscription and an invoice",
    "erin": "has cancelled, and may change her mind",
    "dario": "changes to a cheaper plan when the present period is over",
    "mona": "suspended, because an invoice is open",
    "sven": "has Business with seats, and was offered Studio at half its price",
    "benoit": "French, pays for somebody else",
    "iris": "has ordered, and her bank is still at the payment",
    "pia": "takes a break when the present period is over",
    "otto": "is on a break, and goes on by himself",
    "rosa": "has a discount for three months",
}
PLANS = {
    "solo": "free",
    "team": "free trial, seats to choose",
    "studio": "paid, nothing to choose",
    "business": "set-up fee, twelve months",
}

app = Flask(__name__)

EVENTS: OrderedDict[str, dict[str, Any]] = OrderedDict()
"""What was heard, by its id; a real application has a table, and a unique column for the id."""


def link(customer: str, to: str, plan: str = "") -> str:
    """An encrypted address that opens one page for one customer."""
    return links.make(Link(customer, to, plan), SEALER, PAGES, datetime.now(UTC))


def verified(query: Mapping[str, str]) -> Mapping[str, str] | None:
    """What the hosted pages really said; None where somebody else wrote the address."""
    return result.verify(query.get("result", ""), RESULT_KEY, datetime.now(UTC))


def rights(customer: str) -> Mapping[str, Any] | None:
    """What the customer may use now; None where the hosted pages do not answer."""
    url = f"{PAGES}/api/customers/{quote(customer, safe='')}/entitlements"
    try:
        answer = urllib3.request(
            "GET", url, headers={"Authorization": f"Bearer {API_SECRET}"}, timeout=5, retries=False, redirect=False
        )
    except urllib3.exceptions.HTTPError:
        return None
    return answer.json() if answer.status == 200 else None


@app.get("/")
def home() -> str:
    """Every customer with every way in."""
    return render_template("home.html", customers=CUSTOMERS, plans=PLANS, link=link, pages=PAGES)


@app.get("/welcome")
@app.get("/account")
def back() -> str:
    """Where customers come back to. Rights are read from the API, never from this address."""
    title = "Welcome" if request.path == "/welcome" else "Your account"
    said = verified(request.args)
    may = rights(said["idc"]) if said else None
    return render_template("back.html", title=title, said=said, may=may, query=request.args)


@app.post("/events")
def heard() -> tuple[str, int]:
    """Something became of a customer. Who says so is checked; the same event twice is one; and rights are read anew."""
    try:
        event = Webhook(WEBHOOK_SECRET).verify(request.get_data(), dict(request.headers))
    except (WebhookVerificationError, EmptyWebhookSecretError, ValueError):
        return "nobody we know says so", 401
    id = request.headers["webhook-id"]
    if id not in EVENTS:
        EVENTS[id] = {**event, "rights": rights(event["data"].get("customer", ""))}
        while len(EVENTS) > 200:
            EVENTS.popitem(last=False)
    return "heard", 200


@app.get("/events")
def events() -> str:
    """What the hosted pages told us, the newest first, and what the customer could use when we heard it."""
    return render_template("events.html", events=reversed(EVENTS.items()))


@app.get("/mailbox")
def mailbox() -> str:
    """The mails that were sent, newest first."""
    return render_template("mailbox.html", mails=[_read(path) for path in sorted(MAILBOX.glob("*.eml"), reverse=True)])


def _read(path: Path) -> tuple[EmailMessage, str]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage), "the default policy makes messages of this kind"
    body = message.get_body(("plain",))
    return message, str(body.get_content()) if body else ""


if __name__ == "__main__":
    waitress.serve(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8402")), ident=None)
