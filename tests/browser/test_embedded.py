"""A card is given in Stripe's field on our page, in a real browser: with its script, without it, and without any."""

import pytest

from generator.rehearsal.stage import KNOWN
from tests.browser.conftest import PHONE, Eyes
from tests.standin.world import world as new_world
from tests.support.journeys import CHALLENGED, DECLINED, GOOD


@pytest.fixture(scope="module")
def world(square, tmp_path_factory):
    with new_world(tmp_path_factory.mktemp("embedded"), square, embedded=True) as made:
        yield made


@pytest.fixture
def at_field(world, browser):
    """A customer in front of the page with the field, and the eyes that look at it."""
    contexts = []

    def come(javascript=True, script=True):
        ada = world.town.customer(KNOWN)
        context = browser.new_context(viewport=PHONE, java_script_enabled=javascript, locale="en-GB")
        context.set_default_timeout(30_000)
        contexts.append(context)
        eyes = Eyes(context, world.town.pages)
        if not script:
            context.route("**/js/stripe.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(world.town.link(ada, "subscribe_to_plan", "studio"))
        while not page.url.endswith("/payment"):
            if page.url.endswith("/summary"):
                page.get_by_label("I accept the terms of sale.").check()
            page.locator("main button.primary").click()
        page.get_by_role("button", name="Order and pay €58.80").click()
        page.wait_for_url("**/paying")
        return page, eyes, ada

    yield come
    for context in contexts:
        context.close()


def gives(page, number):
    frame = page.frame_locator("iframe")
    frame.get_by_label("Card number").fill(number)
    frame.get_by_label("MM/YY").fill("12/30")
    page.get_by_role("button", name="Pay €58.80").click()


def paid(world, ada):
    return [invoice.total.minor for invoice in world.town.ledger.invoices(ada.id) if invoice.state == "paid"]


def test_a_card_is_given_and_nothing_is_blocked_or_broken(world, at_field):
    page, eyes, ada = at_field()
    page.get_by_role("button", name="Pay €58.80").wait_for()
    assert not page.get_by_text("If no field appears here").is_visible()
    eyes.look(page)
    gives(page, GOOD)

    page.wait_for_url(f"{world.town.shop}/welcome?**")
    assert page.locator("#verified").inner_text() == "The result verifies: outcome paid."
    assert paid(world, ada) == [5880]
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_who_is_declined_is_told_on_the_page_and_tries_another_card(world, at_field):
    page, eyes, ada = at_field()
    gives(page, DECLINED)
    alert = page.get_by_role("alert").filter(has_text="declined")
    alert.wait_for()
    eyes.look(page)
    gives(page, GOOD)

    page.wait_for_url(f"{world.town.shop}/welcome?**")
    assert paid(world, ada) == [5880]
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_the_bank_asks_and_the_customer_comes_back(world, at_field):
    page, eyes, ada = at_field()
    gives(page, CHALLENGED)
    page.get_by_role("button", name="It is me").click()

    page.wait_for_url(f"{world.town.shop}/welcome?**")
    assert paid(world, ada) == [5880]
    assert not eyes.complaints, "\n".join(eyes.complaints)


@pytest.mark.parametrize(("javascript", "script"), [(True, False), (False, False)], ids=["lost", "no JavaScript"])
def test_where_the_script_does_not_come_it_is_paid_on_stripes_page(world, at_field, javascript, script):
    page, _, ada = at_field(javascript, script)
    assert page.get_by_text("If no field appears here").is_visible()
    assert not page.get_by_role("button", name="Pay €58.80").is_visible()
    page.get_by_role("button", name="Continue on the provider’s page").click()
    assert page.url.startswith(f"{world.stand_in.url}/c/pay/")
    page.get_by_label("Card number").fill(GOOD)
    page.get_by_label("MM/YY").fill("12/30")
    page.get_by_role("button", name="Pay").click()

    page.wait_for_url(f"{world.town.shop}/welcome?**")
    assert paid(world, ada) == [5880]
