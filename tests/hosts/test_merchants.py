"""Several merchants on one installation: each by its own host, with nothing in common, and none waits for another."""

import json
import time
from contextlib import ExitStack
from dataclasses import replace

import click
import pytest
import urllib3

from generator.adapters.clock import SystemClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sandbox.app import create_app
from generator.adapters.sql.database import Database
from generator.adapters.sql.schema import upgrade
from generator.bundle import folder
from generator.cli import merchants as settings
from generator.model.page import Text
from generator.rehearsal.stage import KNOWN
from generator.runtime import links
from generator.runtime.links import Link
from generator.seal.token import Sealer
from tests.cli.test_verbs import run as typed
from tests.support.fleet import Ship, clean_environment
from tests.support.fleet_program import run
from tests.support.town import PRICES, address, keys, listening, serving, written

NAMES = ("acme", "beta")
METRICS_KEY = "m" * 43


class Merchant:
    """One of the two: what is its own, and how customers ask for its pages at the common door."""

    def __init__(self, name, home, port):
        self.name, self.host, self.port = name, f"{name}.example", port
        self.build = home / f"{name}-build"
        self.url = f"sqlite:///{home / name}.db"
        self.keys = [keys.Key(f"{name}-{use}".ljust(32, ".").encode()) for use in ("links", "result")]
        self.settings = {
            "HOSTED_PAGES_BASE_URL": f"http://{self.host}",
            "HOSTED_PAGES_DATABASE_URL": self.url,
            "HOSTED_PAGES_BUILD": str(self.build),
            "HOSTED_PAGES_LINK_KEYS": written(self.keys[0]),
            "HOSTED_PAGES_RESULT_KEY": written(self.keys[1]),
            "HOSTED_PAGES_API_KEYS": f"app:{name * 11}",
            "HOSTED_PAGES_MAILBOX": str(home / f"mailbox-{name}"),
        }

    def opens_books(self):
        database = Database(self.url)
        upgrade(database)
        ledger = Ledger(database, SystemClock(), "Europe/Paris")
        ledger.sell(PRICES)
        ledger.put_customer("ada", "en", KNOWN, 0, frozenset())
        database.close()

    def link(self):
        link = Link("ada", "subscribe_to_plan", "studio")
        made = links.make(link, Sealer(self.keys[:1], "link"), f"http://{self.host}", SystemClock().now())
        return made.removeprefix(f"http://{self.host}")

    def asks(self, path, **headers):
        at = f"http://127.0.0.1:{self.port}{path}"
        return urllib3.request("GET", at, headers={"Host": self.host, **headers}, redirect=False, retries=False)


def renamed(body):
    """The page, with another merchant's name wherever one is written."""
    return tuple(Text(node.html.replace("Lumen", "Beta")) if isinstance(node, Text) else node for node in body)


@pytest.fixture
def merchants(tmp_path):
    """Two, each with a file of settings and nothing behind it yet."""
    bound = listening()
    port = bound.getsockname()[1]
    bound.close()
    both = [Merchant(name, tmp_path, port) for name in NAMES]
    files = tmp_path / "merchants"
    files.mkdir()
    for one in both:
        said = "".join(f"{name}='{value}'\n" for name, value in one.settings.items())
        (files / f"{one.name}.env").write_text(said, encoding="utf-8")
    return both


@pytest.fixture
def built(merchants, square):
    """Both have pages, and the first has its tables, too."""
    first = folder.read(folder.current(square.build))
    pages = {place: renamed(first.page(*place)) for place in first.pages}
    folder.write(first, merchants[0].build)
    folder.write(folder.make(replace(first.site, name="Beta"), pages, first.assets), merchants[1].build)
    merchants[0].opens_books()
    return merchants


@pytest.fixture
def shared(tmp_path):
    bank = listening()
    with serving(create_app(tmp_path / "bank.db", ("http://acme.example", "http://beta.example")), bank):
        yield {
            "HOSTED_PAGES_MERCHANTS": str(tmp_path / "merchants"),
            "HOSTED_PAGES_SANDBOX_URL": address(bank),
            "HOSTED_PAGES_METRICS_KEY": METRICS_KEY,
        }


@pytest.fixture
def door(built, shared):
    with ExitStack() as running:
        ship = Ship(run, ("serve", "--port", str(built[0].port)), {**clean_environment(), **shared})
        running.callback(ship.kill)
        ship.port = built[0].port
        ship.await_ready()
        yield ship


def begins(merchant):
    came = merchant.asks(merchant.link())
    cookies = "; ".join(cookie.partition(";")[0] for cookie in came.headers.getlist("Set-Cookie"))
    assert merchant.asks(came.headers["Location"], Cookie=cookies).status == 303


def until_open(merchant):
    for _ in range(300):
        if merchant.asks("/readyz").status == 200:
            return
        time.sleep(0.05)
    raise AssertionError(f"{merchant.name} is not opened")


