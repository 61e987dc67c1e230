"""A merchant's own fields, messages and sections in a real browser: nothing overflows, nothing that axe would mind."""

import pytest

from generator.bundle import folder
from generator.compiler.build import build
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.stand import stand
from generator.runtime import links
from generator.runtime.links import Link
from tests.browser.conftest import DESK, PHONE, Eyes
from tests.support.town import PRICES, ROOT

LONG = "Rechnungseinstellungsverwaltungsübersichtsseite für Wiederverkäufer"


@pytest.fixture(scope="module")
def acme(tmp_path_factory):
    """The example with all of the language, and a tab whose name is longer than a phone is wide."""
    home = tmp_path_factory.mktemp("acme")
    written = (ROOT / "examples" / "acme" / "workflows.yaml").read_text(encoding="utf-8")
    definition = home / "workflows.yaml"
    definition.write_text(written.replace("{en: For resellers,", f'{{en: "{LONG}",'), encoding="utf-8")
    folder.write(build(definition, "workflows.yaml").bundle, home / "build")
    with stand(home / "build", PRICES) as world:
        yield world


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "desk-dark"])
def test_fields_of_every_kind_and_sections_of_ones_own(browser, acme, size, dark):
    ref = f"ada-{size['width']}"
    acme.ledger.put_customer(ref, "en", KNOWN, 0, frozenset({"reseller"}))
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", locale="en-GB")
    context.set_default_timeout(20_000)
    page, eyes = context.new_page(), Eyes(context, acme.pages)

    def opens(link):
        page.goto(links.make(link, acme.parts.links, acme.pages, acme.clock.now()))

    def look():
        eyes.look(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url

    opens(Link(ref, "subscribe_to_plan", plan="team", given={"kickoff.contract": "A-2026"}))
    page.click("main button.primary")
    page.fill("#field-company", "Analytical Engines")
    page.select_option("#field-territory", "GB-ENG")
    look()
    for _ in range(2):
        page.click("main button.primary")
        look()
    page.click("main button.primary")
    assert page.get_attribute("#field-phone", "type") == "tel"
    assert page.get_attribute("#field-hours", "inputmode") == "decimal"
    assert page.get_attribute("#field-first_day", "min") == "2026-11-22"
    assert page.get_attribute("#field-first_day", "max") == "2027-02-22"
    assert page.locator("[name=contract]").count() == 0
    for option in ("field-topics", "field-topics-training", "field-topics-migration_help"):
        page.check(f"#{option}")
    page.fill("#field-phone", "12")
    page.click("main button.primary")
    look()
    assert page.get_attribute("fieldset:has(#field-topics)", "aria-describedby") == "fault-topics help-topics"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"

    opens(Link(ref, "portal"))
    for tab in ("Help and contact", "About you", LONG):
        page.click(f"nav >> text={tab}")
        look()
    page.click("nav >> text=About you")
    page.fill("#field-since", "2030-01-01")
    page.evaluate("document.querySelector('#field-since').removeAttribute('max')")
    page.click("main button.primary")
    look()
    page.fill("#field-since", "2001-05-04")
    page.check("#field-interests-webinars")
    page.click("main button.primary")
    assert page.is_visible("text=Your answers are saved.")
    look()
    assert page.is_checked("#field-interests-webinars")
    assert eyes.complaints == []
    context.close()
