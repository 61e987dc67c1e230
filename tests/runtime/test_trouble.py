"""What goes wrong between a customer and their money: a page that leads on, no second charge, nothing typed lost."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from generator.adapters.sandbox.gateway import SandboxGateway
from generator.bundle import folder
from generator.compiler.build import build
from generator.model.money import Money
from generator.model.payment import Paid
from generator.ports.trouble import Unavailable
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.worker import Worker
from tests.support.journeys import BILLING, BROKE, DECLINED, SLOW, UNHEARD, comes_to_payment, gives_card, said

WITH_A_GIFT = """
version: 1
extends: default
workflows:
  subscribe_to_plan:
    steps:
      gift:
        kind: form
        after: billing_info
        fields:
          gift: {kind: text, required: true, label: {en: Gift, fr: Cadeau}}
"""

WITH_A_CHOICE = """
version: 1
extends: default
workflows:
  subscribe_to_plan:
    steps:
      gift:
        kind: form
        after: billing_info
        title: {en: A gift, fr: Un cadeau}
        fields:
          gift: {kind: choice, required: true, options: [mug, tee], label: {en: Gift, fr: Cadeau}}
          size: {kind: text, label: {en: Size, fr: Taille}}
"""

WITH_A_PRESENT = """
version: 1
extends: default
workflows:
  subscribe_to_plan:
    steps:
      present:
        kind: form
        was: [gift]
        after: billing_info
        title: {en: A gift, fr: Un cadeau}
        fields:
          which:
            kind: choice
            was: [gift]
            required: true
            options: [cup, shirt]
            options_were: {cup: [mug], shirt: [tee]}
            label: {en: Gift, fr: Cadeau}
          size: {kind: integer, max: 20, label: {en: Size, fr: Taille}}
