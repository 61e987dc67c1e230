"""A visitor is nobody until their billing info is given: nothing is kept before, and one workflow lets them in."""

from dataclasses import replace

from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor


def test_looking_at_the_first_step_makes_nobody_a_customer(town, visitor):
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    assert (visitor.status, visitor.title) == (200, "Your billing details")
    visitor.open(f"{town.pages}/portal")
    assert visitor.status == 403


def test_a_form_from_elsewhere_makes_nobody_a_customer(town, visitor):
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    stolen = Visitor().send(visitor.request(name="Eve"))
    assert (stolen.status, stolen.title) == (403, "Please try once more")


def test_who_is_a_customer_subscribes_as_one(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    assert visitor.step == "summary"
    assert "Ada Lovelace" in visitor.text


def test_no_other_workflow_is_begun_by_a_visitor(town, visitor):
    visitor.open(f"{town.pages}/start/subscribe_to_plan?plan=studio")
    assert visitor.status == 403
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    form = visitor.request()
    form.full_url = f"{town.pages}/start/subscribe_to_plan?plan=studio"
    assert visitor.send(form).status == 405


def test_a_private_plan_is_not_for_visitors(own_town, visitor):
    town = own_town()
    town.change_plan("studio", lambda plan: replace(plan, private=True))
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    assert (visitor.status, visitor.title) == (409, "This is no longer offered")
