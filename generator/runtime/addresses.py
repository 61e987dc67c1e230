"""Every address of ours, in one place."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from generator.model.live import Url
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES

NOTHING = Subject()

WAITING, PAYING, DONE, LEAVE = "waiting", "paying", "done", "leave"
"""What a walk has beside its steps."""


def step(walk: str, step: str) -> Url:
    return Url(f"/w/{walk}/{step}")


def walk(walk: str) -> Url:
    """Wherever the customer stands in it."""
    return Url(f"/w/{walk}")


def start(workflow: str, subject: Subject = NOTHING, promotion: str = "") -> Url:
    """The beginning of a workflow about this, with this code; what it is not about is left out."""
    things = PURPOSES[workflow].things if workflow in PURPOSES else ()
    said: list[tuple[str, str]] = [(thing, subject.said[thing]) for thing in things if thing in subject.said]
    said += [("promotion", promotion)] if promotion else []
    return Url(f"/start/{workflow}" + (f"?{urlencode(said)}" if said else ""))


def section(section: str) -> Url:
    return Url(f"/portal/{section}")


def subscription(id: str) -> Url:
    """The page about one subscription."""
    return Url(f"/portal/subscriptions/{id}")


def invoice(number: str) -> Url:
    """The page about one invoice."""
    return Url(f"/portal/invoices/{number}")


def statement() -> Url:
    """The account statement."""
    return Url("/portal/invoices/statement")


def invoice_pdf(number: str) -> Url:
    return Url(f"/portal/invoices/{number}/pdf")


def undo_change(subscription: str) -> Url:
    """Where the form goes that undoes a scheduled change."""
    return Url(f"/portal/subscriptions/{subscription}/undo")


def method(section: str, id: str, act: str) -> Url:
    """Where a payment method is made the default, or taken away."""
    return Url(f"/portal/{section}/{quote(id, safe='')}/{act}")


def portal() -> Url:
    return Url("/portal")


def sign_out() -> Url:
    return Url("/sign-out")


def sign_in(onward: str = "", page: str = "") -> Url:
    """Where an e-mail address is asked for, or on another of its pages what follows; then on to there."""
    return Url("/sign-in" + (f"/{page}" if page else "") + (f"?{urlencode({'to': onward})}" if onward else ""))


CODE, ACCOUNT = "code", "account"
"""What follows when a code was mailed, and when it came back and stands for several."""


def catalog() -> Url:
    return Url("/catalog")


def ours(typed: str) -> str:
    """The path of ours that was typed; else the front door. Browsers read `\\` as `/`."""
    good = typed.startswith("/") and not typed.startswith("//") and "\\" not in typed and typed.isprintable()
    return typed if good else "/"


def link(token: str) -> Url:
    return Url(f"/l/{token}")


def come_back(gateway: str, key: str) -> Url:
    """Where the gateway sends a customer back to."""
    return Url(f"/return/{gateway}/{key}")


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """An address with more in its query."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode(parameters)}"


def origin(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
