"""Cards are given in Stripe's field on our page: everything about it that needs no browser."""

import re
from datetime import timedelta

import pytest

from generator.rehearsal.stage import KNOWN
from tests.standin import cards, trouble
from tests.standin.api import intents, methods, setups
from tests.standin.server import PUBLIC_KEY
from tests.standin.world import world as new_world
from tests.support.journeys import comes_to_payment, gives_card, said

REGISTER = "register_payment_method"


@pytest.fixture
def world(tmp_path, square):
    with new_world(tmp_path, square, embedded=True) as made:
        yield made


@pytest.fixture
def ada(world):
    return world.town.customer(KNOWN)


def inset(visitor):
    """What the page tells the script."""
    return dict(re.findall(r'data-(script|key|secret|back)="([^"]*)"', visitor.html))


def gives(world, visitor, name="visa", back=True):
    """As the script does it: what is typed goes to Stripe, and the customer comes back."""
    told, books = inset(visitor), world.stand_in.books
    id = told["secret"].partition("_secret_")[0]
    with books.lock:
        card = methods.of_card(books, cards.CARDS[name])
        given = {"payment_method": card["id"], "return_url": told["back"]}
        room = intents if id.startswith("pi_") else setups
        done = room.confirm(books, given, id)
    action = (done["next_action"] or {}).get("redirect_to_url", {})
    return visitor.open(action.get("url") or told["back"]) if back else visitor


def state(world, customer):
    return [one.state for one in world.town.ledger.subscriptions(customer.id)]


