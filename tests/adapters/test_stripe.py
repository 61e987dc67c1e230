"""Our side of Stripe: what an operator may write, amounts, languages, and what a bank's words mean to us."""

from typing import get_args

import pytest
import stripe
from stripe._api_version import _ApiVersion

from generator import wiring
from generator.adapters.stripe import account, amounts, inset, making, methods, reading
from generator.adapters.stripe.account import Account
from generator.adapters.stripe_biller.biller import StripeBiller
from generator.model.money import Money
from generator.model.payment import Charge, Declined, Elsewhere, New, Paid, Registered, Saved, Unknown
from generator.ports.sparing import Sparing
from generator.ports.trouble import Unavailable
from tests.standin import reading as forms
from tests.standin.contract import operations

KEY = "sk_test_" + "1" * 24
SECRET = "whsec_" + "1" * 24
CHARGE = Charge("order-1", "ada", Money(4900, "EUR"), New("card"), "Acme", "fr", "http://shop.example/return/key-1")


def test_the_pinned_version_is_the_one_that_the_library_was_made_for():
    assert _ApiVersion.CURRENT == account.VERSION


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"key": "pk_test_" + "1" * 24}, "a publishable key"),
        ({"key": "whsec_1"}, "no key of Stripe's"),
        ({"key": "sk_test_"}, "no key of Stripe's"),
        ({"key": "sk_live_" + "1" * 24, "base": "http://127.0.0.1:1"}, "a live key"),
        ({"secrets": (SECRET, KEY)}, "webhook's secret"),
        ({"public_key": KEY}, "publishable key that is none"),
        ({"public_key": "pk_live_" + "1" * 24}, "of the other mode"),
        ({"key": "sk_live_" + "1" * 24, "script": "http://127.0.0.1:1/stripe.js"}, "a script that is not Stripe's"),
    ],
)
def test_what_cannot_be_a_setting_is_refused_without_being_repeated(said, refused):
    with pytest.raises(ValueError, match=refused) as fault:
        Account(**{"key": KEY, **said})

    assert "1" * 24 not in str(fault.value)
    assert "1" * 24 not in repr(Account(KEY, (SECRET,)))


def settings(**more):
    environment = {"BASE_URL": "https://billing.acme.example", "LINK_KEYS": "a" * 43, "RESULT_KEY": "b" * 43, **more}
    return wiring.settings({f"HOSTED_PAGES_{name}": value for name, value in environment.items()})


def test_the_environment_says_which_account(tmp_path):
    said = settings(STRIPE_KEY=KEY, STRIPE_WEBHOOK_SECRET=f"{SECRET}, {SECRET}", STRIPE_BASE="http://127.0.0.1:1/")
    gateway = wiring.GATEWAYS["stripe"](said, None)

    assert (gateway.name, gateway.origins) == ("stripe", account.PAGES)


def test_how_often_it_is_left_alone_is_counted_for_who_watches(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)
    gateway = wiring.GATEWAYS["stripe"](settings(STRIPE_KEY=KEY, STRIPE_BASE="http://127.0.0.1:1"), None)
    begun = []
    gateway.on_rest(lambda: begun.append("rest"))
    for _ in range(4):
        with pytest.raises(Unavailable):
            gateway.answers()

    assert isinstance(gateway, Sparing)
    assert begun == ["rest"]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, "HOSTED_PAGES_STRIPE_KEY is not set"),
        ({"STRIPE_KEY": "pk_live_" + "1" * 24}, "HOSTED_PAGES_STRIPE_KEY cannot be used: a publishable key"),
        ({"STRIPE_KEY": "sk_live_" + "1" * 24, "STRIPE_BASE": "http://127.0.0.1:1"}, "a live key"),
        ({"STRIPE_KEY": KEY, "STRIPE_PATIENCE": "soon"}, "HOSTED_PAGES_STRIPE_PATIENCE is 'soon'"),
    ],
)
def test_a_setting_that_cannot_be_is_a_refusal_to_start(said, refused):
    with pytest.raises(wiring.Unset, match=refused):
        wiring.GATEWAYS["stripe"](settings(**said), None)


