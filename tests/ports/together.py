"""The same thing by several at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def together(*asked: Callable[[], T]) -> list[T | Exception]:
    """What each of them got, answer or exception, when all started at once."""
    start = Barrier(len(asked))

    def ask(one: Callable[[], T]) -> T | Exception:
        start.wait()
        try:
            return one()
        except Exception as fault:  # noqa: BLE001  what one of them ran into is for the test to judge
            return fault

    with ThreadPoolExecutor(len(asked)) as threads:
        return list(threads.map(ask, asked))
