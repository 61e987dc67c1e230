"""The standing billing area: its four sections."""

from dataclasses import replace

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
    for words in ("Visa •••• 4242", "Expires 12/2030", "Used for payments"):
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
