"""Every address of ours, in one place."""

from urllib.parse import urlencode, urlsplit

from generator.model.live import Url
from generator.model.workflow import PURPOSES

WAITING, DONE, LEAVE = "waiting", "done", "leave"
"""What a walk has beside its steps."""


def step(walk: str, step: str) -> Url:
    return Url(f"/w/{walk}/{step}")


def walk(walk: str) -> Url:
    """Wherever the customer stands in it."""
    return Url(f"/w/{walk}")


def start(workflow: str, subject: str = "") -> Url:
    """The beginning of a workflow; `subject` is the plan's ref or the invoice's id, for those that are about one."""
    about = PURPOSES[workflow].about if workflow in PURPOSES else ""
    return Url(f"/start/{workflow}" + (f"?{urlencode([(about, subject)])}" if about and subject else ""))


def section(section: str) -> Url:
    return Url(f"/portal/{section}")


def portal() -> Url:
    return Url("/portal")


def sign_out() -> Url:
    return Url("/sign-out")


def link(token: str) -> Url:
    return Url(f"/l/{token}")


def come_back(gateway: str, key: str) -> Url:
    """Where the gateway sends a customer back to."""
    return Url(f"/return/{gateway}/{key}")


def with_parameters(url: str, parameters: dict[str, str]) -> str:
    """An address with more in its query."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode(parameters)}"


def origin(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
