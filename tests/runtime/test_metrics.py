"""What is counted: how far customers come, what the bank answers, what waits; for who has the key, without names."""

import re
from dataclasses import replace

import pytest
import urllib3
from prometheus_client.parser import text_string_to_metric_families

from generator.rehearsal.stage import KNOWN
from generator.rehearsal.stand import address, listening, serving
from generator.runtime import app
from generator.runtime.parts import Parts
from tests.support.journeys import comes_to_payment, gives_card

KEY = "m" * 43


@pytest.fixture
def counted(town):
    """The same town at another door, where metrics are to be had."""
    bound = listening()
    parts: Parts = replace(town.parts, base_url=address(bound), metrics_key=KEY)
    with serving(app.create(parts), bound) as pages:

        def ask(key=KEY):
            answer = urllib3.request("GET", f"{pages}/metrics", headers={"Authorization": f"Bearer {key}"})
            return answer if key != KEY else answer.data.decode()

        yield ask


def samples(text):
    found = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            if not one.name.endswith("_created"):
                found[one.name, *sorted(one.labels.values())] = one.value
    return found


def test_a_walk_is_counted_from_its_begin_to_its_end_and_the_customer_is_nowhere(counted, town, visitor):
    before = samples(counted())
    ada = town.customer(replace(KNOWN, email="ada.counted@example.com", name="Ada Counted"))
    comes_to_payment(town, visitor, ada)
    visitor.submit(method="new:card")
    gives_card(visitor)
    text = counted()

    more = {name: value - before.get(name, 0) for name, value in samples(text).items() if value != before.get(name, 0)}
    assert more["hosted_pages_walks_begun_total", "subscribe_to_plan"] == 1
    assert more["hosted_pages_walks_ended_total", "paid", "subscribe_to_plan"] == 1
    assert more["hosted_pages_steps_total", "on", "payment", "subscribe_to_plan"] == 1
    assert more["hosted_pages_gateway_answers_total", "paid", "sandbox"] >= 1
    for name in (ada.id, ada.ref, "ada.counted", "Ada", "/w/", "card"):
        assert not re.search(re.escape(name), text), name


def test_what_waits_is_said(counted):
    found = samples(counted())

    assert {name[1] for name in found if name[0] == "hosted_pages_waiting"} == {"payments", "mails", "webhooks"}


def test_who_has_no_key_learns_not_even_that_it_is_there(counted, town):
    assert counted("").status == counted("wrong").status == 404
    assert urllib3.request("GET", f"{town.pages}/metrics", headers={"Authorization": "Bearer "}).status == 404
