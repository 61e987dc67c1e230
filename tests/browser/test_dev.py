"""The shell of `dev` in a real browser: the pages in it follow each save, and what is wrong is told to everybody."""

import pytest

from generator.studio.front import SHELL
from tests.browser.conftest import AXE, DESK, PHONE, RULES
from tests.studio.conftest import PATIENCE, studio


@pytest.fixture(scope="module")
def hand(tmp_path_factory):
    with studio(tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("kept")) as made:
        yield made


@pytest.fixture
def shell(browser, hand):
    """The shell before somebody's eyes, and everything that they would mind."""
    minded, contexts = [], []

    def opened(size, dark=False):
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", locale="en-GB")
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        context.on("console", lambda message: minded.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: minded.append(str(error.error)))
        context.on("request", lambda request: None if ours(request.url) else minded.append(request.url))
        page = context.new_page()
        page.goto(f"{hand.studio.address}{SHELL}")
        return page

    def ours(url):
        return url.startswith((hand.studio.address, hand.studio.world.stand.bank, "about:", "data:"))

    yield opened, minded
    for context in contexts:
        context.close()


def axe(page):
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({include: [['body']], exclude: [['iframe']]}, {runOnly: rules})", RULES)
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found["violations"]]


@pytest.mark.timeout(900)
def test_somebody_is_a_customer_saves_something_wrong_and_mends_it(hand, shell):
    opened, minded = shell
    page = opened(DESK)
    pages = page.frame_locator("iframe.pages")
    page.select_option("#who", "clara")
    pages.get_by_role("heading", name="Subscriptions").wait_for()
    assert axe(page) == []
    hand.saves("version: 1\nextends: default\nsite: {name: Bad, langauges: [en]}\n")
    page.get_by_role("alert").get_by_text("1 problem").wait_for()

    told = page.locator(".told").inner_text()
    assert 'workflows.yaml:3:19: "langauges" is not a key of the site; did you mean "languages"?' in told
    assert "3 | site: {name: Bad, langauges: [en]}\n  |                   ^~~~~~~~~" in told
    assert pages.get_by_role("heading", name="Subscriptions").is_visible()
    assert pages.locator(".brand").inner_text() == "First"
    assert axe(page) == []
    hand.names("Mended")
    pages.locator(".brand", has_text="Mended").wait_for()
    assert page.locator(".overlay").is_hidden()
    assert pages.get_by_role("heading", name="Subscriptions").is_visible()
    hand.names("First")
    pages.locator(".brand", has_text="First").wait_for()
    assert minded == []


@pytest.mark.timeout(900)
def test_on_a_phone_time_goes_on_and_the_bank_is_shown_in_the_frame(hand, shell):
    opened, minded = shell
    page = opened(PHONE, dark=True)
    pages = page.frame_locator("iframe.pages")
    page.select_option("#who", "new")
    page.get_by_label("Go to").select_option("register_payment_method")
    pages.get_by_role("button", name="Save the payment method").or_(pages.locator("main button.primary")).first.click()
    pages.get_by_label("Card number").wait_for()
    before = page.locator(".day").inner_text()
    page.get_by_role("button", name="+ week").click()
    page.wait_for_function("before => document.querySelector('.day').textContent !== before", arg=before)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe(page) == []
    assert minded == []


@pytest.mark.timeout(900)
def test_the_gallery_is_there_and_nobody_else_presses_the_buttons(hand, shell):
    opened, minded = shell
    page = opened(DESK)
    page.get_by_role("button", name="Gallery").click()
    page.frame_locator("iframe.pages").get_by_role("heading", name="Every page, in every state").wait_for()
    address = hand.studio.address
    foreign = {"Origin": "https://evil.example", "Content-Type": "application/json"}

    assert page.request.post(f"{address}/-/travel", data="{}", headers=foreign).status == 403
    assert page.request.get(f"{address}/-/state", headers={"Host": "evil.example"}).status == 421
    answer = page.request.get(f"{address}/nowhere", headers={"Sec-Fetch-Dest": "iframe"})
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert minded == []
