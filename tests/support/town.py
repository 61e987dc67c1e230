"""A town: our pages, the sandbox bank and the demo merchant's application, each on a port of its own, for real."""

import base64
import importlib.util
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import urllib3

from generator import wiring
from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.mailbox import Mailbox
from generator.adapters.sandbox.app import create_app as create_bank
from generator.adapters.sandbox.gateway import SandboxGateway
from generator.adapters.sql import schema
from generator.adapters.sql.database import Database
from generator.adapters.store import SqlStore
from generator.bundle import folder
from generator.cli import definition
from generator.compiler.build import build as compile_definition
from generator.model.catalog import Catalog, Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.payment import NothingDue, Paid, Promised
from generator.model.price_list import PriceList
from generator.model.quote import Change, Closed, Options, Order, Quote, Request, Subscribe
from generator.model.subscription import Subscription
from generator.rehearsal.stand import NOON, address, listening, serving
from generator.runtime import app, links
from generator.runtime.library import Library
from generator.runtime.limits import LIMITS, Limit, Tried
from generator.runtime.links import Link
from generator.runtime.parts import Parts
from generator.runtime.worker import Worker
from generator.seal import api_keys, keys
from generator.seal.token import Sealer

LENIENT: Mapping[Tried, Limit] = {**LIMITS, **dict.fromkeys(("link", "any_link"), Limit(100_000, timedelta(minutes=1)))}
"""A town's clock stands, and many tests share a town: together they look like somebody who guesses links."""

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "demo"

PRICES = definition.priced(DEMO / "catalog.yaml")
"""What the demo sells."""

API_SECRET, OTHER_SECRET = "s" * 43, "r" * 43
LINK_KEY, RESULT_KEY = keys.Key(b"link" * 8), keys.Key(b"done" * 8)

NOTHING_KNOWN = BillingInfo()


@dataclass(frozen=True)
class Square:
    """What all towns of a test run share: the merchant's application, and the bundle that redirects to it."""

    shop: str
    build: Path


@contextmanager
def square(home: Path) -> Iterator[Square]:
    """The merchant's application on its port, and the demo's definition built for it."""
    bound = listening()
    definition = home / "workflows.yaml"
    text = (DEMO / "workflows.yaml").read_text(encoding="utf-8")
    definition.write_text(text.replace("http://127.0.0.1:8402", address(bound)), encoding="utf-8")
    built = compile_definition(definition, "workflows.yaml")
    assert built.bundle is not None, built.problems
    folder.write(built.bundle, home / "build")
    with serving(_shop(home / "mailbox"), bound) as shop:
        yield Square(shop, home / "build")


