"""What every store must do; an adapter is right when it passes."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.adapters.store import SqlStore
from generator.model.catalog import Period
from generator.model.code import COUNTED_FOR, MOST_ASKED, TRIES, Code
from generator.model.consent import Consent
from generator.model.customer import BillingInfo
from generator.model.endpoint import Endpoint
from generator.model.event import Happening
from generator.model.hint import Hint
from generator.model.mail import Mail
from generator.model.money import Money
from generator.model.payment import Declined, Intent, New, NothingDue, Paid, Pending, Saved, Unknown
from generator.model.quote import Line, Quote, Request, Subscribe
from generator.model.reply import Reply
from generator.model.terms import CoolDown
from generator.model.walk import Ended, Held, Open, Subject, Walk
from generator.ports.trouble import Conflict, TooMany
from tests.ports import fresh
from tests.ports.together import together

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WALK = Walk("w1", "subscribe_to_plan", "ada", Subject(plan="team"), "b1", "en", opened=NOON, touched=NOON)
INTENT = Intent(
    key="w1-1",
    walk="w1",
    order="o1",
    customer="ada",
    amount=Money(1200, "EUR"),
    choice=New("card"),
    payee="Acme",
    language="en",
    come_back="https://pages.example/return/sandbox/w1-1",
    asked=NOON,
    next_check=NOON + 5 * MINUTE,
)
PAID = Paid(reference="p1", method="card1", amount=Money(1200, "EUR"))
MAIL = Mail("m1", "receipt", "ada@example.com", "en", "Thank you", "<p>Thank you</p>", "Thank you", written=NOON)


@contextmanager
def sql_store(folder, data=fresh.sqlite):
    with data(folder) as database:
        yield SqlStore(database)


def store_on_postgresql(folder):
    return sql_store(folder, fresh.postgresql)


@pytest.fixture(params=[sql_store, store_on_postgresql], ids=lambda adapter: adapter.__name__)
def store(request, tmp_path):
    with request.param(tmp_path) as store:
        yield store


def test_a_walk_comes_back_as_it_was_saved(store):
    store.begin(WALK)
    saved = store.save(full_walk())

    assert saved == store.walk("w1")
    assert replace(full_walk(), version=1) == saved


@pytest.mark.parametrize("standing", [Open(Declined("expired")), Held("w1-1"), Ended("paid", "s1", "i1")])
def test_a_walk_comes_back_as_it_stands(store, standing):
    store.save(store.begin(replace(WALK, standing=standing)))

    assert standing == store.walk("w1").standing


def test_nobody_has_the_walk_that_was_never_begun(store):
    assert store.walk("w1") is None
    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) is None
    assert store.intent("w1-1") is None


def test_the_walks_of_a_customer_that_an_order_holds_are_found(store):
    held = replace(WALK, standing=Held("w1-1", "s1"), touched=NOON + MINUTE)
    earlier = replace(held, id="w2", subject=Subject(plan="solo"), standing=Held("w2-1"), touched=NOON)
    others = replace(held, id="w3", customer="bob")
    for walk in (held, earlier, others, replace(WALK, id="w4", subject=Subject(plan="big"))):
        store.begin(walk)
    store.begin(replace(WALK, id="w5", standing=Ended("paid", "s2")))

    assert store.held("ada") == [earlier, held]
    assert store.held("nobody") == []


def test_beginning_again_resumes_the_open_walk(store):
    going_on = store.save(store.begin(WALK))

    assert going_on == store.begin(replace(WALK, id="w2"))
    assert going_on == store.open_walk("ada", "subscribe_to_plan", Subject(plan="team"))
    assert store.walk("w2") is None


@pytest.mark.parametrize("other", [{"customer": "bob"}, {"workflow": "choose_plan"}, {"subject": Subject(plan="solo")}])
def test_another_customer_workflow_or_subject_is_another_walk(store, other):
    store.begin(WALK)

    assert store.begin(replace(WALK, id="w2", **other)).id == "w2"


def test_a_walk_that_is_begun_by_many_at_once_is_one(store):
    begun = together(*[lambda id=id: store.begin(replace(WALK, id=f"w{id}")).id for id in range(12)])

    assert [store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")).id] * 12 == begun


def test_an_ended_walk_makes_room_for_a_new_one(store):
    store.save(replace(store.begin(WALK), standing=Ended("nocharge")))

    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) is None
    assert store.begin(replace(WALK, id="w2")).id == "w2"
    assert Ended("nocharge") == store.walk("w1").standing


def test_a_walk_held_by_a_payment_is_still_open(store):
    held = store.save(replace(store.begin(WALK), standing=Held("w1-1")))

    assert held == store.begin(replace(WALK, id="w2"))


def test_what_another_tab_has_changed_is_not_overwritten(store):
    read = store.begin(WALK)
    won = store.save(replace(read, language="fr"))

    with pytest.raises(Conflict):
        store.save(replace(read, language="de"), INTENT)
    assert won == store.walk("w1")
    assert store.intent("w1-1") is None


def test_of_many_tabs_that_save_at_once_one_wins(store):
    read = store.begin(WALK)
    tabs = together(*[lambda tab=tab: store.save(replace(read, attempts=tab)) for tab in range(12)])
    winners = [tab for tab in tabs if isinstance(tab, Walk)]

    assert [store.walk("w1")] == winners
    assert sum(isinstance(tab, Conflict) for tab in tabs) == 11


def test_the_intent_is_saved_with_its_walk(store):
    store.save(replace(store.begin(WALK), standing=Held("w1-1")), INTENT)

    assert store.intent("w1-1") == INTENT


def test_when_the_intent_cannot_be_saved_the_walk_is_not(store):
    read = store.begin(WALK)

    with pytest.raises(Exception):  # noqa: B017, PT011  whatever the adapter says of an intent without a walk
        store.save(replace(read, language="fr"), replace(INTENT, walk="nobody's"))
    assert read == store.walk("w1")
    assert store.save(read).version == 1


def test_an_expired_walk_makes_room_and_cannot_come_back(store):
    expired = store.begin(WALK)
    store.drop(expired)
    store.drop(expired)

    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) is None
    assert store.begin(replace(WALK, id="w2")).id == "w2"
    with pytest.raises(Conflict):
        store.save(store.walk("w1"))


def test_a_walk_held_by_a_payment_is_never_dropped(store):
    held = store.save(replace(store.begin(WALK), standing=Held("w1-1")))
    store.drop(held)

    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) == held


def test_a_walk_whose_money_is_in_flight_is_dropped_only_when_that_is_settled(store):
    walk = store.save(store.begin(WALK), INTENT)
    store.drop(walk)
    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) == walk

    store.keep_intent(replace(INTENT, result=Declined("cancelled"), closed=True))
    store.drop(walk)
    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) is None


def test_a_walk_that_went_on_meanwhile_is_not_dropped(store):
    expired = store.begin(WALK)
    store.save(replace(expired, touched=NOON + MINUTE))

    with pytest.raises(Conflict):
        store.drop(expired)
    assert store.open_walk("ada", "subscribe_to_plan", Subject(plan="team")) is not None


@pytest.mark.parametrize("result", [Unknown(), Pending("p1"), PAID, Declined("expired")])
@pytest.mark.parametrize("choice", [New("card"), Saved("card1")])
def test_what_is_new_of_an_intent_is_kept(store, result, choice):
    store.save(store.begin(WALK), INTENT)
    news = replace(INTENT, choice=choice, result=result, checks=3, next_check=NOON + 60 * MINUTE)
    store.keep_intent(news)

    assert news == store.intent("w1-1")
    assert store.walk("w1").version == 1


def test_an_older_view_does_not_reopen_a_closed_intent(store):
    closed = replace(INTENT, result=PAID, closed=True)
    store.save(store.begin(WALK), closed)
    store.keep_intent(replace(INTENT, checks=1))

    assert closed == store.intent("w1-1")


def test_intents_are_looked_at_when_they_are_due_and_the_longest_waiting_first(store):
    walk = store.begin(WALK)
    for key, due in (("late", 9), ("early", 1), ("middle", 5)):
        walk = store.save(walk, replace(INTENT, key=key, next_check=NOON + due * MINUTE))
    store.save(walk, replace(INTENT, key="closed", closed=True, next_check=NOON))

    assert keys(store.unsettled(NOON, 10)) == []
    assert keys(store.unsettled(NOON + 5 * MINUTE, 10)) == ["early", "middle"]
    assert keys(store.unsettled(NOON + 9 * MINUTE, 2)) == ["early", "middle"]


def test_of_several_who_work_at_once_one_is_told_of_a_payment_and_the_others_when_it_broke_off(store):
    store.save(store.begin(WALK), replace(INTENT, next_check=NOON))

    told = together(*[lambda: keys(store.unsettled(NOON, 10))] * 6)
    assert sorted(told) == [[]] * 5 + [["w1-1"]]
    assert keys(store.unsettled(NOON + timedelta(seconds=59), 10)) == []
    assert keys(store.unsettled(NOON + MINUTE, 10)) == ["w1-1"]
    store.keep_intent(replace(INTENT, checks=1, next_check=NOON + 9 * MINUTE))
    assert keys(store.unsettled(NOON + 5 * MINUTE, 10)) == []


def test_times_are_compared_as_moments_wherever_they_were_read(store):
    elsewhere = datetime.fromisoformat("2027-03-01T14:05:00+02:00")
    store.save(store.begin(WALK), INTENT)

    assert keys(store.unsettled(elsewhere, 10)) == ["w1-1"]
    assert keys(store.unsettled(elsewhere - MINUTE, 10)) == []


def test_a_mail_waits_in_the_outbox_until_they_have_it(store):
    store.post(MAIL)
    assert list(store.outbox(NOON, 10)) == [MAIL]

    store.brought("m1")
    assert list(store.outbox(NOON, 10)) == []


def test_a_mail_is_posted_once_however_often(store):
    together(*[lambda: store.post(MAIL)] * 8)
    store.post(replace(MAIL, subject="Another"))
    assert list(store.outbox(NOON, 10)) == [MAIL]

    store.brought("m1")
    store.post(MAIL)
    assert list(store.outbox(NOON, 10)) == []


def test_what_was_in_a_mail_is_forgotten_once_they_have_it_and_kept_where_it_is_dead(store):
    store.post(MAIL)
    store.post(replace(MAIL, id="m2"))
    store.brought("m1")
    store.give_up("m2", "550 no such user")

    (done,), (dead,) = store.deliveries("done"), store.deliveries("dead")
    assert (done.id, done.thing) == ("m1", None)
    assert (dead.id, dead.thing, dead.said) == ("m2", replace(MAIL, id="m2"), "550 no such user")


def test_a_mail_that_did_not_go_out_is_tried_later(store):
    store.post(MAIL)
    store.put_off("m1", NOON + 5 * MINUTE, "451")

    assert list(store.outbox(NOON + 4 * MINUTE, 10)) == []
    assert list(store.outbox(NOON + 5 * MINUTE, 10)) == [MAIL]


def test_the_oldest_mails_go_first(store):
    for id, age in (("young", 1), ("old", 3), ("middle", 2)):
        store.post(replace(MAIL, id=id, written=NOON - age * MINUTE))

    assert [mail.id for mail in store.outbox(NOON, 2)] == ["old", "middle"]
    assert [store.take(NOON, NOON + MINUTE).id for _ in range(3)] == ["old", "middle", "young"]


def test_what_somebody_took_nobody_else_gets_until_they_had_their_time(store):
    store.post(MAIL)
    taken = together(*[lambda: store.take(NOON, NOON + 5 * MINUTE)] * 8)

    assert [one.id for one in taken if one] == ["m1"]
    assert store.take(NOON + 4 * MINUTE, NOON + 9 * MINUTE) is None
    again = store.take(NOON + 5 * MINUTE, NOON + 10 * MINUTE)
    assert (again.id, again.tries) == ("m1", 2), "whoever had it died"


def test_each_takes_another_one_however_many_there_are(store):
    for number in range(12):
        store.post(replace(MAIL, id=f"m{number}"))

    taken = together(*[lambda: store.take(NOON, NOON + MINUTE)] * 12)

    assert sorted(one.id for one in taken) == sorted(f"m{number}" for number in range(12))


def test_what_is_dead_waits_again_when_somebody_says_so_and_nothing_else_does(store):
    store.post(MAIL)
    store.post(replace(MAIL, id="m2"))
    store.take(NOON, NOON)
    store.give_up("m1", "550")

    assert store.take(NOON + MINUTE, NOON + MINUTE).id == "m2"
    assert store.revive(["m1", "m2", "m3"], NOON + MINUTE) == 1
    back = store.take(NOON + MINUTE, NOON + MINUTE)
    assert (back.id, back.tries, back.thing) == ("m1", 1, MAIL)


HAPPENED = Happening("subscription.started", "customer-1", "subscription-1")
CRM = Endpoint("crm", "https://crm.example/hook", ("subscription.*", "invoice.paid"), NOON)


def test_events_are_numbered_without_a_gap_however_many_come_at_once(store):
    together(*[lambda n=n: store.publish(f"h{n}", HAPPENED, "ada", NOON) for n in range(12)])

    assert [event.number for event in store.events(0, 99)] == list(range(1, 13))
    assert [event.id for event in store.events(10, 99)] == ["event-000000000011", "event-000000000012"]


def test_the_same_happening_is_one_event(store):
    first = store.publish("h1", HAPPENED, "ada", NOON)
    together(*[lambda: store.publish("h1", HAPPENED, "bob", NOON + MINUTE)] * 8)

    assert (first.ref, first.kind, first.about) == ("ada", "subscription.started", HAPPENED)
    assert list(store.events(0, 9)) == [first]


def test_an_event_waits_for_each_endpoint_that_wants_it(store):
    for endpoint in (CRM, replace(CRM, name="all", kinds=("*",)), replace(CRM, name="off", off="gone")):
        store.put_endpoint(endpoint)
    started = store.publish("h1", HAPPENED, "ada", NOON)
    paid = store.publish("h2", Happening("invoice.overdue", "customer-1", invoice="INV-1"), "ada", NOON)
    store.publish("h1", HAPPENED, "ada", NOON)

    waiting = [(one.channel, one.about, one.thing) for one in reversed(store.deliveries("waiting"))]
    assert waiting == [
        ("all", "subscription.started", started),
        ("crm", "subscription.started", started),
        ("all", "invoice.overdue", paid),
    ]


def test_a_channel_may_be_left_alone(store):
    store.post(MAIL)
    store.put_endpoint(CRM)
    store.publish("h1", HAPPENED, "ada", NOON)

    assert store.take(NOON, NOON + MINUTE, {"mail"}).channel == "crm"
    assert store.take(NOON, NOON + MINUTE, {"mail"}) is None


def test_an_event_can_be_brought_again_whether_it_was_or_not(store):
    store.put_endpoint(CRM)
    event = store.publish("h1", HAPPENED, "ada", NOON)
    store.brought(store.take(NOON, NOON).id, "200")
    store.bring_again("crm", event, NOON + MINUTE)

    assert store.take(NOON, NOON + MINUTE) is None
    assert store.take(NOON + MINUTE, NOON + MINUTE).thing == event


def test_endpoints_are_kept_changed_switched_off_and_forgotten(store):
    store.put_endpoint(CRM)
    store.publish("h1", HAPPENED, "ada", NOON)
    store.put_endpoint(replace(CRM, url="https://crm.example/other"))
    assert [endpoint.url for endpoint in store.endpoints()] == ["https://crm.example/other"]

    store.switch_off("crm", "410 gone")
    store.publish("h2", HAPPENED, "ada", NOON)
    assert [endpoint.off for endpoint in store.endpoints()] == ["410 gone"]
    assert [(one.channel, one.said) for one in store.deliveries("dead")] == [("crm", "410 gone")]

    assert store.remove_endpoint("crm")
    assert not store.remove_endpoint("crm")
    assert (store.endpoints(), store.deliveries("waiting")) == ([], [])


def test_what_went_out_is_forgotten_after_ninety_days_and_numbers_go_on(store):
    store.post(MAIL)
    store.post(replace(MAIL, id="m2"))
    store.brought("m1")
    for number in (1, 2):
        store.publish(f"h{number}", HAPPENED, "ada", NOON)
    store.tidy(NOON + 91 * 24 * 60 * MINUTE)

    assert (store.deliveries("done"), [one.id for one in store.deliveries("waiting")]) == ([], ["m2"])
    assert [event.number for event in store.events(0, 9)] == [2]
    assert store.publish("h3", HAPPENED, "ada", NOON).number == 3


def declined(at, key, reason="declined", **other):
    said = {"key": key, "result": Declined(reason), "closed": True, "decided": at, "asked": at}
    return replace(INTENT, **{**said, **other})


def test_declines_are_counted_for_each_customer_since_a_moment(store):
    store.begin(WALK)
    for at, key in ((NOON, "k1"), (NOON + MINUTE, "k2"), (NOON + 2 * MINUTE, "k3")):
        store.keep_intent(declined(at, key))
    store.keep_intent(declined(NOON + MINUTE, "k4", customer="bob"))

    assert list(store.declines("ada", NOON)) == [NOON + MINUTE, NOON + 2 * MINUTE]
    assert list(store.declines("bob", NOON)) == [NOON + MINUTE]
    assert list(store.declines("eve", NOON)) == []


@pytest.mark.parametrize(
    "other", [{"reason": "cancelled"}, {"result": PAID}, {"result": Pending("p1"), "decided": None}]
)
def test_what_was_given_up_paid_or_is_under_way_was_not_declined(store, other):
    store.begin(WALK)
    store.keep_intent(declined(NOON, "k1", **other))

    assert list(store.declines("ada", NOON - MINUTE)) == []


LIMIT = CoolDown(declines=2, minutes=60)


def test_a_try_is_saved_unless_too_many_were_declined_lately(store):
    walk = store.begin(WALK)
    store.keep_intent(declined(NOON - 61 * MINUTE, "long-ago"))
    store.keep_intent(declined(NOON - 30 * MINUTE, "lately"))
    store.keep_intent(declined(NOON - 30 * MINUTE, "given-up", "cancelled"))
    walk = store.save(walk, declined(NOON, "w1-1"), LIMIT)

    with pytest.raises(TooMany):
        store.save(walk, replace(INTENT, key="w1-2"), LIMIT)
    assert store.intent("w1-2") is None
    assert store.walk("w1") == walk
    assert store.save(walk, replace(INTENT, key="w1-2", asked=NOON + 31 * MINUTE), LIMIT).version == walk.version + 1


def test_a_try_under_way_counts_while_it_may_still_be_declined(store):
    walk = store.begin(WALK)
    store.keep_intent(replace(INTENT, key="at-the-bank"))
    store.keep_intent(replace(INTENT, key="for-days", asked=NOON - timedelta(days=2), result=Pending("p1")))
    store.keep_intent(replace(INTENT, key="free", result=NothingDue(), closed=True, decided=NOON))
    walk = store.save(walk, declined(NOON, "w1-1"), LIMIT)

    with pytest.raises(TooMany):
        store.save(walk, replace(INTENT, key="w1-2"), LIMIT)


def test_of_many_windows_that_ask_for_the_last_try_one_gets_it(store):
    walks = [store.begin(replace(WALK, id=f"w{at}", subject=Subject(plan=f"plan{at}"))) for at in range(8)]
    store.keep_intent(declined(NOON, "before", walk="w0"))
    tries = [replace(INTENT, key=f"{walk.id}-1", walk=walk.id) for walk in walks]
    got = together(
        *[lambda walk=walk, one=one: store.save(walk, one, LIMIT) for walk, one in zip(walks, tries, strict=True)]
    )

    assert sum(isinstance(one, Walk) for one in got) == 1
    assert sum(isinstance(one, TooMany) for one in got) == 7
    assert sum(store.intent(one.key) is not None for one in tries) == 1


def test_a_customers_open_walks_are_all_that_have_not_ended_the_newest_first(store):
    store.begin(WALK)
    store.begin(replace(WALK, id="w2", subject=Subject(plan="solo"), opened=NOON + MINUTE))
    store.save(store.begin(replace(WALK, id="w3", subject=Subject(plan="pro"), standing=Ended("paid"))))
    store.begin(replace(WALK, id="w4", customer="bob"))

    assert [walk.id for walk in store.open_walks("ada")] == ["w2", "w1"]


def keys(intents):
    return [intent.key for intent in intents]


def full_walk():
    """A walk with something of everything in it."""
    euros = Money(1200, "EUR")
    lines = (
        Line("plan", Money(1000, "EUR"), {"en": "Team", "fr": "Équipe"}),
        Line("tax", Money(200, "EUR"), {}, 1, 2000),
    )
    options = {"support": True, "seats": 3}
    billing = BillingInfo(email="ada@example.com", name="Ada", country="FR")
    request = Request("ada", Subscribe("team", options), billing, {"gift.gift": "mug", "gift.wrapped": True})
    month = Period(1, "month")
    until = NOON + 30 * MINUTE
    quote = Quote(
        "q1", request, NOON, until, lines, lines, euros, euros, date(2027, 4, 1), month, None, date(2028, 3, 1), True
    )
    facts = {
        "plan.per_seat": True,
        "plan.ref": "team",
        "customer.terms_days": 30,
        "plan.price": Money(1000, "EUR"),
        "customer.since": date(2026, 1, 1),
        "customer.tags": frozenset({"vip", "reseller"}),
    }
    answers = {"gift": {"gift": "mug", "wrapped": True}, "options": {"seats": 3, "topics": ("a", "b")}}
    asked = Consent("subscribe_to_plan", "summary", "terms", True, "I accept.", "", "en", NOON, "b1")
    known = replace(WALK, facts=facts, answers=answers, consents=(asked,))
    return replace(known, quote=quote, quote_before=quote, attempts=2)


REPLY = Reply("shop", "k1", "asked", until=NOON + MINUTE)


def test_a_request_is_worked_on_once_and_its_answer_is_kept(store):
    answered = replace(REPLY, status=201, body='{"id": "s1"}', until=NOON + timedelta(hours=24))

    assert store.claim(REPLY, NOON) is None
    assert store.claim(REPLY, NOON) == REPLY
    store.answer(answered)
    assert store.claim(REPLY, NOON + timedelta(hours=23)) == answered


def test_callers_do_not_share_keys(store):
    store.claim(REPLY, NOON)

    assert store.claim(replace(REPLY, caller="reports"), NOON) is None
    assert store.claim(replace(REPLY, key="k2"), NOON) is None


def test_a_request_that_came_to_nothing_may_be_made_again(store):
    store.claim(REPLY, NOON)
    store.release(REPLY)

    assert store.claim(REPLY, NOON) is None


def test_an_answer_is_not_released(store):
    store.claim(REPLY, NOON)
    store.answer(replace(REPLY, status=200, body="{}"))
    store.release(REPLY)

    assert store.claim(REPLY, NOON) is not None


def test_a_claim_that_broke_off_and_an_old_answer_count_no_more(store):
    store.claim(REPLY, NOON)

    assert store.claim(REPLY, NOON + 2 * MINUTE) is None


def test_of_several_at_once_one_works(store):
    claims = together(*[lambda: store.claim(REPLY, NOON)] * 6)

    assert claims.count(None) == 1


def test_a_link_is_used_once_and_by_the_same_again(store):
    assert not store.link_used("l1")
    assert store.use_link("l1", "ada", NOON + MINUTE)
    assert store.link_used("l1")
    assert store.use_link("l1", "ada", NOON + MINUTE)
    assert not store.use_link("l1", "bob", NOON + MINUTE)
    assert store.use_link("l2", "bob", NOON + MINUTE)


def test_of_many_who_use_a_link_at_once_one_does(store):
    used = together(*(lambda who=who: store.use_link("l1", who, NOON) for who in ("a", "b", "c", "d")))

    assert sorted(used) == [False, False, False, True]


def test_revocation_is_of_one_customer_and_never_goes_back(store):
    assert store.links_revoked("ada") is None
    store.revoke_links("ada", NOON)
    store.revoke_links("ada", NOON - MINUTE)
    assert store.links_revoked("ada") == NOON
    store.revoke_links("ada", NOON + MINUTE)
    assert store.links_revoked("ada") == NOON + MINUTE
    assert store.links_revoked("bob") is None


def test_a_code_can_be_tried_so_often_until_it_is_over(store):
    assert store.keep_code(Code("ada", "digest", NOON), [])

    assert store.try_code("bob", NOON) == ""
    assert [store.try_code("ada", NOON) for _ in range(TRIES + 1)] == ["digest"] * TRIES + [""]
    store.keep_code(Code("ada", "other", NOON), [])
    assert store.try_code("ada", NOON + 9 * MINUTE) == "other"
    assert store.try_code("ada", NOON + 10 * MINUTE) == ""


def test_a_code_is_used_once_and_a_new_one_takes_its_place(store):
    store.keep_code(Code("ada", "old", NOON), [])
    store.keep_code(Code("ada", "new", NOON), [])

    assert not store.use_code("ada", "old")
    assert sorted(together(*[lambda: store.use_code("ada", "new")] * 3)) == [False, False, True]
    assert store.try_code("ada", NOON) == ""


def test_an_address_is_sent_so_many_codes_in_an_hour_and_the_mail_comes_with_the_code(store):
    asked = [store.keep_code(Code("ada", f"d{n}", NOON), [replace(MAIL, id=f"m{n}")]) for n in range(MOST_ASKED + 1)]

    assert asked == [True] * MOST_ASKED + [False]
    assert len(store.outbox(NOON, 99)) == MOST_ASKED
    assert store.try_code("ada", NOON) == f"d{MOST_ASKED - 1}"
    assert store.keep_code(Code("ada", "later", NOON + COUNTED_FOR), [])
    assert store.keep_code(Code("bob", "d", NOON), [])


def test_what_is_over_is_forgotten_and_nothing_else(store):
    store.use_link("old", "ada", NOON)
    store.use_link("new", "ada", NOON + 3 * COUNTED_FOR)
    store.keep_code(Code("ada", "d", NOON), [])
    store.revoke_links("ada", NOON)

    store.tidy(NOON + 2 * COUNTED_FOR)

    assert not store.link_used("old")
    assert store.link_used("new")
    assert store.links_revoked("ada") == NOON


def test_a_hint_is_kept_once_and_waits_until_somebody_acts_on_it(store):
    first, second = Hint("evt-1", "paid", "key-1"), Hint("evt-2", "paid", "key-1")
    assert [store.hear(hint, NOON) for hint in (first, second, first)] == [True, True, False]
    assert store.hints(9) == [first, second]
    assert store.hints(1) == [first]

    store.heed("evt-1")
    assert store.hints(9) == [second]
    assert not store.hear(first, NOON)
    assert store.aside(9) == []


def test_a_hint_that_is_set_aside_is_listed_and_never_acted_on(store):
    store.hear(Hint("evt-1", "paid", "", "not_ours"), NOON)
    store.hear(Hint("evt-2", "paid", "key-1", "other_version"), NOON)
    store.hear(Hint("evt-3", "paid", "key-1"), NOON + timedelta(minutes=1))
    store.heed("evt-3", "unknown")

    assert store.hints(9) == []
    assert [(hint.id, hint.aside) for hint in store.aside(9)] == [("evt-3", "unknown"), ("evt-2", "other_version")]
    assert len(store.aside(1)) == 1


def test_a_hint_is_forgotten_when_nobody_repeats_it_any_more(store):
    for id in ("old", "waiting"):
        store.hear(Hint(id, "paid", "key-1"), NOON)
    store.heed("old", "unknown")
    store.tidy(NOON + timedelta(days=29))
    assert len(store.aside(9)) == 1

    store.tidy(NOON + timedelta(days=31))
    assert store.aside(9) == []
    assert [hint.id for hint in store.hints(9)] == ["waiting"]


def test_a_walk_that_nobody_has_touched_for_long_is_forgotten_and_what_was_paid_by_it_is_not(store):
    paid = store.save(store.begin(WALK), INTENT)
    store.save(replace(paid, standing=Ended("paid", "s1", "i1")), replace(INTENT, result=PAID, closed=True))
    for id, touched in (("w2", NOON - MINUTE), ("w3", NOON), ("w4", NOON + MINUTE)):
        store.begin(replace(WALK, id=id, customer=id, touched=touched))
    store.drop(store.walk("w2"))

    assert store.forget(NOON + timedelta(seconds=1), 10) == 3
    assert [store.walk(id) is None for id in ("w1", "w2", "w3", "w4")] == [True, True, True, False]
    assert store.intent(INTENT.key).result == PAID
    assert store.forget(NOON + timedelta(seconds=1), 10) == 0


def test_a_walk_stays_as_long_as_money_is_in_flight_however_long_a_bank_takes(store):
    held = store.save(replace(store.begin(WALK), standing=Held("w1-1")), INTENT)
    later = NOON + timedelta(days=400)

    assert store.forget(later, 10) == 0
    store.keep_intent(replace(INTENT, result=PAID, closed=True))
    assert store.forget(later, 10) == 0, "its order is not done yet"
    store.save(replace(held, standing=Ended("paid", "s1")))
    assert store.forget(later, 10) == 1


def test_no_more_is_forgotten_at_once_than_was_said(store):
    for count in range(5):
        store.begin(replace(WALK, id=f"w{count}", customer=f"c{count}"))

    assert [store.forget(NOON + MINUTE, 2) for _ in range(4)] == [2, 2, 1, 0]
