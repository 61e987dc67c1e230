"""Each of the thirteen workflows is gone through by keys alone, and in a browser without scripts, to the same end."""

import pytest

from generator.model.workflow import PURPOSES
from tests.browser.conftest import DESK, PHONE
from tests.browser.hands import Fingers, Keys
from tests.browser.ways import GO, WAYS


def begun(town, page, workflow):
    way = WAYS[workflow]
    ada = town.customer(way.billing, way.terms_days)
    page.goto(way.begins(town, ada))
    return way


def ended(page, way):
    assert way.ends in page.url or way.ends in page.locator("main").inner_text(), (page.url, page.title())


def test_there_is_a_way_through_each_of_the_thirteen():
    assert set(WAYS) == set(PURPOSES)
    assert len(WAYS) == 13


@pytest.mark.parametrize("workflow", WAYS)
def test_keys_alone_lead_to_the_end(town, customer, workflow):
    """At each stop the focus is seen, and not covered; on each page of ours every stop is met, and none holds it."""
    page, eyes = customer(size=DESK)
    eyes.open = False
    keys, toured = Keys(page, town.pages), set()
    way = begun(town, page, workflow)

    for act in way.acts:
        here = page.url.partition("?")[0]
        if page.url.startswith(town.pages) and here not in toured:
            toured.add(here)
            keys.tour()
        keys.do(act)

    ended(page, way)
    assert keys.stops > 10
    assert not keys.complaints, "\n".join(keys.complaints)
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(town, customer):
    page, _eyes = customer(size=PHONE)
    begun(town, page, "register_billing_info")
    Keys(page, town.pages).do(GO)
    at = "document.activeElement"

    assert page.evaluate(f"{at}.getAttribute('role')") == "alert"
    faults = page.get_by_role("alert").get_by_role("link")
    assert faults.count() > 3
    for nth in range(2):
        faults.nth(nth).focus()
        page.keyboard.press("Enter")
        field = page.evaluate(f"[{at}.id, {at}.getAttribute('aria-invalid'), {at}.getAttribute('aria-describedby')]")
        assert faults.nth(nth).get_attribute("href") == f"#{field[0]}"
        assert field[1] == "true"
        assert page.locator(f"#{field[2].split()[0]}").inner_text()


@pytest.mark.parametrize("workflow", WAYS)
def test_no_script_is_needed(town, customer, workflow):
    page, _eyes = customer(javascript=False, size=PHONE)
    hands, way = Fingers(page), begun(town, page, workflow)

    for act in way.acts:
        hands.do(act)

    ended(page, way)
