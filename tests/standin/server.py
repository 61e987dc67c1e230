"""The stand-in as a server: who asks, in which version, with which key; and what is asked, done once."""

import json
import socket
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from werkzeug import Request, Response

from generator.rehearsal.stand import address, listening, serving
from tests.standin import contract, field, older, pages, reading
from tests.standin.api import (
    Doing,
    clocks,
    customers,
    hooks,
    intents,
    invoices,
    items,
    living,
    methods,
    notes,
    offers,
    previews,
    prices,
    private,
    schedules,
    sessions,
    setups,
    subscriptions,
)
from tests.standin.api import charges as money
from tests.standin.books import Books
from tests.standin.delivery import Delivery
from tests.standin.expanding import expanded
from tests.standin.faults import Refusal, invalid
from tests.standin.memory import Memory
from tests.standin.shapes import Thing
from tests.standin.trouble import Fault, Troubles

KEY = "sk_test_" + "standin" * 4
PUBLIC_KEY = "pk_test_" + "standin" * 4

_TILL = (customers, methods, intents, setups, money, sessions)
_OFFICE = (prices, items, invoices, previews, notes, subscriptions, schedules, offers)
_ROOMS = (*_TILL, *_OFFICE, hooks, clocks)
_DOINGS: Mapping[str, Doing] = {name: doing for room in _ROOMS for name, doing in room.DOINGS.items()}


@dataclass(frozen=True)
class Asked:
    """A request as it came in. `said` is what it said, without anything secret."""

    what: str
    said: Mapping[str, Any]
    key: str
    version: str


