"""What stands before pages and bank while a definition is written: they are shown in a frame, and lead nowhere else."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

SHELL = "/-/"
"""Where the shell has its addresses: no page of a merchant's begins so."""

NOBODY, FRAMED = "frame-ancestors 'none'", "frame-ancestors {address}"

Started = Callable[..., Any]


def framed(app: Any, address: str) -> Any:
    """The application with one thing allowed that is not where it is served for good: our own shell may frame it."""
    allowed = FRAMED.format(address=address)

    def allow(said: Headers) -> None:
        policy = said.get("Content-Security-Policy", "")
        if NOBODY in policy:
            said["Content-Security-Policy"] = policy.replace(NOBODY, allowed)

    return _answering(app, allow)


def kept_in(app: Any, inside: Callable[[], tuple[str, ...]], left: Callable[[str], str]) -> Any:
    """The application where it leads to one of these origins; instead of anywhere else it leads to the page that says
    so, whose address is made of the one that was meant."""

    def stay(said: Headers) -> None:
        to = said.get("Location", "")
        parts = urlsplit(to)
        if parts.netloc and f"{parts.scheme}://{parts.netloc}" not in inside():
            said["Location"] = left(to)

    return _answering(app, stay)


def _answering(app: Any, change: Callable[[Headers], None]) -> Any:
    """The application, whose every answer has its headers changed so."""

    def served(environ: dict[str, Any], start: Started) -> Iterable[bytes]:
        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said = Headers(headers)
            change(said)
            return start(status, list(said), *more)

        answer: Iterable[bytes] = app(environ, started)
        return answer

    return served
