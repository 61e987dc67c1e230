"""Tokens that nobody but us can make, in one spelling only."""

import base64
import json
import string
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from generator.seal import form, keys, result
from generator.seal.token import Sealer

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = keys.Key(b"o" * 32), keys.Key(b"n" * 32)


def test_a_token_says_what_was_sealed_and_can_be_told_from_any_other():
    sealer = Sealer([NEW], "link")
    one, other = sealer.seal({"to": "portal"}, NOON, HOUR), sealer.seal({"to": "portal"}, NOON, HOUR)

    assert sealer.open(one, NOON).says == {"to": "portal"}
    assert sealer.open(one, NOON).id != sealer.open(other, NOON).id


def test_no_other_spelling_of_a_token_opens():
    token = Sealer([NEW], "link").seal({"to": "portal"}, NOON, HOUR)
    letters = string.ascii_letters + string.digits + "-_.=+/"

    spellings = [
        token[:at] + letter + token[at + 1 :] for at in range(len(token)) for letter in letters if letter != token[at]
    ]
    spellings += [token[:-1], token + "A", token + "=", token + "\n", " " + token, token.replace(".", "..", 1)]

    assert not any(Sealer([NEW], "link").open(spelling, NOON) for spelling in spellings)


@pytest.mark.parametrize("token", ["", ".", "....", "a.b.c.d.e", "é.é.é.é.é", "x" * 1_000_000])
def test_nonsense_opens_nothing(token):
    assert Sealer([NEW], "link").open(token, NOON) is None


def test_a_token_of_another_purpose_or_key_opens_nothing():
    token = Sealer([NEW], "visit").seal({}, NOON, HOUR)

    assert Sealer([NEW], "link").open(token, NOON) is None
    assert Sealer([OLD], "visit").open(token, NOON) is None


def test_after_a_key_is_rotated_old_tokens_open_until_it_is_taken_away():
    token = Sealer([OLD], "link").seal({}, NOON, HOUR)

    assert Sealer([NEW, OLD], "link").open(token, NOON)
    assert Sealer([NEW], "link").open(token, NOON) is None


def test_times_allow_for_clocks_that_differ_by_a_minute():
    sealer = Sealer([NEW], "link")
    token = sealer.seal({}, NOON, HOUR)

    assert not sealer.open(token, NOON + HOUR + timedelta(seconds=60)).expired
    assert sealer.open(token, NOON + HOUR + timedelta(seconds=61)).expired
    assert not sealer.open(token, NOON - timedelta(seconds=60)).early
    assert sealer.open(token, NOON - timedelta(seconds=61)).early


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "dir", "enc": "A128GCM"}, {"alg": "dir", "enc": "A256GCM", "zip": "DEF"}]
)
def test_what_a_token_claims_of_its_own_algorithm_decides_nothing(header):
    token = Sealer([NEW], "link").seal({}, NOON, HOUR)
    forged = base64.urlsafe_b64encode(json.dumps(header | {"kid": NEW.id}).encode()).decode().rstrip("=")

    assert Sealer([NEW], "link").open(".".join([forged, *token.split(".")[1:]]), NOON) is None


def test_a_result_verifies_for_ten_minutes_and_only_whole():
    signed = result.sign({"from": "subscribe", "outcome": "paid"}, NEW, NOON)

    assert result.verify(signed, NEW, NOON + timedelta(minutes=10)) == {"from": "subscribe", "outcome": "paid"}
    assert result.verify(signed, NEW, NOON + timedelta(minutes=10, seconds=1)) is None
    assert result.verify(signed, OLD, NOON) is None
    assert result.verify(signed[:-3] + "AAA", NEW, NOON) is None


def test_a_result_that_is_not_signed_or_has_no_end_is_not_believed():
    key = OctKey.import_key(NEW.secret)

    assert result.verify("eyJhbGciOiJub25lIn0.eyJvdXRjb21lIjoicGFpZCJ9.", NEW, NOON) is None
    assert result.verify(jwt.encode({"alg": "HS256"}, {"outcome": "paid"}, key), NEW, NOON) is None


def test_a_form_belongs_to_its_visit():
    assert form.good(NEW, "visit", form.token(NEW, "visit"))
    assert not form.good(NEW, "other", form.token(NEW, "visit"))
    assert not form.good(NEW, "visit", "")


@pytest.mark.parametrize("written", ["", "short", "é" * 43, "x" * 100])
def test_a_bad_key_is_refused_with_the_command_that_makes_one(written):
    with pytest.raises(keys.BadKey, match=r"secrets\.token_urlsafe"):
        keys.read(written)
