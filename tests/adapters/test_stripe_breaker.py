"""Stripe is left alone when it does not answer, or says to wait; and asked again, by one first, when that is over."""

import logging
import threading
import time
from email.utils import formatdate

import pytest
import stripe

from generator.adapters.stripe.account import Account, Refused, Silent, asked, opened
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import AFTER, LONGEST, REST, Breaker, Resting
from generator.adapters.stripe.gateway import StripeGateway
from generator.model.money import Money
from generator.model.payment import Charge, Saved, Unknown
from tests.ports.fresh import sqlite
from tests.standin import cards, trouble
from tests.standin.api import methods
from tests.standin.server import KEY, standing_in


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock=clock)


def opens(breaker):
    for _ in range(AFTER):
        breaker.missed(breaker.ask())


def closed(breaker):
    try:
        breaker.look()
    except Resting:
        return False
    return True


def test_it_takes_several_in_a_row(breaker):
    for _ in range(AFTER - 1):
        breaker.missed(breaker.ask())
    breaker.heard(breaker.ask())
    for _ in range(AFTER - 1):
        breaker.missed(breaker.ask())
    assert closed(breaker)

    breaker.missed(breaker.ask())
    assert not closed(breaker)
    with pytest.raises(Resting, match="30 seconds"):
        breaker.ask()


def test_when_the_rest_is_over_one_asks_and_the_others_wait_for_what_it_hears(breaker, clock):
    opens(breaker)
    clock.now += REST
    turn = breaker.ask()
    for _ in range(3):
        with pytest.raises(Resting):
            breaker.ask()

    breaker.heard(turn)
    assert closed(breaker)


def test_one_that_never_comes_back_keeps_the_others_for_one_rest(breaker, clock):
    opens(breaker)
    clock.now += REST
    breaker.ask()
    clock.now += REST

    breaker.heard(breaker.ask())
    assert closed(breaker)


def test_one_that_hears_nothing_begins_another_rest(breaker, clock):
    opens(breaker)
    clock.now += REST
    breaker.missed(breaker.ask())
    clock.now += REST - 1
    assert not closed(breaker)


@pytest.mark.parametrize(("wait", "rest"), [(10, 10), (3600, LONGEST)])
def test_what_stripe_says_to_wait_is_waited_in_reason(breaker, clock, wait, rest):
    breaker.missed(breaker.ask(), wait)
    clock.now += rest - 1
    assert not closed(breaker)
    clock.now += 1
    assert closed(breaker)


def test_an_answer_to_an_older_question_says_nothing_about_now(breaker):
    """Of two that asked, one was told to wait: that the other was answered changes nothing about it."""
    first, second = breaker.ask(), breaker.ask()
    breaker.missed(first, 10)
    breaker.heard(second)
    breaker.missed(second)

    assert not closed(breaker)


def test_it_is_said_once_when_it_begins_and_once_when_it_is_over(clock, caplog):
    caplog.set_level(logging.INFO)
    begun = []
    breaker = Breaker(clock=clock)
    breaker.told = lambda: begun.append(clock.now)
    opens(breaker)
    for _ in range(3):
        clock.now += REST
        breaker.missed(breaker.ask())
    clock.now += REST
    breaker.heard(breaker.ask())
    breaker.heard(breaker.ask())

    assert [record.getMessage() for record in caplog.records] == [
        "stripe-rests: nothing is asked for 30 seconds, as 5 answers in a row did not come",
        "stripe-answers-again: after 120 seconds",
    ]
    assert begun == [1000.0]


def test_of_many_at_once_one_is_let_through(breaker, clock):
    opens(breaker)
    clock.now += REST
    barrier, turns = threading.Barrier(20), []

    def go():
        barrier.wait()
        try:
            turns.append(breaker.ask())
        except Resting:
            turns.append(None)

    many = [threading.Thread(target=go) for _ in range(20)]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert sum(turn is not None for turn in turns) == 1


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)
    with standing_in() as made:
        yield made