"""


def test_a_declined_card_leads_back_to_the_payment_step_where_another_one_pays(town, visitor):
    ada = town.customer()

    gives_card(comes_to_payment(town, visitor, ada).submit(), DECLINED)
    assert (visitor.step, visitor.status) == ("payment", 200)
    assert "Your bank declined the card. You were not charged." in visitor.text
    gives_card(visitor.submit())

    assert said(visitor)["outcome"] == "paid"
    assert town.paid(ada) == [5880]
    assert len(town.ledger.subscriptions(ada.id)) == 1


def test_after_a_decline_everything_typed_is_still_there(town, visitor):
    ada = town.customer()
    gives_card(comes_to_payment(town, visitor, ada).submit(), BROKE)
    assert "There is not enough money on this card or account" in visitor.text

    visitor.open(visitor.links()["Back"])
    visitor.open(next(url for url in visitor.links().values() if url.endswith("/billing_info")))

    assert {name: visitor.value(name) for name in BILLING} == BILLING


def test_who_comes_back_from_the_bank_with_the_back_button_may_go_on_or_change_something(town, visitor):
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada)
    payment = visitor.url
    visitor.submit()
    bank_page = visitor.url

    visitor.open(payment)
    assert visitor.title == "Your payment is not finished"
    assert visitor.links()["Continue to the payment page"] == bank_page
    visitor.submit("Go back and change something")
    assert visitor.step == "payment"
    assert "You came back without paying" in visitor.text

    visitor.open(bank_page)
    assert visitor.status == 200
    assert town.paid(ada) == []
    visitor.open(payment)
    gives_card(visitor.submit())
    assert town.paid(ada) == [5880]


def test_missing_fields_are_named_one_by_one_and_what_was_typed_stays(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))

    visitor.submit(name="Ada Lovelace", email="ada(at)example.com", vat_number="FR00000000000")

    assert visitor.status == 422
    for words in ("“Address” is missing", "“Country” is missing", "Write an e-mail address such as", "This VAT number"):
        assert words in visitor.text
    assert visitor.value("name") == "Ada Lovelace"
    assert visitor.value("email") == "ada(at)example.com"


def test_the_terms_have_to_be_accepted(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "subscribe_to_plan", "studio"))

    visitor.submit()

    assert visitor.status == 422
    assert "Please tick this box to go on" in visitor.text


def test_a_quantity_out_of_bounds_is_refused_with_the_bounds(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "subscribe_to_plan", "business"))

    visitor.submit(option__seats="23")
    assert "“Seats” goes in steps of 5" in visitor.text
    visitor.submit(option__seats="9999")
    assert "“Seats” must be at most 500" in visitor.text
    assert visitor.value("option.seats") == "9999"


def test_a_card_number_typed_into_a_form_is_not_kept(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))

    visitor.submit(**BILLING | {"name": "4242 4242 4242 4242"})

    assert visitor.status == 422
    assert "looks like a card number" in visitor.text


def test_a_double_click_on_pay_pays_once(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    first, second = visitor.request(), visitor.request()

    visitor.send(first)
    assert said(visitor)["outcome"] == "paid"
    visitor.send(second)

    assert visitor.step == "done"
    assert town.paid(ada) == [5880]
    assert len(town.ledger.subscriptions(ada.id)) == 1


def test_fifty_clicks_at_once_pay_once(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    tabs = [Visitor(url=visitor.url, cookies=visitor.cookies, html=visitor.html) for _ in range(50)]

    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda tab: tab.send(tab.request()).status, tabs))

    assert set(statuses) == {200}
    assert town.paid(ada) == [5880]
    assert len(town.ledger.invoices(ada.id)) == 1


def test_a_double_click_before_the_banks_page_leads_there_twice_and_opens_one_charge(town, visitor):
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada)
    first, second = visitor.request(), visitor.request()

    bank_page = visitor.send(first).url
    visitor.send(second)

    assert visitor.url == bank_page
    assert len(town.charges(ada)) == 1


def test_a_double_click_on_continue_goes_on_once(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))
    first, second = visitor.request(**BILLING), visitor.request(**BILLING)

    visitor.send(first)
    visitor.send(second)

    assert (visitor.step, visitor.status) == ("summary", 200)


def test_the_back_button_after_payment_shows_that_it_is_done_and_leads_on(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    payment = visitor.url
    visitor.submit()

    visitor.open(payment)

    assert visitor.title == "Thank you, it is paid"
    assert visitor.links()["Back to Lumen"].startswith(f"{town.shop}/welcome?from=subscribe&outcome=paid")
    assert visitor.headers["cache-control"] == "no-store"


def test_two_windows_one_pays_and_the_other_is_told_that_it_is_finished(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    other = Visitor(cookies=visitor.cookies).open(visitor.url)
    visitor.submit(terms="true").submit()

    other.submit(terms="true")

    assert other.status == 409
    assert other.title == "This is already finished"
    other.open(other.links()["Continue where you were"])
    assert other.title == "Thank you, it is paid"
    assert town.paid(ada) == [5880]


def test_two_windows_the_later_one_is_told_and_shows_what_was_typed_in_it(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))
    other = Visitor(cookies=visitor.cookies).open(visitor.url)
    visitor.submit(**BILLING)

    other.submit(**BILLING | {"name": "Augusta King"})

    assert (other.step, other.status) == ("billing_info", 409)
    assert "Something changed meanwhile" in other.text
    assert other.value("name") == "Augusta King"
    other.submit()
    assert (other.step, other.status) == ("summary", 200)
    assert "Augusta King" in other.text


def test_two_windows_with_two_prices_charge_only_the_price_that_was_seen(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada, "business")
    other = Visitor(cookies=visitor.cookies).open(visitor.url.replace("/payment", "/options"))
    other.submit(option__seats="40")

    visitor.submit()
    assert visitor.status == 409
    assert "Nothing was charged from this window" in visitor.text
    visitor.open(visitor.links()["Continue where you were"])

    assert visitor.step == "summary"
    assert "€610.80" in visitor.text
    assert town.charges(ada) == []


def test_a_price_that_changes_between_summary_and_pay_is_shown_before_anything_is_charged(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    town.reprice("studio", 5900)

    visitor.submit("Order and pay")

    assert visitor.step == "summary"
    assert "The price has changed" in visitor.text
    assert "It was €58.80 when you last looked, and is €70.80 today. Nothing was charged." in visitor.text
    assert visitor.value("terms") is None
    assert town.charges(ada) == []
    visitor.submit(terms="true")
    assert "Order and pay €70.80" in visitor.text
    visitor.submit()
    assert town.paid(ada) == [7080]


def test_a_quote_that_has_run_out_is_asked_anew_and_an_equal_one_surprises_nobody(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    town.clock.travel(timedelta(minutes=45))

    visitor.open(visitor.url)
    assert visitor.step == "payment"
    visitor.submit()

    assert said(visitor)["outcome"] == "paid"


def test_after_days_the_new_dates_are_shown_before_paying(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada)
    town.clock.travel(timedelta(days=3))

    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))

    assert visitor.step == "summary"
    assert "Some time has passed, and the dates below are new" in visitor.text


def test_a_plan_that_is_withdrawn_on_the_way_is_said_to_be_no_longer_offered(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    town.change_plan("studio", lambda plan: None)

    visitor.submit()

    assert visitor.status == 409
    assert visitor.title == "This is no longer offered"
    assert visitor.links()["Go to your account"] == "/portal"
    assert town.charges(ada) == []


def test_an_answer_that_never_came_is_waited_for_and_nothing_is_charged_twice(town, visitor):
    ada = town.customer(KNOWN)

    gives_card(comes_to_payment(town, visitor, ada).submit(), UNHEARD)
    assert visitor.title == "We are checking your payment"
    visitor.open(visitor.links()["Check again"])
    visitor.open(visitor.links().get("Check again", visitor.url))

    assert said(visitor)["outcome"] == "paid"
    assert town.paid(ada) == [5880]


def test_while_a_payment_is_unknown_the_answers_are_frozen(town, visitor):
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada)
    other = Visitor(cookies=visitor.cookies).open(visitor.url)
    gives_card(visitor.submit(), SLOW)
    assert visitor.title == "Your bank is still at it"

    other.submit()

    assert other.title == "Your bank is still at it"
    assert len(town.charges(ada)) == 1


def test_who_leaves_while_the_bank_is_at_it_carries_pending(town, visitor):
    ada = town.customer(KNOWN)
    gives_card(comes_to_payment(town, visitor, ada).submit(), SLOW)

    visitor.open(visitor.links()["Leave this page"])

    assert said(visitor)["outcome"] == "pending"


def test_a_worker_settles_what_no_customer_waits_for(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    gives_card(comes_to_payment(town, visitor, ada).submit(), UNHEARD)
    assert [one.state for one in town.ledger.subscriptions(ada.id)] == ["draft_customer"]

    for _ in range(3):
        town.clock.travel(timedelta(days=1))
        Worker(town.parts).round()

    assert town.ledger.subscriptions(ada.id)[0].state == "active_running"
    assert town.paid(ada) == [5880]


def test_a_worker_calls_off_what_a_customer_left_at_the_bank(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada).submit()

    town.clock.travel(timedelta(days=2))
    Worker(town.parts).round()

    assert [charge["status"] for charge in town.charges(ada)] == ["declined"]
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    assert visitor.step == "summary"


def test_a_bank_that_is_down_costs_nothing_and_the_same_key_pays_later(own_town, visitor):
    class Down(SandboxGateway):
        down = False

        def charge(self, charge, key):
            if self.down:
                raise Unavailable("nobody there")
            return super().charge(charge, key)

    town = own_town(gateway=Down)
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)

    town.parts.gateway.down = True
    visitor.submit()
    assert visitor.title == "We are checking your payment"
    town.parts.gateway.down = False
    visitor.open(visitor.links()["Check again"])

    assert said(visitor)["outcome"] == "paid"
    assert town.paid(ada) == [5880]


def test_another_amount_than_was_asked_for_is_never_believed(own_town, visitor):
    class Wrong(SandboxGateway):
        def charge(self, charge, key):
            answer = super().charge(charge, key)
            return replace(answer, amount=Money(1, "EUR")) if isinstance(answer, Paid) else answer

    town = own_town(gateway=Wrong)
    ada = town.customer(KNOWN)
    town.put_card(ada)

    comes_to_payment(town, visitor, ada).submit()

    assert visitor.title == "We are checking your payment"
    assert [one.state for one in town.ledger.subscriptions(ada.id)] == ["draft_customer"]


def test_leaving_leads_to_the_merchant_and_the_walk_waits(town, visitor):
    ada = town.customer()
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    visitor.submit(**BILLING)
    walk = visitor.url

    visitor.open(visitor.links()["Leave"])
    assert visitor.url.startswith(f"{town.shop}/account?")
    assert said(visitor)["outcome"] == "cancelled"
    assert "The result verifies" in visitor.text

    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    assert visitor.url == walk


def test_an_idle_walk_expires_and_a_new_one_starts_with_what_was_typed(own_town, visitor):
    town = own_town()
    ada = town.customer()
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    visitor.submit(**BILLING)
    old = visitor.url
    town.clock.travel(timedelta(days=8))

    visitor.open(town.link(ada, "portal"))
    visitor.open(old)
    assert visitor.status == 410
    assert visitor.title == "This has expired"
    visitor.open(visitor.links()["Continue where you were"])

    assert visitor.url != old
    assert visitor.step == "summary"
    assert "Ada Lovelace" in visitor.text


def test_a_step_that_is_not_on_the_path_leads_to_where_the_customer_stands(town, visitor):
    visitor.open(town.link(town.customer(), "subscribe_to_plan", "studio"))

    visitor.open(visitor.url.replace("/billing_info", "/payment"))
    assert visitor.step == "billing_info"
    visitor.open(visitor.url.replace("/billing_info", "/nonsense"))
    assert visitor.step == "billing_info"


def test_tampered_hidden_fields_change_nothing(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)

    visitor.submit(amount="1", plan="solo", currency="JPY", customer="someone", shown="0" * 32)
    assert visitor.step == "payment"
    assert town.charges(ada) == []
    visitor.submit(amount="1", plan="solo")

    assert town.paid(ada) == [5880]


@pytest.mark.parametrize("method", ["offline:transfer", "card_of_somebody_else", "new:cash"])
def test_a_way_to_pay_that_is_not_offered_is_not_taken(town, visitor, method):
    ada = town.customer(KNOWN)

    comes_to_payment(town, visitor, ada).submit(method=method)

    assert visitor.status == 422
    assert town.charges(ada) == []
    assert town.ledger.subscriptions(ada.id) == ()


def test_a_biller_that_is_down_costs_nothing_that_was_typed(own_town, visitor):
    town = own_town()
    ada = town.customer()
    visitor.open(town.link(ada, "subscribe_to_plan", "studio"))
    billing_info, quote = visitor.url, town.ledger.quote

    def down(request):
        raise Unavailable("nobody there")

    town.ledger.quote = down
    visitor.submit(**BILLING)
    assert (visitor.status, visitor.headers["retry-after"]) == (503, "30")
    assert visitor.title == "We are having a short break"
    town.ledger.quote = quote
    visitor.open(billing_info)

    assert {name: visitor.value(name) for name in BILLING} == BILLING


def test_a_customer_who_is_put_on_hold_on_the_way_is_told_and_not_charged(own_town, visitor):
    town = own_town()
    ada = town.customer(KNOWN)
    town.put_card(ada)
    comes_to_payment(town, visitor, ada)
    town.ledger.put_customer(ada.ref, "en", KNOWN, 0, frozenset(), suspended=True)

    visitor.submit()

    assert (visitor.status, visitor.title) == (403, "Your account is on hold")
    assert town.charges(ada) == []


def test_a_walk_ends_on_the_bundle_that_it_began_with_or_where_that_is_gone_on_the_next(own_town, square, tmp_path):
    """The definition changes under a customer: a new question comes in, and the old bundle is removed later."""
    build_folder = tmp_path / "build"
    shutil.copytree(square.build, build_folder, symlinks=True)
    town = own_town(build=build_folder)
    ada = town.customer()
    visitor = Visitor().open(town.link(ada, "subscribe_to_plan", "studio")).submit(**BILLING)
    definition = tmp_path / "workflows.yaml"
    definition.write_text(WITH_A_GIFT, encoding="utf-8")
    old = (build_folder / "current").resolve()
    folder.write(build(definition, "workflows.yaml").bundle, build_folder)

    visitor.open(visitor.url)
    assert visitor.step == "summary"
    newcomer = Visitor().open(town.link(town.customer(KNOWN), "subscribe_to_plan", "studio"))
    assert newcomer.step == "gift"

    shutil.rmtree(old)
    town.forget_bundles()
    visitor.open(visitor.url)
    assert visitor.step == "gift"
    visitor.submit(gift="mug")
    assert visitor.step == "summary"
    assert "Ada Lovelace" in visitor.text


def test_answers_go_on_under_the_names_that_things_have_now(own_town, square, tmp_path):
    """The definition renames a step, a field and an option while customers walk, and the old bundle is removed."""
    build_folder = tmp_path / "build"
    shutil.copytree(square.build, build_folder, symlinks=True)
    town = own_town(build=build_folder)
    definition = tmp_path / "workflows.yaml"
    definition.write_text(WITH_A_CHOICE, encoding="utf-8")
    old = folder.write(build(definition, "workflows.yaml").bundle, build_folder)
    ada = town.customer(KNOWN)
    visitor = Visitor().open(town.link(ada, "subscribe_to_plan", "studio")).submit(gift="mug", size="large")
    assert visitor.step == "summary"

    definition.write_text(WITH_A_PRESENT, encoding="utf-8")
    folder.write(build(definition, "workflows.yaml").bundle, build_folder)
    shutil.rmtree(old)
    town.forget_bundles()
    visitor.open(visitor.url)
    assert visitor.step == "summary"

    visitor.open(visitor.url.replace("summary", "present"))
    assert visitor.step == "present"
    assert visitor.value("which") == "cup"
    visitor.submit()
    assert visitor.step == "summary"
    (walk,) = town.parts.store.open_walks(ada.id)
    assert walk.answers["present"] == {"which": "cup"}
    assert walk.bundle == town.parts.library.current.id
