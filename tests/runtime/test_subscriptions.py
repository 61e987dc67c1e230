"""What a customer does with what they have: another plan, other options, leaving, coming back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.model.payment import Paid
from generator.model.quote import ChangePlan, Request, Restart, Terminate
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from tests.support.journeys import BROKE, CHALLENGED, GOOD, gives_card, said
from tests.support.town import NOTHING_KNOWN, Town


def portal(town: Town, visitor: Visitor, customer) -> Visitor:
    return visitor.open(town.link(customer, "portal/subscriptions"))


def button(visitor: Visitor, words: str) -> Visitor:
    """Follow the link that begins with these words."""
    found = [href for name, href in visitor.links().items() if name.startswith(words)]
    assert len(found) == 1, visitor.links()
    return visitor.open(found[0])


def offered(visitor: Visitor) -> set[str]:
    """The buttons that are on the page."""
    known = ("Change plan", "Change options", "Cancel", "Restart", "Keep it after all", "Undo the change")
    return {words for words in known if words in visitor.text}


def test_a_dearer_plan_is_had_at_once(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    town.put_card(ada)
    portal(town, visitor, ada)
    assert offered(visitor) == {"Change plan", "Cancel"}
    button(visitor, "Change plan")
    assert visitor.step == "catalog"
    assert "Choose Studio" not in visitor.text, "nobody changes to what they have"
    visitor.submit("Choose Business")
    assert visitor.step == "options"
    visitor.submit()
    assert (visitor.step, visitor.title) == ("summary", "Check your change")
    assert "Unused time of Studio" in visitor.text
    visitor.submit(terms="true")
    assert visitor.step == "payment"
    (choice,) = [method.id for method in town.parts.gateway.methods(ada.id)]
    visitor.submit(method=choice)
    assert (said(visitor)["from"], said(visitor)["outcome"], said(visitor)["refo"]) == ("upgrade", "paid", "business")
    new, old = town.ledger.subscriptions(ada.id)
    assert said(visitor)["idsub"] == new.id
    assert (old.id, old.state, new.plan.ref, new.state) == (before.id, "ended_upgrade", "business", "active_running")
    assert town.paid(ada) == [6000]


def test_a_cheaper_plan_waits_and_can_be_undone(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    visitor.open(town.link(ada, "change_to_plan", "solo", before.id))
    assert (visitor.step, visitor.title) == ("summary", "Check your change")
    assert "Takes effect on December 22, 2026" in visitor.text
    visitor.submit(terms="true")
    assert visitor.step == "payment"
    visitor.submit()
    assert said(visitor)["outcome"] == "nocharge"
    assert said(visitor)["idsub"] == before.id
    portal(town, visitor, ada)
    assert "Changes to Solo on December 22, 2026" in visitor.text
    assert offered(visitor) == {"Undo the change", "Cancel"}
    visitor.submit("Undo the change")
    assert town.ledger.subscription(before.id) == before
    assert offered(visitor) == {"Change plan", "Cancel"}
    assert town.charges(ada) == []


@pytest.mark.parametrize("card", [GOOD, CHALLENGED])
def test_more_seats_are_paid_for_the_rest_of_the_term(own_town, visitor, card):
    town = own_town()
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "team")
    town.clock.travel(timedelta(days=14))
    restarted(town, before)
    town.clock.travel(timedelta(days=10))
    portal(town, visitor, ada)
    button(visitor, "Change options")
    assert (visitor.step, visitor.value("option.seats")) == ("options", "3")
    visitor.submit(**{"option.seats": "5"})
    assert visitor.step == "summary"
    visitor.submit()
    gives_card(visitor.submit(), card)
    if visitor.step == "challenge":
        visitor.submit(answer="confirm")
    assert visitor.title == "Thank you, it is paid"
    assert "Your options for Team are changed. We charged" in visitor.text
    after = town.ledger.subscription(before.id)
    assert (after.options["seats"], after.price.minor) == (5, 2900 + 2 * 800)
    assert town.paid(ada) == [invoice.total.minor for invoice in town.ledger.invoices(ada.id)][:1]


def restarted(town, subscription):
    """The trial is over, and a term begins that is paid for."""
    town.ledger.suspend(subscription.id, "suspended_agent")
    quote = town.ledger.quote(Request(subscription.customer, Restart(subscription.id), None, {}))
    order = town.ledger.open(quote.id, quote.shown, quote.id)
    town.ledger.close(order.id, Paid("p", "card", quote.due_now), quote.id)


def test_who_leaves_gives_a_reason_and_may_change_their_mind(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    portal(town, visitor, ada)
    button(visitor, "Cancel")
    assert (visitor.step, visitor.title) == ("confirm", "Cancel Studio?")
    assert "You can use it until December 22, 2026" in visitor.text
    visitor.submit(reason="unused")
    assert visitor.title == "Your subscription is canceled"
    assert "Studio ends on December 22, 2026." in visitor.text
    assert "Nothing was charged." in visitor.text
    left = town.ledger.subscription(before.id)
    assert (left.state, left.fields["confirm.reason"]) == ("active_delayed_termination", "unused")
    portal(town, visitor, ada)
    assert "Ends on December 22, 2026" in visitor.text
    assert offered(visitor) == {"Change plan", "Keep it after all"}
    button(visitor, "Keep it after all")
    assert (visitor.step, visitor.title) == ("summary", "Go on with Studio")
    visitor.submit()
    gives_card(visitor.submit())
    assert visitor.title == "You are all set"
    assert "Studio goes on. Nothing was charged." in visitor.text
    again = town.ledger.subscription(before.id)
    assert (again.state, again.ends) == ("active_running", None)
    assert town.paid(ada) == []


def test_leaving_takes_one_screen_and_no_required_field(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    visitor.open(town.link(ada, "terminate_subscription", subscription=before.id))
    assert "Step 1 of 1" in visitor.text
    visitor.submit()
    assert visitor.title == "Your subscription is canceled"


def test_a_fee_for_leaving_is_paid_and_a_declined_card_leaves_everything_as_it_was(own_town, visitor):
    town = own_town()
    town.change_plan("studio", lambda plan: replace(plan, termination=replace(plan.price, minor=5000)))
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    visitor.open(town.link(ada, "terminate_subscription", subscription=before.id))
    assert "Cancel for €60.00" in visitor.text
    visitor.submit(reason="price")
    assert visitor.step == "payment"
    gives_card(visitor.submit(), BROKE)
    assert "You were not charged" in visitor.text
    assert town.ledger.subscription(before.id) == before
    gives_card(visitor.submit())
    assert "We charged €60.00." in visitor.text
    left = town.ledger.subscription(before.id)
    assert (left.state, left.fields["confirm.reason"]) == ("active_delayed_termination", "price")
    assert town.paid(ada) == [6000]


@pytest.mark.parametrize("state", ["suspended_agent", "suspended_no_payment_info", "suspended_payment_due"])
def test_what_is_suspended_says_why_and_restarts(town, visitor, state):
    ada = town.customer(KNOWN, terms_days=30)
    before = town.subscribes(ada, "studio")
    town.ledger.suspend(before.id, state)
    portal(town, visitor, ada)
    assert "on hold" in visitor.text
    assert offered(visitor) == {"Restart", "Cancel"}
    button(visitor, "Restart")
    assert f"Invoice {town.ledger.invoices(ada.id)[0].number}" in visitor.text
    visitor.submit()
    gives_card(visitor.submit(method="new:card"))
    assert "Studio goes on. We charged €58.80." in visitor.text
    assert town.ledger.subscription(before.id) == before
    assert [invoice.state for invoice in town.ledger.invoices(ada.id)] == ["paid"]
    assert town.paid(ada) == [5880]


def test_billing_details_are_given_with_a_method(town, visitor):
    ada = town.customer(NOTHING_KNOWN)
    visitor.open(town.link(ada, "register_billing_info"))
    assert visitor.step == "billing_info"
    visitor.submit(
        email="ada@example.com", name="Ada", address_line1="1 Street", postal_code="1000", city="Bern", country="CH"
    )
    gives_card(visitor.submit())
    assert visitor.title == "You are all set"
    assert town.ledger.customer(ada.id).billing.city == "Bern"
    visitor.open(town.link(ada, "register_billing_info"))
    visitor.submit(city="Basel")
    assert "Your payment method is on file" in visitor.text
    visitor.submit()
    assert "Your billing details are saved" in visitor.text
    assert town.ledger.customer(ada.id).billing.city == "Basel"


@pytest.mark.parametrize(
    "workflow", ["change_plan", "change_options", "restart_subscription", "terminate_subscription", "change_to_plan"]
)
def test_somebody_elses_subscription_is_not_there(town, visitor, workflow):
    before = town.subscribes(town.customer(KNOWN), "studio")
    visitor.open(town.link(town.customer(KNOWN), workflow, "team", before.id))
    assert visitor.status == 404
    assert visitor.open(f"{town.pages}/portal/subscriptions").status == 200


@pytest.mark.parametrize("workflow", ["change_options", "restart_subscription"])
def test_a_link_for_what_cannot_be_done_now_says_so_and_leads_on(town, visitor, workflow):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    visitor.open(town.link(ada, workflow, subscription=before.id))
    assert (visitor.status, visitor.title) == (409, "This cannot be done now")
    assert "/portal" in visitor.links().values()


def test_what_ended_meanwhile_in_another_window_is_not_changed(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    visitor.open(town.link(ada, "change_to_plan", "business", before.id))
    visitor.submit()
    visitor.submit(terms="true")
    assert visitor.step == "payment"
    town.ledger.suspend(before.id, "suspended_agent")
    visitor.submit(method="new:card")
    assert (visitor.status, visitor.title) == (409, "This cannot be done now")
    assert town.charges(ada) == []


def test_while_a_change_is_under_way_no_other_is_begun(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    quote = town.ledger.quote(Request(ada.id, Terminate(before.id), None, {}))
    town.ledger.open(quote.id, quote.shown, "elsewhere")
    visitor.open(town.link(ada, "terminate_subscription", subscription=before.id)).submit()
    assert (visitor.status, visitor.title) == (409, "Something else is under way")
    assert town.ledger.subscription(before.id) == before


def test_undo_is_for_ones_own_subscriptions(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    mine, other = scheduled(town, ada), scheduled(town, bob)
    portal(town, visitor, ada)
    form = visitor.request("Undo the change")
    form.full_url = f"{town.pages}/portal/subscriptions/{other.id}/undo"
    assert visitor.send(form).status == 404
    states = [town.ledger.subscription(one.id).state for one in (mine, other)]
    assert states == ["active_delayed_upgrade", "active_delayed_upgrade"]


def scheduled(town, customer):
    """A subscription that is to have a cheaper plan."""
    has = town.subscribes(customer, "studio")
    town.does(customer, ChangePlan(has.id, "solo", {}))
    return has


def test_what_was_prepared_is_taken_from_the_portal_or_by_link(town, visitor):
    ada = town.customer(KNOWN)
    waiting = town.prepares(ada)
    portal(town, visitor, ada)
    assert "Not started" in visitor.text
    button(visitor, "Complete your order")
    assert visitor.step == "summary"
    assert "Your deal" in visitor.text
    visitor.submit(terms="true")
    gives_card(visitor.submit())
    assert (said(visitor)["from"], said(visitor)["outcome"]) == ("subscribe", "paid")
    assert (said(visitor)["idsub"], said(visitor)["refo"]) == (waiting.id, "deal")
    assert town.ledger.subscription(waiting.id).state == "active_running"
    assert town.paid(ada) == [5880]
    visitor.open(town.link(ada, "subscribe_to_subscription", subscription=waiting.id))
    assert (visitor.status, visitor.title) == (409, "This cannot be done now")


def test_what_was_prepared_replaces_what_one_has(town, visitor):
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    target = town.prepares(ada, price=replace(before.price, minor=7000))
    visitor.open(town.link(ada, "change_to_subscription", subscription=before.id, target=target.id))
    assert (visitor.step, visitor.title) == ("summary", "Check your change")
    visitor.submit(terms="true")
    gives_card(visitor.submit())
    assert (said(visitor)["from"], said(visitor)["outcome"]) == ("upgrade", "paid")
    assert said(visitor)["idsub"] == target.id
    states = {one.id: one.state for one in town.ledger.subscriptions(ada.id)}
    assert states == {before.id: "ended_upgrade", target.id: "active_running"}


def test_what_was_prepared_for_somebody_else_is_not_there(town, visitor):
    ada = town.customer(KNOWN)
    before, bobs = town.subscribes(ada, "studio"), town.prepares(town.customer(KNOWN))
    visitor.open(town.link(ada, "change_to_subscription", subscription=before.id, target=bobs.id))
    assert visitor.status == 404
    visitor.open(town.link(ada, "subscribe_to_subscription", subscription=bobs.id))
    assert visitor.status == 404
