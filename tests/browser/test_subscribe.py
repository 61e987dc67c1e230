"""A customer subscribes and pays in a real browser, with and without JavaScript, on a phone and on a desk."""

from dataclasses import replace

import pytest

from generator.rehearsal.stage import KNOWN
from tests.browser.conftest import DESK, PHONE
from tests.support.journeys import BILLING


def fill_in_billing(page):
    for name, value in BILLING.items():
        if name == "country":
            page.get_by_label("Country").select_option(value)
        else:
            page.locator(f"[name={name}]").fill(value)


def give_card(page, number="4242 4242 4242 4242"):
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Expiry").fill("12/30")
    page.get_by_label("Security code").fill("123")
    page.locator("button.pay").click()


def price_and_action_in_view(page):
    """Without scrolling: an amount and the button that goes on."""
    return page.evaluate(
        """() => {
          const inView = (element) => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && box.top >= 0 && box.bottom <= window.innerHeight &&
              box.left >= 0 && box.right <= window.innerWidth;
          };
          const any = (selector) => [...document.querySelectorAll(selector)].some(inView);
          return [any("main .amount"), any("main button.primary, main a.primary")];
        }"""
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_customer_subscribes_and_pays_on_a_phone(town, customer, javascript):
    ada = town.customer()
    page, eyes = customer(javascript)
    eyes.open = javascript  # axe is JavaScript; the pages are the same to the letter

    page.goto(town.link(ada, "choose_plan"))
    eyes.look(page)
    page.get_by_role("button", name="Choose Studio").click()
    eyes.look(page)
    fill_in_billing(page)
    page.get_by_role("button", name="Continue").click()
    eyes.look(page)
    page.get_by_label("I accept the terms of sale.").check()
    page.get_by_role("button", name="Continue").click()
    eyes.look(page)
    page.get_by_role("button", name="Order and pay €58.80").click()
    assert page.url.startswith(town.bank)
    eyes.look(page)
    give_card(page)

    page.wait_for_url(f"{town.shop}/welcome?**")
    eyes.look(page)
    assert page.locator("#verified").inner_text() == "The result verifies: outcome paid."
    assert town.paid(ada) == [5880]
    page.goto(f"{town.pages}/portal")
    assert page.get_by_role("heading", name="Studio").is_visible()
    eyes.look(page)
    page.get_by_role("link", name="Invoices").click()
    assert page.get_by_text("€58.80").first.is_visible()
    eyes.look(page)
    assert len(eyes.seen) == (8 if javascript else 0)
    assert not eyes.complaints, "\n".join(eyes.complaints)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_on_the_way_is_clean_and_shows_price_and_action(town, customer, size, dark):
    """Through all steps, with an error on the way and a decline at the end; axe looks at each page."""
    ada = town.customer()
    page, eyes = customer(size=size, dark=dark)

    def look(price=True):
        eyes.look(page)
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert wide, f"{page.url} scrolls sideways"
        if price and size == PHONE:
            assert price_and_action_in_view(page) == [True, True], page.url

    page.goto(town.link(ada, "choose_plan"))
    look()
    page.get_by_role("button", name="Choose Business").click()
    look()
    page.get_by_label("Seats").fill("7")
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_label("Seats").fill("25")
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_role("button", name="Continue").click()
    look()
    assert page.locator(".notice.bad").evaluate("element => element === document.activeElement")
    fill_in_billing(page)
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_label("How many people").fill("25")
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_role("button", name="Order and pay").click()
    give_card(page, "4000 0000 0000 0002")
    page.wait_for_url("**/payment")
    look()
    page.get_by_role("button", name="Order and pay").click()
    give_card(page)
    page.wait_for_url(f"{town.shop}/**")
    for section in ("subscriptions", "invoices", "billing_info", "payment_method"):
        page.goto(f"{town.pages}/portal/{section}")
        look(price=False)
    page.goto(f"{town.pages}/nowhere")
    look(price=False)
    assert not eyes.complaints, "\n".join(eyes.complaints)
    assert len(eyes.seen) == 14


def test_pages_that_wait_end_and_refuse_are_clean_too(town, customer):
    page, eyes = customer()
    ada = town.customer(KNOWN)
    page.goto(town.link(ada, "portal"))
    eyes.look(page)
    page.goto(town.link(ada, "subscribe_to_plan", "studio"))
    payment = page.url.replace("/summary", "/payment")
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Order and pay").click()
    page.wait_for_url(f"{town.bank}/**")
    page.goto(payment)
    assert page.get_by_role("heading", name="Your payment is not finished").is_visible()
    eyes.look(page)
    page.get_by_role("link", name="Continue to the payment page").click()
    give_card(page)
    page.wait_for_url(f"{town.shop}/**")
    page.goto(payment)
    assert page.get_by_role("heading", name="Thank you, it is paid").is_visible()
    eyes.look(page)
    page.goto(town.link(town.customer(KNOWN), "portal"))
    assert page.get_by_role("heading", name="This link is for somebody else").is_visible()
    eyes.look(page)
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_a_double_click_on_pay_pays_once(town, customer):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    page, eyes = customer()
    page.goto(town.link(ada, "subscribe_to_plan", "studio"))
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("button", name="Order and pay").dblclick()

    page.wait_for_url(f"{town.shop}/welcome?**")
    assert town.paid(ada) == [5880]
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_a_keyboard_alone_is_enough(town, customer):
    ada = town.customer(KNOWN)
    page, _eyes = customer(size=DESK)
    page.goto(town.link(ada, "subscribe_to_plan", "solo"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "BUTTON":
        page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/payment")
    page.get_by_role("button", name="Start for free").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"{town.shop}/welcome?**outcome=nocharge**")


def test_a_page_opened_from_its_folder_can_be_recognised(square, customer):
    page, _eyes = customer(size=DESK)
    bundle = (square.build / "current").resolve()

    page.goto((bundle / "pages" / "en" / "subscribe_to_plan.summary.html").as_uri())

    assert page.get_by_role("heading", name="Check your order").is_visible()
    assert "⟦quote.due_now|money|text⟧" in page.inner_text("main")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Geist")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_scrolls_sideways_at_320_pixels_nor_with_letters_of_twice_the_size(town, customer, language):
    long = replace(
        KNOWN,
        name="Maximiliane von Hohenstaufen-Oberammergau",
        company="Donaudampfschifffahrtselektrizitätengroßhandelsgesellschaft mbH & Co. KG",
        address_line1="Rindfleischetikettierungsüberwachungsstraße 127a, Hinterhaus",
    )
    ada = town.customer(long, terms_days=30, language=language)
    town.put_card(ada)
    page, _eyes = customer(size={"width": 320, "height": 640})

    def fits():
        for width, letters in ((640, "200%"), (320, "100%")):
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, letters)

    page.goto(town.link(ada, "choose_plan"))
    fits()
    page.locator("button[value=business]").click()
    fits()
    page.locator("main button.primary").click()
    fits()
    page.locator("main button.primary").click()
    fits()
    page.locator("[name=terms]").check()
    page.locator("main button.primary").click()
    fits()
    page.locator("[value='offline:transfer']").check()
    page.locator("main button.primary").click()
    page.wait_for_url(f"{town.shop}/**")
    for section in ("subscriptions", "invoices", "billing_info", "payment_method"):
        page.goto(f"{town.pages}/portal/{section}")
        fits()


def test_nothing_is_asked_of_another_origin(town, customer):
    page, _eyes = customer()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(town.link(town.customer(KNOWN), "subscribe_to_plan", "studio"))

    assert [url for url in asked if not url.startswith(town.pages)] == []


def test_an_invoice_is_paid_and_a_method_registered_from_the_portal_on_a_phone(town, customer):
    grace = town.customer(KNOWN, terms_days=30)
    page, eyes = customer()
    page.goto(town.link(grace, "subscribe_to_plan", "studio"))
    page.get_by_label("I accept the terms of sale.").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Order and pay €58.80").click()
    (invoice,) = town.ledger.invoices(grace.id)

    page.goto(f"{town.pages}/portal/invoices")
    eyes.look(page)
    page.get_by_role("link", name=f"Pay this invoice {invoice.number}").click()
    eyes.look(page)
    assert price_and_action_in_view(page) == [True, True]
    page.get_by_role("button", name="Continue").click()
    eyes.look(page)
    assert price_and_action_in_view(page) == [True, True]
    page.locator("label[for=method-new]").click()
    page.get_by_role("button", name="Pay €58.80").click()
    give_card(page, "4000 0025 0000 3155")
    page.locator("button[value=confirm]").click()
    eyes.look(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you, it is paid"
    assert town.paid(grace) == [5880]

    page.goto(f"{town.pages}/portal/payment_method")
    eyes.look(page)
    page.get_by_role("link", name="Add another payment method").click()
    eyes.look(page)
    page.get_by_role("button", name="Add a payment method").click()
    give_card(page)
    eyes.look(page)
    assert "Your payment method is on file" in page.locator("main").inner_text()
