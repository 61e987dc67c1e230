"""Who is nobody yet comes in, in a real browser: every page and every mail clean to axe, nothing scrolls sideways."""

from dataclasses import replace

import pytest

from generator.model.walk import Subject
from generator.rehearsal.stage import KNOWN
from generator.runtime.ways_in import WaysIn

NARROW = {"width": 320, "height": 640}


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("dark", [False, True])
def test_a_visitor_looks_around_and_a_customer_signs_in_by_mail(own_town, customer, dark):
    town = own_town()
    page, eyes = customer(size=NARROW, dark=dark)
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    for company in ("Cobol & Sons", "Compiler Ltd"):
        town.customer(replace(KNOWN, company=company))

    def looks():
        eyes.look(page)
        assert not sideways(page), page.url

    page.goto(f"{town.pages}/catalog")
    looks()
    page.goto(f"{town.pages}/portal/billing_info")
    looks()
    page.get_by_role("link", name="Sign in by e-mail").click()
    looks()
    press("Mail me a code")
    looks()
    page.get_by_label("E-mail").fill(KNOWN.email)
    press("Mail me a code")
    looks()
    press("Sign in")
    looks()
    (mail,) = town.parts.store.outbox(town.clock.now(), 9)
    page.get_by_label("Code").fill(mail.subject.split()[0])
    press("Sign in")
    looks()
    press("Compiler Ltd")
    page.wait_for_url("**/portal/billing_info")
    assert page.get_by_label("Company").input_value() == "Compiler Ltd"
    press("Sign out")
    looks()
    ways, (ada, _) = WaysIn(town.parts), town.ledger.customers_by_email(KNOWN.email)
    page.goto(ways.address(ways.link(ada, "portal", single_use=True)))
    looks()
    assert eyes.complaints == []


def test_mails_are_letters_that_can_be_read(own_town, customer):
    town = own_town()
    ada = town.customer(KNOWN, terms_days=30)
    town.subscribes(ada, "studio")
    ways = WaysIn(town.parts)
    ways.mail(ada, ways.link(ada, "pay_invoice", Subject(invoice=town.ledger.invoices(ada.id)[0].id)))
    (mail,) = town.parts.store.outbox(town.clock.now(), 9)
    page, eyes = customer(size=NARROW)

    page.set_content(mail.html)
    eyes.look(page)

    assert not sideways(page)
    assert page.get_by_role("link", name="Pay the invoice").get_attribute("href") in mail.text
    assert eyes.complaints == []
