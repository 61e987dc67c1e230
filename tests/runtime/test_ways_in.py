"""What makes sense for a customer now, by our names and the old ones; each of it can be linked to, and opens."""

from dataclasses import replace

import pytest

from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime import rels
from generator.runtime.links import Link, said
from generator.runtime.ways_in import Unlinkable, WaysIn


def applying(town, customer):
    return {(way.to, *way.subject.said.values()) for way in WaysIn(town.parts).applying(customer)}


def workflows(town, customer):
    return {way[0] for way in applying(town, customer)} - {f"portal/{name}" for name in SECTIONS}


SECTIONS = ("subscriptions", "invoices", "billing_info", "payment_method")


def test_a_new_customer_can_subscribe_and_give_what_is_missing(town):
    ada = town.customer(KNOWN)

    assert workflows(town, ada) == {
        "choose_plan",
        "subscribe_to_plan",
        "register_billing_info",
        "register_payment_method",
    }
    assert {("subscribe_to_plan", "team"), ("portal/invoices",)} <= applying(town, ada)


def test_a_subscription_brings_what_can_be_done_with_it(town):
    ada = town.customer(KNOWN)
    team = town.subscribes(ada, "team")

    ways = applying(town, ada)
    assert {
        ("change_plan", team.id),
        ("change_to_plan", "solo", team.id),
        ("change_options", team.id),
        ("terminate_subscription", team.id),
    } <= ways
    assert not any(way[0] in ("restart_subscription", "subscribe_to_subscription", "pay_invoice") for way in ways)
    assert ("change_to_plan", "team", team.id) not in ways


def test_a_suspended_subscription_brings_restart_and_the_way_out(town):
    ada = town.customer(KNOWN)
    studio = town.subscribes(ada, "studio")
    town.ledger.suspend(studio.id, "suspended_agent")

    assert {"restart_subscription", "terminate_subscription"} <= workflows(town, ada)
    assert "change_plan" not in workflows(town, ada)


def test_what_was_prepared_can_be_taken_or_take_the_place_of_another(town):
    ada = town.customer(KNOWN)
    has = town.subscribes(ada, "studio")
    prepared = town.ledger.prepare(ada.id, town.ledger.plan("team"), {})

    ways = applying(town, ada)
    assert ("subscribe_to_subscription", prepared.id) in ways
    assert ("change_to_subscription", has.id, prepared.id) in ways


def test_an_open_invoice_can_be_paid_and_a_paid_one_cannot(town):
    on_terms, paid = town.customer(KNOWN, terms_days=30), town.customer(KNOWN)
    town.subscribes(on_terms, "studio")
    town.subscribes(paid, "studio")

    (invoice,) = town.ledger.invoices(on_terms.id)
    assert ("pay_invoice", invoice.id) in applying(town, on_terms)
    assert "pay_invoice" not in workflows(town, paid)


def test_nothing_makes_sense_for_who_is_on_hold(town):
    ada = town.customer(KNOWN)
    held = town.ledger.put_customer(ada.ref, "en", KNOWN, 0, frozenset(), suspended=True)

    assert WaysIn(town.parts).applying(held) == ()


def test_every_way_in_that_is_listed_opens(town):
    ada = town.customer(KNOWN, terms_days=30)
    town.subscribes(ada, "team")
    held = town.subscribes(ada, "studio")
    town.ledger.suspend(held.id, "suspended_agent")
    town.ledger.prepare(ada.id, town.ledger.plan("studio"), {})
    ways = WaysIn(town.parts)

    listed = ways.applying(ada)
    opened = {way.to: Visitor().open(ways.address(ways.link(ada, way.to, way.subject))) for way in listed}
    assert {way.to for way in listed if way.to in PURPOSES} == set(PURPOSES) - {"anonymous_subscription"}
    assert {to: visitor.status for to, visitor in opened.items() if visitor.status != 200} == {}


@pytest.mark.parametrize(
    ("name", "subject", "opens"),
    [
        ("insite-collection-offers", Subject(), "choose_plan"),
        ("insite-subscribe", Subject(plan="team"), "subscribe_to_plan"),
        ("hosted-subscribe", Subject(subscription="s"), "subscribe_to_subscription"),
        ("insite-collection-upgrade", Subject(subscription="s"), "change_plan"),
        ("insite-upgrade", Subject(subscription="s"), "change_plan"),
        ("hosted-upgrade", Subject(subscription="s", plan="team"), "change_to_plan"),
        ("insite-upgrade", Subject(subscription="s", target="t"), "change_to_subscription"),
        ("insite-restart", Subject(subscription="s"), "restart_subscription"),
        ("insite-register", Subject(), "register_billing_info"),
        ("hosted-charge", Subject(invoice="i"), "pay_invoice"),
        ("insite-home", Subject(), "portal"),
        ("insite-related-subscription", Subject(), "portal/subscriptions"),
        ("hosted-collection-subscription", Subject(), "portal/subscriptions"),
        ("insite-collection-invoice", Subject(), "portal/invoices"),
        ("hosted-related-invoice", Subject(), "portal/invoices"),
        ("insite-nothing", Subject(), "insite-nothing"),
        ("subscribe", Subject(plan="team"), "subscribe"),
        ("pay_invoice", Subject(invoice="i"), "pay_invoice"),
    ],
)
def test_the_old_names_of_links_are_understood(name, subject, opens):
    assert rels.meant(name, subject) == opens
    assert name in rels.rels(opens, subject) or name == opens


def test_every_old_name_opens_something_of_ours():
    for candidates in rels.RELS.values():
        assert all(to in PURPOSES or to.partition("/")[0] == "portal" for to in candidates)


def test_a_link_by_an_old_name_is_opened(town, visitor):
    made = Link(town.customer(KNOWN).ref, "insite-subscribe", plan="studio")

    assert visitor.open(WaysIn(town.parts).address(made)).step == "summary"


def test_what_is_sealed_is_the_link_and_what_a_newer_release_adds_is_left_aside():
    link = Link("ada", "pay_invoice", invoice="i", single_use=True, mailed=True)

    assert said(link.says()) == link
    assert said({**link.says(), "colour": "green"}) == link
    assert replace(link, mailed=False).good_for < link.good_for


@pytest.mark.parametrize(
    ("to", "subject", "thing"),
    [
        ("no_such", Subject(), "workflow or section"),
        ("portal/no_such", Subject(), "workflow or section"),
        ("anonymous_subscription", Subject(plan="studio"), "workflow or section"),
        ("subscribe_to_plan", Subject(), "plan"),
        ("subscribe_to_plan", Subject(plan="no_such"), "plan"),
        ("restart_subscription", Subject(subscription="no_such"), "subscription"),
        ("pay_invoice", Subject(invoice="no_such"), "invoice"),
    ],
)
def test_what_leads_nowhere_is_not_linked_to(town, to, subject, thing):
    with pytest.raises(Unlinkable) as fault:
        WaysIn(town.parts).link(town.customer(KNOWN), to, subject)

    assert fault.value.thing == thing
