"""After a time in which nobody turned the calendar, the books are those of somebody who turned it every morning."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from generator.model.dunning import Dunning
from generator.model.payment import Promised
from generator.model.quote import ChangePlan, Pause, Subscribe, Terminate
from tests.lives.life import CODES, PLANS
from tests.ports.test_biller import SHOPS
from tests.ports.test_people import asks, closes, orders

SCHEDULES = some.builds(
    Dunning,
    retries=some.just((3, 5)),
    grace=some.integers(0, 12),
    patience=some.integers(0, 12),
    then=some.sampled_from(["suspend", "end", "leave"]),
)
STARTS = some.tuples(
    some.sampled_from(PLANS),
    some.sampled_from([0, 5, 40]),
    some.sampled_from(["", "", "change", "pause", "leave", "hold"]),
    some.sampled_from(["", "HALF", "GIFT"]),
)


def peopled(shop, schedule, starts):
    """Customers who bought, some of whom changed their mind on the same day."""
    shop.sells(*PLANS)
    shop.biller.sell(replace(shop.biller.price_list(), dunning=schedule, promotions=CODES))
    for number, (sold, terms, then, code) in enumerate(starts):
        who = shop.knows(f"c{number}", terms_days=terms)
        options = {one.ref: 3 if one.kind == "quantity" else True for one in sold.choices}
        request = asks(shop, who, Subscribe(sold.ref, options), promotion=code)
        closed = closes(shop, orders(shop, request), Promised("transfer") if terms and request.due_now else None)
        held = shop.biller.subscription(closed.subscription)
        change = {
            "change": ChangePlan(held.id, "free", {}),
            "pause": Pause(held.id, held.period_end + timedelta(days=17)),
            "leave": Terminate(held.id),
        }.get(then)
        if change is not None:
            order = shop.biller.quote(replace(request.request, change=change, promotion=""))
            if hasattr(order, "due_now") and not order.due_now:
                closes(shop, orders(shop, order))
        elif then == "hold":
            shop.biller.suspend(held.id, "suspended_agent", held.period_end + timedelta(days=11))


def books(shop, count):
    """All that was issued and how all stands, without the ids; numbers may come in another order, see below."""
    found = []
    for number in range(count):
        who = shop.biller.customer_by_ref(f"c{number}")
        held = shop.biller.subscriptions(who.id)
        states = sorted((one.plan.ref, one.state, one.period_start, one.period_end, str(one.ends)) for one in held)
        issued = [
            (one.issued, one.lines, one.total, one.due, one.state, one.acts) for one in shop.biller.invoices(who.id)
        ]
        found.append((states, sorted(issued, key=str)))
    return found


def turned(shop, days, every, on_file):
    """The calendar, turned each so many days, and at the end."""
    for day in range(1, days + 1):
        shop.clock.travel(timedelta(days=1))
        if day % every == 0 or day == days:
            while shop.biller.keep_up(lambda _: on_file):
                pass


@pytest.mark.parametrize("books_of", SHOPS, ids=lambda adapter: adapter.__name__)
@settings(max_examples=6, deadline=None)
@given(
    SCHEDULES,
    some.lists(STARTS, min_size=1, max_size=4),
    some.integers(1, 130),
    some.sampled_from([7, 95, 1000]),
    some.booleans(),
)
def test_the_books_are_the_same_without_a_worker_for_a_week_or_three_terms(
    books_of, tmp_path_factory, schedule, starts, days, every, on_file
):
    """Invoices have the same days, lines and sums. Their numbers follow the order in which they were issued: who is
    late issues one subscription's after the other, and numbers are never given back.
    """
    stood = []
    for pause in (1, every):
        with books_of(tmp_path_factory.mktemp("books")) as shop:
            peopled(shop, schedule, starts)
            turned(shop, days, pause, on_file)
            assert [found for found in shop.biller.audit() if found.code != "charge-without-intent"] == []
            stood.append(books(shop, len(starts)))

    assert stood[0] == stood[1]