@pytest.mark.parametrize(
    ("money", "theirs"),
    [
        (Money(4900, "EUR"), 4900),
        (Money(4900, "JPY"), 4900),
        (Money(49, "ISK"), 4900),
        (Money(49, "UGX"), 4900),
        (Money(49, "RSD"), 4900),
        (Money(4900, "HUF"), 4900),
        (Money(4900, "TWD"), 4900),
        (Money(4990, "KWD"), 4990),
        (Money(10**12, "EUR"), 10**12),
    ],
)
def test_an_amount_is_the_same_there_and_back(money, theirs):
    assert amounts.theirs(money) == theirs
    assert amounts.ours(theirs, money.currency.lower()) == money


def test_an_amount_that_stripe_cannot_take_is_not_rounded():
    with pytest.raises(amounts.NotChargeable):
        amounts.theirs(Money(4991, "KWD"))
    with pytest.raises(amounts.NotChargeable):
        amounts.ours(4950, "isk")


def test_the_languages_of_checkout_are_those_of_the_library():
    hint = forms._hints(operations()["post /v1/checkout/sessions"].kind())["locale"]
    words = {word for part in get_args(hint) for word in get_args(part)}

    assert words - {"auto"} == making.SPOKEN
    assert [making.language(tag) for tag in ("fr", "de-AT", "pt-BR", "ar")] == ["fr", "de", "pt-BR", "auto"]


def test_who_is_not_there_is_charged_as_such():
    there, away = CHARGE, Charge(**{**vars(CHARGE), "choice": Saved("pm_1"), "present": False})

    assert making.confirming(there).items() >= {"return_url": CHARGE.come_back}.items()
    assert making.confirming(away).items() >= {"off_session": True}.items()
    assert "off_session" not in making.confirming(there)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ({"code": "card_declined", "decline_code": "insufficient_funds"}, "insufficient_funds"),
        ({"code": "expired_card", "decline_code": "expired_card"}, "expired"),
        ({"code": "card_declined", "decline_code": "stolen_card"}, "declined"),
        ({"code": "authentication_required"}, "authentication_required"),
        ({"code": "payment_intent_authentication_failure"}, "authentication_failed"),
        ({"code": "account_closed"}, "mandate_refused"),
        ({"code": "something_new", "decline_code": None}, "declined"),
        ({}, "declined"),
    ],
)
def test_a_banks_word_is_one_of_ours(error, reason):
    assert reading.reason(error) == reason


PAGES = ("https://checkout.stripe.com",)
OURS = {"metadata": {reading.KEY: "key-1"}}
PAID = {
    "object": "payment_intent",
    "id": "pi_1",
    "status": "succeeded",
    "payment_method": "pm_1",
    "amount_received": 4900,
    "currency": "eur",
    **OURS,
}


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (PAID, Paid("pi_1", "pm_1", Money(4900, "EUR"))),
        ({**PAID, "metadata": {reading.KEY: "key-2"}}, Unknown()),
        ({**PAID, "metadata": None}, Unknown()),
        ({**PAID, "amount_received": "4900"}, Unknown()),
        ({**PAID, "amount_received": 4950, "currency": "isk"}, Unknown()),
        ({**PAID, "payment_method": None}, Unknown()),
        ({**PAID, "status": "succeeding"}, Unknown()),
        ({**PAID, "status": "requires_capture"}, Unknown()),
        ({**PAID, "status": "requires_action", "next_action": {"type": "use_stripe_sdk"}}, Unknown()),
        ({**PAID, "status": "requires_confirmation"}, None),
        ({**PAID, "status": "canceled"}, Declined("cancelled")),
        ({"object": "checkout.session", "status": "open", "url": "https://checkout.stripe.com/c/1", **OURS},
         Elsewhere("https://checkout.stripe.com/c/1")),
        ({"object": "checkout.session", "status": "open", "url": "https://checkout.stripe.com.evil.example/", **OURS},
         Unknown()),
        ({"object": "checkout.session", "status": "open", "url": None, **OURS}, Unknown()),
        ({"object": "checkout.session", "status": "complete", "mode": "payment", "payment_intent": "pi_1", **OURS},
         Unknown()),
        ({"object": "customer", **OURS}, Unknown()),
        ({}, Unknown()),
    ],
)  # fmt: skip
def test_an_answer_means_one_thing_or_nothing(said, result):
    assert reading.Reader(PAGES).result("key-1", said) == result


