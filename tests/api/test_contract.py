"""Who may ask, how often, and that nothing is done twice; every refusal is problem+json."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import urllib3

from generator.ports.trouble import Unavailable
from generator.rehearsal.stage import KNOWN
from generator.runtime.api import document
from generator.runtime.api.operations import OPERATIONS
from generator.runtime.app import create
from generator.runtime.limits import LIMITS
from generator.runtime.merchant.wrong import STATUS
from generator.seal import api_keys
from generator.seal.keys import BadKey
from tests.api.calls import call, get, post, put
from tests.support.kept import stands
from tests.support.town import API_SECRET, OTHER_SECRET, ROOT


def prepared(town, **more):
    """A request that acts, and the customer whom it is about."""
    customer = town.customer(KNOWN)
    return customer, {"customer": customer.ref, "plan": "studio", **more}


def key():
    return secrets.token_hex(8)


# Who asks


@pytest.mark.parametrize("secret", ["", "x" * 43, API_SECRET[:-1], f"shop:{API_SECRET}", "é" * 40])
def test_without_a_key_nobody_learns_anything(town, secret):
    for path in ("/customers", "/customers/nobody", "/nothing/here"):
        refused = get(town, path, secret="", **({"Authorization": f"Bearer {secret}".encode()} if secret else {}))
        assert (refused.status, refused.code) == (401, "no-key")
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_another_scheme_than_bearer_is_no_key(town):
    assert get(town, "/customers", secret="", Authorization=f"Basic {API_SECRET}").status == 401


@pytest.mark.parametrize("secret", [API_SECRET, OTHER_SECRET])
def test_each_of_the_keys_is_good(town, secret):
    assert get(town, "/customers", secret=secret).status == 200


def test_no_cookie_is_a_key_and_none_is_given(town):
    assert get(town, "/customers", secret="", Cookie=f"visit={API_SECRET}").status == 401
    answer = get(town, "/customers")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_under_another_name_nothing_is_answered(town):
    refused = get(town, "/customers", Host="evil.example")

    assert (refused.status, refused.code) == (421, "wrong-host")


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(town, method):
    answer = call(town, method, "/subscriptions")

    assert answer.status == 405
    assert "POST" in answer.headers["Allow"]


def test_the_pages_go_on_beside_the_api(town):
    assert urllib3.request("GET", f"{town.pages}/healthz").status == 200
    assert urllib3.request("GET", f"{town.pages}/nowhere").headers["Content-Type"].startswith("text/html")


def test_keys_are_read_from_the_environment_and_not_quoted():
    keys = api_keys.read(f"shop:{API_SECRET}, reports:{OTHER_SECRET}")

    assert [api_keys.caller(keys, secret) for secret in (API_SECRET, OTHER_SECRET, "", "x")] == [
        "shop",
        "reports",
        "",
        "",
    ]
    assert API_SECRET not in repr(keys)
    for bad in (f"shop:{API_SECRET},shop:{OTHER_SECRET}", "shop:short", API_SECRET, f"Shop:{API_SECRET}"):
        with pytest.raises(BadKey) as fault:
            api_keys.read(bad)
        assert API_SECRET not in str(fault.value)
    assert api_keys.read("") == ()


# How often


def test_who_asks_too_often_waits(own_town):
    town = own_town(api_pace=3)
    answers = [get(town, "/customers").status for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert int(get(town, "/customers").headers["Retry-After"]) <= 60
    assert get(town, "/customers", secret=OTHER_SECRET).status == 200
    town.clock.travel(timedelta(minutes=1))
    assert get(town, "/customers").status == 200


def test_who_guesses_keys_waits(own_town):
    town = own_town()
    for _ in range(60):
        assert get(town, "/customers", secret="guess").status == 401
    assert get(town, "/customers", secret="guess").status == 429
    assert get(town, "/customers").status == 200


def test_who_guesses_keys_behind_a_proxy_keeps_nobody_else_waiting(own_town):
    town = own_town()
    application = create(replace(town.parts, proxies=1))

    def guesses(client):
        sent = {"Authorization": "Bearer guess", "X-Forwarded-For": client}
        return application.test_client().get("/api/customers", base_url=town.pages, headers=sent).status_code

    answers = [guesses("10.1.1.1") for _ in range(LIMITS["wrong_key"].most + 1)]
    assert (answers[-2:], guesses("10.1.1.2")) == ([401, 429], 401)


# Nothing twice


def test_the_same_request_is_answered_the_same_and_done_once(town):
    customer, body = prepared(town)
    given = key()

    first = post(town, "/subscriptions", body, Idempotency_Key=given)
    again = post(town, "/subscriptions", body, Idempotency_Key=given)

    assert (first.status, again.status) == (201, 201)
    assert first.said == again.said
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(town.ledger.subscriptions(customer.id)) == 1


def test_without_a_key_it_is_done_again(town):
    customer, body = prepared(town)
    post(town, "/subscriptions", body)
    post(town, "/subscriptions", body)

    assert len(town.ledger.subscriptions(customer.id)) == 2


def test_the_key_of_another_request_is_refused(town):
    customer, body = prepared(town)
    given = key()
    post(town, "/subscriptions", body, Idempotency_Key=given)

    for other in (
        post(town, "/subscriptions", {**body, "commitment": 1}, Idempotency_Key=given),
        put(town, f"/customers/{customer.ref}", {}, Idempotency_Key=given),
    ):
        assert (other.status, other.code) == (422, "key-reused")
    assert len(town.ledger.subscriptions(customer.id)) == 1


def test_keys_of_two_callers_are_two(town):
    customer, body = prepared(town)
    given = key()
    post(town, "/subscriptions", body, Idempotency_Key=given)
    post(town, "/subscriptions", body, Idempotency_Key=given, secret=OTHER_SECRET)

    assert len(town.ledger.subscriptions(customer.id)) == 2


def test_of_several_at_once_one_is_done(town):
    customer, body = prepared(town)
    given = key()
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: post(town, "/subscriptions", body, Idempotency_Key=given), range(6)))

    assert {answer.status for answer in answers} <= {201, 409}
    assert {answer.code for answer in answers if answer.status == 409} <= {"key-in-use"}
    assert 201 in {answer.status for answer in answers}
    assert len(town.ledger.subscriptions(customer.id)) == 1


def test_a_request_that_was_refused_did_nothing_and_its_key_is_free(town):
    _, body = prepared(town)
    given = key()
    assert post(town, "/subscriptions", {**body, "customer": "nobody"}, Idempotency_Key=given).status == 404
    assert post(town, "/subscriptions", {**body, "plan": "none"}, Idempotency_Key=given).status == 422

    assert post(town, "/subscriptions", body, Idempotency_Key=given).status == 201


def test_an_answer_counts_for_a_day_and_what_was_prepared_stays_one(own_town):
    town = own_town()
    customer, body = prepared(town)
    given = key()
    first = post(town, "/subscriptions", body, Idempotency_Key=given)
    town.clock.travel(timedelta(hours=23))
    assert "Idempotent-Replayed" in post(town, "/subscriptions", body, Idempotency_Key=given).headers
    town.clock.travel(timedelta(hours=2))

    later = post(town, "/subscriptions", body, Idempotency_Key=given)

    assert "Idempotent-Replayed" not in later.headers
    assert later.said["id"] == first.said["id"]
    assert len(town.ledger.subscriptions(customer.id)) == 1


def test_when_the_answer_is_lost_with_the_machine_it_is_still_done_once(own_town, monkeypatch):
    """The effect is committed, the answer is not kept: a minute later the same request is let in, and finds it done."""
    town = own_town()
    customer, body = prepared(town)
    given = key()
    store = town.parts.store
    monkeypatch.setattr(type(store), "release", lambda *_: None)
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "answer", lambda *_: (_ for _ in ()).throw(Unavailable("gone")))
        assert post(town, "/subscriptions", body, Idempotency_Key=given).status == 503

    assert post(town, "/subscriptions", body, Idempotency_Key=given).code == "key-in-use"
    town.clock.travel(timedelta(minutes=2))
    assert post(town, "/subscriptions", body, Idempotency_Key=given).status == 201
    assert len(town.ledger.subscriptions(customer.id)) == 1


@pytest.mark.parametrize("given", ["", "k" * 256, "a b", "ä"])
def test_a_key_that_cannot_be_one_is_refused(town, given):
    _, body = prepared(town)

    assert post(town, "/subscriptions", body, Idempotency_Key=given.encode("latin-1")).code == "unknown-parameter"


# Refusals


@pytest.mark.parametrize(
    ("sent", "headers", "status", "code"),
    [
        (b"{", {}, 400, "malformed-json"),
        (b"\xff", {}, 400, "malformed-json"),
        (b'{"customer": "\\ud800"}', {}, 400, "malformed-json"),
        (b"[" * 60_000, {}, 400, "malformed-json"),
        (b'{"customer": NaN}', {}, 422, "wrong-shape"),
        (b" " * 64_001, {}, 413, "too-large"),
        (b"a=b", {"Content_Type": "application/x-www-form-urlencoded"}, 415, "not-json"),
        (b"null", {}, 422, "wrong-shape"),
        (b'"text"', {}, 422, "wrong-shape"),
        (b"", {}, 422, "wrong-shape"),
        (b'{"customer": "a", "plan": "' + b"9" * 5000 + b'"}', {}, 422, "wrong-shape"),
        (b'{"customer": "a", "plan": "team", "commitment": ' + b"9" * 5000 + b"}", {}, 400, "malformed-json"),
    ],
)
def test_whatever_is_sent_is_answered(town, sent, headers, status, code):
    refused = post(town, "/subscriptions", sent, **headers)

    assert (refused.status, refused.code) == (status, code)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert set(refused.said) == {"type", "title", "status", "detail", "code", "errors"}
    assert refused.said["type"] == f"urn:hosted-pages:problem:{code}"


def test_there_is_nothing_here(town):
    assert get(town, "/nothing").code == "unknown-address"
    assert get(town, "").code == "unknown-address"
    assert get(town, "/customers/a/b/c").code == "unknown-address"


def test_when_the_database_is_down_it_is_said_and_our_bugs_have_a_number(own_town, monkeypatch):
    town = own_town()
    with monkeypatch.context() as broken:
        broken.setattr(type(town.ledger), "customers", lambda *_: (_ for _ in ()).throw(Unavailable("down")))
        assert get(town, "/customers").code == "unavailable"
        broken.setattr(type(town.ledger), "customers", lambda *_: 1 // 0)
        ours = get(town, "/customers")
    assert (ours.status, ours.code) == (500, "our-mistake")
    assert ours.headers["X-Case"] in ours.said["detail"]


# The document


def test_the_document_is_the_one_in_the_docs(town):
    kept = ROOT / "docs" / "openapi.json"
    assert json.loads(stands(kept, document.text())) == document.made()
    assert get(town, "/openapi.json", secret="").said == document.made()


def test_every_code_is_said_to_be_possible_somewhere():
    told = document.text()

    assert [code for code in STATUS if f"`{code}`" not in told] == []


def test_every_call_has_words_and_a_name_of_its_own():
    assert len({operation.id for operation in OPERATIONS}) == len(OPERATIONS)
    assert all(operation.says.endswith(".") for operation in OPERATIONS)
