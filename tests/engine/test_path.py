"""Where the customer stands is computed from what is known; nothing remembers it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from generator.engine.path import answers_on_path, expected, path
from generator.model.catalog import Period
from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.quote import Quote, Request, Subscribe
from generator.model.rule import ALWAYS, All, Any, Compare, Is, IsKnown, Not, UnknownName
from generator.model.walk import Ended, Subject, Walk
from generator.model.workflow import Case, Choosable, Field, PaymentStep, Step, Workflow

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUOTE = Quote(
    "q1",
    Request("ada", Subscribe("team", {}), BillingInfo(), {}),
    NOON,
    NOON,
    (),
    (),
    Money(0, "EUR"),
    Money(2900, "EUR"),
    date(2026, 12, 6),
    Period(1, "month"),
    None,
    None,
    True,
)
GIFT = Field("gift", "choice", True, options=(Choosable("mug"), Choosable("tee")))
WORKFLOW = Workflow(
    "choose_plan",
    None,
    (
        Step("catalog", "catalog", "choose_plan"),
        Step("options", "options", "w", Is("plan.has_options", (True,))),
        Step("details", "form", "w", fields=(GIFT, Field("note", "text"))),
        Step("size", "form", "w", Is("details.gift", ("tee",)), fields=(Field("size", "text", True),)),
        Step("summary", "summary", "w", fields=(Field("terms", "consent", True),)),
        PaymentStep("payment", "payment", "w", cases=(Case("pay_now"),)),
    ),
)
WALK = Walk("w1", "choose_plan", "ada", Subject(), "b", "en", NOON, NOON)
CHOSEN = replace(
    WALK,
    facts={"plan.ref": "team", "plan.has_options": True},
    answers={"catalog": {"plan": "team"}, "options": {"plan": "team"}},
    quote=QUOTE,
)


def ids(steps):
    return [step.id for step in steps]


def answered(walk, **answers):
    return replace(walk, answers={**walk.answers, **answers})


def test_a_new_walk_stands_at_its_first_step():
    assert ids(path(WORKFLOW, WALK)) == ["catalog"]


def test_a_step_that_does_not_apply_is_not_on_the_path():
    walk = replace(CHOSEN, facts={**CHOSEN.facts, "plan.has_options": False})

    assert ids(path(WORKFLOW, walk)) == ["catalog", "details"]


def test_an_answer_decides_about_a_later_step():
    assert ids(path(WORKFLOW, answered(CHOSEN, details={"gift": "mug"})))[-1] == "summary"
    assert ids(path(WORKFLOW, answered(CHOSEN, details={"gift": "tee"})))[-1] == "size"


def test_changing_an_earlier_answer_takes_the_customer_back_and_forgets_nothing():
    walk = answered(CHOSEN, details={"gift": "tee"}, size={"size": "m"}, summary={"terms": True, "shown": QUOTE.shown})
    assert ids(path(WORKFLOW, walk))[-1] == "payment"

    other = replace(
        walk,
        answers={**walk.answers, "catalog": {"plan": "solo"}},
        facts={"plan.ref": "solo", "plan.has_options": True},
    )
    assert ids(path(WORKFLOW, other)) == ["catalog", "options"]
    assert other.answers["size"] == {"size": "m"}


def test_agreeing_to_one_price_is_not_agreeing_to_another():
    walk = answered(CHOSEN, details={"gift": "mug"}, summary={"terms": True, "shown": QUOTE.shown})
    assert ids(path(WORKFLOW, walk))[-1] == "payment"

    dearer = replace(walk, quote=replace(QUOTE, due_later=Money(3900, "EUR")))
    assert ids(path(WORKFLOW, dearer))[-1] == "summary"


def test_an_answer_that_no_longer_fits_its_field_does_not_count():
    assert ids(path(WORKFLOW, answered(CHOSEN, details={"gift": "car"})))[-1] == "details"


def test_a_finished_walk_has_walked_all_of_it():
    walk = answered(CHOSEN, details={"gift": "mug"}, summary={"terms": True, "shown": QUOTE.shown})

    assert ids(path(WORKFLOW, replace(walk, standing=Ended("paid"))))[-1] == "payment"


def test_steps_that_may_still_come_are_counted_in():
    assert len(expected(WORKFLOW, WALK)) == 6
    assert len(expected(WORKFLOW, answered(CHOSEN, details={"gift": "mug"}))) == 5


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (ALWAYS, True),
        (Is("plan", ("team", "solo")), True),
        (Is("tags", ("vip",)), True),
        (Is("tags", ("new",)), False),
        (Is("due", (0,)), False),
        (Is("nothing", (0,)), True),
        (Is("flag", (1,)), False),
        (Compare("due", "above", 0), True),
        (Compare("due", "at_most", Money(500, "EUR")), True),
        (Compare("due", "below", Money(500, "EUR")), False),
        (Compare("seats", "at_least", 3), True),
        (IsKnown("plan"), True),
        (IsKnown("gift"), False),
        (IsKnown("gift", False), True),
        (All((Is("plan", ("team",)), Is("flag", (True,)))), True),
        (Any((Is("plan", ("solo",)), Is("flag", (True,)))), True),
        (Not(Is("plan", ("team",))), False),
        (All((IsKnown("gift"), Is("gift", ("mug",)))), False),
    ],
)
def test_a_condition_holds_or_not(rule, holds):
    known = {
        "plan": "team",
        "tags": frozenset({"vip", "old"}),
        "due": Money(500, "EUR"),
        "nothing": Money(0, "JPY"),
        "flag": True,
        "seats": 3,
    }

    assert rule.holds(known) is holds


@pytest.mark.parametrize("rule", [Is("gift", ("mug",)), Compare("gift", "above", 3), Not(Is("gift", ("mug",)))])
def test_a_condition_about_what_nobody_knows_never_fails_open(rule):
    with pytest.raises(UnknownName):
        rule.holds({})


def test_a_message_is_shown_until_it_was_read_and_a_step_of_hidden_fields_never():
    source = Step(
        "source", "form", "w", fields=(Field("campaign", "hidden"), Field("count", "hidden", holds="integer"))
    )
    hello = Step("hello", "message", "w", Is("source.campaign", ("spring",)))
    size = Step(
        "size", "form", "w", All((IsKnown("source.count"), Compare("source.count", "above", 2))), fields=(GIFT,)
    )
    workflow = replace(WORKFLOW, steps=(source, hello, size, PaymentStep("payment", "payment", "w")))
    walk = replace(WALK, given={"source.campaign": "spring", "source.count": "3"})

    assert [step.id for step in path(workflow, walk)] == ["hello"]
    assert [step.id for step in expected(workflow, walk)] == ["hello", "size", "payment"]
    read = replace(walk, answers={"hello": {}})
    assert [step.id for step in path(workflow, read)] == ["hello", "size"]
    assert answers_on_path(workflow, read) == {"source": {"campaign": "spring", "count": 3}, "hello": {}}
    assert [step.id for step in path(workflow, replace(read, given={"source.campaign": "spring"}))] == [
        "hello",
        "payment",
    ]


def test_what_the_link_gave_last_counts_before_what_was_kept():
    step = Step("details", "form", "w", fields=(Field("contract", "text", locked=True),))
    workflow = replace(WORKFLOW, steps=(step, PaymentStep("payment", "payment", "w")))
    walk = replace(WALK, answers={"details": {"contract": "A"}}, given={"details.contract": "B"})

    assert answers_on_path(workflow, walk) == {"details": {"contract": "B"}}
    assert answers_on_path(workflow, replace(walk, given={})) == {"details": {"contract": "A"}}