def card(id, created, last4="4242", fingerprint="a"):
    details = {"brand": "visa", "last4": last4, "exp_month": 4, "exp_year": 2031, "fingerprint": fingerprint}
    return methods.filed({"id": id, "created": created, "type": "card", "card": details})


def test_a_card_that_was_given_twice_is_shown_once():
    there = [card("pm_3", 3), card("pm_2", 2, "1881", "b"), card("pm_1", 1)]

    assert [one.id for one in methods.shown(there, "")] == ["pm_3", "pm_2"]
    assert [one.id for one in methods.shown(there, "pm_1")] == ["pm_1", "pm_2"]
    assert [(one.id, one.default) for one in methods.shown(there, "pm_2")] == [("pm_2", True), ("pm_3", False)]
    assert {one.id for one in methods.same_as(there, "pm_1")} == {"pm_1", "pm_3"}
    assert methods.same_as(there, "pm_9") == ()


def test_what_we_do_not_charge_is_not_shown():
    assert methods.filed({"id": "pm_1", "created": 1, "type": "link", "link": {}}) is None


INTENT = {"object": "payment_intent", "id": "pi_1", "client_secret": "pi_1_secret_1", "status": "requires_action"}
PUBLIC = "pk_test_" + "1" * 24


@pytest.mark.parametrize(
    ("key", "said", "shown"),
    [
        (PUBLIC, {}, True),
        (PUBLIC, {"status": "succeeded"}, False),
        (PUBLIC, {"status": "canceled"}, False),
        (PUBLIC, {"client_secret": None}, False),
        ("", {}, False),
    ],
)
def test_a_field_is_shown_while_it_can_be_gone_on_with(key, said, shown):
    found = inset.shown(Account(KEY, public_key=key), {**INTENT, **said})

    assert (found is not None) is shown
    assert found is None or (found.script, found.scripts, found.asked) == (account.SCRIPT, inset.SCRIPTS, inset.ASKED)
    assert "pi_1_secret_1" not in repr(found)


HERE = "http://shop.example/return/key-1/here"
BACK = {"last_payment_error": {"code": "insufficient_funds", "payment_method": {"type": "sepa_debit"}}}


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({"status": "requires_payment_method"}, Elsewhere(HERE)),
        ({"status": "requires_confirmation"}, Elsewhere(HERE)),
        ({"status": "requires_action"}, Elsewhere(HERE)),
        ({"status": "requires_payment_method", "last_payment_error": {"code": "card_declined"}}, Elsewhere(HERE)),
        ({"status": "requires_payment_method", **BACK}, Declined("insufficient_funds")),
        ({"status": "canceled"}, Declined("cancelled")),
        ({"status": "succeeded"}, Paid("pi_1", "pm_1", Money(4900, "EUR"))),
        ({"status": "perhaps"}, Unknown()),
        ({"object": "setup_intent", "status": "requires_payment_method"}, Elsewhere(HERE)),
        ({"object": "setup_intent", "status": "succeeded"}, Registered("pm_1")),
        ({"object": "setup_intent", "status": "canceled"}, Declined("cancelled")),
        ({"object": "setup_intent", "status": "perhaps"}, Unknown()),
    ],
)
def test_what_is_given_in_the_field_means_one_thing_or_nothing(said, result):
    assert reading.Reader(PAGES).result("key-1", {**PAID, **said}, HERE) == result


def test_books_at_stripe_want_a_gateway_at_stripe():
    with pytest.raises(wiring.Unset, match="write stripe for both"):
        wiring.BILLERS["stripe"](settings(STRIPE_KEY=KEY, BILLER="stripe", GATEWAY="sandbox"), None, None, "UTC")

    said = settings(STRIPE_KEY=KEY, STRIPE_BASE="http://127.0.0.1:1", BILLER="stripe", GATEWAY="stripe")
    assert isinstance(wiring.BILLERS["stripe"](said, None, None, "UTC"), StripeBiller)


def test_a_definition_that_was_checked_for_another_biller_is_not_served():
    wiring._agreed("stripe", "stripe")
    wiring._agreed("our.own:biller", "ledger")
    with pytest.raises(wiring.Unset, match="checked for 'ledger'"):
        wiring._agreed("stripe", "ledger")
