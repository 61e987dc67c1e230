"""Those who do what no customer waits for, round after round, until they are told to stop."""

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context

from generator import wiring
from generator.cli.until_told import Stop
from generator.runtime.parts import Parts
from generator.runtime.worker import Worker


class Crew:
    """The threads that work for one merchant or for several."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._threads: list[threading.Thread] = []

    def work(self, parts: Parts) -> None:
        """Begin to do what is due for a merchant: in the books, outside and on paper, none waiting for the others.

        Told to stop, each ends when it has done what it is at.
        """
        worker = Worker(parts)
        for name, one in {"books": worker.books, "post": worker.post, "papers": worker.papers}.items():
            thread = threading.Thread(target=copy_context().run, args=(self._again, one), daemon=True, name=name)
            self._threads.append(thread)
            thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Until each has ended, or for so long with each."""
        for thread in self._threads:
            thread.join(seconds)

    def _again(self, round: Callable[[], int]) -> None:
        """A round that fails is written down, and the next one comes all the same."""
        while not self._stop.said:
            try:
                done = round()
            except Exception:
                logging.getLogger(__name__).exception("worker-round-failed")
                done = 0
            if not done:
                self._stop.rest(wiring.WORKER_PAUSE.total_seconds())
