"""What customers do with what they have, on a phone in a real browser: every page clean to axe and to the console."""

from generator.rehearsal.stage import KNOWN
from tests.browser.test_subscribe import give_card

CHALLENGED = "4000 0025 0000 3155"


def test_a_customer_changes_leaves_and_comes_back(town, customer):
    page, eyes = customer()
    page.set_viewport_size({"width": 360, "height": 640})
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    follow = lambda name: page.get_by_role("link", name=name).first.click()  # noqa: E731
    ada = town.customer(KNOWN)
    before = town.subscribes(ada, "studio")
    page.goto(town.link(ada, "portal"))
    eyes.look(page)

    follow("Change plan")
    eyes.look(page)
    press("Choose Business")
    page.get_by_label("Seats").fill("25")
    eyes.look(page)
    press("Continue")
    page.get_by_label("I accept").check()
    eyes.look(page)
    press("Continue")
    eyes.look(page)
    press("Order and pay")
    give_card(page, CHALLENGED)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"{town.shop}/**")
    assert "outcome=paid" in page.url
    new, old = town.ledger.subscriptions(ada.id)
    assert (old.id, old.state, new.plan.ref, new.options["seats"]) == (before.id, "ended_upgrade", "business", 25)

    page.goto(f"{town.pages}/portal/subscriptions")
    eyes.look(page)
    follow("Change options")
    page.get_by_label("Seats").fill("20")
    press("Continue")
    eyes.look(page)
    press("Continue")
    page.get_by_role("button", name="Order with obligation to pay").click()
    assert page.get_by_text("Until then you can undo it").is_visible()
    eyes.look(page)

    page.goto(f"{town.pages}/portal/subscriptions")
    press("Undo the change")
    assert town.ledger.subscription(new.id) == new

    follow("Cancel")
    eyes.look(page)
    page.get_by_label("I do not use it enough").check()
    press("Cancel the subscription")
    assert page.get_by_role("heading", name="Your subscription is canceled").is_visible()
    eyes.look(page)
    page.goto(f"{town.pages}/portal/subscriptions")
    follow("Keep it after all")
    eyes.look(page)
    press("Continue")
    eyes.look(page)
    page.get_by_role("button", name="Order with obligation to pay").click()
    assert town.ledger.subscription(new.id).state == "active_running"
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_a_code_is_applied_and_a_break_is_taken(town, customer):
    page, eyes = customer()
    page.set_viewport_size({"width": 360, "height": 640})
    press = lambda name: page.get_by_role("button", name=name).click()  # noqa: E731 - said often, once
    ada = town.customer(KNOWN)
    town.put_card(ada)
    page.goto(town.link(ada, "subscribe_to_plan", "studio"))
    page.get_by_label("I accept").check()
    page.get_by_label("Promotion code").fill("NONSENSE")
    page.get_by_label("Promotion code").press("Enter")
    assert page.get_by_text("There is no such code").first.is_visible()
    assert page.get_by_label("I accept").is_checked()
    eyes.look(page)
    page.get_by_label("Promotion code").fill("welcome20")
    press("Apply")
    assert page.get_by_label("I accept").is_checked()
    eyes.look(page)
    press("Remove")
    page.get_by_label("Promotion code").fill("WELCOME20")
    press("Apply")
    press("Continue")
    page.get_by_role("button", name="Order and pay €47.04").click()
    page.wait_for_url(f"{town.shop}/**")

    page.goto(f"{town.pages}/portal/subscriptions")
    eyes.look(page)
    page.get_by_role("link", name="Cancel").click()
    eyes.look(page)
    page.get_by_label("Start again on").fill("2027-01-15")
    page.get_by_label("Start again on").press("Enter")
    assert page.get_by_text("on January 15, 2027").first.is_visible()
    (has,) = town.ledger.subscriptions(ada.id)
    assert has.state == "active_running"
    press("Pause until this day")
    eyes.look(page)
    page.goto(f"{town.pages}/portal/subscriptions")
    eyes.look(page)
    page.get_by_role("link", name="Do not pause after all").click()
    eyes.look(page)
    (has,) = town.ledger.subscriptions(ada.id)
    assert (has.state, str(has.resumes)) == ("active_delayed_suspension", "2027-01-15")
    assert not eyes.complaints, "\n".join(eyes.complaints)
