"""A town whose customers pay at Stripe, as far as the stand-in is it: with its webhook leading to our pages."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import stripe

from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import VERSION, Account
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import REST, Breaker
from generator.adapters.stripe.gateway import StripeGateway
from generator.model.customer import Customer
from generator.runtime.worker import Worker
from tests.standin import cards
from tests.standin.api import intents, methods
from tests.standin.asking import client
from tests.standin.server import KEY, PUBLIC_KEY, StandIn, standing_in
from tests.standin.shapes import Thing
from tests.support import town as towns
from tests.support.town import Square, Town


@dataclass
class Watch:
    """The seconds that a breaker counts, which a test may turn ahead."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@dataclass
class World:
    """`secret` signs what Stripe sends to our address `hook`."""

    town: Town
    stand_in: StandIn
    books: Books
    hook: str
    secret: str
    watch: Watch = field(default_factory=Watch)

    def rests(self) -> None:
        """As long as we leave Stripe alone after it did not answer."""
        self.watch.ahead += REST + 1

    @property
    def v1(self) -> Any:
        return client(self.stand_in).v1

    def works(self) -> None:
        """Everything that Stripe has said so far has arrived, and the worker acts on it."""
        self.stand_in.delivery.wait()
        worker = Worker(self.town.parts)
        while worker.round():
            pass

    def paid(self) -> list[int]:
        """The amounts that were taken, in Stripe's units."""
        return [charge["amount"] for charge in self.stand_in.books.all("charge", status="succeeded")]

    def put_card(self, customer: Customer, name: str = "visa") -> str:
        """A card on file; that no bank would accept it any more does not matter."""
        id = self.books.customer(customer.id)
        if not id:
            id = self.v1.customers.create({}).id
            self.books.know(customer.id, id)
        with self.stand_in.books.lock:
            method = methods.of_card(self.stand_in.books, cards.CARDS[name])
            methods.put_on_file(self.stand_in.books, method, id)
        return str(method["id"])

    def bank_decides(self, fails: str = "") -> None:
        """What is under way is decided, for this reason against it."""
        with self.stand_in.books.lock:
            for intent in list(self.stand_in.books.all("payment_intent", status="processing")):
                intents.settle(self.stand_in.books, intent["id"], fails)

    def events(self) -> list[Thing]:
        """All that happened, the oldest first."""
        return list(self.stand_in.books.all("event"))


@contextmanager
def world(home: Path, square: Square, hooked: bool = True, embedded: bool = False) -> Iterator[World]:
    """A town of its own at a stand-in of its own. Not `hooked`, Stripe says nothing unasked; `embedded`, its field is
    on our page."""
    stripe.HTTPClient.INITIAL_DELAY = 0.01
    stripe.HTTPClient.MAX_DELAY = 0.02
    kept: dict[str, Any] = {}
    watch = Watch()
    with standing_in() as stand_in:

        def gateway(pages: str, database: Database) -> StripeGateway:
            kept["hook"] = f"{pages}/hooks/stripe"
            wanted = {"url": kept["hook"], "enabled_events": ["*"], "api_version": VERSION}
            endpoint = client(stand_in).v1.webhook_endpoints.create(wanted)
            if not hooked:
                client(stand_in).v1.webhook_endpoints.update(endpoint.id, {"disabled": True})
            kept["secret"] = endpoint.secret
            kept["books"] = Books(database)
            field = {"public_key": PUBLIC_KEY, "script": f"{stand_in.url}/js/stripe.js"} if embedded else {}
            account = Account(KEY, (endpoint.secret,), stand_in.url, (stand_in.url,), 5.0, **field)
            return StripeGateway(account, database, Breaker(clock=watch))

        with towns.town(home, square, elsewhere=gateway) as town:
            yield World(town, stand_in, kept["books"], kept["hook"], kept["secret"], watch)
