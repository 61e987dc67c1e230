"""Which tests hold which adapter to which port: read from the tests that there are, and what they are run with.

pytest's own list of them would be as good, and takes a process of its own for as long as all other tests of the house.
"""

import ast
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from inspect import signature
from math import prod

from _pytest.fixtures import FixtureFunctionDefinition

from tests.ports.needs import runs
from tests.support.town import ROOT


@dataclass(frozen=True)
class Adapter:
    """`name` heads its column; `ids` are what tests call it that are run with several. `place` is where it is."""

    name: str
    place: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suite:
    """A file of tests. Where it runs with no adapter by name, all of it is about `one`, but for the cases in `but`."""

    file: str
    one: str = ""
    but: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Port:
    """`room` is its file in `generator/ports`, and `more` others that the same adapters keep."""

    name: str
    room: str
    adapters: tuple[Adapter, ...]
    suites: tuple[Suite, ...]
    more: tuple[str, ...] = ()
    note: str = ""


LEDGER = "generator.adapters.ledger.biller:Ledger"
STORE = "generator.adapters.store:SqlStore"
ARCHIVE = "generator.adapters.archive:SqlArchive"
DATABASE = "generator.adapters.sql.database:Database"

PORTS = (
    Port(
        "Biller",
        "biller",
        (
            Adapter("ledger on SQLite", LEDGER, ("ledger_shop",)),
            Adapter("ledger on PostgreSQL", LEDGER, ("ledger_on_postgresql",)),
            Adapter("stripe", "generator.adapters.stripe_biller.biller:StripeBiller", ("stripe_shop",)),
        ),
        (
            Suite("tests/ports/test_biller.py"),
            Suite("tests/ports/test_biller_changes.py"),
            Suite("tests/ports/test_biller_pauses.py"),
            Suite("tests/ports/test_biller_promotions.py"),
            Suite("tests/ports/test_people.py"),
            Suite("tests/ports/test_states.py"),
            Suite("tests/ports/test_office.py"),
            Suite("tests/ports/test_accounts.py"),
            Suite("tests/ledger/test_audit.py"),
            Suite("tests/ports/test_stripe_biller.py", "stripe"),
            Suite("tests/runtime/test_books_at_stripe.py", "stripe"),
        ),
        ("office", "accounts", "audited", "eventful"),
        note="A dash of `stripe` is a case that needs what its table says that it cannot "
        "([stripe.md](stripe.md#what-it-can-do)). None of it was ever run against Stripe itself.",
    ),
    Port(
        "Gateway",
        "gateway",
        (
            Adapter("sandbox", "generator.adapters.sandbox.gateway:SandboxGateway", ("sandbox",)),
            Adapter("stripe", "generator.adapters.stripe.gateway:StripeGateway", ("stripe",)),
        ),
        (
            Suite("tests/ports/test_gateway.py"),
            Suite("tests/adapters/test_sandbox.py", "sandbox"),
            Suite("tests/adapters/test_stripe.py", "stripe"),
            Suite("tests/adapters/test_stripe_breaker.py", "stripe"),
            Suite("tests/runtime/test_at_stripe.py", "stripe"),
            Suite("tests/runtime/test_objections.py", "stripe"),
            Suite("tests/runtime/test_embedded.py", "stripe"),
        ),
        ("sparing",),
        note="No case of `stripe` was ever run against Stripe itself: behind it is a stand-in, or nothing where a case "
        "needs none.",
    ),
    Port(
        "Store",
        "store",
        (
            Adapter("on SQLite", STORE, ("sql_store",)),
            Adapter("on PostgreSQL", STORE, ("store_on_postgresql",)),
        ),
        (Suite("tests/ports/test_store.py"),),
        ("outbox", "hints", "filed"),
    ),
    Port(
        "Archive",
        "archive",
        (Adapter("on SQLite", ARCHIVE, ("sqlite",)), Adapter("on PostgreSQL", ARCHIVE, ("postgresql",))),
        (Suite("tests/ports/test_archive.py"),),
    ),
    Port(
        "Clock",
        "clock",
        (
            Adapter("system", "generator.adapters.clock:SystemClock", ("system",)),
            Adapter("travelling", "generator.adapters.clock:TravellingClock", ("travelling",)),
        ),
        (Suite("tests/ports/test_clock.py", "travelling"),),
    ),
    Port(
        "Mailer",
        "mailer",
        (
            Adapter("mailbox", "generator.adapters.mailbox:Mailbox", ("mailbox",)),
            Adapter("smtp", "generator.adapters.smtp:Smtp", ("smtp",)),
        ),
        (Suite("tests/ports/test_mailer.py"), Suite("tests/adapters/test_smtp.py", "smtp")),
    ),
    Port(
        "Messenger",
        "messenger",
        (
            Adapter("webhooks", "generator.adapters.webhooks:Webhooks"),
            Adapter("mute", "generator.ports.messenger:Mute"),
        ),
        (
            Suite("tests/adapters/test_webhooks.py", "webhooks"),
            Suite(
                "tests/runtime/test_webhooks.py",
                "webhooks",
                {"test_without_a_key_nothing_is_sent_and_nothing_is_lost": "mute"},
            ),
        ),
    ),
    Port(
        "Printer",
        "printer",
        (
            Adapter("WeasyPrint", "generator.adapters.paper:Paper"),
            Adapter("none", "generator.adapters.nopaper:NoPaper"),
        ),
        (
            Suite(
                "tests/runtime/test_paper.py",
                "WeasyPrint",
                {"test_a_machine_that_cannot_print_says_what_can_be_done": "none"},
            ),
            Suite(
                "tests/runtime/test_factur_x.py",
                "WeasyPrint",
                {"test_where_nothing_can_be_printed_it_is_printed_later": "none"},
            ),
        ),
    ),
)