@pytest.fixture
def v1(stand_in, breaker):
    return opened(Account(KEY, base=stand_in.url), breaker).v1


DOWN = {
    "broken off": trouble.lost("/v1/", 99, done=False),
    "an error": trouble.status("/v1/", 500, 99),
    "too many": trouble.status("/v1/", 429, 99),
    "a page": trouble.page("/v1/", 99, done=False),
}


@pytest.mark.parametrize("name", DOWN)
def test_who_is_down_is_asked_five_times_and_then_left_alone(stand_in, v1, clock, name):
    fault = DOWN[name]
    fault.times = 99
    stand_in.troubles.add(fault)
    for _ in range(20):
        with pytest.raises(Silent):
            asked(v1.customers.list)
    assert fault.times == 99 - AFTER

    stand_in.troubles.clear()
    with pytest.raises(Silent, match="left alone"):
        asked(v1.customers.list)
    clock.now += REST
    assert asked(v1.customers.list)["data"] == []


def test_a_short_wait_is_waited_out_and_done_once(stand_in, v1, monkeypatch):
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    stand_in.troubles.add(trouble.status("post /v1/customers", 429, Retry_After="2"))
    asked(v1.customers.create, {}, key="once")

    assert 2.0 in waited
    assert len(list(stand_in.books.all("customer"))) == 1


@pytest.mark.parametrize("code", [429, 503])
def test_a_long_wait_is_not_slept_through_and_nobody_asks_before_it_is_over(stand_in, v1, clock, code):
    fault = trouble.status("/v1/", code, 99, Retry_After="20")
    stand_in.troubles.add(fault)
    for _ in range(3):
        with pytest.raises(Silent):
            asked(v1.customers.list)
    assert fault.times == 98

    stand_in.troubles.clear()
    clock.now += 20
    assert asked(v1.customers.list)["data"] == []


@pytest.mark.parametrize("said", ["soon", "-1", "", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_wait_that_says_nothing_is_one_more_answer_that_did_not_come(stand_in, v1, breaker, said):
    stand_in.troubles.add(trouble.status("/v1/", 429, Retry_After=said))
    with pytest.raises(Silent):
        asked(v1.customers.list)

    assert closed(breaker)


def test_a_wait_may_be_a_date(stand_in, v1, breaker):
    stand_in.troubles.add(trouble.status("/v1/", 429, Retry_After=formatdate(time.time() + 3000, usegmt=True)))
    with pytest.raises(Silent):
        asked(v1.customers.list)

    assert not closed(breaker)


def test_an_answer_that_comes_too_late_is_none_and_what_was_paid_meanwhile_is_paid_once(stand_in, tmp_path):
    with sqlite(tmp_path) as database:
        hasty, patient = (
            StripeGateway(Account(KEY, base=stand_in.url, patience=patience), database, Breaker(after=99))
            for patience in (0.4, 20.0)
        )
        ours = Books(database)
        ours.know("ada", opened(Account(KEY, base=stand_in.url), Breaker()).v1.customers.create({}).id)
        with stand_in.books.lock:
            card = methods.of_card(stand_in.books, cards.CARDS["visa"])
            methods.put_on_file(stand_in.books, card, ours.customer("ada"))
        price = Money(4900, "EUR")
        charge = Charge("order-1", "ada", price, Saved(card["id"]), "Acme", "en", "http://shop.example/back")
        assert patient.find("key-1") is None
        stand_in.troubles.add(trouble.Fault("/confirm", times=3, wait=1.0))

        assert isinstance(hasty.charge(charge, "key-1"), Unknown)
        assert patient.charge(charge, "key-1").amount == price
        assert len(list(stand_in.books.all("charge"))) == 1


def test_a_refusal_is_an_answer(stand_in, v1, breaker):
    for _ in range(AFTER + 1):
        with pytest.raises(Refused):
            asked(v1.customers.retrieve, "cus_nobody")
    stand_in._keys = ()
    for _ in range(AFTER + 1):
        with pytest.raises(Silent, match="does not accept our key"):
            asked(v1.customers.list)

    assert closed(breaker)
