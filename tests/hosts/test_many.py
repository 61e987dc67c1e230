"""Several web and worker processes on one PostgreSQL, killed and begun anew under load: no walk fails, all pay once."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from queue import Empty, SimpleQueue
from random import Random
from threading import Thread
from urllib.error import URLError

import pytest
import urllib3

from generator.adapters.clock import SystemClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sandbox.app import create_app
from generator.adapters.sql.database import Database
from generator.bundle import folder
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime import links
from generator.runtime.links import Link
from generator.seal.token import Sealer
from tests.ports import fresh
from tests.support.fleet import Ship, answers, clean_environment, proxy
from tests.support.fleet_program import run
from tests.support.journeys import said
from tests.support.town import LINK_KEY, PRICES, RESULT_KEY, address, listening, serving, written

CUSTOMERS, AT_ONCE = 24, 3
PRICE = 5880
THANKS = "Thank you, it is paid"


def free_port() -> int:
    bound = listening()
    port = bound.getsockname()[1]
    bound.close()
    return port


@pytest.fixture
def world(square, tmp_path) -> Iterator[dict]:
    """Two hosts with two bundles, as in the middle of a deployment; two workers; a bank; and a proxy before it all."""
    url = fresh.beside(fresh.upgraded_template())
    front, bank = free_port(), listening()
    base = f"http://127.0.0.1:{front}"
    before = folder.read(folder.current(square.build))
    pages = {place: before.page(*place) for place in before.pages}
    folder.write(folder.make(replace(before.site, name="Lumen, anew"), pages, before.assets), tmp_path / "new")
    environment = {
        **clean_environment(),
        "HOSTED_PAGES_BASE_URL": base,
        "HOSTED_PAGES_DATABASE_URL": url,
        "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
        "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
        "HOSTED_PAGES_SANDBOX_URL": address(bank),
        "HOSTED_PAGES_MAILBOX": str(tmp_path / "mailbox"),
        "HOSTED_PAGES_MAIL_FROM": "billing@lumen.example",
        "HOSTED_PAGES_BUILD": str(square.build),
    }
    with ExitStack() as running:
        running.enter_context(serving(create_app(tmp_path / "bank.db", (base, square.shop)), bank))
        ports = [free_port(), free_port()]
        builds = (str(square.build), str(tmp_path / "new"))
        ships = [
            Ship(run, ("serve", "--port", str(port), "--no-worker"), {**environment, "HOSTED_PAGES_BUILD": build}, port)
            for port, build in zip(ports, builds, strict=True)
        ]
        ships += [Ship(run, ("worker",), environment) for _ in range(2)]
        for ship in ships:
            running.callback(ship.kill)
        for ship in ships:
            ship.await_ready()
        running.enter_context(proxy(front, ports))
        database = Database(url)
        running.callback(database.close)
        ledger = Ledger(database, SystemClock(), "Europe/Paris")
        ledger.sell(PRICES)
        yield {"base": base, "bank": address(bank), "ledger": ledger, "ships": ships}


def buys(base: str, customer: str) -> Visitor:
    """What anybody does: where a page does not come, they open it again, and go on from what they see then."""
    visitor = Visitor()
    begin = links.make(
        Link(customer, "subscribe_to_plan", "studio"), Sealer([LINK_KEY], "link"), base, SystemClock().now()
    )
    place = begin
    for _ in range(60):
        try:
            if visitor.status != 200:
                visitor.open(place)
            elif "terms" in visitor.names():
                visitor.submit(terms="true")
            elif any("Order and pay" in words for words in visitor.buttons()):
                visitor.submit("Order and pay")
            else:
                visitor.open(place)
        except (URLError, OSError):
            visitor.status = 0
        if said(visitor).get("outcome") == "paid" or visitor.title == THANKS:
            return visitor
        if visitor.status == 200 and "/w/" in visitor.url:
            place = visitor.url
    raise AssertionError(f"{customer} did not get through: {visitor.status} {visitor.url} {visitor.title}")


def test_whatever_is_killed_every_walk_ends_as_it_should_and_is_charged_once(world):
    bank, ledger, ships = world["bank"], world["ledger"], world["ships"]
    people = {}
    for count in range(CUSTOMERS):
        who = people[f"c{count}"] = ledger.put_customer(f"c{count}", "en", KNOWN, 0, frozenset())
        card = {"number": "4242424242424242", "expires": "2031-01"}
        urllib3.request("POST", f"{bank}/api/test/customers/{who.id}/methods", json=card)
    waiting, failed = SimpleQueue(), []
    for ref in people:
        waiting.put(ref)

    def goes() -> None:
        while not waiting.empty():
            try:
                buys(world["base"], waiting.get_nowait())
            except Empty:
                return
            except Exception as fault:  # noqa: BLE001  told by the test, not by a thread that nobody hears
                failed.append(fault)

    crowd = [Thread(target=goes) for _ in range(AT_ONCE)]
    for one in crowd:
        one.start()
    lot, killed, stopped = Random(7), 0, []
    while any(one.is_alive() for one in crowd):
        ship = ships[killed % len(ships)]
        if lot.randrange(3):
            ship.kill()
        else:
            stopped.append(ship.stop())
        ship.start()
        ship.await_ready()
        killed += 1

    assert failed == []
    assert killed >= 4, "each was killed or stopped at least once"
    assert set(stopped) <= {0}, "who is told to stop ends well"
    charges = urllib3.request("GET", f"{bank}/api/charges").json()["charges"]
    paid = sorted((charge["customer"], charge["amount"]) for charge in charges if charge["status"] == "paid")
    assert paid == sorted((who.id, PRICE) for who in people.values())
    assert {len(ledger.subscriptions(who.id)) for who in people.values()} == {1}
    numbers = [invoice.number for who in people.values() for invoice in ledger.invoices(who.id)]
    assert sorted(numbers) == [f"INV-{count:06}" for count in range(1, CUSTOMERS + 1)]
    assert ledger.audit() == ()


def test_a_host_is_ready_only_with_its_database_and_its_pages(world):
    web = world["ships"][0]
    assert answers(web.port, "/readyz")
    assert answers(web.port, "/healthz")

    database = world["ledger"]._database
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    late = urllib3.request("GET", f"http://127.0.0.1:{web.port}/readyz", retries=False)

    assert late.status == 503
    assert b"newer than this program" in late.data
    assert answers(web.port, "/healthz")
