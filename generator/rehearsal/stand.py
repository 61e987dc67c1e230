"""One merchant's world on this machine: our pages and the sandbox bank, each on its port, at a standing time."""

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from generator import wiring
from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.mailbox import Mailbox
from generator.adapters.sandbox.app import create_app
from generator.adapters.sandbox.gateway import SandboxGateway
from generator.adapters.sql import schema
from generator.adapters.sql.database import Database
from generator.adapters.store import SqlStore
from generator.model.price_list import PriceList
from generator.ports.gateway import Gateway
from generator.runtime import app
from generator.runtime.library import Library
from generator.runtime.parts import Parts
from generator.seal import api_keys
from generator.seal.keys import Key
from generator.seal.token import Sealer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""When every walk begins."""


@dataclass(frozen=True)
class Stand:
    """`pages` and `bank` are their addresses, `prices` what is sold at first. `api_secret` opens the API."""

    pages: str
    bank: str
    parts: Parts
    clock: TravellingClock
    ledger: Ledger
    mailbox: Path
    prices: PriceList
    api_secret: str = ""


@dataclass(frozen=True)
class Town:
    """What a bank has to know of the world that it is in: where our pages are, a folder of its own, our database."""

    pages: str
    home: Path
    database: Database
    clock: TravellingClock


Bank = Callable[[Town], AbstractContextManager[tuple[Gateway, str]]]
"""Opens a bank: our side of it, and its address, where it has the sandbox's controls."""

Around = Callable[[Any], Any]
"""What stands before an application: a WSGI application made of another."""


@contextmanager
def sandbox(town: Town, around: Around = lambda app: app) -> Iterator[tuple[Gateway, str]]:
    """The bank that moves no money."""
    counter = around(create_app(town.home / "bank.db", (town.pages,), lambda: town.clock.now().date()))
    with serving(counter, listening()) as bank:
        yield SandboxGateway(bank), bank


@contextmanager
def stand(build: Path, prices: PriceList, bank: Bank = sandbox) -> Iterator[Stand]:
    """A world of its own for the bundle in this folder; nothing of it is left when the block ends."""
    bound = listening()
    with (
        furnished(build, prices, address(bound), TravellingClock(NOON), bank) as world,
        serving(app.create(world.parts), bound),
    ):
        yield world


@contextmanager
def furnished(
    build: Path, prices: PriceList, pages: str, clock: TravellingClock, bank: Bank = sandbox
) -> Iterator[Stand]:
    """The same, but for its pages: whoever wants them serves them at this address."""
    with ExitStack() as running:
        home = Path(running.enter_context(TemporaryDirectory(prefix="hosted-pages-walk-")))
        file = home / "pages.db"
        file.write_bytes(_fresh())
        database = Database(f"sqlite:///{file}")
        running.callback(database.close)
        library = Library(build)
        ledger = Ledger(database, clock, library.current.site.time_zone)
        ledger.sell(prices)
        key, secret = Key(secrets.token_bytes(32)), secrets.token_urlsafe(32)
        gateway, at = running.enter_context(bank(Town(pages, home, database, clock)))
        mailbox = home / "mailbox"
        parts = Parts(
            library=library,
            biller=ledger,
            gateway=gateway,
            store=SqlStore(database),
            mailer=Mailbox(mailbox, "billing@merchant.example"),
            clock=clock,
            base_url=pages,
            links=Sealer([key], "link"),
            visits=Sealer([key], "visit"),
            forms=key,
            results=key,
            printer=wiring.PaperOnDemand(),
            api_keys=api_keys.read(f"walk:{secret}"),
        )
        yield Stand(pages, at, parts, clock, ledger, mailbox, prices, secret)


@cache
def _fresh() -> bytes:
    """A database with our tables and nothing in them, made once."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "pages.db")
        database = Database(f"sqlite:///{file}")
        schema.upgrade(database)
        database.close()
        return file.read_bytes()


def listening(port: int = 0) -> socket.socket:
    """A socket on this port of this machine, or on a free one, not served yet. Raises `OSError` where it is in use."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    bound.listen(128)
    return bound


def address(bound: socket.socket) -> str:
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


@contextmanager
def serving(application: Any, bound: socket.socket) -> Iterator[str]:
    """The application on that socket until the block ends: by Werkzeug, whose server can be stopped from outside."""
    host, port = bound.getsockname()
    server = make_server(host, port, application, threaded=True, request_handler=_Quiet, fd=bound.fileno())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield address(bound)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        bound.close()


class _Quiet(WSGIRequestHandler):
    """Keeps connections open as a browser expects, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Walks say what they saw."""
