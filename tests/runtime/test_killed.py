"""The server is killed in the middle of a payment: one charge, one subscription, and nobody has to repair anything."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from urllib.error import URLError

import pytest
import urllib3

from generator.adapters.clock import SystemClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sandbox.app import create_app
from generator.adapters.sql.database import Database
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime import links
from generator.runtime.links import Link
from generator.seal.token import Sealer
from tests.ports import fresh
from tests.support.journeys import said
from tests.support.town import LINK_KEY, PRICES, RESULT_KEY, ROOT, address, listening, serving, written

MOMENTS = ["before the charge", "after the charge", "before the order is closed", "after the order is closed"]


@contextmanager
def served(environment, port):
    """`hosted-pages serve` in a process of its own."""
    command = [sys.executable, "-m", "generator", "serve", "--port", str(port), "--no-worker"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(1200):
            assert process.poll() is None, process.stderr.read()
            try:
                urllib3.request("GET", f"http://127.0.0.1:{port}/healthz", retries=False, timeout=1)
                break
            except urllib3.exceptions.HTTPError:
                time.sleep(0.05)
        else:
            raise AssertionError("the server does not answer")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def place(engine, folder):
    """A database with our tables, and nothing in them."""
    if engine == "postgresql":
        return fresh.beside(fresh.upgraded_template())
    (folder / "pages.db").write_bytes(fresh.upgraded())
    return f"sqlite:///{folder / 'pages.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def world(square, tmp_path, request):
    """A bank that lives on, a database, and the settings of a server that may die."""
    with ExitStack() as running:
        bank, free = listening(), listening()
        port = free.getsockname()[1]
        free.close()
        onward = (f"http://127.0.0.1:{port}", square.shop)
        running.enter_context(serving(create_app(tmp_path / "bank.db", onward), bank))
        environment = {
            **os.environ,
            "HOSTED_PAGES_BASE_URL": f"http://127.0.0.1:{port}",
            "HOSTED_PAGES_BUILD": str(square.build),
            "HOSTED_PAGES_DATABASE_URL": place(request.param, tmp_path),
            "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
            "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
            "HOSTED_PAGES_SANDBOX_URL": address(bank),
            "HOSTED_PAGES_GATEWAY": "tests.support.killing:gateway",
            "HOSTED_PAGES_BILLER": "tests.support.killing:biller",
            "KILLED": str(tmp_path / "killed"),
        }
        database = Database(environment["HOSTED_PAGES_DATABASE_URL"])
        ledger = Ledger(database, SystemClock(), "Europe/Paris")
        ledger.sell(PRICES)
        ada = ledger.put_customer("ada", "en", KNOWN, 0, frozenset())
        url = f"{address(bank)}/api/test/customers/{ada.id}/methods"
        urllib3.request("POST", url, json={"number": "4242424242424242", "expires": "2031-01"})
        yield environment, port, address(bank), ledger, ada
        database.close()


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_anywhere_between_intent_and_result_it_is_paid_once_in_the_end(world, moment):
    environment, port, bank, ledger, ada = world
    environment["KILL_AT"] = moment
    base = environment["HOSTED_PAGES_BASE_URL"]
    link = links.make(Link("ada", "subscribe_to_plan", "studio"), Sealer([LINK_KEY], "link"), base, SystemClock().now())
    visitor = Visitor()

    with served(environment, port) as server:
        visitor.open(link).submit(terms="true")
        payment = visitor.url
        with pytest.raises((URLError, ConnectionError, OSError)):
            visitor.submit("Order and pay")
        assert server.wait(60) == -9

    with served(environment, port):
        visitor.open(payment)

    assert said(visitor).get("outcome") == "paid" or visitor.title == "Thank you, it is paid"
    charges = urllib3.request("GET", f"{bank}/api/charges").json()["charges"]
    assert [charge["amount"] for charge in charges if charge["status"] == "paid"] == [5880]
    assert len(ledger.subscriptions(ada.id)) == 1
    assert [invoice.number for invoice in ledger.invoices(ada.id)] == ["INV-000001"]


def test_killed_between_the_banks_page_and_the_result_the_customer_only_opens_the_page_again(world):
    """The walk is left at the bank: what the bank decided meanwhile is found out by asking it."""
    environment, port, bank, ledger, ada = world
    environment["KILL_AT"] = "before the order is closed"
    base = environment["HOSTED_PAGES_BASE_URL"]
    link = links.make(Link("ada", "subscribe_to_plan", "studio"), Sealer([LINK_KEY], "link"), base, SystemClock().now())
    visitor = Visitor()

    with served(environment, port):
        visitor.open(link).submit(terms="true").submit(method="new:card")
        with pytest.raises((URLError, ConnectionError, OSError)):
            visitor.submit(number="4242 4242 4242 4242", expiry="12/30", cvc="123")

    with served(environment, port):
        visitor.open(link)

    assert visitor.title == "Thank you, it is paid" or said(visitor).get("outcome") == "paid"
    charges = urllib3.request("GET", f"{bank}/api/charges").json()["charges"]
    assert [charge["amount"] for charge in charges if charge["status"] == "paid"] == [5880]
    assert len(ledger.subscriptions(ada.id)) == 1


@pytest.mark.parametrize(
    "moment", ["before the refund", "after the refund", "before the refund is closed", "after the refund is closed"]
)
def test_killed_anywhere_in_a_refund_money_goes_back_once_and_one_credit_note_says_so(world, moment):
    """Who gave it back only asks again with the same key, or leaves it to the worker."""
    environment, port, bank, ledger, ada = world
    base = environment["HOSTED_PAGES_BASE_URL"]
    link = links.make(Link("ada", "subscribe_to_plan", "studio"), Sealer([LINK_KEY], "link"), base, SystemClock().now())
    with served({**environment, "KILL_AT": ""}, port):
        Visitor().open(link).submit(terms="true").submit("Order and pay")
    (invoice,) = ledger.invoices(ada.id)
    give_back = [sys.executable, "-m", "generator", "invoice", "refund", invoice.number, "--reason", "A week lost"]

    killed = subprocess.run([*give_back, "--key", "k"], env={**environment, "KILL_AT": moment}, cwd=ROOT, check=False)
    again = subprocess.run([*give_back, "--key", "k"], env={**environment, "KILL_AT": ""}, cwd=ROOT, check=False)

    assert (killed.returncode, again.returncode) == (-9, 0)
    charges = urllib3.request("GET", f"{bank}/api/charges").json()["charges"]
    assert [charge["given_back"] for charge in charges] == [5880]
    assert [(note.number, note.total.minor) for note in ledger.credit_notes(ada.id)] == [("CN-000001", -5880)]
    assert ledger.audit() == ()
