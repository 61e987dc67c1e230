"""A part of the score in every test run: what we rely on happens as Stripe's own command line makes it happen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.standin.echo import echoing
from tests.standin.score import KEY, Judge, judging
from tests.standin.server import standing_in

RELIED_ON = (
    "charge.refunded",
    "checkout.session.completed",
    "checkout.session.expired",
    "customer.subscription.deleted",
    "invoice.paid",
    "invoice.payment_failed",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.requires_action",
    "payment_method.detached",
    "setup_intent.succeeded",
    "subscription_schedule.released",
)


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with standing_in(timedelta(0), (KEY,)) as stand_in, judging(stand_in.url) as judge:
        yield judge


@pytest.mark.parametrize("name", RELIED_ON)
def test_it_happens_as_at_stripe(judge, name):
    assert judge.mark(name).why == ""


def test_who_only_says_back_what_it_hears_does_not_count():
    with echoing() as url, judging(url, 0.5) as judge:
        assert judge.mark("customer.created").why == ""
        assert judge.mark("payment_intent.succeeded").why == "`payment_intent.succeeded` did not arrive"
