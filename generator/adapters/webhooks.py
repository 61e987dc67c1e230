"""Word to the merchant's application by HTTP: signed as Standard Webhooks says, and to public addresses alone."""

import contextlib
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from standardwebhooks import Webhook
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from generator.model.delivery import Brought, NotNow, Outcome, Refused
from generator.model.endpoint import Endpoint
from generator.model.event import Event
from generator.ports.trouble import Unavailable
from generator.seal import webhook
from generator.seal.keys import Key

PATIENCE = 10.0
"""Seconds for a connection, and for each part of an answer."""

DEADLINE = 20.0
"""Seconds for all of it: who sends a letter now and then keeps nobody waiting for ever."""

WORDS = 200
"""How much of an answer is kept, in characters."""

LONGEST = timedelta(days=1)
"""What an endpoint may ask us to wait at most."""


class NotAnEndpoint(ValueError):
    """Nothing is brought to such an address; says what to write instead."""


@dataclass(frozen=True)
class Address:
    """Where an endpoint is: whole as it was written, and in its parts."""

    scheme: str
    host: str
    port: int
    path: str


def address(url: str, allowed: Collection[str] = ()) -> Address:
    """Raises `NotAnEndpoint`: https, and http only to `host:port` that is allowed."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as fault:
        raise NotAnEndpoint(f"{url!r} is no address: {fault}") from fault
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or not url.isascii() or any(sign.isspace() for sign in url):
        raise NotAnEndpoint(f"{url!r} is no address to bring anything to: write https://…")
    if parts.scheme == "http" and f"{host}:{port}" not in allowed:
        raise NotAnEndpoint(f"{url!r} is not encrypted: write https://…, or allow {host}:{port}")
    if parts.username or parts.password or parts.fragment:
        raise NotAnEndpoint("a password, a user or a # has no place in an address: what is brought there is signed")
    return Address(parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def body(event: Event) -> str:
    """What is said of an event: its kind, its time, and what it is about by name; nothing of how that stands."""
    about = event.about
    data = {
        "event": event.id,
        "number": event.number,
        "customer": event.ref,
        "customer_id": about.customer,
        "subscription": about.subscription,
        "invoice": about.invoice,
        "credit_note": about.credit_note,
    }
    said = {"type": event.kind, "timestamp": f"{event.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    return json.dumps({**said, "data": {name: value for name, value in data.items() if value}}, ensure_ascii=False)


def headers(event: Event, written: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Signed by each of the secrets, so that keys can be exchanged without losing anything."""
    signatures = " ".join(Webhook(secret).sign(event.id, now.astimezone(UTC), written) for secret in secrets)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "hosted-pages",
        "webhook-id": event.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }


class Webhooks:
    """`allowed` are `host:port` of the operator's own that may be private, and unencrypted."""

    def __init__(
        self,
        keys: Sequence[Key],
        allowed: Collection[str] = (),
        trusted: ssl.SSLContext | None = None,
        patience: float = PATIENCE,
        deadline: float = DEADLINE,
    ) -> None:
        self._keys = tuple(keys)
        self._allowed = frozenset(allowed)
        self._trusted = trusted or ssl.create_default_context()
        self._patience = patience
        self._deadline = deadline

    def tell(self, endpoint: Endpoint, event: Event, now: datetime) -> Outcome:
        try:
            to = address(endpoint.url, self._allowed)
        except NotAnEndpoint as fault:
            return NotNow("not-an-endpoint", str(fault))
        where = self._found(to)
        if where is None:
            return NotNow("private-address", f"{to.host} leads to an address that is not public; nothing is sent there")
        written = body(event)
        said = headers(event, written, webhook.secrets(self._keys, endpoint.name), now)
        with self._connected(to, where) as connection:
            told = {"Host": _named(to), **said}
            connection.request("POST", to.path, body=written.encode(), headers=told, preload_content=False)
            return _understood(connection.getresponse(), now)

    def _found(self, to: Address) -> str | None:
        """The address behind the name, which is the one that is connected to; None where one of them is not public.

        Raises `Unavailable` where there is none.
        """
        try:
            found = [one[4][0] for one in socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)]
        except OSError as fault:
            raise Unavailable(f"nobody knows {to.host}") from fault
        if f"{to.host}:{to.port}" in self._allowed or all(_public(str(one)) for one in found):
            return str(found[0])
        return None

    @contextlib.contextmanager
    def _connected(self, to: Address, where: str) -> Iterator[HTTPConnection]:
        """Raises `Unavailable` where nobody answers, in time and encrypted by who it should be."""
        connection, late = self._connection(to, where), threading.Event()
        ends = threading.Timer(self._deadline, _hang_up, (connection, late))
        try:
            connection.connect()
            ends.start()
            yield connection
            if late.is_set():
                raise TimeoutError
        except ssl.SSLError as fault:
            raise Unavailable(f"{to.host} has a certificate that does not hold: {fault.reason}") from fault
        except (HTTPError, HTTPException, OSError, ValueError) as fault:
            raise Unavailable(f"{to.host} does not answer: {type(fault).__name__}") from fault
        finally:
            ends.cancel()
            connection.close()

    def _connection(self, to: Address, where: str) -> HTTPConnection:
        if to.scheme == "http":
            return HTTPConnection(where, to.port, timeout=self._patience)
        return HTTPSConnection(
            where,
            to.port,
            timeout=self._patience,
            ssl_context=self._trusted,
            server_hostname=to.host,
            assert_hostname=to.host,
        )


def _hang_up(connection: HTTPConnection, late: threading.Event) -> None:
    late.set()
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _named(to: Address) -> str:
    host = f"[{to.host}]" if ":" in to.host else to.host
    return host if to.port in (80, 443) else f"{host}:{to.port}"


def _public(found: str) -> bool:
    """Whether anybody may reach it: not this machine, nor the network that it stands in."""
    known = ipaddress.ip_address(found.partition("%")[0])
    mapped = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (mapped is None or mapped.is_global)


def _understood(answer: HTTPResponse, now: datetime) -> Outcome:
    status = answer.status
    words = " ".join(answer.read(WORDS, decode_content=False).decode(errors="replace").split())[:WORDS]
    if 200 <= status < 300:
        return Brought(f"{status} {words}".strip())
    if status == 410:
        return Refused("410", words or "gone: it wants to be told nothing any more")
    if 300 <= status < 400:
        elsewhere = answer.headers.get("Location", "")
        return NotNow(str(status), f"it leads elsewhere, where we do not follow: {elsewhere}"[:WORDS])
    return NotNow(str(status), words, _wait(answer.headers.get("Retry-After", ""), now))


def _wait(written: str, now: datetime) -> timedelta | None:
    """Seconds, or a day and a time."""
    if written.isascii() and written.isdigit() and len(written) < 9:
        return min(timedelta(seconds=int(written)), LONGEST)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max(min(until.astimezone(UTC) - now, LONGEST), timedelta())
