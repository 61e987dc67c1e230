"""Word to the merchant's application: signed, to public addresses alone, and whatever is answered is understood."""

import socket
import ssl
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from generator.adapters import webhooks
from generator.adapters.webhooks import NotAnEndpoint, Webhooks, address
from generator.model.delivery import Brought, NotNow, Refused
from generator.model.endpoint import Endpoint
from generator.model.event import Event, Happening
from generator.ports.trouble import Unavailable
from generator.seal import webhook
from generator.seal.keys import Key
from tests.support.ear import Ear, listening
from tests.support.post_office import certificates

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
KEYS = (Key(b"hook" * 8),)
EVENT = Event(7, NOW, "ada", Happening("invoice.paid", "customer-1", "subscription-1", "INV-000001"))


@pytest.fixture
def ear():
    with listening(Ear()) as made:
        yield made


def tells(ear, url="", **more):
    made = Webhooks(KEYS, **{"allowed": ear.allowed, "patience": 1.0, "deadline": 1.5, **more})
    return made.tell(Endpoint("crm", url or ear.url, ("*",), NOW), EVENT, NOW)


def test_what_is_brought_is_thin_signed_and_named(ear):
    assert tells(ear) == Brought("200 thank you")

    ((headers, body),) = ear.heard
    assert ear.said == [
        {
            "type": "invoice.paid",
            "timestamp": "2026-11-29T12:00:00Z",
            "data": {
                "event": "event-000000000007",
                "number": 7,
                "customer": "ada",
                "customer_id": "customer-1",
                "subscription": "subscription-1",
                "invoice": "INV-000001",
            },
        }
    ]
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("event-000000000007", str(int(NOW.timestamp())))
    signed = webhooks.headers(EVENT, body.decode(), webhook.secrets(KEYS, "crm"), NOW)
    assert headers["webhook-signature"] == signed["webhook-signature"]
    assert (headers["host"], headers["content-type"]) == (f"127.0.0.1:{ear.port}", "application/json; charset=utf-8")


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 500, 503])
def test_whoever_would_not_take_it_may_later(ear, status):
    ear.answers, ear.says = [status], "no\r\n  really"

    assert tells(ear) == NotNow(str(status), "no really")


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Sun, 29 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Sun, 29 Nov 2020 13:00:00 GMT", timedelta()),
        ("99999999", timedelta(days=1)),
        ("soon", None),
        ("-5", None),
    ],
)
def test_how_long_to_wait_is_heard_and_a_day_at_most(ear, written, wait):
    ear.answers, ear.headers = [429], {"Retry-After": written}

    assert tells(ear).wait == wait


def test_an_endpoint_that_is_gone_says_so_for_good(ear):
    ear.answers = [410]

    assert isinstance(tells(ear), Refused)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_followed_elsewhere(ear, status):
    with listening(Ear()) as other:
        ear.answers, ear.headers = [status], {"Location": other.url}
        said = tells(ear, allowed=ear.allowed | other.allowed)

    assert (said.code, other.heard) == (str(status), [])


def test_of_an_answer_no_more_is_kept_than_a_few_words(ear):
    ear.says = "x" * 100_000

    assert len(tells(ear).said) < 210


@pytest.mark.parametrize("does", ["hang", "drip", "die"])
def test_who_dawdles_or_hangs_up_keeps_nobody_waiting(ear, does):
    ear.answers = [does]

    with pytest.raises(Unavailable, match="does not answer"):
        tells(ear)


def test_nobody_there_is_nobody_there():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        ear = Ear(port=bound.getsockname()[1])
        with pytest.raises(Unavailable, match="does not answer"):
            tells(ear)
    with pytest.raises(Unavailable, match="nobody knows"):
        tells(ear, url="https://nowhere.invalid/hook")


PRIVATE = [
    "127.0.0.1",
    "localhost",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.10",
    "169.254.169.254",
    "100.64.0.1",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fc00::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[2002:7f00:1::]",
    "224.0.0.1",
    "2130706433",
    "0x7f.1",
    "127.1",
    "017700000001",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_nothing_is_sent_to_an_address_that_is_not_public(ear, host):
    said = tells(ear, url=f"https://{host}:{ear.port}/hook", allowed=())

    assert (said.code, ear.heard) == ("private-address", [])


def test_a_name_that_leads_to_a_private_address_is_one_whatever_else_it_leads_to(ear, monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    assert tells(ear, url="https://crm.example/hook").code == "private-address"


def test_what_was_looked_up_is_what_is_connected_to(ear, monkeypatch):
    """A name that answers otherwise the second time leads nowhere else."""
    real, asked = socket.getaddrinfo, []

    def answers(host, port, *more, **also):
        asked.append(host)
        return real("127.0.0.1" if host == "crm.example" else host, port, *more, **also)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    url = f"http://crm.example:{ear.port}/hook"

    assert isinstance(tells(ear, url=url, allowed={f"crm.example:{ear.port}"}), Brought)
    assert asked.count("crm.example") == 1
    assert ear.heard[0][0]["host"] == f"crm.example:{ear.port}"


@pytest.fixture
def encrypted(tmp_path):
    """An ear with a certificate for this name, and who trusts it."""
    with ExitStack() as running:

        def make(name):
            known = certificates(tmp_path, name)
            made = running.enter_context(listening(Ear(), known.server))
            return made, ssl.create_default_context(cafile=str(known.authority))

        yield make


def test_over_tls_to_who_it_should_be(encrypted):
    ear, trusted = encrypted("localhost")
    url = f"https://localhost:{ear.port}/hook"

    assert isinstance(tells(ear, url=url, trusted=trusted), Brought)
    with pytest.raises(Unavailable, match="certificate"):
        tells(ear, url=url)


def test_not_to_who_has_the_certificate_of_somebody_else(encrypted):
    ear, trusted = encrypted("crm.example")

    with pytest.raises(Unavailable, match="localhost"):
        tells(ear, url=f"https://localhost:{ear.port}/hook", trusted=trusted)
    assert ear.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "crm.example/hook",
        "ftp://crm.example/hook",
        "http://crm.example/hook",
        "http://127.0.0.1/hook",
        "https://",
        "https:///hook",
        "https://user:password@crm.example/hook",
        "https://crm.example/hook#part",
        "https://crm.example:many/hook",
        "https://crm.example/ho ok",
        "https://crm.example/hook\r\nX: y",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_for_an_endpoint_is_said(url):
    with pytest.raises(NotAnEndpoint):
        address(url)
    assert tells(Ear(), url=url, allowed=()).code == "not-an-endpoint"


def test_an_address_is_kept_as_it_was_written():
    found = address("https://crm.example/hook?for=pages")

    assert (found.host, found.port, found.path) == ("crm.example", 443, "/hook?for=pages")