class StandIn:
    """One account at a server of its own; `asked` are all requests that it understood, the oldest first."""

    def __init__(self, url: str, slow: timedelta, keys: tuple[str, ...], clock: Callable[[], datetime]) -> None:
        self.url = url
        self._slow = slow
        self._keys = keys
        self.troubles = Troubles()
        self.asked: list[Asked] = []
        self.mistakes: list[str] = []
        self.controls: Callable[[Request], Response] = lambda request: Response("no controls", 404)
        """What at a real bank only time or a customer can do."""
        self.delivery = Delivery()
        self.anew(clock)

    def anew(self, clock: Callable[[], datetime]) -> None:
        """Another account: nothing is there, and nobody has asked anything."""
        self._memory = Memory()
        self.troubles.clear()
        self.asked.clear()
        self.books = Books(self.url, self._slow, older.OLDER, clock)
        self.books.followers = (sessions.follow, invoices.follow)
        self.books.settled = partial(subscriptions.settled, self.books)
        self.books.failed = partial(subscriptions.failed, self.books)
        self.books.living = (living.live,)
        self.delivery.listen(self.books)

    def __call__(self, environ: Any, start: Any) -> Any:
        request = Request(environ)
        if request.path.startswith("/v1/"):
            response = self._answer(request)
        elif request.path.startswith("/api/"):
            response = self.controls(request)
        elif request.path.startswith("/js/"):
            response = field.answer(self.books, request, PUBLIC_KEY)
        else:
            response = pages.answer(self.books, request)
        return response(environ, start)

    def forget_keys(self) -> None:
        """As after a day."""
        self._memory.forget()

    def _answer(self, request: Request) -> Response:
        id = self.books.id("req")
        try:
            status, body, headers = self._heard(request, id)
        except Refusal as refusal:
            status, body, headers = refusal.status, json.dumps(refusal.body), {}
        return Response(body, status, {"Content-Type": "application/json", "Request-Id": id, **headers})

    def _heard(self, request: Request, id: str) -> tuple[int, str, dict[str, str]]:
        verb, path = request.method.lower(), request.path
        text = request.get_data(as_text=True) if verb == "post" else request.query_string.decode()
        fault = self.troubles.next(f"{verb} {path}")
        if fault is not None:
            time.sleep(fault.wait)
        if fault is not None and not fault.done:
            return self._faulty(request, fault, 0, "")
        self._known(request)
        version = request.headers.get("Stripe-Version", older.OLDER)
        if version not in older.KNOWN:
            raise invalid(f"Invalid Stripe API version: {version}")
        doing, gaps, kind, name = _meant(verb, path)
        key = request.headers.get("Idempotency-Key", "") if verb == "post" else ""
        before = self._memory.begin(key, (f"{verb} {path}", text)) if key else None
        if before is not None:
            replayed = {"Idempotent-Replayed": "true", "Idempotency-Key": key}
            return self._faulty(request, fault, before.status, before.body, replayed)
        try:
            said = _read(kind, text, name, version)
        except Refusal:
            self._memory.drop(key)
            raise
        self.asked.append(Asked(f"{verb} {path}", said, key, version))
        status, body = self._done(doing, said, gaps, id, key)
        if key:
            self._memory.keep(key, status, body)
        return self._faulty(request, fault, status, body, {"Idempotency-Key": key} if key else {})

    def _known(self, request: Request) -> None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic" and request.authorization:
            secret = request.authorization.username or ""
        if secret not in self._keys:
            raise Refusal(401, "invalid_request_error", f"Invalid API Key provided: {secret[:8]}…")

    def _done(self, doing: Doing, said: Any, gaps: tuple[str, ...], id: str, key: str) -> tuple[int, str]:
        with self.books.lock:
            self.books.do_due()
            self.books.request = (id, key)
            try:
                thing = expanded(self.books, doing(self.books, said, *gaps), said.get("expand", []))
                return 200, json.dumps(thing, default=_plain)
            except Refusal as refusal:
                return refusal.status, json.dumps(refusal.body, default=_plain)
            except Exception:  # noqa: BLE001  a mistake of the stand-in is the test's to find, not to wonder about
                self.mistakes.append(traceback.format_exc())
                return 500, json.dumps({"error": {"type": "api_error", "message": "a mistake of the stand-in"}})
            finally:
                self.books.request = ("", "")

    def _faulty(
        self, request: Request, fault: Fault | None, status: int, body: str, headers: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """The answer, as far as it gets through."""
        if fault is None:
            return status, body, headers or {}
        if fault.drop:
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        if fault.answer is not None:
            return fault.answer
        if fault.change is not None:
            said = json.loads(body)
            fault.change(said)
            body = json.dumps(said)
        return status, body, headers or {}


def _meant(verb: str, path: str) -> tuple[Doing, tuple[str, ...], Any, str]:
    """What is to be done, with what stands in the address, and the type of what may be said."""
    if (found := private.operation(verb, path)) is not None:
        return found
    known = contract.operation(verb, path)
    if known is None:
        raise invalid(f"Unrecognized request URL ({verb.upper()}: {path})", status=404)
    operation, gaps = known
    doing = _DOINGS.get(operation.name)
    if doing is None:
        raise Refusal(501, "api_error", f"The stand-in cannot do this: {operation.name}")
    return doing, gaps, operation.kind(), operation.name


def _read(kind: Any, text: str, name: str, version: str) -> Thing:
    said: Mapping[str, Any] = reading.form(text)
    if version != older.OLDER:
        return reading.read(kind, said)
    said, extra = older.said_now(name, said), older.extra(name)
    own = {word: reading.read(extra[word], value, word) for word, value in said.items() if word in extra}
    return {**reading.read(kind, {word: value for word, value in said.items() if word not in extra}), **own}


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"not for JSON: {value!r}")


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def standing_in(
    slow: timedelta = timedelta(days=5), keys: tuple[str, ...] = (KEY,), clock: Callable[[], datetime] = _now
) -> Iterator[StandIn]:
    """A stand-in that listens. `slow` is how long a bank takes for what it does not decide at once."""
    bound = listening()
    stand_in = StandIn(address(bound), slow, keys, clock)
    with serving(stand_in, bound):
        stand_in.delivery.start()
        yield stand_in
        stand_in.delivery.stop()
    assert not stand_in.mistakes, "\n".join(stand_in.mistakes)
