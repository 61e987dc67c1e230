"""Links that cannot be followed, one by one: each is answered by a page that leads on, and does nothing."""

import http.client
import json
import logging
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import urllib3
from joserfc import jwe
from joserfc.jwk import OctKey

from generator.model.customer import BillingInfo
from generator.model.walk import Subject
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime import links
from generator.runtime.app import create
from generator.runtime.limits import LIMITS, Limits
from generator.runtime.links import Link
from generator.runtime.parts import Parts
from generator.runtime.ways_in import WaysIn
from generator.seal.keys import Key
from generator.seal.token import Sealer
from tests.support.town import LINK_KEY


def once(town, customer, to="portal"):
    ways = WaysIn(town.parts)
    return ways.address(ways.link(customer, to, single_use=True))


def sealed(town, key=LINK_KEY, purpose="link", **says):
    """A token made as we make them, of whatever is said."""
    return Sealer([key], purpose).seal(says, town.clock.now(), timedelta(hours=1))


def status(town, token):
    return Visitor().open(f"{town.pages}/l/{token}").status


def test_every_part_of_a_link_cut_short_or_flipped_is_no_link(own_town):
    town = own_town()
    token = town.link(town.customer(KNOWN), "portal").rpartition("/")[2]
    spoiled = {token[:at] for at in range(1, len(token), 40)}
    spoiled |= {token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(0, len(token), 40)}
    browser = create(replace(town.parts, proxies=1)).test_client()

    answers = set()
    for number, each in enumerate(sorted(spoiled)):
        # Each from somewhere else, or the guesses would be too many.
        answer = browser.get(f"/l/{each}", base_url=town.pages, headers={"X-Forwarded-For": f"10.0.0.{number}"})
        answers.add((answer.status_code, "This page does not exist" in answer.text))
    assert answers == {(404, True)}


@pytest.mark.parametrize("token", ["", "x" * 4001, "%2e%2e", "a.b.c.d.e", "eyJhbGciOiJub25lIn0....", "%00"])
def test_what_was_never_a_link_is_not_found(town, token):
    assert status(town, token) == 404


def test_a_megabyte_of_link_is_not_found(town):
    assert create(town.parts).test_client().get(f"/l/{'x' * 1_000_000}", base_url=town.pages).status_code == 404


def test_a_token_of_another_purpose_or_of_another_merchant_is_not_found(town):
    ada = town.customer(KNOWN)

    assert status(town, sealed(town, purpose="visit", customer=ada.ref, to="portal")) == 404
    assert status(town, sealed(town, key=Key(b"else" * 8), customer=ada.ref, to="portal")) == 404
    assert status(town, sealed(town, customer=ada.ref, to="portal")) == 200


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"alg": "dir", "enc": "A256GCM", "kid": "unknown"}, LINK_KEY),
        ({"alg": "dir", "enc": "A256GCM", "kid": LINK_KEY.id, "zip": "DEF"}, LINK_KEY),
        ({"alg": "A256KW", "enc": "A256GCM", "kid": LINK_KEY.id}, LINK_KEY),
        ({"alg": "dir", "enc": "A256GCM", "kid": LINK_KEY.id}, Key(b"else" * 8)),
    ],
)
def test_what_a_token_says_of_its_own_algorithm_or_key_decides_nothing(town, header, key):
    now = int(town.clock.now().timestamp())
    says = {"customer": town.customer(KNOWN).ref, "to": "portal"}
    payload = {"purpose": "link", "id": "x", "says": says, "made": now, "expires": now + 3600}
    kept = OctKey.import_key(key.secret, {"kid": header["kid"]})
    words = "".join([json.dumps(payload), " " * 1_000_000]) if "zip" in header else json.dumps(payload)
    token = jwe.encrypt_compact(header, words, kept, algorithms=["dir", "A256KW", "A256GCM", "DEF"])

    assert status(town, token) == 404


def test_a_key_that_is_no_longer_first_opens_its_links_and_one_that_is_gone_does_not(town):
    ada, new = town.customer(KNOWN), Key(b"newk" * 8)
    old_link = f"/l/{sealed(town, customer=ada.ref, to='portal')}"

    def answered(*ring: Key) -> int:
        parts: Parts = replace(town.parts, links=Sealer(ring, "link"))
        return create(parts).test_client().get(old_link, base_url=town.pages).status_code

    assert answered(new, LINK_KEY) == 303
    assert answered(new) == 404


def test_a_link_of_the_future_is_said_to_be_early_and_written_down(town, caplog):
    ada = town.customer(KNOWN)
    made = Link(ada.ref, "portal")
    soon = links.make(made, town.parts.links, town.pages, town.clock.now() + timedelta(seconds=59))
    later = links.make(made, town.parts.links, town.pages, town.clock.now() + timedelta(minutes=5))

    with caplog.at_level(logging.ERROR):
        assert Visitor().open(soon).status == 200
        visitor = Visitor().open(later)

    assert (visitor.status, visitor.title) == (400, "This link is not good yet")
    assert "link-of-the-future" in caplog.text
    assert later.rpartition("/")[2] not in caplog.text


