"""The portal on a phone: each of its variants, an invoice paid with a challenge, and a way through by keys alone."""

import pytest

from generator.rehearsal.stage import KNOWN
from tests.browser.conftest import PHONE
from tests.browser.test_changes import CHALLENGED
from tests.browser.test_subscribe import give_card


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_invoice_is_found_read_and_paid_with_a_challenge(town, customer, dark):
    page, eyes = customer(size=PHONE, dark=dark)
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url))
    ada = town.customer(KNOWN, terms_days=30)
    page.goto(town.link(ada, "portal"))
    eyes.look(page)
    for plan in ("studio", "business"):
        town.subscribes(ada, plan)
        page.goto(f"{town.pages}/portal/subscriptions")
        eyes.look(page)
    page.get_by_role("link", name="Studio", exact=True).click()
    eyes.look(page)
    page.get_by_role("link", name="Invoices").click()
    eyes.look(page)
    invoice = town.ledger.invoices(ada.id)[1]
    page.get_by_role("link", name=f"Invoice {invoice.number}", exact=True).click()
    assert page.get_by_role("heading", name=f"Invoice {invoice.number}").is_visible()
    eyes.look(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Pay this invoice").click()
    page.get_by_role("button", name="Continue").click()
    eyes.look(page)
    page.locator("label[for=method-new]").click()
    page.get_by_role("button", name="Pay €58.80").click()
    give_card(page, CHALLENGED)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("heading", name="Thank you, it is paid").wait_for()
    eyes.look(page)

    assert town.ledger.invoice(invoice.id).state == "paid"
    assert town.paid(ada) == [5880]
    assert all(url.startswith((town.pages, town.bank)) for url in elsewhere)
    assert not eyes.complaints, "\n".join(eyes.complaints)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_credit_note_and_the_statement_are_read_on_a_phone(town, customer, dark):
    page, eyes = customer(size=PHONE, dark=dark)
    ada = town.customer(KNOWN)
    town.subscribes(ada, "studio")
    (invoice,) = town.ledger.invoices(ada.id)
    town.ledger.refund(invoice.id, None, "transfer", "A week was lost.", f"back-{invoice.id}")
    (note,) = town.ledger.credit_notes(ada.id)
    page.goto(town.link(ada, "portal"))
    page.wait_for_load_state("networkidle")
    page.goto(f"{town.pages}/portal/invoices/{invoice.number}")
    eyes.look(page)
    page.get_by_role("link", name=f"Credit note {note.number}").click()
    assert page.get_by_role("heading", name=f"Credit note {note.number}").is_visible()
    eyes.look(page)
    page.goto(f"{town.pages}/portal/invoices")
    page.get_by_role("link", name="Account statement").click()
    eyes.look(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("From").fill("2026-12-31")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("alert").wait_for()
    eyes.look(page)
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_a_subscription_is_left_and_kept_by_keys_alone(town, customer):
    page, _eyes = customer(size=PHONE)
    ada = town.customer(KNOWN)
    town.put_card(ada)
    has = town.subscribes(ada, "studio")
    page.goto(town.link(ada, "portal"))

    def press(words):
        """Go on with the Tab key until this is what has the focus, and it can be seen; then press Enter."""
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
            if focused.strip().startswith(words):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", words
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                return
        raise AssertionError(f"no key leads to {words} on {page.url}")

    press("Cancel")
    press("Cancel the subscription")
    assert town.ledger.subscription(has.id).state == "active_delayed_termination"
    press("See your subscriptions")
    press("Keep it after all")
    press("Continue")
    press("Order with obligation to pay")
    assert town.ledger.subscription(has.id).state == "active_running"
