"""What is slow to start is started once and shared: the merchant's application, the bundle, and mostly a town."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from generator.rehearsal.visitor import Visitor
from tests.support import town as towns
from tests.support.town import Square, Town

if "PYTEST_XDIST_WORKER" not in os.environ:
    kept = tempfile.TemporaryDirectory()
    os.environ["HOSTED_PAGES_CACHE"] = kept.name
    """What processes of one run remember of definitions, they all remember, and nothing of any other run."""


@pytest.fixture(scope="session")
def square(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Square]:
    with towns.square(tmp_path_factory.mktemp("square")) as made:
        yield made


@pytest.fixture(scope="session")
def town(square: Square, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that everybody shares: customers are each test's own, time stands still and prices stay."""
    with towns.town(tmp_path_factory.mktemp("town"), square) as made:
        yield made


@pytest.fixture
def own_town(square: Square, tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Towns for tests that change prices, travel in time or break something."""
    with ExitStack() as running:
        count = iter(range(100))

        def make(**more: object) -> Town:
            home = tmp_path / f"town{next(count)}"
            home.mkdir()
            return running.enter_context(towns.town(home, square, **more))  # type: ignore[arg-type]

        yield make


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests counted is said, whichever process they ran in: a number that nobody sees may shrink unseen."""
    counts: dict[str, int] = {}
    for reports in terminalreporter.stats.values():
        calls = (report for report in reports if getattr(report, "when", "") == "call")
        for name, count in (pair for report in calls for pair in report.user_properties):
            counts[name] = counts.get(name, 0) + count
    for name, count in counts.items():
        terminalreporter.write_line(f"{name}: {count}")
