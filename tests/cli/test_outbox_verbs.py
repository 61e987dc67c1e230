"""What does not go out is seen, and tried again, by verbs; so is who is told of events, and what they were told."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from generator.adapters.sql import schema
from generator.adapters.sql.database import Database
from generator.adapters.store import SqlStore
from generator.cli import hosted_pages
from generator.model.event import Happening
from generator.model.mail import Mail
from generator.seal import keys, webhook
from tests.support.ear import Ear, listening
from tests.support.town import LINK_KEY, RESULT_KEY, written

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MAIL = Mail("m1", "code", "ada@example.com", "en", "123456 is your code", "<p>123456</p>", "123456", NOW)
HOOK = "h" * 43
PAID = Happening("invoice.paid", "customer-1", "subscription-1", "INV-000001")


@pytest.fixture
def store(square, tmp_path, monkeypatch):
    settings = {
        "HOSTED_PAGES_BASE_URL": "https://billing.lumen.example",
        "HOSTED_PAGES_BUILD": str(square.build),
        "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{tmp_path / 'pages.db'}",
        "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
        "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
        "HOSTED_PAGES_SANDBOX_URL": "http://127.0.0.1:1",
        "HOSTED_PAGES_WEBHOOK_KEYS": HOOK,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    database = Database(settings["HOSTED_PAGES_DATABASE_URL"])
    schema.upgrade(database)
    yield SqlStore(database)
    database.close()


def run(*words):
    said = CliRunner().invoke(hosted_pages, list(words), standalone_mode=False)
    return said.stdout, str(said.exception or said.stderr)


def told(*words):
    return [json.loads(line) for line in run(*words)[0].splitlines()]


def test_what_waits_and_what_is_dead_is_printed_with_what_was_said_last(store):
    store.post(MAIL)
    store.post(replace(MAIL, id="m2", to="bob@example.com"))
    store.give_up("m2", "550 5.1.1 No such user here")

    (waiting,), (dead,) = told("jobs", "waiting"), told("jobs", "dead")
    assert (waiting["id"], waiting["to"], waiting["due"]) == ("m1", "ada@example.com", "2026-11-29T12:00:00Z")
    assert (dead["id"], dead["about"], dead["said"]) == ("m2", "code", "550 5.1.1 No such user here")
    assert "123456</p>" not in run("jobs", "waiting")[0], "what a mail says is the customer's"


def test_what_is_dead_is_tried_again_by_its_id_or_all_of_it(store):
    for number in range(3):
        store.post(replace(MAIL, id=f"m{number}"))
        store.give_up(f"m{number}", "550")

    assert run("jobs", "retry", "m0")[1] == "1 will be tried again\n"
    assert run("jobs", "retry", "--all")[1] == "2 will be tried again\n"
    assert "not dead, or not known" in run("jobs", "retry", "m0")[1]
    assert "say which" in run("jobs", "retry")[1]
    assert len(store.deliveries("waiting")) == 3


def test_an_endpoint_is_added_with_a_secret_that_is_kept_nowhere(store, tmp_path):
    secret, says = run("webhooks", "add", "crm", "https://crm.example/hook", "--event", "invoice.*")

    assert secret == f"{webhook.secrets(keys.read_ring(HOOK), 'crm')[0]}\n"
    assert says == "crm is told of invoice.*; above is its secret\n"
    assert run("webhooks", "list")[0] == "crm\thttps://crm.example/hook\tinvoice.*\t\n"
    assert run("webhooks", "secret", "crm")[0] == secret
    assert all(secret.strip().encode() not in file.read_bytes() for file in tmp_path.glob("pages.db*"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["CRM", "https://crm.example/"], "small letters, digits and hyphens"),
        (["mail", "https://crm.example/"], "small letters, digits and hyphens"),
        (["crm", "http://crm.example/"], "not encrypted"),
        (["crm", "crm.example"], "no address to bring anything to"),
        (["crm", "https://crm.example/", "--event", "invoice.payd"], 'did you mean "invoice.paid"?'),
    ],
)
def test_what_is_no_endpoint_is_said(store, words, says):
    assert says in run("webhooks", "add", *words)[1]
    assert store.endpoints() == []


def test_without_a_key_no_endpoint_is_added(store, monkeypatch):
    monkeypatch.setenv("HOSTED_PAGES_WEBHOOK_KEYS", "")

    assert "make a key with" in run("webhooks", "add", "crm", "https://crm.example/")[1]


def test_what_an_endpoint_was_told_is_printed_and_can_be_told_again(store):
    run("webhooks", "add", "crm", "https://crm.example/hook")
    for number in range(3):
        store.publish(f"h{number}", PAID, "ada", NOW)
        taken = store.take(NOW, NOW)
        store.brought(taken.id, "200 thank you")

    assert [line["id"] for line in told("webhooks", "log", "crm")] == [f"event-00000000000{n}@crm" for n in (3, 2, 1)]
    assert told("webhooks", "log", "crm")[0]["said"] == "200 thank you"
    assert run("webhooks", "replay", "crm", "--after", "1")[1] == "2 events wait to be brought to crm\n"
    assert run("webhooks", "replay", "crm", "--after", "1", "--to", "2")[1] == "1 events wait to be brought to crm\n"
    assert [line["state"] for line in told("webhooks", "log", "crm")] == ["waiting", "waiting", "done"]


def test_an_endpoint_that_was_switched_off_is_switched_on_or_removed(store):
    run("webhooks", "add", "crm", "https://crm.example/hook")
    store.switch_off("crm", "410 gone")
    assert run("webhooks", "list")[0].endswith("\t410 gone\n")

    run("webhooks", "on", "crm")
    assert run("webhooks", "list")[0].endswith("*\t\n")
    run("webhooks", "remove", "crm")
    assert run("webhooks", "list")[0] == ""
    assert 'no endpoint is called "crm"' in run("webhooks", "remove", "crm")[1]


def test_an_endpoint_is_tried_at_once(store, monkeypatch):
    with listening(Ear(answers=[200, 500])) as ear:
        monkeypatch.setenv("HOSTED_PAGES_WEBHOOKS_ALLOW", f"127.0.0.1:{ear.port}")
        run("webhooks", "add", "crm", ear.url)

        assert run("webhooks", "test", "crm")[0] == "200 thank you\n"
        assert run("webhooks", "test", "crm")[1] == "500 thank you"
        assert [said["type"] for said in ear.said] == ["test", "test"]
