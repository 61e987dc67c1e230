"""A walk whose bundle is gone: its answers under the names of now, as far as they could be given today."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from generator.engine.replay import replay
from generator.model.payment import Key
from generator.model.walk import Held, Subject, Walk
from generator.model.workflow import Choosable, Field, Step, Workflow

GIFTS = (Choosable("cup", was=("mug",)), Choosable("shirt", was=("tee", "jersey")))
PRESENT = Step(
    "present",
    "form",
    "subscribe_to_plan",
    was=("gift", "bonus"),
    fields=(
        Field("which", "choice", required=True, options=GIFTS, was=("gift",)),
        Field("several", "choices", options=GIFTS),
        Field("size", "integer", maximum=Decimal(20)),
        Field("name", "text", max_length=5),
        Field("campaign", "hidden", was=("source",)),
    ),
)
SUMMARY = Step("summary", "summary", "subscribe_to_plan")
WORKFLOW = Workflow("subscribe_to_plan", None, (Step("options", "options", "subscribe_to_plan"), PRESENT, SUMMARY))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WALK = Walk("w", "subscribe_to_plan", "ada", Subject(plan="team"), "before", "en", NOW, NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"present": {"which": "cup"}}, {"present": {"which": "cup"}}),
        ({"gift": {"gift": "mug"}}, {"present": {"which": "cup"}}),
        ({"bonus": {"which": "jersey"}}, {"present": {"which": "shirt"}}),
        ({"gift": {"gift": "car"}}, {"present": {}}),
        ({"present": {"several": ("mug", "shirt")}}, {"present": {"several": ("cup", "shirt")}}),
        ({"present": {"several": ("mug", "car")}}, {"present": {}}),
        ({"present": {"size": 21}}, {"present": {}}),
        ({"present": {"size": "large"}}, {"present": {}}),
        ({"present": {"name": "Ada"}}, {"present": {"name": "Ada"}}),
        ({"present": {"name": "Lovelace"}}, {"present": {}}),
        ({"summary": {"shown": "q-1", "gone": "x"}}, {"summary": {"shown": "q-1"}}),
        ({"options": {"seats": 5, "options.plan": "team"}}, {"options": {"seats": 5, "options.plan": "team"}}),
        ({"gone": {"which": "cup"}}, {}),
    ],
)
def test_what_could_still_be_given_counts_under_the_names_of_now(before, after):
    moved = replay(WORKFLOW, replace(WALK, answers=before), "after")

    assert moved.answers == after
    assert moved.bundle == "after"


def test_what_a_link_gave_moves_too():
    walk = replace(WALK, given={"gift.source": "spring", "present.size": "3", "gone.x": "y"})

    assert replay(WORKFLOW, walk, "after").given == {
        "present.campaign": "spring",
        "present.size": "3",
        "gone.x": "y",
    }


def test_what_is_committed_stays_as_it_is():
    held = replace(WALK, answers={"gift": {"gift": "mug"}}, standing=Held(Key("w-1")))

    assert replay(WORKFLOW, held, "after") == held
    assert replay(WORKFLOW, WALK, "before") is WALK
