"""The catalog that anybody may see, and the pages of the merchant's that may stand in place of ours around it."""

import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.bundle import folder
from generator.compiler.build import build
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor

SHOP = "https://app.lumen.example"

DEFINITION = f"""
version: 1
extends: default
site: {{name: Lumen, currency: EUR, languages: [en, fr]}}
redirects:
  allow: ["{SHOP}/"]
  targets: {{join: "{SHOP}/join", enter: "{SHOP}/enter", offers: "{SHOP}/offers", order: "{SHOP}/order?by=plan"}}
"""


@pytest.fixture
def redirecting(own_town, square, tmp_path):
    """A town whose definition redirects as is said."""

    def made(redirects="", rest=""):
        definition = tmp_path / "workflows.yaml"
        definition.write_text(f"{DEFINITION}  {redirects}\n{rest}", encoding="utf-8")
        built = build(definition, "workflows.yaml")
        assert built.bundle is not None, built.problems
        into = tmp_path / "build"
        shutil.copytree(square.build, into, symlinks=True)
        folder.write(built.bundle, into)
        return own_town(build=into)

    return made


def leads(visitor, words):
    """Where a link leads, and what it says."""
    found = next(href for name, href in visitor.links().items() if name.startswith(words))
    parts = urlsplit(found)
    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path, said


def at(town, path, *customers):
    """A browser at a page of ours, of this customer or of nobody."""
    visitor = Visitor(inside=(town.pages,))
    for customer in customers:
        visitor.open(town.link(customer, "portal"))
    return visitor.open(f"{town.pages}{path}")


def outside(visitor):
    """Where the visitor was sent, and what the address says."""
    assert visitor.status == 0, visitor.text
    parts = urlsplit(visitor.url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", {
        name: values[0] for name, values in parse_qs(parts.query).items()
    }


def test_anybody_may_see_every_plan_in_their_language_and_none_is_chosen(town):
    english, french = at(town, "/catalog?plan=studio"), Visitor(languages="fr").open(f"{town.pages}/catalog")

    assert english.title == "Plans of Lumen"
    assert french.title == "Les formules de Lumen"
    for plan in town.ledger.catalog().plans:
        assert plan.title["en"] in english.text
    assert "Chosen" not in english.text


def test_a_private_plan_is_not_in_it(own_town):
    town = own_town()
    town.change_plan("studio", lambda plan: replace(plan, private=True))

    assert "Studio" not in at(town, "/catalog").text


def test_a_visitor_goes_on_as_one_where_that_is_offered_and_signs_in_where_it_is_not(town, redirecting):
    assert leads(at(town, "/catalog"), "Choose Studio") == ("/start/anonymous_subscription", {"plan": "studio"})

    other = redirecting()
    visitor = at(other, "/catalog")
    assert leads(visitor, "Choose Studio") == ("/sign-in", {"to": "/start/subscribe_to_plan?plan=studio"})
    assert leads(visitor, "Sign in") == ("/sign-in", {"to": "/catalog"})


def test_a_visitor_signs_up_and_logs_in_at_the_merchants_where_that_is_said(redirecting):
    town = redirecting("visitor: {sign_up: join, log_in: enter}")
    visitor = at(town, "/catalog")

    assert leads(visitor, "Choose Studio") == (f"{SHOP}/join", {"from": "portal", "refo": "studio"})
    assert leads(visitor, "Sign in") == (f"{SHOP}/enter", {"from": "portal"})


def test_a_customer_goes_on_with_the_plan(town):
    ada = town.customer(KNOWN)

    visitor = at(town, "/catalog", ada)
    assert leads(visitor, "Choose Studio") == ("/start/subscribe_to_plan", {"plan": "studio"})
    assert not any(name.startswith("Sign in") for name in visitor.links())


def test_our_page_of_plans_may_be_the_merchants_for_each_audience(redirecting):
    town = redirecting("opens: {visitor: offers, customer: offers, change: offers}")
    ada = town.customer(KNOWN)
    studio = town.subscribes(ada, "studio")

    assert outside(at(town, "/catalog")) == (f"{SHOP}/offers", {"from": "portal"})
    assert outside(at(town, "/catalog", ada)) == (f"{SHOP}/offers", {"from": "portal", "idc": ada.id})
    assert outside(at(town, "/start/choose_plan", ada)) == (f"{SHOP}/offers", {"from": "portal", "idc": ada.id})
    changing = at(town, f"/start/change_plan?subscription={studio.id}", ada)
    assert outside(changing) == (f"{SHOP}/offers", {"from": "portal", "idc": ada.id, "idsub": studio.id})


def test_a_chosen_plan_may_lead_to_the_merchant_for_each_audience(redirecting):
    town = redirecting("chooses: {visitor: order, customer: order, change: order}")
    ada = town.customer(KNOWN)
    solo = town.subscribes(ada, "solo")
    said = {"by": "plan", "from": "portal", "refo": "studio"}

    assert leads(at(town, "/catalog"), "Choose Studio") == (f"{SHOP}/order", said)
    assert leads(at(town, "/catalog", ada), "Choose Studio") == (f"{SHOP}/order", {**said, "idc": ada.id})
    choosing = at(town, "/start/choose_plan", ada)
    assert outside(choosing.submit("Choose Studio")) == (f"{SHOP}/order", {**said, "idc": ada.id})
    changing = at(town, f"/start/change_plan?subscription={solo.id}", ada)
    ids = {"idc": ada.id, "idsub": solo.id}
    assert outside(changing.submit("Choose Studio")) == (f"{SHOP}/order", {**said, **ids})


def test_a_workflow_that_is_not_offered_says_so_and_leads_on(redirecting):
    town = redirecting(rest="workflows: {restart_subscription: false, choose_plan: false}")
    ada = town.customer(KNOWN)
    studio = town.subscribes(ada, "studio")

    visitor = at(town, f"/start/restart_subscription?subscription={studio.id}", ada)
    assert (visitor.status, visitor.title) == (409, "This is no longer offered")
    assert visitor.open(visitor.links()["Go to your account"]).status == 200
