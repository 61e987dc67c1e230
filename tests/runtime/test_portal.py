"""The standing billing area: its four sections."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from generator.model.live.parts import Url
from generator.model.payment import Method
from generator.model.portal import BUTTONS, Button, Section
from generator.model.site import Address, Redirects
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import XHTML
from generator.runtime.present.doors import Doors
from generator.runtime.present.portal import payment_method
from generator.runtime.present.shell import Frame
from tests.support.journeys import comes_to_payment, gives_card


def test_who_has_no_subscription_is_led_to_the_plans(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))

    assert "No subscription yet" in visitor.text
    visitor.open(visitor.links()["Choose Studio"])
    assert visitor.step == "summary"
    assert "€58.80" in visitor.text


def test_a_paid_subscription_shows_with_its_invoice_and_its_card(town, visitor):
    ada = town.customer(KNOWN)
    gives_card(comes_to_payment(town, visitor, ada).submit())

    visitor.open(f"{town.pages}/portal")
    for words in ("Studio", "Active", "€49.00 per month", "Since November 22, 2026", "Renews on December 22, 2026"):
        assert words in visitor.text
    visitor.open(visitor.links()["Invoices"])
    for words in ("INV-0", "Paid", "€58.80"):
        assert words in visitor.text
    visitor.open(next(href for words, href in visitor.links().items() if words.startswith("Invoice INV-")))
    assert "VAT 20%" in visitor.text
    visitor.open("/portal")
    visitor.open(visitor.links()["Payment method"])
    for words in ("Visa •••• 4242", "expires 12/2030", "Used for payments"):
        assert words in visitor.text


def test_unpaid_invoices_come_first_and_say_until_when(town, visitor):
    ada = town.customer(KNOWN, terms_days=30)
    comes_to_payment(town, visitor, ada).submit()
    gives_card(comes_to_payment(town, visitor, ada, "studio").submit(method="new:card"))

    visitor.open(f"{town.pages}/portal/invoices")

    assert visitor.text.index("To pay") < visitor.text.index("Paid")
    assert "Due by December 22, 2026" in visitor.text


def test_billing_info_is_edited_and_checked(town, visitor):
    ada = town.customer(replace(KNOWN, company="Analytical Engines"))
    visitor.open(town.link(ada, "portal/billing_info"))
    assert visitor.value("company") == "Analytical Engines"

    visitor.submit(city="", name="Augusta King", company="")
    assert visitor.status == 422
    assert "“Town or city” is missing" in visitor.text
    assert visitor.value("name") == "Augusta King"
    assert town.ledger.customer(ada.id).billing.name == "Ada Lovelace"

    visitor.submit(city="Ockham")
    assert "Your billing details are saved." in visitor.text
    billing = town.ledger.customer(ada.id).billing
    assert (billing.name, billing.city, billing.company) == ("Augusta King", "Ockham", "")


def test_a_suspended_customer_sees_no_portal(town, visitor):
    ada = town.customer(KNOWN)
    link = town.link(ada, "portal")
    town.ledger.put_customer(ada.ref, "en", KNOWN, 0, frozenset(), suspended=True)

    visitor.open(link)

    assert visitor.status == 403
    assert visitor.title == "Your account is on hold"


def test_a_section_that_is_not_there_is_not_found(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "portal"))

    assert visitor.open("/portal/secrets").status == 404


FRAME = Frame(Url("/portal/payment_method"), "", None)


def test_buttons_of_payment_methods_lead_to_the_merchants_page_where_they_are_redirected():
    site = SimpleNamespace(redirects=Redirects(targets={"cards": Address("https://app.example/cards")}))
    buttons = {name: Button(redirect="cards") for name in BUTTONS["payment_method"]}
    section = Section("payment_method", "payment_method", buttons=buttons)
    methods = (Method("card_1", "card", "Visa", "2031-01", True), Method("sepa_1", "sepa", "SEPA"))
    page = payment_method(FRAME, Doors(site, section, "1", {}), methods, {}, date(2026, 11, 22), changed=False)
    default, other = page.methods

    assert page.default_elsewhere
    assert page.register == "https://app.example/cards?from=portal&idc=1"
    assert default.make_default is None
    assert other.make_default == "https://app.example/cards?from=portal&idc=1&idm=sepa_1"
    assert other.remove == other.make_default


@pytest.mark.parametrize("act", ["default", "remove"])
def test_a_payment_method_of_nobody_or_somebody_else_is_neither_made_the_default_nor_removed(town, visitor, act):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
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
    ada = town.customer(KNOWN)
    town.put_card(ada)
    visitor.open(town.link(ada, "portal/payment_method"))
    (remove,) = [href for words, href in visitor.links().items() if words.startswith("Remove")]
    visitor.open(remove)
    request = visitor.request("Remove")
    request.data = b"csrf=guessed"
    visitor.send(request)

    assert visitor.status == 403
    assert len(town.parts.gateway.methods(ada.id)) == 1


def test_one_subscription_is_shown_at_once_with_its_invoices(town, visitor):
    ada = town.customer(KNOWN)
    has = town.subscribes(ada, "business")
    (invoice,) = town.ledger.invoices(ada.id)
    visitor.open(town.link(ada, "portal"))

    for words in ("Business", "Active", "20 × Seats", "Commitment until", invoice.number, "€418.80"):
        assert words in visitor.text
    assert f"/portal/subscriptions/{has.id}" not in visitor.links().values()
    assert any(words.startswith("Change options") for words in visitor.links())


def test_several_subscriptions_are_a_list_that_leads_to_each(town, visitor):
    ada = town.customer(KNOWN, terms_days=30)
    first, second = town.subscribes(ada, "studio"), town.subscribes(ada, "business")
    visitor.open(town.link(ada, "portal"))

    for plan, has in (("Studio", first), ("Business", second)):
        assert visitor.links()[plan] == f"/portal/subscriptions/{has.id}"
    visitor.open(visitor.links()["Business"])
    assert visitor.title == "Your Business subscription"
    assert "€418.80" in visitor.text
    assert "€58.80" not in visitor.text
    visitor.open(visitor.links()["All subscriptions"])
    assert visitor.title == "Subscriptions"


def test_what_has_ended_is_folded_below(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    town.put_card(ada)
    town.subscribes(ada, "studio")
    visitor.open(town.link(ada, "portal"))
    visitor.open(next(href for words, href in visitor.links().items() if words.startswith("Cancel")))
    visitor.submit("Cancel the subscription")
    town.clock.travel(timedelta(days=40))
    town.ledger.keep_up()

    visitor.open(town.link(ada, "portal"))

    assert "Past subscriptions" in visitor.text
    assert "Choose Solo" in visitor.text
    past = visitor.page.find(f".//{XHTML}details[@class='past']")
    assert "Studio" in "".join(past.itertext())


def test_what_is_nobodys_or_somebody_elses_is_not_found(town, visitor):
    ada, bob = town.customer(KNOWN), town.customer(KNOWN)
    has = town.subscribes(ada, "studio")
    (invoice,) = town.ledger.invoices(ada.id)
    visitor.open(town.link(bob, "portal"))

    for address in (
        *(f"subscriptions/{has.id}", "subscriptions/made-up", f"invoices/{invoice.number}", f"invoices/{invoice.id}"),
        *("invoices/INV-999999", f"invoices/{invoice.id}/pdf", "billing_info/x", "payment_method/x", "secrets/x"),
    ):
        assert visitor.open(f"{town.pages}/portal/{address}").status == 404, address
        assert visitor.title == "This page does not exist"


def test_an_invoice_has_a_page_by_its_number_and_by_its_id(town, visitor):
    ada = town.customer(KNOWN, terms_days=30)
    has = town.subscribes(ada, "business")
    (invoice,) = town.ledger.invoices(ada.id)
    visitor.open(town.link(ada, "portal/invoices"))
    visitor.open(visitor.links()[f"Invoice {invoice.number}"])

    for words in ("Set-up, once", "€250.00", "VAT 20%", "€69.80", "€418.80", "Ada Lovelace", "December 22, 2026"):
        assert words in visitor.text
    assert "This invoice is open." in visitor.text
    assert visitor.links()["To the subscription"] == f"/portal/subscriptions/{has.id}"
    assert any(words.startswith("Pay this invoice") for words in visitor.links())
    assert visitor.open(f"/portal/invoices/{invoice.id}").title == f"Invoice {invoice.number}"


def test_many_invoices_have_pages_with_the_unpaid_ones_first(town, visitor):
    ada = town.customer(KNOWN)
    for _ in range(44):
        town.subscribes(ada, "studio")
    town.ledger.put_customer(ada.ref, "en", KNOWN, 30, frozenset())
    town.subscribes(town.ledger.customer(ada.id), "studio")
    unpaid = town.ledger.invoices(ada.id)[0]
    visitor.open(town.link(ada, "portal/invoices"))

    assert "Page 1 of 3" in visitor.text
    assert visitor.text.index(unpaid.number) < visitor.text.index("Paid")
    seen = [number for number in visitor.links() if number.startswith("Invoice INV")]
    for page in (2, 3):
        visitor.open(visitor.links()["Older"])
        assert f"Page {page} of 3" in visitor.text
        seen += [number for number in visitor.links() if number.startswith("Invoice INV")]
    assert len(set(seen)) == len(seen) == 45
    assert "Older" not in visitor.links()
    for wish in ("99", "0", "-1", "x", "٣", "1" * 400):
        assert visitor.open(f"/portal/invoices?page={quote(wish)}").status == 200


def test_what_the_customer_told_the_merchant_is_shown_with_the_subscription(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    visitor.open(town.link(ada, "subscribe_to_plan", "business")).submit()
    visitor.submit(team_size="12", purchase_order="PO 7").submit(terms="true").submit()
    visitor.open(f"{town.pages}/portal/subscriptions")

    assert "How many people will use it? 12" in visitor.text
    assert "Purchase order PO 7" in visitor.text


def test_every_page_can_be_left_and_read_in_the_other_language(town, visitor):
    """Sign-out and language switch stand in the portal, in a workflow and on a notice; titles tell pages apart."""
    ada = town.customer(KNOWN)
    has = town.subscribes(ada, "business")
    (invoice,) = town.ledger.invoices(ada.id)
    visitor.open(town.link(ada, "portal"))
    titles = set()
    sections = ("subscriptions", "invoices", "billing_info", "payment_method")
    pages = [
        *(f"/portal/{section}" for section in sections),
        *(f"/portal/subscriptions/{has.id}", f"/portal/invoices/{invoice.number}"),
        f"/start/change_options?subscription={has.id}",
        f"/start/terminate_subscription?subscription={has.id}",
    ]
    for address in pages:
        visitor.open(town.pages + address)
        assert visitor.page.get("lang") == "en"
        assert {"Sign out", "français"} <= set(visitor.buttons()), address
        titles.add("".join(visitor.page.find(f".//{XHTML}title").itertext()))
    assert len(titles) == len(pages)

    visitor.open(f"{town.pages}/portal/invoices/{invoice.number}")
    visitor.submit("français")
    assert visitor.page.get("lang") == "fr"
    assert visitor.title == f"Facture {invoice.number}"
    visitor.open(f"{town.pages}/portal/nowhere")
    assert "English" in visitor.buttons()
