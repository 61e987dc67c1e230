"""Books of the demo are right; each kind of damage, done by hand, is found, named and told with what to do."""

import json
import shutil

import pytest
import stripe
from click.testing import CliRunner

from generator.adapters.sql.database import Database
from generator.cli import hosted_pages
from generator.rehearsal import members
from tests.standin import trouble
from tests.standin.asking import client
from tests.standin.server import KEY, standing_in
from tests.support.town import DEMO, LINK_KEY, RESULT_KEY, town, written

OLD = "2020-01-01 00:00:00.000000"

WAITS = "INSERT INTO deliveries (id, channel, about, written, state, due, tries, said, record) VALUES"

DAMAGES = {
    "sum-wrong": """UPDATE invoices SET record = replace(record, '"minor":4900}', '"minor":4800}')""",
    "number-gap": "UPDATE invoices SET position = 1000 WHERE position = (SELECT max(position) FROM invoices)",
    "counter-wrong": "UPDATE counters SET last = last + 1 WHERE name = 'invoice'",
    "paid-by-nobody": "UPDATE orders SET settlement = NULL, closed = NULL WHERE settlement LIKE '%Paid%'",
    "charge-without-intent": "DELETE FROM intents WHERE closed",
    "subscription-held-by-nobody": "DELETE FROM reservations",
    "calendar-wrong": "UPDATE subscriptions SET due = '2099-01-01' WHERE due IS NOT NULL",
    "calendar-late": "UPDATE subscriptions SET due = '2020-01-01' WHERE due IS NOT NULL",
    "price-wrong": """UPDATE subscriptions SET record =
        replace(record, '"minor":4900},"reduced"', '"minor":1},"reduced"')""",
    "unpaid-wrong": "UPDATE invoices SET unpaid = NOT unpaid",
    "payments-unasked": f"UPDATE intents SET next_check = '{OLD}' WHERE NOT closed",
    "payment-open-long": """UPDATE intents SET record = replace(record, '"asked":"2026', '"asked":"2020')""",
    "order-open-long": """UPDATE quotes SET record = replace(record, '"as_of":"2026', '"as_of":"2020')""",
    "mail-waiting": f"{WAITS} ('m', 'mail', '', '{OLD}', 'waiting', '{OLD}', 1, '', '')",
    "mail-dead": f"{WAITS} ('m', 'mail', '', '{OLD}', 'dead', '{OLD}', 9, '550', '')",
    "webhook-waiting": f"{WAITS} ('e', 'crm', '', '{OLD}', 'waiting', '{OLD}', 1, '', '')",
    "webhook-dead": f"{WAITS} ('e', 'crm', '', '{OLD}', 'dead', '{OLD}', 9, '', '')",
    "endpoint-off": """INSERT INTO endpoints VALUES ('crm', '{"kinds":["*"],"name":"crm","off":"410",
        "since":"2026-11-22T12:00:00+00:00","url":"https://crm.example/"}')""",
    "endpoint-not-told": """INSERT INTO endpoints VALUES ('crm', '{"kinds":["*"],"name":"crm","off":"",
        "since":"2026-11-22T12:00:00+00:00","url":"https://crm.example/"}')""",
    "paper-not-for-machines": f"INSERT INTO papers VALUES ('INV-9', '{OLD}', '', 'site.seller.country', '')",
    "database-wrong": "UPDATE alembic_version SET version_num = '0001'",
}

AND_THEN = {"order-open-long": "DELETE FROM intents WHERE NOT closed"}
"""What else is done to the books."""


@pytest.fixture(scope="module")
def books(square, tmp_path_factory):
    """The demo's customers with all that they have, and the settings that lead there."""
    home = tmp_path_factory.mktemp("books")
    with town(home, square) as there:
        members.fill(there.parts, members.read(DEMO / "customers.json"))
        yield (
            home / "pages.db",
            {
                "HOSTED_PAGES_BASE_URL": "https://billing.lumen.example",
                "HOSTED_PAGES_BUILD": str(square.build),
                "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
                "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
                "HOSTED_PAGES_SANDBOX_URL": there.bank,
                "HOSTED_PAGES_BILLER": "tests.support.standing:ledger",
            },
        )


@pytest.fixture
def copy(books, tmp_path, monkeypatch):
    """A copy of the books that may be damaged."""
    file, settings = books
    with Database(f"sqlite:///{file}").write() as connection:
        connection.exec_driver_sql("SELECT 1")
    copied = tmp_path / "pages.db"
    for suffix in ("", "-wal"):
        if file.with_name(file.name + suffix).exists():
            shutil.copy(file.with_name(file.name + suffix), copied.with_name(copied.name + suffix))
    for name, value in {**settings, "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{copied}"}.items():
        monkeypatch.setenv(name, value)
    database = Database(f"sqlite:///{copied}")
    yield database
    database.close()


