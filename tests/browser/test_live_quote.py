"""The price beside the form follows what is typed, on a phone; without a script there is a button for it."""

from generator.rehearsal.stage import KNOWN


def test_the_price_follows_what_is_typed_and_what_is_wrong_is_said(town, customer):
    page, eyes = customer()
    ada = town.customer(KNOWN)
    has = town.subscribes(ada, "business")
    page.goto(town.link(ada, "change_options", subscription=has.id))
    price, seats = page.locator(".bar-price"), page.get_by_label("Seats")
    assert not page.get_by_role("button", name="Update price").is_visible()

    seats.fill("25")
    price.get_by_text("€48.00").wait_for()
    assert page.locator("[data-part=said]").inner_text() == (
        "The price has changed. Due today €48.00, then €166.80 per month."
    )
    eyes.look(page)

    seats.fill("27")
    page.get_by_text("goes in steps of 5").wait_for()
    assert seats.get_attribute("aria-invalid") == "true"
    assert "€48.00" in price.inner_text()
    assert seats.input_value() == "27"
    eyes.look(page)

    seats.fill("30")
    price.get_by_text("€96.00").wait_for()
    assert not page.locator(".fault").is_visible()
    assert seats.get_attribute("aria-invalid") is None
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("€96.00").first.is_visible()
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_an_older_answer_never_takes_the_place_of_a_newer_one(town, customer):
    page, _eyes = customer()
    ada = town.customer(KNOWN)
    has = town.subscribes(ada, "business")
    page.goto(town.link(ada, "change_options", subscription=has.id))
    asked, held = [], []

    def slowly(route):
        asked.append(route.request.post_data)
        if len(asked) > 1:
            route.continue_()
        else:
            held.append(route)

    page.route("**/options?part=quote", slowly)
    page.get_by_label("Seats").fill("25")
    page.wait_for_timeout(600)
    page.get_by_label("Seats").fill("30")
    page.locator(".bar-price").get_by_text("€96.00").wait_for()

    assert len(asked) == 2
    assert held[0].request.failure == "net::ERR_ABORTED"


def test_where_the_price_cannot_be_had_the_old_one_stays_and_the_page_says_so(town, customer):
    page, _eyes = customer()
    ada = town.customer(KNOWN)
    page.goto(town.link(ada, "subscribe_to_plan", "team"))
    page.route("**/options?part=quote", lambda route: route.abort())
    before = page.locator(".bar-price").inner_text()

    page.get_by_label("Seats").fill("9")
    page.get_by_text("You see it on the next page").wait_for()

    assert page.locator(".bar-price").inner_text() == before
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("€92.40").first.is_visible()


def test_without_a_script_a_button_updates_the_price(town, customer):
    page, _eyes = customer(javascript=False)
    ada = town.customer(KNOWN)
    page.goto(town.link(ada, "subscribe_to_plan", "team"))

    page.get_by_label("Seats").fill("9")
    page.get_by_label("Priority support").check()
    page.get_by_role("button", name="Update price").click()

    assert page.url.endswith("/options")
    assert "€115.20" in page.locator(".bar-price").inner_text()
    assert page.get_by_label("Seats").input_value() == "9"
    assert page.get_by_label("Priority support").is_checked()
    page.get_by_label("Seats").fill("10")
    page.keyboard.press("Enter")
    page.wait_for_url("**/summary")
    assert page.get_by_text("€124.80").first.is_visible()
