"""Ways out: the most specific target, the parameters of every workflow and outcome, and an allow-list that holds."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from generator.compiler.checks import insecure_redirect, redirect_not_allowed, unsafe_redirect
from generator.engine import redirect
from generator.model.portal import Portal
from generator.model.site import Address, After, Look, Redirects, Seller, Site
from generator.model.walk import Ended, Open, Subject, Walk
from generator.model.workflow import PURPOSES, Outcome
from generator.seal import result
from generator.seal.keys import Key

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = Key(b"done" * 8)
NAMES = ("exact", "workflow", "from", "default", "leave")
TARGETS = {name: Address(f"https://shop.example/{name}") for name in NAMES}
OUTCOMES = get_args(Outcome)


def site(after=None, leave="", allow=(), targets=TARGETS):
    redirects = Redirects(tuple(Address(url) for url in allow), targets, after or {}, leave)
    return Site("Shop", ("en",), "EUR", "UTC", Look(), Seller(), {}, redirects, Portal(()), ())


def walk(workflow, standing):
    return Walk("w1", workflow, "customer-1", Subject(), "b1", "en", NOON, NOON, standing=standing)


@pytest.mark.parametrize("workflow", PURPOSES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_most_specific_target_wins(workflow, outcome):
    names = (f"{workflow}.{outcome}", workflow, PURPOSES[workflow].from_, "default")
    after = {name: After(target) for name, target in zip(names, NAMES, strict=False)}
    for name, target in zip(names, NAMES, strict=False):
        assert redirect.after(site(after), workflow, outcome) == f"https://shop.example/{target}"
        del after[name]

    assert redirect.after(site(after), workflow, outcome) == ""


def test_who_leaves_goes_to_the_leave_target_or_stays_with_us():
    assert redirect.leaving(site(leave="leave")) == "https://shop.example/leave"
    assert redirect.leaving(site()) == ""


@pytest.mark.parametrize("workflow", PURPOSES)
@pytest.mark.parametrize("outcome", [*OUTCOMES, "cancelled"])
def test_every_workflow_and_outcome_says_the_same_things(workflow, outcome):
    standing = Open() if outcome == "cancelled" else Ended(outcome, "subscription-1", "invoice-1")

    said = redirect.parameters(walk(workflow, standing), "team")

    known = {"from": PURPOSES[workflow].from_, "outcome": outcome, "idc": "customer-1", "refo": "team"}
    assert said == (known if outcome == "cancelled" else {**known, "idsub": "subscription-1"})
    assert result.verify(result.sign(said, KEY, NOON), KEY, NOON) == said


def test_who_leaves_is_told_apart_by_the_subscription_that_it_was_about():
    left = Walk("w1", "change_options", "customer-1", Subject(subscription="s1"), "b1", "en", NOON, NOON)

    assert redirect.parameters(left, "team")["idsub"] == "s1"


def test_what_there_is_none_of_is_not_said():
    assert redirect.parameters(walk("register_payment_method", Ended("registered")), "") == {
        "from": "permission",
        "outcome": "registered",
        "idc": "customer-1",
    }


@pytest.mark.parametrize(
    ("allowed", "url", "good"),
    [
        ("https://shop.example/", "https://shop.example/welcome", True),
        ("https://shop.example", "https://shop.example/", True),
        ("https://shop.example:443/", "https://shop.example/", True),
        ("https://shop.example/app", "https://shop.example/app/welcome", True),
        ("https://shop.example/app", "https://shop.example/app", True),
        ("https://shop.example/app", "https://shop.example/application", False),
        ("https://shop.example/app", "https://shop.example/", False),
        ("https://shop.example/app", "https://shop.example/app/../admin", False),
        ("https://shop.example/app", "https://shop.example/app/%2e%2e/admin", False),
        ("https://shop.example/", "https://shop.example.evil.example/", False),
        ("https://shop.example/", "https://evil.example/shop.example/", False),
        ("https://shop.example/", "https://shop.example:444/", False),
        ("https://shop.example/", "https://shop.example:99999/", False),
        ("https://shop.example/", "https://www.shop.example/", False),
        ("https://shop.example/", "https://shop.example@evil.example/", False),
        ("https://shop.example/", "https://evil.example\\@shop.example/", False),
        ("https://shop.example/", "https://evil.example#@shop.example/", False),
        ("https://shop.example/", "https://sh\u043ep.example/", False),
        ("https://shop.example/", "//shop.example/", False),
        ("https://shop.example/", "javascript:alert(1)", False),
    ],
)
def test_the_allow_list_is_exact(allowed, url, good):
    checked = site(allow=[allowed], targets={"to": Address(url)})

    wrong = [*redirect_not_allowed.check(checked), *unsafe_redirect.check(checked)]
    assert (not wrong) is good


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://shop.example/", True),
        ("http://127.0.0.1:8402/", True),
        ("http://localhost/", True),
        ("http://shop.example/", False),
        ("http://127.0.0.2/", False),
        ("http://localhost.evil.example/", False),
        ("http://[::1]/", False),
        ("ftp://localhost/", False),
        ("javascript://localhost/%0Aalert(1)", False),
    ],
)
def test_only_a_developers_own_machine_goes_without_encryption(url, good):
    checked = site(allow=[url], targets={"to": Address(url)})

    assert (not list(insecure_redirect.check(checked))) is good