BENEATH = Port(
    "The database",
    "",
    (Adapter("SQLite", DATABASE, ("sqlite",)), Adapter("PostgreSQL", DATABASE, ("postgresql",))),
    (Suite("tests/adapters/test_sql.py"), Suite("tests/adapters/test_transfer.py")),
    note="No port: what biller, store and archive lie on.",
)
"""No port, but what three of them lie on."""

APART = {
    "tests/ports/test_money.py": "the embedded biller's arithmetic, with no books",
    "tests/adapters/test_facturx.py": "what is written into a paper for machines, with nothing printed",
}
"""Tests beside the others that are about no port."""

ALL = (*PORTS, BENEATH)

IDS = {id for port in ALL for adapter in port.adapters for id in adapter.ids}


@dataclass(frozen=True)
class Case:
    """What a test says, and how many of its runs are of each adapter."""

    says: str
    runs: Counter


@cache
def runs_of(file):
    """Every test of a file, in its order, by its name: how often it is run, by the id of an adapter."""
    room = import_module(file.removesuffix(".py").replace("/", "."))
    return {name: _runs(room, test) for name, test in vars(room).items() if name.startswith("test_")}


def _runs(room, test):
    ids, times = [""], 1
    asked, given, values_of, needed = {}, set(), [], set()
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "needs":
            needed |= set(mark.args)
        if mark.name == "parametrize":
            names, values, *_ = mark.args
            if mark.kwargs.get("indirect"):
                asked[names] = mark.kwargs["ids"]
            else:
                values_of.append([_needs(value) for value in values])
                given |= {name.strip() for name in (names.split(",") if isinstance(names, str) else names)}
    for name in _fixtures(room, test, given):
        found = asked.get(name) or _ids(getattr(room, name))
        if set(found) & IDS:
            ids = found
        else:
            times *= len(found) or 1
    return Counter({id: times * _kept(id, needed, values_of) for id in ids if runs(id, needed)})


def _needs(value):
    """What one value of a case needs, beside the case."""
    return {what for mark in getattr(value, "marks", ()) if mark.name == "needs" for what in mark.args}


def _kept(id, needed, values_of):
    """With how many values it is run."""
    return prod(sum(runs(id, needed | own) for own in values) for values in values_of)


def _fixtures(room, test, given):
    """All that it asks for, itself or by another, as far as the file has them and they are not `given`."""
    found, waiting = {}, list(signature(test).parameters)
    while waiting:
        name = waiting.pop()
        fixture = getattr(room, name, None)
        if name not in found and name not in given and isinstance(fixture, FixtureFunctionDefinition):
            found[name] = None
            waiting += signature(fixture._get_wrapped_function()).parameters
    return found


def _ids(fixture):
    """What pytest calls the values that it is made with; nothing where it is made once."""
    marker = fixture._fixture_function_marker
    params = marker.params or ()
    return [marker.ids(one) for one in params] if callable(marker.ids) else list(marker.ids or params)


def cases(port, suite):
    """What is in a file, in its order, with the adapters of which it is true."""
    known = {id: adapter.name for adapter in port.adapters for id in adapter.ids}
    for name, times in runs_of(suite.file).items():
        runs = Counter()
        for id, count in times.items():
            runs[known.get(id) or suite.but.get(name, suite.one)] += count
        yield Case(name.removeprefix("test_").replace("_", " "), runs)


def says(file):
    """The first line of a module."""
    words = ast.get_docstring(ast.parse((ROOT / file).read_text(encoding="utf-8"))) or ""
    return words.partition("\n\n")[0].replace("\n", " ")
