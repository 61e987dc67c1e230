"""The merchant's verbs: what the API does, with JSON on stdout, words on stderr, and the exit code."""

import json

import pytest

from tests.cli.test_verbs import ready, run

__all__ = ["ready"]


def said(*words, **environment):
    result = run(*words, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_merchant_does_by_verbs_what_the_api_does(ready):
    changed = said("customer", "put", "ada", "--terms-days", 30, "--tag", "vip", "--billing", "city=Lyon", **ready)
    assert (changed["terms_days"], changed["tags"], changed["billing"]["city"]) == (30, ["vip"], "Lyon")
    assert changed["billing"]["name"] == "Ada Lovelace"
    assert said("customer", "show", "ada", **ready) == changed
    assert said("customer", "list", **ready) == {"items": [changed], "next": None}

    offer = ["subscription", "prepare", "--customer", "ada", "--plan", "team", "--option", "seats=5"]
    offer += ["--option", "priority_support=on", "--price", 1000, "--key", "k1"]
    prepared = said(*offer, **ready)
    assert (prepared["state"], prepared["price"]["minor"]) == ("draft_agent", 1000 + 2 * 800 + 1900)
    assert said(*offer, **ready) == prepared
    assert said("subscription", "list", "--customer", "ada", **ready)["items"] == [prepared]
    assert said("entitlements", "ada", **ready)["active"] is False
    assert "subscribe_to_subscription" in {one["to"] for one in said("customer", "links", "ada", **ready)["items"]}
    assert said("subscription", "withdraw", prepared["id"], **ready)["state"] == "deleted"
    assert said("invoice", "list", "--customer", "ada", **ready)["items"] == []


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["customer", "shwo", "ada"], 2, 'there is no verb "shwo"; did you mean "show"?'),
        (["customer", "show", "bob"], 2, 'there is no customer "bob"'),
        (["customer", "put", "ada", "--language", "de"], 2, "write one of: en, fr"),
        (["customer", "put", "ada", "--billing", "ctiy=Lyon"], 2, 'did you mean "city"?'),
        (["customer", "put", "ada", "--terms-days", "9999"], 2, "less than or equal to 365"),
        (["subscription", "prepare", "--customer", "ada", "--plan", "taem"], 2, 'did you mean "team"?'),
        (["subscription", "end", "none"], 2, 'there is no subscription "none"'),
        (["invoice", "received", "INV-000001"], 2, 'there is no invoice "INV-000001"'),
        (["usage", "report", "messages", "5", "--customer", "ada", "--key", "u1"], 2, "no option"),
    ],
)
def test_what_is_said_wrongly_is_said_and_nothing_is_printed(ready, words, code, says):
    result = run(*words, **ready)

    assert (result.returncode, result.stdout) == (code, "")
    assert says in " ".join(result.stderr.split())