def test_each_is_served_by_its_own_host_and_what_is_of_one_opens_nothing_of_the_others(built, door):
    acme, beta = built
    nobody = acme.asks("/portal", Host="gamma.example")
    machine = acme.asks("/readyz", Host=f"127.0.0.1:{acme.port}")
    shut = beta.asks("/portal")

    assert (nobody.status, nobody.data) == (421, b"This server is not asked under this name.\n")
    assert (machine.status, machine.data) == (200, b"ready\nbeta is not open yet\n")
    assert (shut.status, shut.headers["Retry-After"]) == (503, "30")
    assert acme.asks("/readyz").status == 200

    beta.opens_books()
    until_open(beta)

    for one, other in ((acme, beta), (beta, acme)):
        came = one.asks(one.link())
        assert (came.status, came.headers["Location"].startswith("/start/")) == (303, True)
        assert other.asks(one.link()).status == 404
        key = f"Bearer {one.name * 11}"
        assert json.loads(one.asks("/api/customers/ada", Authorization=key).data)["ref"] == "ada"
        assert other.asks("/api/customers/ada", Authorization=key).status == 401
    assert b"Beta" in beta.asks("/sign-in").data
    assert b"Beta" not in acme.asks("/sign-in").data

    begins(acme)
    counted = {one.name: one.asks("/metrics", Authorization=f"Bearer {METRICS_KEY}").data.decode() for one in built}
    assert 'hosted_pages_walks_begun_total{workflow="subscribe_to_plan"} 1.0' in counted["acme"]
    assert "subscribe_to_plan" not in counted["beta"]
    assert door.stop() == 0


def test_a_verb_is_about_the_one_that_is_named_and_the_worker_works_for_all(built, shared):
    built[1].opens_books()
    put = typed("--merchant", "beta", "customer", "put", "bob", "--language", "en", **shared)
    whose = typed("customer", "list", **shared)
    nobody = typed("--merchant", "gamma", "customer", "list", **shared)
    known = {name: typed("--merchant", name, "customer", "list", **shared).stdout for name in NAMES}
    worked = typed("worker", "--once", **shared)

    assert (put.returncode, put.stderr) == (0, "")
    assert (whose.returncode, "say whose, `hosted-pages --merchant NAME …`" in whose.stderr) == (2, True)
    assert (nobody.returncode, "there is no merchant 'gamma'" in nobody.stderr) == (2, True)
    assert {name: "bob" in listed for name, listed in known.items()} == {"acme": False, "beta": True}
    assert (worked.returncode, worked.stdout.strip().isdigit()) == (0, True)


WRONG = {
    "the same key": ("LINK_KEYS", "acme.env and beta.env say the same in HOSTED_PAGES_LINK_KEYS"),
    "the same books": ("DATABASE_URL", "acme.env and beta.env say the same in HOSTED_PAGES_DATABASE_URL"),
    "the same address": ("BASE_URL", "acme.env and beta.env say the same in HOSTED_PAGES_BASE_URL"),
    "the same secret under another name": ("API_KEYS", "say the same in HOSTED_PAGES_API_KEYS"),
}


def refused(environment):
    with pytest.raises(click.UsageError) as told:
        settings.settings(environment)
    return told.value.message


@pytest.mark.parametrize("case", WRONG)
def test_what_two_must_not_have_in_common_is_refused_before_anybody_is_served(merchants, shared, tmp_path, case):
    setting, says = WRONG[case]
    acme, beta = (merchant.settings[f"HOSTED_PAGES_{setting}"] for merchant in merchants)
    file = tmp_path / "merchants" / "beta.env"
    same = acme.replace("app:", "other:")
    file.write_text(file.read_text(encoding="utf-8").replace(f"'{beta}'", f"'{same}'"), encoding="utf-8")

    assert says in refused(shared)


def test_all_that_is_wrong_is_told_at_once_with_the_file(merchants, shared, tmp_path):
    files = tmp_path / "merchants"
    key = merchants[0].settings["HOSTED_PAGES_LINK_KEYS"]
    (files / "gamma.env").write_text("HOSTED_PAGES_BASE_URL=https://gamma.example\n", encoding="utf-8")
    told = refused({**shared, "HOSTED_PAGES_LINK_KEYS": key})
    (files / "gamma.env").write_text("HOSTED_PAGES_BASE_URL\n", encoding="utf-8")

    assert "HOSTED_PAGES_LINK_KEYS is each merchant's own" in told
    assert "gamma.env: HOSTED_PAGES_DATABASE_URL is not set" in told
    assert "gamma.env: HOSTED_PAGES_RESULT_KEY is not set" in told
    assert "gamma.env: 'HOSTED_PAGES_BASE_URL' has no value" in refused(shared)
    assert "there is no file: write one for each merchant, NAME.env" in refused({"HOSTED_PAGES_MERCHANTS": "nowhere"})
