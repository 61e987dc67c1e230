"""Nothing is asked of anybody else, nothing is blocked, the console stays empty: in the gallery and on live pages."""

import pytest

from generator.rehearsal.stage import KNOWN
from tests.browser.conftest import AXE, DESK, PHONE, RULES
from tests.browser.gallery.halls import kind

BLOCKED = "addEventListener('securitypolicyviolation', (event) => console.error('blocked: ' + event.violatedDirective))"


@pytest.fixture
def quiet(browser):
    """A page, and all that is heard of it which should not be: `ours` are the origins that may be asked."""
    contexts, heard = [], []

    def opened(size, *ours):
        context = browser.new_context(viewport=size, locale="en-GB")
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.add_init_script(BLOCKED)
        context.on("console", lambda message: heard.append(f"{message.type}: {message.text} {message.location['url']}"))
        context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
        context.on("requestfailed", lambda request: heard.extend(lost(request)))
        mine = ("data:", "about:", *ours)
        context.on("request", lambda request: None if request.url.startswith(mine) else heard.append(request.url))
        return context.new_page()

    yield opened, heard
    for context in contexts:
        context.close()


@pytest.mark.timeout(900)
def test_each_kind_of_page_in_the_gallery_is_quiet(halls, served, quiet):
    visits, _ = halls
    opened, heard = quiet
    page = opened(DESK, served)
    files = {kind(visit.hung.exhibit): visit.hung.file for visit in visits}
    for file in files.values():
        page.goto(f"{served}/{file}")

    assert len(files) > 20
    assert not heard, "\n".join(heard)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (PHONE, True)], ids=["desk", "phone-dark"])
def test_the_gallery_finds_shows_and_dresses_what_is_looked_for(served, quiet, size, dark):
    opened, heard = quiet
    page = opened(size, served)
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto(f"{served}/index.html")
    axe(page)
    page.get_by_label("Search").fill("payment declined")
    assert {"payment" in id for id in shown(page)} == {True}
    page.get_by_label("Search").fill("")
    theme, language = (
        page.get_attribute("[data-id='portal.invoices--forty-invoices']", "data-has").split()[0].split("/")
    )
    page.locator("select[name=theme]").select_option(theme)
    page.locator("select[name=language]").select_option(language)
    page.locator("select[name=state]").select_option("forty-invoices")
    assert shown(page) == ["portal.invoices--forty-invoices"]
    page.locator("select[name=mode]").select_option("dark")
    frame = page.frame_locator(".card:not([hidden]) iframe")
    frame.get_by_role("heading").first.wait_for()
    scheme = frame.locator("html").evaluate("root => getComputedStyle(root).colorScheme")
    assert set(scheme.split()) == {"dark", "only"}
    page.locator(".card:not([hidden]) a").click()
    page.get_by_role("dialog").get_by_role("heading", name="portal.invoices--forty-invoices").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.card').dataset.id") == "portal.invoices--forty-invoices"
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.goto(f"{served}/workflow-subscribe_to_plan.html?mode=dark")
    page.locator(".strip").first.scroll_into_view_if_needed()
    page.locator(".strip iframe").first.wait_for(state="attached")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert not heard, "\n".join(heard)


def lost(request):
    """Whoever goes on at once does not wait for the rest; nothing else may fail, least of all what a policy blocks."""
    if request.failure != "net::ERR_ABORTED":
        yield f"failed: {request.url} {request.failure}"


def shown(page):
    return page.locator(".card:not([hidden])").evaluate_all("cards => cards.map((card) => card.dataset.id)")


def axe(page):
    """The gallery's own page; what it shows in frames is looked at by itself."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, iframes: false, preload: false})", RULES)
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found["violations"]] == []


@pytest.mark.timeout(600)
def test_live_pages_are_quiet_too(town, quiet):
    opened, heard = quiet
    page = opened(PHONE, town.pages, town.bank)
    ada = town.customer(KNOWN)
    town.subscribes(ada, "studio")
    for address in (f"{town.pages}/catalog", f"{town.pages}/sign-in", town.link(ada, "portal")):
        page.goto(address)
    for section in ("invoices", "billing_info", "payment_method"):
        page.goto(f"{town.pages}/portal/{section}")
    page.goto(town.link(ada, "subscribe_to_plan", "team"))
    page.get_by_label("Seats").fill("5")
    page.locator("main button.primary").click()
    page.get_by_label("I accept").check()
    page.locator("main button.primary").click()
    page.wait_for_url("**/payment")

    assert not heard, "\n".join(heard)
