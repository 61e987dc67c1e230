"""Ways in: a link opens one page for one customer, and one that cannot be followed leads on."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.worker import Worker


def test_a_link_is_exchanged_for_a_cookie_and_a_clean_address(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))

    assert visitor.url == f"{town.pages}/portal/subscriptions"
    (cookie,) = visitor.cookies
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"


def test_nothing_can_be_read_in_a_link(town):
    ada = town.customer(KNOWN)

    link = town.link(ada, "subscribe_to_plan", "studio")

    for words in (ada.id, ada.ref, "studio", "subscribe"):
        assert words not in link


@pytest.mark.parametrize("token", ["nonsense", "a.b.c.d.e", "%00", "x" * 5000, "eyJhbGciOiJub25lIn0..e30.", "é"])
def test_a_garbage_link_is_answered_with_a_page_that_leads_on(town, visitor, token):
    visitor.open(f"{town.pages}/l/{token.encode().hex() if token == 'é' else token}")

    assert visitor.status == 404
    assert visitor.title == "This page does not exist"
    assert visitor.links()["Get help"] == "https://lumen.example/help"


def test_a_link_with_one_letter_changed_is_garbage(town, visitor):
    link = town.link(town.customer(KNOWN), "portal")

    for at in range(link.rindex("/") + 1, len(link), 23):
        visitor.open(link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1 :])
        assert visitor.status == 404


def test_a_token_for_something_else_opens_no_page(town, visitor):
    ada = town.customer(KNOWN)
    cookie = town.parts.visits.seal({"visit": "v", "customer": ada.id}, town.clock.now(), timedelta(hours=1))

    visitor.open(f"{town.pages}/l/{cookie}")

    assert visitor.status == 404


def test_an_expired_link_offers_a_fresh_one_by_mail_and_that_one_works(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    link = town.link(ada, "subscribe_to_plan", "studio")
    town.clock.travel(timedelta(hours=25))

    visitor.open(link)
    assert visitor.status == 410
    assert visitor.title == "This link has expired"
    visitor.submit("Mail me a fresh link")
    assert visitor.title == "Please look into your mailbox"
    Worker(town.parts).round()

    (file,) = town.mailbox.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("ada@example.com", "Your link to Lumen")
    fresh = next(line for line in mail.get_body(("plain",)).get_content().splitlines() if line.startswith("http"))
    visitor.open(fresh)
    assert visitor.step == "summary"


def test_an_expired_link_of_nobody_is_answered_the_same_and_mails_nothing(own_town, visitor):
    town = own_town()
    ghost = replace(town.customer(), ref="nobody-knows")
    link = town.link(ghost, "portal")
    town.clock.travel(timedelta(hours=25))

    visitor.open(link).submit("Mail me a fresh link")

    assert visitor.title == "Please look into your mailbox"
    Worker(town.parts).round()
    assert not town.mailbox.exists()


def test_a_link_is_good_for_a_minute_longer_than_its_time_for_clocks_that_differ(own_town, visitor):
    town = own_town()
    link = town.link(town.customer(KNOWN), "portal", good_for=timedelta(hours=1))

    town.clock.travel(timedelta(hours=1, seconds=59))
    assert visitor.open(link).status == 200
    town.clock.travel(timedelta(seconds=2))
    assert Visitor().open(link).status == 410


def test_who_has_no_name_is_not_called_by_the_merchants_name_for_them(town, visitor):
    nobody, ada = town.customer(), town.customer(KNOWN)

    visitor.open(town.link(nobody, "portal"))
    assert "You are signed in" in "".join(visitor.page.itertext())
    assert nobody.ref not in "".join(visitor.page.itertext())
    visitor.open(town.link(ada, "portal"))
    assert "You are signed in, and the link was made for another customer" in visitor.text


def test_another_customers_link_says_so_and_offers_the_switch(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(replace(KNOWN, name="Bob", email="bob@example.com"))
    visitor.open(town.link(ada, "portal"))

    visitor.open(town.link(bob, "portal/billing_info"))
    assert visitor.status == 409
    assert "You are signed in as Ada Lovelace, and the link was made for another customer" in visitor.text
    assert "Bob" not in visitor.text
    visitor.submit("Switch to the other account")

    assert visitor.url == f"{town.pages}/portal/billing_info"
    assert visitor.value("name") == "Bob"


def test_another_customers_walk_is_not_there(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    walk = visitor.open(town.link(ada, "subscribe_to_plan", "studio")).url

    other = Visitor().open(town.link(bob, "portal"))
    other.open(walk)

    assert other.status == 404
    assert Visitor().open(walk).status == 403


def test_opening_a_link_again_goes_on_with_the_same_walk(town, visitor):
    ada = town.customer(KNOWN)

    first = visitor.open(town.link(ada, "subscribe_to_plan", "studio")).url
    second = Visitor().open(town.link(ada, "subscribe_to_plan", "studio")).url

    assert first == second


def test_a_link_to_a_plan_that_is_not_sold_says_so(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "subscribe_to_plan", "no-such-plan"))

    assert visitor.status == 409
    assert visitor.title == "This is no longer offered"


def test_a_workflow_that_needs_a_plan_is_not_begun_without_one(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))

    assert visitor.open("/start/subscribe_to_plan").status == 404
    assert visitor.open("/start/no_such_workflow").status == 404


def test_who_signs_out_is_out(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))

    visitor.submit("Sign out")
    visitor.open("/portal/subscriptions")

    assert visitor.status == 403
    assert visitor.title == "Please open your link again"