def _shop(mailbox: Path) -> Any:
    """The application of `examples/demo`, with the keys of the tests."""
    encoded = {"LINK_KEYS": LINK_KEY, "RESULT_KEY": RESULT_KEY}
    for name, key in encoded.items():
        os.environ[f"HOSTED_PAGES_{name}"] = written(key)
    os.environ["HOSTED_PAGES_BASE_URL"] = "http://127.0.0.1:1"
    os.environ["HOSTED_PAGES_MAILBOX"] = str(mailbox)
    spec = importlib.util.spec_from_file_location("demo_shop", DEMO / "shop.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.app.root_path = str(DEMO)
    module.verified.__globals__["datetime"] = _StandingDatetime
    return module.app


class _StandingDatetime(datetime):
    """The shop's own clock stands where the town's does, so that results are not too old for it."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return NOON


def written(key: keys.Key) -> str:
    """A key as it stands in the environment."""
    return base64.urlsafe_b64encode(key.secret).decode()


@dataclass(frozen=True)
class Town:
    """One merchant's world. `books` are what the demo sells."""

    pages: str
    bank: str
    shop: str
    parts: Parts
    clock: TravellingClock
    ledger: Ledger
    mailbox: Path
    prices: PriceList

    def customer(self, billing: BillingInfo = NOTHING_KNOWN, terms_days: int = 0, language: str = "en") -> Customer:
        """Somebody new."""
        return self.ledger.put_customer(f"ref-{secrets.token_hex(6)}", language, billing, terms_days, frozenset())

    def link(
        self,
        customer: Customer,
        to: str,
        plan: str = "",
        subscription: str = "",
        target: str = "",
        good_for: timedelta = links.GOOD_FOR,
    ) -> str:
        """A way in for the customer."""
        made = Link(customer.ref, to, plan, subscription, target)
        return links.make(made, self.parts.links, self.pages, self.clock.now(), good_for)

    def subscribes(self, customer: Customer, plan: str, options: Options | None = None) -> Subscription:
        """As if the customer had bought it just now: paid, or on terms."""
        found = self.ledger.subscription(self.does(customer, Subscribe(plan, options or {})).subscription)
        assert found is not None
        return found

    def does(self, customer: Customer, change: Change) -> Closed:
        """As if the customer had gone through a workflow that ends in this just now: paid, or on terms."""
        quote = self.ledger.quote(Request(customer.id, change, None, {}))
        assert isinstance(quote, Quote)
        order = self.ledger.open(quote.id, quote.shown, quote.id)
        assert isinstance(order, Order)
        paid = Promised("transfer") if customer.terms else Paid("before", "card", quote.due_now)
        return self.ledger.close(order.id, paid if quote.due_now else NothingDue(), quote.id)

    def prepares(self, customer: Customer, **more: Any) -> Subscription:
        """What the merchant makes for this customer alone."""
        plan = replace(self.ledger.plan("studio"), ref="deal", title={"en": "Your deal", "fr": "Votre offre"}, **more)
        return self.ledger.prepare(customer.id, plan, {})

    def charges(self, customer: Customer) -> list[dict[str, Any]]:
        """What the bank has in its books about the customer, the oldest first."""
        said = urllib3.request("GET", f"{self.bank}/api/charges").json()["charges"]
        return [charge for charge in said if charge["customer"] == customer.id]

    def paid(self, customer: Customer) -> list[int]:
        """The amounts that the bank took from the customer, in minor units."""
        return [charge["amount"] for charge in self.charges(customer) if charge["status"] == "paid"]

    def put_card(self, customer: Customer, number: str = "4242424242424242", expires: str = "2031-01") -> None:
        """A card on file for the customer."""
        url = f"{self.bank}/api/test/customers/{customer.id}/methods"
        urllib3.request("POST", url, json={"number": number, "expires": expires})

    def put_mandate(self, customer: Customer, iban: str = "DE89370400440532013000") -> None:
        """A SEPA mandate on file for the customer."""
        url = f"{self.bank}/api/test/customers/{customer.id}/methods"
        urllib3.request("POST", url, json={"iban": iban, "holder": "Ada"})

    def bank_decides(self, customer: Customer, paid: bool) -> None:
        """The bank ends what is pending for the customer, and hours later the worker hears of it."""
        key = next(charge["key"] for charge in self.charges(customer) if charge["status"] == "pending")
        urllib3.request("POST", f"{self.bank}/api/test/charges/{key}/settle?paid={'yes' if paid else 'no'}")
        self.clock.travel(timedelta(hours=2))
        Worker(self.parts).round()

    def forget_bundles(self) -> None:
        """As after a restart: a bundle is known only if it still lies in its folder."""
        vars(self.parts.library)["_bundles"].clear()

    def reprice(self, ref: str, minor: int) -> None:
        """The merchant changes a plan's price."""
        self.change_plan(ref, lambda plan: replace(plan, price=replace(plan.price, minor=minor)))

    def change_plan(self, ref: str, change: Callable[[Plan], Plan | None]) -> None:
        """The merchant changes a plan, or with nothing withdraws it."""
        tables = []
        for table in self.ledger.catalog().tables:
            plans = [change(plan) if plan.ref == ref else plan for plan in table.plans]
            tables.append(replace(table, plans=tuple(plan for plan in plans if plan is not None)))
        self.ledger.sell(replace(self.prices, catalog=Catalog(tuple(tables))))


@contextmanager
def town(
    home: Path,
    square: Square,
    gateway: Callable[[str], Any] = SandboxGateway,
    build: Path | None = None,
    api_pace: int = 1_000_000,
    elsewhere: Callable[[str, Database], Any] | None = None,
    url: str = "",
    books: Callable[[Database, TravellingClock], Any] | None = None,
) -> Iterator[Town]:
    """A town of its own. `gateway` makes our side of the bank from its address; `build` holds other bundles.

    `elsewhere` makes our side of another bank, from the address of our pages and our database, which is at `url` where
    that is said. `books` makes the biller, where that is not our own.
    """
    pages, bank = listening(), listening()
    clock = TravellingClock(NOON)
    database = Database(url or f"sqlite:///{home / 'pages.db'}")
    schema.upgrade(database)
    ledger = books(database, clock) if books else Ledger(database, clock, "Europe/Paris")
    ledger.sell(PRICES)
    onward = (address(pages), square.shop)
    with ExitStack() as running:
        running.enter_context(serving(create_bank(home / "bank.db", onward, lambda: clock.now().date()), bank))
        parts = Parts(
            library=Library(build or square.build),
            biller=ledger,
            gateway=elsewhere(address(pages), database) if elsewhere else gateway(address(bank)),
            store=SqlStore(database),
            mailer=Mailbox(home / "mailbox", "billing@lumen.example"),
            clock=clock,
            base_url=address(pages),
            links=Sealer([LINK_KEY], "link"),
            visits=Sealer([LINK_KEY], "visit"),
            forms=LINK_KEY,
            results=RESULT_KEY,
            printer=wiring.PaperOnDemand(),
            api_keys=api_keys.read(f"shop:{API_SECRET},reports:{OTHER_SECRET}"),
            api_pace=api_pace,
        )
        running.enter_context(serving(app.create(parts, LENIENT), pages))
        yield Town(address(pages), address(bank), square.shop, parts, clock, ledger, home / "mailbox", PRICES)
    database.close()