def test_a_card_is_given_on_our_page_and_kept_for_the_next_time(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    assert visitor.step == "paying"
    assert inset(visitor)["key"] == PUBLIC_KEY
    gives(world, visitor)

    assert said(visitor)["outcome"] == "paid"
    assert (state(world, ada), world.paid()) == (["active_running"], [5880])
    assert [method.label for method in world.town.parts.gateway.methods(ada.id)] == ["Visa •••• 4242"]
    assert world.town.ledger.audit() == ()


def test_a_method_is_registered_on_our_page(world, visitor, ada):
    visitor.open(world.town.link(ada, REGISTER))
    while visitor.step not in ("paying", "payment"):
        visitor.submit()
    visitor.submit()
    assert visitor.step == "paying"
    assert "data-registers" in visitor.html
    gives(world, visitor)

    (method,) = world.town.parts.gateway.methods(ada.id)
    assert (method.default, world.paid()) == (True, [])


def test_the_bank_may_ask_and_the_customer_comes_back(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    gives(world, visitor, "authenticationRequired").submit("It is me")

    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]


def test_who_fails_at_the_bank_may_go_on_with_another_card(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    gives(world, visitor, "authenticationRequired").submit("No")
    assert (visitor.title, state(world, ada)) == ("Your payment is not finished", ["draft_customer"])
    visitor.open(visitor.links()["Continue to the payment page"])
    assert visitor.step == "paying"

    gives(world, visitor)
    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]


def test_who_closes_the_window_has_what_they_paid_for(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    gives(world, visitor, back=False)
    assert state(world, ada) == ["draft_customer"]

    world.works()
    assert (state(world, ada), world.paid()) == (["active_running"], [5880])


def test_without_the_script_it_is_paid_on_stripes_page_and_what_was_begun_is_over(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    id = inset(visitor)["secret"].partition("_secret_")[0]
    visitor.submit("Continue on the provider’s page")
    assert visitor.url.startswith(f"{world.stand_in.url}/c/pay/")
    assert world.v1.payment_intents.retrieve(id).status == "canceled"
    gives_card(visitor)

    assert said(visitor)["outcome"] == "paid"
    assert (world.paid(), len(world.town.ledger.invoices(ada.id))) == ([5880], 1)
    assert world.town.ledger.audit() == ()


def test_a_method_may_be_registered_without_the_script_too(world, visitor, ada):
    visitor.open(world.town.link(ada, REGISTER))
    while visitor.step != "paying":
        visitor.submit()
    visitor.submit("Continue on the provider’s page")
    gives_card(visitor)

    assert [method.label for method in world.town.parts.gateway.methods(ada.id)] == ["Visa •••• 4242"]


def test_who_pays_in_another_window_while_going_to_stripes_page_pays_once(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    gives(world, visitor, back=False)
    visitor.submit("Continue on the provider’s page")

    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]


def test_who_goes_back_may_choose_otherwise_and_the_field_takes_nothing_any_more(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    id = inset(visitor)["secret"].partition("_secret_")[0]
    visitor.submit("Go back and change something")

    assert visitor.step == "payment"
    assert world.v1.payment_intents.retrieve(id).status == "canceled"


def test_a_debit_is_given_on_our_page_and_where_it_comes_back_the_field_is_closed(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit(method="new:sepa")
    told, books = inset(visitor), world.stand_in.books
    id = told["secret"].partition("_secret_")[0]
    with books.lock:
        account = methods.of_account(books, "DE89370400440532013000", {"name": "Ada", "email": "ada@example.com"})
        online = {"type": "online", "online": {"ip_address": "127.0.0.1", "user_agent": "a browser"}}
        mandate = {"customer_acceptance": online}
        intents.confirm(books, {"payment_method": account["id"], "mandate_data": mandate}, id)
    visitor.open(told["back"])
    assert visitor.title == "Your direct debit is on its way"
    world.bank_decides("insufficient_funds")
    world.works()

    assert (state(world, ada), world.paid()) == ([], [])
    assert world.v1.payment_intents.retrieve(id).status == "canceled"
    assert world.town.parts.gateway.methods(ada.id) == ()


def test_what_nobody_goes_on_with_is_called_off_after_a_day(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    id = inset(visitor)["secret"].partition("_secret_")[0]
    for _ in range(3):
        world.town.clock.travel(timedelta(hours=20))
        world.works()

    assert world.v1.payment_intents.retrieve(id).status == "canceled"
    assert state(world, ada) == []


def test_the_page_with_the_field_is_its_customers_alone_and_says_its_secret_to_nobody_else(world, visitor, ada, caplog):
    caplog.set_level(10, "generator")
    comes_to_payment(world.town, visitor, ada).submit()
    address, secret = visitor.url, inset(visitor)["secret"]
    (intent,) = world.town.parts.store.unsettled(world.town.clock.now() + timedelta(days=9), 9)
    assert secret not in repr(intent) + caplog.text + visitor.headers.get("referer", "")
    other = type(visitor)()
    other.open(world.town.link(world.town.customer(KNOWN), "subscribe_to_plan", "studio"))
    for one in (address, intent.come_back + "/here"):
        other.open(one)
        assert (other.status, secret in other.html) == (404, False)


def test_only_the_page_with_the_field_may_load_anything_of_stripes(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada)
    before = visitor.headers["content-security-policy"]
    visitor.submit()
    policy = {
        name: rest
        for name, _, rest in (
            one.strip().partition(" ") for one in visitor.headers["content-security-policy"].split(";")
        )
    }

    assert "frame-src" not in before
    assert "script-src 'self';" in before
    own = world.stand_in.url
    assert policy["script-src"] == policy["connect-src"] == f"'self' {own}"
    assert policy["frame-src"] == own
    assert (policy["default-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'",) * 3
    assert "unsafe" not in str(policy)
    scripts = re.findall(r"<script\b[^>]*>[^<]*", visitor.html)
    assert [re.sub(r'"/a/[^"]*?([a-z]+)\.[^"]*"', r"\1", one) for one in scripts] == [
        "<script src=once defer>",
        "<script src=paying defer>",
    ]
    visitor.submit("Go back and change something")
    assert visitor.headers["content-security-policy"] == before


def test_where_stripe_is_away_the_page_says_so_and_nothing_is_lost(world, visitor, ada):
    comes_to_payment(world.town, visitor, ada).submit()
    address = visitor.url
    world.stand_in.troubles.add(trouble.status("get /v1/payment_intents", 500, 99))
    assert visitor.open(address).status == 503

    world.stand_in.troubles.clear()
    world.rests()
    gives(world, visitor.open(address))
    assert said(visitor)["outcome"] == "paid"
