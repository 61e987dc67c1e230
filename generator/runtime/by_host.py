"""Several merchants behind one door: the name under which we are asked says whose pages they are."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, TypeAlias

from werkzeug.wrappers import Request, Response

Pages: TypeAlias = Callable[..., Iterable[bytes]]
"""A WSGI application."""

WHOSE: ContextVar[str] = ContextVar("whose", default="")
"""The merchant for whom something is done now, where there are several: it stands in each line of the log."""

SHUT = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Not here at the moment</title><h1>Not here at the moment</h1>"
    "<p>Please try again in a few minutes. Nothing that you did is lost.</p></html>\n"
)
"""What customers see of a merchant whose own pages could not be opened yet: there is nothing of theirs to show."""

NOBODY = "This server is not asked under this name.\n"


class ByHost:
    """A WSGI application made of one for each merchant, by the host that the merchant's customers reach it by.

    Each begins shut and is opened when it is ready, so that one whose database is away keeps nobody else from serving.
    """

    def __init__(self, merchants: Mapping[str, str]) -> None:
        """The merchants' names by their hosts."""
        self._names = merchants
        self._pages: dict[str, Pages] = {}

    def open(self, host: str, pages: Pages) -> None:
        """From now on these pages answer there."""
        self._pages[host] = pages

    def shut(self) -> tuple[str, ...]:
        """The hosts that nobody answers for yet."""
        return tuple(host for host in self._names if host not in self._pages)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = Request(environ)
        WHOSE.set(self._names.get(asked.host, ""))
        pages = self._pages.get(asked.host) or self._for_nobody(asked.host, asked.path)
        return pages(environ, start)

    def _for_nobody(self, host: str, path: str) -> Response:
        if path == "/healthz":
            return Response("ok\n", mimetype="text/plain")
        if host in self._names:
            return Response(SHUT, 503, {"Retry-After": "30", "Cache-Control": "no-store"}, mimetype="text/html")
        if path == "/readyz":
            return self._ready()
        return Response(NOBODY, 421, mimetype="text/plain")

    def _ready(self) -> Response:
        """For a proxy that asks us by our own address: as long as anybody's pages are open, customers may come."""
        shut = "".join(f"{self._names[host]} is not open yet\n" for host in self.shut())
        return Response(f"ready\n{shut}" if self._pages else shut, 200 if self._pages else 503, mimetype="text/plain")