def doctor(*words):
    return CliRunner().invoke(hosted_pages, ["doctor", *words], standalone_mode=False)


def found(*words):
    told = doctor("--json", *words)
    return told.return_value, {finding["code"]: finding for finding in json.loads(told.stdout)["findings"]}


def test_nothing_is_wrong_with_the_books_of_the_demo(copy):
    healthy = doctor()

    assert (healthy.return_value, healthy.stdout, healthy.stderr) == (0, "", "nothing is wrong\n")
    assert found() == (0, {})


@pytest.mark.parametrize("code", DAMAGES)
def test_damage_is_found_and_named_with_what_to_do(copy, code):
    with copy.write() as connection:
        for statement in filter(None, (DAMAGES[code], AND_THEN.get(code))):
            assert connection.exec_driver_sql(statement).rowcount >= 1

    status, findings = found()

    assert (status, code in findings) == (1, True), findings
    assert all(findings[code][key] for key in ("where", "says", "do"))
    assert "Money(" not in findings[code]["says"]
    assert f"[{code}] {findings[code]['do']}\n" in doctor().stdout


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("HOSTED_PAGES_LINK_KEYS", "", "setting-missing"),
        ("HOSTED_PAGES_SANDBOX_URL", "", "setting-missing"),
        ("HOSTED_PAGES_BASE_URL", "http://billing.lumen.example", "address-not-encrypted"),
        ("HOSTED_PAGES_BUILD", "/nowhere", "pages-missing"),
        ("HOSTED_PAGES_SANDBOX_URL", "http://127.0.0.1:9", "gateway-unreachable"),
        ("HOSTED_PAGES_DATABASE_URL", "sqlite:////nowhere/pages.db", "database-unreachable"),
    ],
)
def test_what_stands_in_the_way_is_told(copy, monkeypatch, name, value, code):
    monkeypatch.setenv(name, value)
    status, findings = found()

    assert (status, list(findings)) == (1, [code])


@pytest.fixture
def at_stripe(copy, monkeypatch):
    """The same settings with books and payments at Stripe, as far as the stand-in is it."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
    with standing_in() as stand_in:
        said = {"KEY": KEY, "WEBHOOK_SECRET": "whsec_x", "BASE": stand_in.url, "PAGES": stand_in.url}
        for name, value in said.items():
            monkeypatch.setenv(f"HOSTED_PAGES_STRIPE_{name}", value)
        monkeypatch.setenv("HOSTED_PAGES_GATEWAY", "stripe")
        # By its place: the definition of the demo was not checked for Stripe, and that would be told first.
        monkeypatch.setenv("HOSTED_PAGES_BILLER", "generator.wiring:_stripe_biller")
        v1 = client(stand_in).v1
        v1.prices.create({"currency": "eur", "unit_amount": 100, "product": v1.products.create({"name": "A"}).id})
        yield stand_in


def test_nothing_is_wrong_with_books_at_stripe_that_can_be_read(at_stripe):
    status, findings = found()

    assert (status, findings) == (0, {}), findings


def test_a_key_that_stripe_does_not_know_is_told_of_both(at_stripe, monkeypatch):
    monkeypatch.setenv("HOSTED_PAGES_STRIPE_KEY", "sk_test_another")
    status, findings = found()

    assert (status, sorted(findings)) == (1, ["books-unreachable", "gateway-unreachable"])
    assert findings["books-unreachable"]["says"] == "Stripe does not accept our key"


def of_real_money(said):
    said["data"][0]["livemode"] = True


@pytest.mark.parametrize(
    ("fault", "code", "where"),
    [
        (trouble.status("get /v1/credit_notes", 403, 9), "books-forbidden", "Credit notes"),
        (trouble.status("get /v1/invoices", 400, 9), "books-refused", "Invoices"),
        (trouble.status("get /v1/subscriptions", 500, 99), "books-unreachable", "the books at Stripe"),
        (trouble.Fault("get /v1/prices", change=of_real_money), "books-other-mode", "Prices"),
    ],
)
def test_what_keeps_us_from_books_at_stripe_is_told(at_stripe, fault, code, where):
    at_stripe.troubles.add(fault)
    status, findings = found()

    assert (status, list(findings), findings[code]["where"]) == (1, [code], where)
    assert findings[code]["says"].endswith(tuple("abcdefghijklmnopqrstuvwxyz)"))
    assert findings[code]["do"]
