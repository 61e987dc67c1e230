"""Stripe says that a bank objects, or sends back what was given back: the books follow, in whatever order it comes."""

import itertools
import logging

import pytest
import urllib3

from generator.rehearsal.stage import KNOWN
from generator.runtime import refunds
from tests.standin import trouble
from tests.standin.delivery import signed
from tests.standin.objecting import ONLY_ASKS, decides, objects, sends_back
from tests.standin.world import world as new_world
from tests.support.journeys import comes_to_payment, gives_card, said

HTTP = urllib3.PoolManager(timeout=60.0)


@pytest.fixture(params=[True], ids=["told"])
def world(tmp_path, square, request):
    with new_world(tmp_path, square, hooked=request.param) as made:
        yield made


untold = pytest.mark.parametrize("world", [False], ids=["untold"], indirect=True)


@pytest.fixture
def paid(world, visitor):
    """The invoice of who has just subscribed for 58.80 EUR, by a card that was typed."""
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    gives_card(visitor)
    assert said(visitor)["outcome"] == "paid"
    world.works()
    (invoice,) = world.town.ledger.invoices(ada.id)
    return invoice


def state(world, invoice):
    return world.town.ledger.invoice(invoice.id).state


def notes(world, invoice):
    return [(note.total.minor, note.why) for note in world.town.ledger.credit_notes(invoice.customer)]


def sound(world):
    assert world.town.ledger.audit() == ()
    assert world.town.parts.store.hints(99) == []
    assert world.town.parts.store.aside(99) == []


def says_again(world, kind, count=1):
    """What Stripe said of this kind arrives once more, as another event."""
    event = next(one for one in world.events() if one["type"] == kind)
    again = {**event, "id": f"{event['id']}-{count}", "api_version": "2026-10-28.endive"}
    assert (
        HTTP.request("POST", world.hook, body=(sent := signed(again, world.secret))[0], headers=sent[1]).status == 200
    )


def test_an_objection_is_in_the_books_while_it_is_undecided_and_gone_when_it_is_won(world, paid):
    dispute = objects(world.stand_in.books)
    world.works()
    assert state(world, paid) == "problem_disputed"
    decides(world.stand_in.books, dispute, "under_review")
    world.works()
    assert state(world, paid) == "problem_disputed"

    decides(world.stand_in.books, dispute, "won")
    world.works()
    assert (state(world, paid), notes(world, paid)) == ("paid", [])
    sound(world)


def test_what_the_bank_takes_back_is_credited_once_however_often_it_says_so(world, paid):
    dispute = objects(world.stand_in.books)
    decides(world.stand_in.books, dispute, "lost")
    world.works()
    for count in range(3):
        for kind in ("charge.dispute.closed", "charge.dispute.created"):
            says_again(world, kind, f"{kind}-{count}")
            world.works()

    assert (state(world, paid), notes(world, paid)) == ("paid_refunded", [(-5880, "dispute")])
    sound(world)


def test_of_a_part_only_that_part_is_credited_and_a_second_objection_adds_its_own(world, paid):
    decides(world.stand_in.books, objects(world.stand_in.books, amount=2000), "lost")
    world.works()
    assert notes(world, paid) == [(-2000, "dispute")]
    second = objects(world.stand_in.books, amount=1000)
    world.works()
    assert state(world, paid) == "problem_disputed"
    decides(world.stand_in.books, second, "lost")
    world.works()

    assert (state(world, paid), sorted(notes(world, paid))) == (
        "paid_refunded",
        [(-2000, "dispute"), (-1000, "dispute")],
    )
    sound(world)


def test_more_than_is_left_is_never_credited(world, paid):
    begun = world.town.ledger.refund(paid.id, paid.total.__class__(5000, "EUR"), None, "sorry", "back-1")
    refunds.carry(world.town.parts, begun)
    world.works()
    decides(world.stand_in.books, objects(world.stand_in.books), "lost")
    world.works()
    says_again(world, "charge.dispute.closed")
    world.works()

    assert sorted(notes(world, paid)) == [(-5000, "refund"), (-880, "dispute")]
    sound(world)


