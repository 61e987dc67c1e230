"""An address has the fields of its country: put in place by a script, or asked for with a button."""

from tests.support.journeys import BILLING

JAPAN = "JP"


def comes_to_billing(town, page):
    page.goto(town.link(town.customer(), "subscribe_to_plan", "studio"))
    page.wait_for_url("**/billing_info")


def fields(page):
    """The fields of the address that can be seen, in their order."""
    return page.locator(".address [name]:visible").evaluate_all("all => all.map(one => one.name)")


def test_a_script_puts_the_fields_of_another_country_in_place_and_what_was_typed_stays(town, customer):
    page, eyes = customer()
    comes_to_billing(town, page)
    before = fields(page)
    page.locator("[name=address_line1]").fill(BILLING["address_line1"])
    page.locator("[name=country]").select_option(JAPAN)
    page.wait_for_function("before => document.querySelector('.address [name]').name !== before", arg=before[0])

    assert fields(page) != before
    assert fields(page)[0] == "postal_code"
    assert page.locator("[name=address_line1]").input_value() == BILLING["address_line1"]
    assert not page.get_by_role("button", name="Show the fields of this country").is_visible()
    eyes.look(page)
    assert eyes.complaints == []


def test_without_a_script_a_button_shows_them_and_the_page_opens_where_they_are(town, customer):
    page, _eyes = customer(javascript=False)
    comes_to_billing(town, page)
    before = fields(page)
    page.locator("[name=address_line1]").fill(BILLING["address_line1"])
    page.locator("[name=country]").select_option(JAPAN)
    page.get_by_role("button", name="Show the fields of this country").click()

    assert fields(page) != before
    assert page.locator("[name=address_line1]").input_value() == BILLING["address_line1"]
    assert page.url.endswith("/billing_info#field-country")
    country = page.locator("[name=country]").bounding_box()
    assert 0 <= country["y"] < page.viewport_size["height"]
