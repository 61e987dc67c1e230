"""The merchant's application hears of everything, once by each number, whatever it answers and whoever dies."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from generator.adapters.ledger import telling
from generator.adapters.webhooks import Webhooks
from generator.model.endpoint import Endpoint
from generator.model.event_kinds import KINDS, matched
from generator.ports.messenger import Mute
from generator.rehearsal.stage import KNOWN
from generator.runtime.courier import LADDER, Courier
from generator.seal.keys import Key
from tests.support.ear import Ear, listening

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class World:
    """A town, and an application that listens, or does not."""

    def __init__(self, town, ear):
        self.town, self.ear, self.store, self.clock = town, ear, town.parts.store, town.clock
        messenger = Webhooks([Key(b"hook" * 8)], ear.allowed, patience=1.0, deadline=1.5)
        self.courier = Courier(replace(town.parts, messenger=messenger))

    def wants(self, *kinds, name="crm", url=""):
        self.store.put_endpoint(Endpoint(name, url or self.ear.url, kinds or ("*",), self.clock.now()))

    def later(self, time=timedelta(), rounds=3):
        self.clock.travel(time)
        for _ in range(rounds):
            self.courier.round()

    @property
    def heard(self):
        return [said["type"] for said in self.ear.said]


@pytest.fixture
def running():
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def world(own_town, running):
    return World(own_town(), running.enter_context(listening(Ear())))


@pytest.fixture
def ada(world):
    return world.town.customer(KNOWN)


def test_what_a_customer_does_is_told_in_its_order_with_numbers_and_names_alone(world, ada):
    world.wants()
    held = world.town.subscribes(ada, "studio")
    world.later()

    assert world.heard == ["customer.created", "subscription.ordered", "subscription.started", "invoice.issued"]
    assert [said["data"]["number"] for said in world.ear.said] == [1, 2, 3, 4]
    assert world.ear.said[-1]["data"] == {
        "event": "event-000000000004",
        "number": 4,
        "customer": ada.ref,
        "customer_id": ada.id,
        "subscription": held.id,
        "invoice": "INV-000001",
    }
    everything = b"".join(body for _, body in world.ear.heard).decode()
    assert not any(personal in everything for personal in (KNOWN.email, KNOWN.name, KNOWN.city, "58.80", "5880"))


def test_an_endpoint_is_told_what_it_wants_and_nothing_from_before(world, ada):
    world.later()
    world.wants("invoice.*", "subscription.started")
    world.town.subscribes(ada, "studio")
    world.later()

    assert world.heard == ["subscription.started", "invoice.issued"]


def test_who_leaves_is_told_of_when_it_is_decided_and_when_it_happens(world, ada):
    world.wants("subscription.*", "credit_note.*", "invoice.*")
    held = world.town.subscribes(ada, "studio")
    world.town.ledger.end(held.id, at_once=False)
    world.town.ledger.refund(world.town.ledger.invoices(ada.id)[0].id, None, "transfer", "sorry", "k")
    world.clock.travel(32 * DAY)
    world.town.ledger.keep_up()
    world.later()

    assert world.heard[3:] == [
        "subscription.end_planned",
        "credit_note.issued",
        "invoice.refunded",
        "subscription.ended",
    ]
    assert world.ear.said[4]["data"]["credit_note"] == "CN-000001"


def _undone(world, ada):
    with world.town.ledger._database.write() as connection:
        telling.customer(connection, ada.id, "changed")
        raise ZeroDivisionError


def test_what_did_not_happen_is_not_told(world, ada):
    """Where the books are undone, what they would have told is undone with them."""
    world.wants()
    world.later()
    before = len(world.heard)
    with pytest.raises(KeyError):
        world.town.ledger.end("subscription-nowhere", at_once=True)
    with pytest.raises(ZeroDivisionError):
        _undone(world, ada)
    world.later()

    assert len(world.heard) == before


def test_an_application_that_is_down_for_a_day_misses_nothing(own_town, running):
    ear = Ear()
    with listening(ear):
        pass
    world = World(own_town(), ear)
    ada = world.town.customer(KNOWN)
    world.wants()
    world.town.subscribes(ada, "studio")
    for _ in range(24):
        world.later(HOUR)
    assert (world.heard, len(world.store.deliveries("waiting"))) == ([], 4)

    running.enter_context(listening(ear))
    world.later(10 * MINUTE)
    assert sorted(said["data"]["number"] for said in ear.said) == [1, 2, 3, 4]
    assert world.store.deliveries("waiting") == []


def test_one_that_answers_with_an_error_is_told_again_by_the_same_id_and_keeps_nobody_waiting(world, ada):
    world.wants()
    world.wants("*", name="other")
    world.ear.answers = [500, 503]
    world.later()
    assert [one.said for one in world.store.deliveries("waiting")] == ["503 thank you", "500 thank you"]

    world.later(LADDER[0])
    ids = [headers["webhook-id"] for headers, _ in world.ear.heard]
    times = [headers["webhook-timestamp"] for headers, _ in world.ear.heard]
    assert (ids, world.store.deliveries("waiting")) == (["event-000000000001"] * 4, [])
    assert times[0] != times[2], "signed anew each time"


def test_one_that_never_takes_it_is_given_up_after_days_and_told_again_when_somebody_says_so(world, ada):
    world.wants()
    world.ear.answers = [500] * (len(LADDER) + 1)
    for wait in (timedelta(), *LADDER):
        world.later(wait, rounds=1)
    world.later(30 * DAY)
    (dead,) = world.store.deliveries("dead")
    assert (dead.about, dead.channel, dead.said) == ("customer.created", "crm", "500 thank you")

    world.store.revive([dead.id], world.clock.now())
    world.later()
    assert world.store.deliveries("dead") == []
    assert len(world.heard) == len(LADDER) + 2


def test_one_that_asks_for_time_gets_it(world, ada):
    world.wants()
    world.ear.answers, world.ear.headers = [429], {"Retry-After": "3600"}
    world.later()
    world.later(50 * MINUTE)
    assert len(world.heard) == 1

    world.later(11 * MINUTE)
    assert len(world.heard) == 2


def test_one_that_is_gone_is_told_nothing_more(world, ada):
    world.wants()
    world.ear.answers = [410]
    world.town.subscribes(ada, "studio")
    world.later()
    world.town.subscribes(ada, "team")
    world.later(DAY)

    assert world.heard == ["customer.created"]
    assert [endpoint.off for endpoint in world.store.endpoints()] == ["410 thank you"]
    assert {one.state for one in world.store.deliveries("dead")} == {"dead"}


def test_one_that_dawdles_is_asked_once_a_round_and_holds_up_no_mail(world, ada):
    world.wants()
    world.ear.answers = ["hang"] * 10
    world.town.subscribes(ada, "studio")
    world.later(rounds=1)

    assert len(world.heard) == 1
    assert [mail.about for mail in world.store.deliveries("done", "mail")] == ["letter.paid"]


def test_one_that_leads_elsewhere_is_not_followed_and_an_operator_sees_why(world, ada):
    world.wants()
    world.ear.answers, world.ear.headers = [302], {"Location": "http://169.254.169.254/"}
    world.later()

    (waiting,) = world.store.deliveries("waiting")
    assert waiting.said == "302 it leads elsewhere, where we do not follow: http://169.254.169.254/"


def test_without_a_key_nothing_is_sent_and_nothing_is_lost(world, ada):
    world.wants()
    world.courier = Courier(replace(world.town.parts, messenger=Mute()))
    world.later()

    (waiting,) = world.store.deliveries("waiting")
    assert "HOSTED_PAGES_WEBHOOK_KEYS" in waiting.said


def test_several_workers_bring_each_event_once(world, ada):
    world.wants()
    others = [Courier(world.courier.parts) for _ in range(3)]
    world.town.subscribes(ada, "studio")
    for _ in range(4):
        for courier in (world.courier, *others):
            courier.round()

    assert [said["data"]["number"] for said in world.ear.said] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        ("invoice.paid", {"invoice.paid"}),
        ("customer.*", {kind for kind in KINDS if kind.startswith("customer.")}),
        ("*", set(KINDS)),
        ("invoice.payd", set()),
    ],
)
def test_a_pattern_means_kinds_by_their_names(pattern, kinds):
    assert set(matched(pattern)) == kinds