def test_a_bank_that_only_asks_changes_nothing(world, paid):
    decides(world.stand_in.books, objects(world.stand_in.books, ONLY_ASKS), "warning_closed")
    world.works()

    assert (state(world, paid), notes(world, paid)) == ("paid", [])
    sound(world)


KINDS = (
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.closed",
    "payment_intent.succeeded",
)


@untold
@pytest.mark.parametrize(
    ("status", "ends", "credited"), [("won", "paid", []), ("lost", "paid_refunded", [(-5880, "dispute")])]
)
def test_events_in_whatever_order_end_where_stripe_does(world, paid, status, ends, credited):
    decides(world.stand_in.books, objects(world.stand_in.books), status)
    for count, order in enumerate(itertools.permutations(KINDS)):
        for kind in order:
            says_again(world, kind, count)
            world.works()
        assert (state(world, paid), notes(world, paid)) == (ends, credited)
    sound(world)


def test_an_objection_while_stripe_does_not_answer_is_looked_at_later(world, paid):
    world.stand_in.troubles.add(trouble.status("/v1/disputes", 500, 99))
    objects(world.stand_in.books)
    world.works()
    assert state(world, paid) == "paid"

    world.stand_in.troubles.clear()
    world.rests()
    world.works()
    assert state(world, paid) == "problem_disputed"


def test_an_objection_in_a_state_that_nobody_knows_stays_open(world, paid, caplog):
    dispute = objects(world.stand_in.books)
    world.works()
    world.stand_in.troubles.add(
        trouble.Fault("/v1/disputes", times=9, change=lambda said: said["data"][0].update(status="perhaps"))
    )
    decides(world.stand_in.books, dispute, "lost")
    world.works()

    assert state(world, paid) == "problem_disputed"
    assert "stripe-senseless dispute=" in caplog.text


def test_an_objection_to_what_others_took_in_the_same_account_is_none_of_our_business(world, paid):
    theirs = {"amount": 100, "currency": "eur", "payment_method": "pm_card_createDispute", "confirm": True}
    world.v1.payment_intents.create({**theirs, "allowed_payment_method_types": ["card"]})
    world.works()

    assert state(world, paid) == "paid"
    sound(world)


@pytest.mark.parametrize("again", [0, 3])
def test_a_refund_that_comes_back_is_owed_once_more_and_its_note_stands(world, paid, again, caplog):
    caplog.set_level(logging.INFO)
    begun = world.town.ledger.refund(paid.id, None, None, "sorry", "back-1")
    assert refunds.carry(world.town.parts, begun).closed
    world.works()
    assert world.town.ledger.find_refund("back-1").came_back is None
    sends_back(world.stand_in.books)
    world.works()
    for count in range(again):
        for kind in ("refund.failed", "charge.refund.updated", "refund.created"):
            says_again(world, kind, count)
            world.works()

    assert world.town.ledger.find_refund("back-1").came_back == world.town.clock.now()
    assert (state(world, paid), notes(world, paid)) == ("paid_refunded", [(-5880, "refund")])
    assert caplog.text.count("refund-came-back") == 1
    told = [event.kind for event in events(world)]
    assert told.count("refund.came_back") == 1
    sound(world)


def events(world):
    return [event.about for event in world.town.parts.store.events(0, 999)]


def test_a_refund_of_which_stripe_says_nothing_now_is_looked_at_again(world, paid):
    refunds.carry(world.town.parts, world.town.ledger.refund(paid.id, None, None, "sorry", "back-1"))
    world.works()
    world.stand_in.troubles.add(trouble.status("get /v1/refunds", 500, 99))
    sends_back(world.stand_in.books)
    world.works()
    assert world.town.ledger.find_refund("back-1").came_back is None

    world.stand_in.troubles.clear()
    world.rests()
    world.works()

    assert world.town.ledger.find_refund("back-1").came_back is not None
