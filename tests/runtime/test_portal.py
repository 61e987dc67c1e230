"""The standing billing area: its four sections."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from generator.model.live.parts import Url
from generator.model.payment import Method
from generator.model.portal import BUTTONS, Button, Section
from generator.model.site import Address, Redirects
from generator.runtime.present.portal import Doors, payment_method
from generator.runtime.present.shell import Frame
from tests.support.journeys import comes_to_payment, gives_card
from tests.support.town import OFFICE


def test_who_has_no_subscription_is_led_to_the_plans(town, visitor):
    visitor.open(town.link(town.customer(OFFICE), "portal"))

    assert "No subscription yet" in visitor.text
    visitor.open(visitor.links()["Choose a plan"])
    assert visitor.title == "Choose your plan"


def test_a_paid_subscription_shows_with_its_invoice_and_its_card(town, visitor):
    ada = town.customer(OFFICE)
    gives_card(comes_to_payment(town, visitor, ada).submit())

    visitor.open(f"{town.pages}/portal")
    for words in ("Studio", "Active", "€49.00 per month", "Since November 22, 2026", "Renews on December 22, 2026"):
        assert words in visitor.text
    visitor.open(visitor.links()["Invoices"])
    for words in ("INV-0", "Paid", "€58.80", "VAT 20%"):
        assert words in visitor.text
    visitor.open(visitor.links()["Payment method"])
    for words in ("Visa •••• 4242", "expires 12/2030", "Used for payments"):
        assert words in visitor.text


def test_unpaid_invoices_come_first_and_say_until_when(town, visitor):
    ada = town.customer(OFFICE, terms_days=30)
    comes_to_payment(town, visitor, ada).submit()
    gives_card(comes_to_payment(town, visitor, ada, "studio").submit(method="new:card"))

    visitor.open(f"{town.pages}/portal/invoices")

    assert visitor.text.index("To pay") < visitor.text.index("Paid")
    assert "Due by December 22, 2026" in visitor.text


def test_billing_info_is_edited_and_checked(town, visitor):
    ada = town.customer(replace(OFFICE, company="Analytical Engines"))
    visitor.open(town.link(ada, "portal/billing_info"))
    assert visitor.value("company") == "Analytical Engines"

    visitor.submit(city="", name="Augusta King", company="")
    assert visitor.status == 422
    assert "“City” is missing" in visitor.text
    assert visitor.value("name") == "Augusta King"
    assert town.ledger.customer(ada.id).billing.name == "Ada Lovelace"

    visitor.submit(city="Ockham")
    assert "Your billing details are saved." in visitor.text
    billing = town.ledger.customer(ada.id).billing
    assert (billing.name, billing.city, billing.company) == ("Augusta King", "Ockham", "")


def test_a_suspended_customer_sees_no_portal(town, visitor):
    ada = town.customer(OFFICE)
    link = town.link(ada, "portal")
    town.ledger.put_customer(ada.ref, "en", OFFICE, 0, frozenset(), suspended=True)

    visitor.open(link)

    assert visitor.status == 403
    assert visitor.title == "Your account is on hold"


def test_a_section_that_is_not_there_is_not_found(town, visitor):
    visitor.open(town.link(town.customer(OFFICE), "portal"))

    assert visitor.open("/portal/secrets").status == 404


FRAME = Frame(Url("/portal/payment_method"), "", None)


def test_buttons_of_payment_methods_lead_to_the_merchants_page_where_they_are_redirected():
    site = SimpleNamespace(redirects=Redirects(targets={"cards": Address("https://app.example/cards")}))
    buttons = {name: Button(redirect="cards") for name in BUTTONS["payment_method"]}
    section = Section("payment_method", "payment_method", buttons=buttons)
    methods = (Method("card_1", "card", "Visa", "2031-01", True), Method("sepa_1", "sepa", "SEPA"))
    page = payment_method(FRAME, Doors(site, section, "1"), methods, {}, date(2026, 11, 22), changed=False)
    default, other = page.methods

    assert page.default_elsewhere
    assert page.register == "https://app.example/cards?from=portal&idc=1"
    assert default.make_default is None
    assert other.make_default == "https://app.example/cards?from=portal&idc=1&idm=sepa_1"
    assert other.remove == other.make_default


@pytest.mark.parametrize("act", ["default", "remove"])
def test_a_payment_method_of_nobody_or_somebody_else_is_neither_made_the_default_nor_removed(town, visitor, act):
    ada, bob = town.customer(OFFICE), town.customer(OFFICE)
    for customer in (ada, bob):
        town.put_card(customer)
        town.put_mandate(customer)
    before = town.parts.gateway.methods(bob.id)
    visitor.open(town.link(ada, "portal/payment_method"))
    for id in (before[1].id, "nothing", "%2e%2e"):
        request = visitor.request("Use this one")
        request.full_url = f"{town.pages}/portal/payment_method/{id}/{act}"
        assert visitor.send(request).status in (200, 404)
        visitor.open(f"{town.pages}/portal/payment_method")

    assert town.parts.gateway.methods(bob.id) == before
    assert len(town.parts.gateway.methods(ada.id)) == 2


def test_looking_at_the_question_removes_nothing_and_another_page_cannot_ask(town, visitor):
    ada = town.customer(OFFICE)
    town.put_card(ada)
    visitor.open(town.link(ada, "portal/payment_method"))
    (remove,) = [href for words, href in visitor.links().items() if words.startswith("Remove")]
    visitor.open(remove)
    request = visitor.request("Remove")
    request.data = b"csrf=guessed"
    visitor.send(request)

    assert visitor.status == 403
    assert len(town.parts.gateway.methods(ada.id)) == 1