def test_machines_use_nothing_up_and_the_button_works_once(town, visitor):
    link = once(town, town.customer(KNOWN))

    assert urllib3.request("HEAD", link).status == 200
    assert Visitor().open(link).title == Visitor().open(link).title == "You are almost there"
    visitor.open(link).submit("Continue")
    assert visitor.url.endswith("/portal/subscriptions")
    again = Visitor().open(link)
    assert (again.status, again.title) == (410, "This link has expired")


def test_the_same_press_twice_is_one_press_and_another_browsers_comes_too_late(town, visitor):
    link = once(town, town.customer(KNOWN))
    press, other = visitor.open(link).request("Continue"), Visitor().open(link)

    assert visitor.send(press).url.endswith("/portal/subscriptions")
    assert other.submit("Continue").status == 410
    assert Visitor().open(link).status == 410


def test_a_used_link_says_what_an_expired_one_says(own_town, visitor):
    town = own_town()
    link = once(town, town.customer(KNOWN))
    visitor.open(link).submit("Continue")
    used = Visitor().open(link)
    town.clock.travel(timedelta(days=2))
    expired = Visitor().open(town.link(town.customer(KNOWN), "portal", good_for=timedelta(seconds=-120)))

    assert (used.status, used.text) == (expired.status, expired.text)


def test_what_was_revoked_is_dead_for_its_customer_alone_and_signs_them_out(own_town, visitor):
    town = own_town()
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    before, others = town.link(ada, "portal"), town.link(bob, "portal")
    visitor.open(before)

    WaysIn(town.parts).revoke(ada)
    town.clock.travel(timedelta(seconds=1))

    assert Visitor().open(before).status == 410
    assert visitor.open(f"{town.pages}/portal/invoices").status == 403
    assert Visitor().open(others).status == 200
    assert Visitor().open(town.link(ada, "portal")).status == 200


def test_a_link_to_what_the_definition_no_longer_has_leads_on(town, visitor, caplog):
    ada = town.customer(KNOWN)

    with caplog.at_level(logging.WARNING):
        visitor.open(f"{town.pages}/l/{sealed(town, customer=ada.ref, to='portal/gone')}")

    assert (visitor.status, visitor.title) == (409, "This is no longer offered")
    assert "link-leads-nowhere" in caplog.text
    assert visitor.open(visitor.links()["Go to your account"]).status == 200


@pytest.mark.parametrize("name", ["{{7*7}}", "<script>alert(1)</script>", "\u202egpj.exe"])
def test_what_a_customer_is_called_is_text(own_town, visitor, name):
    town = own_town()
    named = town.ledger.put_customer(name, "en", BillingInfo(name=name), 0, frozenset())

    visitor.open(town.link(named, "portal"))

    assert visitor.status == 200
    assert "<script>alert" not in visitor.html
    assert name in "".join(visitor.page.itertext())


def test_a_mail_speaks_of_the_address_in_the_settings_whoever_was_asked(own_town, visitor):
    town = own_town()
    town.customer(KNOWN)
    parts = urlsplit(town.pages)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", "/sign-in", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 421

    ada = town.customer(KNOWN)
    WaysIn(town.parts).mail(ada, WaysIn(town.parts).link(ada, "portal"))
    (mail,) = town.parts.store.outbox(town.clock.now(), 9)
    assert town.pages in mail.html
    assert "evil.example" not in mail.html + mail.text


def test_who_guesses_is_told_to_wait_and_others_are_not(own_town):
    town = own_town()
    ada = town.customer(KNOWN)
    application = create(replace(town.parts, proxies=1))

    def asks(path, client):
        return application.test_client().get(path, base_url=town.pages, headers={"X-Forwarded-For": client})

    answers = [asks("/l/guess", "10.1.1.1").status_code for _ in range(LIMITS["link"].most + 1)]
    good = f"/l/{sealed(town, customer=ada.ref, to='portal')}"
    assert answers == [404] * LIMITS["link"].most + [429]
    assert asks(good, "10.1.1.1").status_code == 429
    assert 0 < int(asks(good, "10.1.1.1").headers["Retry-After"]) <= 60
    assert asks(good, "10.1.1.2").status_code == 303
    assert asks(good, "10.9.9.9, 10.1.1.1").status_code == 429  # what stands before the proxy's word is hearsay
    town.clock.travel(timedelta(minutes=1))
    assert asks(good, "10.1.1.1").status_code == 303


def test_limits_remember_no_more_clients_than_they_may(town):
    limits = Limits(town.clock, capacity=100)

    for number in range(10_000):
        limits.count("link", str(number))

    assert len(vars(limits)["_counted"]) == 100


def test_a_link_about_what_somebody_else_has_is_not_found(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    hers = town.subscribes(ada, "studio")

    made = Link(bob.ref, "terminate_subscription", subscription=hers.id)
    assert visitor.open(WaysIn(town.parts).address(made)).status == 404


def test_the_only_subscription_need_not_be_named(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    town.subscribes(ada, "studio")
    ways = WaysIn(town.parts)

    visitor.open(ways.address(Link(ada.ref, "insite-collection-upgrade")))
    assert visitor.step == "catalog"
    assert Visitor().open(ways.address(Link(bob.ref, "insite-restart"))).status == 404
    assert ways.completed(ada, "change_plan", Subject()).startswith("/start/change_plan?subscription=")
    town.subscribes(ada, "solo")
    assert visitor.open(ways.address(Link(ada.ref, "insite-upgrade"))).url.endswith("/portal/subscriptions")
