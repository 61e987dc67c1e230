"""The stand-in, asked by Stripe's own library: what it takes, what it refuses, and what it says twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import stripe
import urllib3

from tests.standin import cards, contract, shapes, trouble
from tests.standin.asking import client
from tests.standin.delivery import signed
from tests.standin.listening import listening_to
from tests.standin.server import KEY, standing_in

NOW = {"amount": 4900, "currency": "eur", "allowed_payment_method_types": ["card"]}
CHECKOUT = {
    "mode": "payment",
    "success_url": "http://shop.example/back",
    "cancel_url": "http://shop.example/cart",
    "line_items": [
        {"price_data": {"currency": "eur", "unit_amount": 4900, "product_data": {"name": "Pro"}}, "quantity": 1}
    ],
}
GOOD = "4242 4242 4242 4242"
HTTP = urllib3.PoolManager()


@pytest.fixture
def customer(v1):
    return v1.customers.create({"email": "ada@example.com", "name": "Ada"})


def typed(url, **form):
    return HTTP.request("POST", url, fields=form, encode_multipart=False, redirect=False)


def test_the_same_key_again_is_the_same_answer(v1):
    first, second = (v1.payment_intents.create(NOW, {"idempotency_key": "again"}) for _ in range(2))

    assert first.id == second.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("other", [{"amount": 5000}, {"metadata": {"a": "b"}}])
def test_the_same_key_for_something_else_is_an_error(v1, other):
    key = f"other-{sorted(other)}"
    v1.payment_intents.create(NOW, {"idempotency_key": key})

    with pytest.raises(stripe.IdempotencyError):
        v1.payment_intents.create({**NOW, **other}, {"idempotency_key": key})


def test_a_key_counts_for_one_address(v1):
    v1.customers.create({}, {"idempotency_key": "address"})

    with pytest.raises(stripe.IdempotencyError):
        v1.products.create({"name": "Pro"}, {"idempotency_key": "address"})


def test_an_error_is_said_again_too_and_one_of_the_wrong_form_is_forgotten(v1):
    paid = {**NOW, "payment_method": "pm_card_chargeDeclined", "confirm": True}
    ids = set()
    for _ in range(2):
        with pytest.raises(stripe.CardError) as declined:
            v1.payment_intents.create(paid, {"idempotency_key": "declined"})
        ids.add(declined.value.error.payment_intent.id)
    assert len(ids) == 1

    with pytest.raises(stripe.InvalidRequestError):
        v1.payment_intents.create({"amount": 4900}, {"idempotency_key": "form"})
    assert v1.payment_intents.create(NOW, {"idempotency_key": "form"}).id


def test_two_with_one_key_at_the_same_time_are_one(shared):
    shared.troubles.add(trouble.Fault("post /v1/customers$", wait=0.2))
    answers = []

    def ask():
        try:
            answers.append(client(shared).v1.customers.create({}, {"idempotency_key": "hurry"}).id)
        except stripe.APIError as fault:
            answers.append(fault.http_status)

    hurry = [threading.Thread(target=ask) for _ in range(4)]
    for thread in hurry:
        thread.start()
    for thread in hurry:
        thread.join()

    assert len({answer for answer in answers if answer != 409}) == 1


@pytest.mark.parametrize(
    ("said", "code", "param"),
    [
        ({**NOW, "payment_method_types": ["card"]}, "parameter_unknown", "payment_method_types"),
        ({**NOW, "shipping": {"name": "Ada", "adress": {"city": "Paris"}}}, "parameter_unknown", "shipping[adress]"),
        ({"amount": 4900}, "parameter_missing", "currency"),
        ({**NOW, "amount": "49.00"}, "parameter_invalid_integer", "amount"),
        ({**NOW, "capture_method": "sometimes"}, None, "capture_method"),
        ({**NOW, "amount": 49}, "amount_too_small", "amount"),
        ({**NOW, "customer": "cus_nobody"}, "resource_missing", "customer"),
    ],
)
def test_what_the_librarys_types_do_not_know_is_refused(v1, said, code, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        v1.payment_intents.create(said)

    assert (refused.value.code, refused.value.param, refused.value.http_status) == (code, param, 400)


def test_what_the_library_can_ask_is_read_from_its_source(v1):
    assert len(contract.operations()) > 500
    operation, gaps = contract.operation("POST", "/v1/invoices/in_1/pay")
    assert (operation.name, operation.params, gaps) == ("post /v1/invoices/{}/pay", "InvoicePayParams", ("in_1",))
    preview, _ = contract.operation("post", "/v1/invoices/create_preview")
    assert preview.params == "InvoiceCreatePreviewParams"


def test_a_wrong_key_and_a_version_that_never_was_are_refused(shared):
    with pytest.raises(stripe.AuthenticationError):
        client(shared, "sk_test_wrong").v1.customers.list()
    with pytest.raises(stripe.InvalidRequestError, match="version"):
        client(shared, stripe_version="1999-01-01").v1.customers.list()


def test_what_is_not_there_is_said_as_stripe_says_it(v1):
    with pytest.raises(stripe.InvalidRequestError) as gone:
        v1.payment_intents.retrieve("pi_nothing")

    assert (gone.value.code, gone.value.http_status) == ("resource_missing", 404)


def test_what_the_stand_in_cannot_do_it_does_not_do(v1):
    with pytest.raises(stripe.APIError, match="cannot do this: post /v1/payouts"):
        v1.payouts.create({"amount": 100, "currency": "eur"})


@pytest.mark.parametrize(
    "name", [name for name, card in cards.CARDS.items() if card.bank.declines and card.bank.at_once]
)
def test_a_card_that_declines_says_why(v1, name):
    with pytest.raises(stripe.CardError) as declined:
        v1.payment_intents.create({**NOW, "payment_method": f"pm_card_{name}", "confirm": True})

    assert declined.value.http_status == 402
    assert (declined.value.code, declined.value.error.decline_code) == cards.code_of(cards.CARDS[name].bank.declines)
    assert declined.value.error.payment_intent.status == "requires_payment_method"


def test_a_challenge_leads_to_the_bank_and_back(v1, customer):
    asked = {**NOW, "customer": customer.id, "payment_method": "pm_card_authenticationRequired", "confirm": True}
    for answer, status in (("confirm", "succeeded"), ("refuse", "requires_payment_method")):
        intent = v1.payment_intents.create({**asked, "return_url": "http://shop.example/back"})
        page = intent.next_action.redirect_to_url
        assert typed(page.url, answer=answer).headers["Location"] == "http://shop.example/back"
        assert v1.payment_intents.retrieve(intent.id).status == status


def test_who_is_away_cannot_be_challenged(v1, customer):
    method = v1.payment_methods.attach("pm_card_authenticationRequired", {"customer": customer.id})
    with pytest.raises(stripe.CardError) as declined:
        v1.payment_intents.create(
            {**NOW, "customer": customer.id, "payment_method": method.id, "confirm": True, "off_session": True}
        )

    assert declined.value.code == "authentication_required"


def test_a_card_that_was_set_up_is_not_challenged_again(v1, customer):
    asked = {"customer": customer.id, "confirm": True, "allowed_payment_method_types": ["card"]}
    setup = v1.setup_intents.create(
        {**asked, "payment_method": "pm_card_authenticationRequiredOnSetup", "return_url": "http://shop.example/back"}
    )
    typed(setup.next_action.redirect_to_url.url, answer="confirm")
    method = v1.setup_intents.retrieve(setup.id).payment_method

    paid = {**NOW, "customer": customer.id, "payment_method": method, "confirm": True, "off_session": True}
    assert v1.payment_intents.create(paid).status == "succeeded"


def test_a_card_of_somebody_else_pays_nothing(v1, customer):
    other = v1.payment_methods.attach("pm_card_visa", {"customer": v1.customers.create({}).id})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        v1.payment_intents.create({**NOW, "customer": customer.id, "payment_method": other.id})

    assert refused.value.param == "payment_method"


def test_a_page_of_checkout_takes_a_card_and_keeps_it(v1, customer):
    page = v1.checkout.sessions.create(
        {**CHECKOUT, "customer": customer.id, "payment_intent_data": {"setup_future_usage": "off_session"}}
    )
    assert page.payment_intent is None
    assert "declined" in typed(page.url, number="4000 0000 0000 0002").data.decode()
    assert v1.checkout.sessions.retrieve(page.id).status == "open"
    assert typed(page.url, number=GOOD).headers["Location"] == "http://shop.example/back"

    done = v1.checkout.sessions.retrieve(page.id, {"expand": ["payment_intent.latest_charge"]})
    assert (done.status, done.payment_status, done.payment_intent.latest_charge.status) == (
        "complete",
        "paid",
        "succeeded",
    )
    (method,) = v1.customers.payment_methods.list(customer.id).data
    assert method.card.last4 == "4242"


def test_a_page_of_checkout_can_be_closed_once(v1):
    page = v1.checkout.sessions.create(CHECKOUT)

    assert v1.checkout.sessions.expire(page.id).status == "expired"
    assert typed(page.url, number=GOOD).status == 410
    with pytest.raises(stripe.InvalidRequestError):
        v1.checkout.sessions.expire(page.id)


def test_a_page_without_a_price_registers_a_card(v1, customer):
    page = v1.checkout.sessions.create(
        {"mode": "setup", "currency": "eur", "success_url": "http://shop.example/", "customer": customer.id}
    )
    typed(page.url, number=GOOD)

    done = v1.checkout.sessions.retrieve(page.id, {"expand": ["setup_intent"]})
    assert (done.status, done.setup_intent.status) == ("complete", "succeeded")
    assert v1.payment_methods.retrieve(done.setup_intent.payment_method).customer == customer.id


@pytest.mark.parametrize(
    ("iban", "status"), [("DE89370400440532013000", "succeeded"), ("DE62370400440532013001", "failed")]
)
def test_a_debit_is_known_later(v1, customer, shared, iban, status):
    page = v1.checkout.sessions.create(
        {**CHECKOUT, "customer": customer.id, "allowed_payment_method_types": ["sepa_debit"]}
    )
    typed(page.url, iban=iban, holder="Ada")
    waiting = v1.checkout.sessions.retrieve(page.id, {"expand": ["payment_intent"]})
    assert (waiting.status, waiting.payment_status, waiting.payment_intent.status) == (
        "complete",
        "unpaid",
        "processing",
    )

    with shared.books.lock:
        shared.books.ahead += timedelta(days=6)
        shared.books.do_due()
        shared.books.ahead = timedelta()
    assert v1.charges.retrieve(waiting.payment_intent.latest_charge).status == status


def test_money_goes_back_once(v1, customer):
    paid = v1.payment_intents.create({**NOW, "payment_method": "pm_card_visa", "confirm": True})
    assert v1.refunds.create({"payment_intent": paid.id, "amount": 4000}).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError):
        v1.refunds.create({"payment_intent": paid.id, "amount": 901})
    v1.refunds.create({"payment_intent": paid.id})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        v1.refunds.create({"payment_intent": paid.id})

    assert refused.value.code == "charge_already_refunded"


def test_what_is_removed_pays_nothing_any_more(v1, customer):
    method = v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    v1.payment_methods.detach(method.id)

    with pytest.raises(stripe.InvalidRequestError):
        v1.payment_intents.create({**NOW, "customer": customer.id, "payment_method": method.id})


def test_a_long_list_comes_in_pages(v1):
    owner = v1.customers.create({}).id
    made = [v1.payment_intents.create({**NOW, "customer": owner}).id for _ in range(5)]

    page = v1.payment_intents.list({"customer": owner, "limit": 2})
    assert page.has_more
    assert [one.id for one in page.auto_paging_iter()] == made[::-1]


@pytest.fixture
def heard(stand_in):
    """What arrives at an address of ours: bodies with their signatures."""
    with listening_to(stand_in) as heard:
        yield heard


def test_an_event_is_signed_so_that_the_library_believes_it(stand_in, heard):
    client(stand_in).v1.customers.create({"name": "Ada"})
    stand_in.delivery.wait()

    (post,) = heard.posts
    event = stripe.Webhook.construct_event(post.body, post.signature, heard.secret)
    assert (event.type, event.data.object.name) == ("customer.created", "Ada")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(post.body, post.signature, "whsec_another")


def test_an_event_signed_long_ago_is_not_believed():
    body, headers = signed({"object": "event"}, "whsec_1", datetime.now(UTC) - timedelta(minutes=6))
    with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], "whsec_1")


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (trouble.status("post /v1/customers", 429), stripe.RateLimitError),
        (trouble.status("post /v1/customers", 500), stripe.APIError),
        (trouble.lost("post /v1/customers"), stripe.APIConnectionError),
        (trouble.page("post /v1/customers"), stripe.APIError),
        (trouble.cut_short("post /v1/customers"), stripe.APIError),
    ],
)
def test_it_can_be_in_trouble(stand_in, fault, raised):
    stand_in.troubles.add(fault)
    with pytest.raises(raised):
        client(stand_in).v1.customers.create({})

    assert client(stand_in).v1.customers.create({}).id


def test_a_lost_answer_is_done_all_the_same_and_asked_for_again_with_the_same_key(stand_in):
    stand_in.troubles.add(trouble.lost("/confirm"))
    v1 = client(stand_in, max_network_retries=1).v1
    intent = v1.payment_intents.create(NOW)

    assert v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"}).status == "succeeded"
    assert len(list(stand_in.books.all("charge"))) == 1


def test_everything_that_it_says_has_the_shape_of_the_librarys_classes(shared):
    """Of all that the tests before this one made."""
    assert [found for thing in shared.books.things.values() for found in shapes.wrong(thing)] == []


def test_a_slow_answer_ends_when_the_library_has_waited_long_enough():
    with standing_in() as slow:
        slow.troubles.add(trouble.Fault("/v1/customers", wait=0.5))
        impatient = client(slow, KEY, http_client=stripe.RequestsClient(timeout=0.1))
        with pytest.raises(stripe.APIConnectionError):
            impatient.v1.customers.list()
