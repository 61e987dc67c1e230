"""A customer subscribes to a plan: every case of the payment step, to its redirect."""

from generator.rehearsal.stage import KNOWN
from generator.seal import result
from tests.support.journeys import BILLING, CHALLENGED, comes_to_payment, gives_card, said
from tests.support.town import NOON, RESULT_KEY


def test_a_new_customer_chooses_a_plan_and_pays_it(town, visitor):
    ada = town.customer()

    visitor.open(town.link(ada, "choose_plan"))
    visitor.submit("Choose Studio")
    visitor.submit(**BILLING)
    visitor.submit(terms="true")
    visitor.submit()
    assert visitor.url.startswith(town.bank)
    gives_card(visitor)

    assert visitor.url.startswith(f"{town.shop}/welcome?")
    assert "The result verifies: outcome paid" in visitor.text
    (subscription,) = town.ledger.subscriptions(ada.id)
    (invoice,) = town.ledger.invoices(ada.id)
    assert (subscription.plan.ref, subscription.state) == ("studio", "active_running")
    assert (invoice.state, invoice.total.minor) == ("paid", 5880)
    assert town.paid(ada) == [5880]


def test_the_redirect_says_how_it_ended_and_its_signature_covers_all_of_it(town, visitor):
    ada = town.customer(KNOWN)

    gives_card(comes_to_payment(town, visitor, ada).submit())

    parameters = dict(said(visitor))
    signed = parameters.pop("result")
    (subscription,) = town.ledger.subscriptions(ada.id)
    assert parameters == {
        "from": "subscribe",
        "outcome": "paid",
        "idc": ada.id,
        "refo": "studio",
        "idsub": subscription.id,
    }
    assert result.verify(signed, RESULT_KEY, NOON) == parameters
    assert result.verify(signed, RESULT_KEY, NOON + result.GOOD_FOR * 2) is None


def test_a_free_plan_asks_for_no_payment_method(town, visitor):
    ada = town.customer(KNOWN)

    comes_to_payment(town, visitor, ada, "solo")
    assert "This costs nothing" in visitor.text
    visitor.submit("Start for free")

    assert said(visitor)["outcome"] == "nocharge"
    assert town.charges(ada) == []
    assert town.ledger.subscriptions(ada.id)[0].state == "active_running"


def test_a_free_trial_on_a_paid_plan_registers_a_method_and_takes_no_money(town, visitor):
    ada = town.customer(KNOWN)

    comes_to_payment(town, visitor, ada, "team")
    assert "Nothing is charged today" in visitor.text
    gives_card(visitor.submit("Order with obligation to pay"))

    assert said(visitor)["outcome"] == "registered"
    assert town.paid(ada) == []
    assert [method.label for method in town.parts.gateway.methods(ada.id)] == ["Visa •••• 4242"]
    assert str(town.ledger.subscriptions(ada.id)[0].trial_until) == "2026-12-06"


def test_who_has_a_method_on_file_is_told_when_the_trial_will_be_charged(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)

    comes_to_payment(town, visitor, ada, "team")
    assert "Nothing is charged today. €34.80 will be due on December 6, 2026." in visitor.text
    visitor.submit("Order with obligation to pay")

    assert said(visitor)["outcome"] == "nocharge"
    assert town.charges(ada) == []


def test_who_was_granted_terms_pays_by_transfer(town, visitor):
    ada = town.customer(KNOWN, terms_days=30)

    comes_to_payment(town, visitor, ada)
    assert visitor.value("method") == "offline:transfer"
    visitor.submit("Order and pay")

    assert said(visitor)["outcome"] == "due"
    assert town.charges(ada) == []
    (invoice,) = town.ledger.invoices(ada.id)
    assert (invoice.state, str(invoice.due)) == ("due_offline", "2026-12-22")


def test_who_was_granted_terms_may_still_pay_by_card(town, visitor):
    ada = town.customer(KNOWN, terms_days=30)

    gives_card(comes_to_payment(town, visitor, ada).submit(method="new:card"))

    assert said(visitor)["outcome"] == "paid"
    assert town.paid(ada) == [5880]


def test_a_card_on_file_is_charged_without_typing_it_again(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)

    comes_to_payment(town, visitor, ada)
    assert "Visa •••• 4242" in visitor.text
    visitor.submit("Order and pay")

    assert said(visitor)["outcome"] == "paid"
    assert not any(hop.startswith(town.bank) for hop in visitor.hops)
    assert town.paid(ada) == [5880]


def test_a_bank_that_asks_whether_it_is_really_the_customer_is_answered_on_its_page(town, visitor):
    ada = town.customer(KNOWN)

    gives_card(comes_to_payment(town, visitor, ada).submit(), CHALLENGED)
    assert visitor.url.endswith("/challenge")
    visitor.submit(answer="confirm")

    assert said(visitor)["outcome"] == "paid"
    assert town.paid(ada) == [5880]


def test_options_change_the_price_and_the_subscription_keeps_them(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)

    visitor.open(town.link(ada, "subscribe_to_plan", "team"))
    visitor.submit(option__seats="10", option__priority_support="true")
    assert "7 × Seats €56.00" in visitor.text
    assert "per month €124.80" in visitor.text
    visitor.submit(terms="true").submit()

    (subscription,) = town.ledger.subscriptions(ada.id)
    assert subscription.options == {"seats": 10, "priority_support": True}


def test_a_merchants_own_question_is_asked_for_its_plan_only_and_kept_with_the_subscription(town, visitor):
    ada = town.customer(KNOWN)
    town.put_card(ada)

    visitor.open(town.link(ada, "subscribe_to_plan", "business")).submit()
    assert visitor.title == "Help us prepare your start"
    visitor.submit(team_size="25", purchase_order="PO-77").submit(terms="true").submit()

    (subscription,) = town.ledger.subscriptions(ada.id)
    assert subscription.fields == {"onboarding.team_size": 25, "onboarding.purchase_order": "PO-77"}


def test_billing_info_is_asked_only_where_something_is_missing(town, visitor):
    visitor.open(town.link(town.customer(KNOWN), "subscribe_to_plan", "studio"))

    assert visitor.step == "summary"
    assert "12 St James's Square" in visitor.text


def test_what_is_known_is_filled_in_and_what_is_given_is_kept_for_the_next_time(town, visitor):
    ada = town.customer(type(KNOWN)(email="known@example.com"))

    visitor.open(town.link(ada, "subscribe_to_plan", "solo"))
    assert visitor.value("email") == "known@example.com"
    visitor.submit(**BILLING | {"company": "Analytical Engines"}).submit(terms="true").submit()

    assert town.ledger.customer(ada.id).billing.company == "Analytical Engines"


def test_the_plan_chosen_first_can_be_changed_and_old_options_do_not_count(town, visitor):
    ada = town.customer(KNOWN)

    visitor.open(town.link(ada, "choose_plan")).submit("Choose Team").submit(option__seats="9")
    visitor.open(visitor.links()["Change"]).submit("Choose Studio")

    assert visitor.step == "summary"
    assert "Seats" not in visitor.text
    assert "€58.80" in visitor.text


def test_pages_speak_the_customers_language_and_switch_at_the_foot_of_the_page(town, visitor):
    visitor.open(town.link(town.customer(KNOWN, language="fr"), "subscribe_to_plan", "studio"))
    assert visitor.title == "Vérifiez votre commande"
    assert "TVA 20 % 9,80 €" in visitor.text

    visitor.submit("English")
    assert visitor.title == "Check your order"
