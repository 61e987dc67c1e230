"""One stand-in for all tests that need no other: customers and intents are each test's own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.standin.asking import client
from tests.standin.server import StandIn, standing_in


@pytest.fixture(scope="session")
def shared() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """One of the test's own, at which a bank takes no time."""
    with standing_in(timedelta(0)) as made:
        yield made


@pytest.fixture
def v1(shared: StandIn) -> object:
    return client(shared).v1
