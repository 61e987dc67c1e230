"""Builds whenever somebody saves: on a copy, in another process, and again where somebody saved meanwhile."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import Event

from watchfiles import watch

from generator.studio.making import Made, Order, make
from generator.studio.sources import Print, Sources

QUIET = 30
"""Milliseconds without another save after which a build begins: editors write a file in several strokes."""

LOOK = 2000
"""Milliseconds after which is looked all the same, should no news of a save have come: as over a network."""

Finished = Callable[[Made], None]


@dataclass
class Follower:
    """`finished` hears of each build once, when it is over. Bundles go to `build`."""

    sources: Sources
    build: Path
    finished: Finished
    kept: Path | None = None
    theme: str = ""
    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="hosted-pages-dev-")))
    good: Order | None = None
    """What was built last and was good."""

    def __post_init__(self) -> None:
        self._stop, self._again = Event(), Event()
        self._pool = self._worker()
        self._count = 0

    def follow(self) -> None:
        """Until it is stopped. A save is news at most: what decides is whether files are others than were built."""
        built: tuple[Print, str] | None = None
        while not self._stop.is_set():
            self._again.clear()
            if built != (self.sources.printed(), self.theme):
                built = self.once()
                continue
            self._wait()

    def once(self) -> tuple[Print, str]:
        """One build of what is there now; answers what that was."""
        self._count += 1
        theme, copy = self.theme, self.home / f"copy-{self._count}"
        file, seen = self.sources.copied(copy)
        order = Order(file, self.sources.label, copy, self.build, self.kept, theme)
        made = self._made(order)
        gone = self.good if made.good else order
        self.good = order if made.good else self.good
        self.finished(made)
        if gone:
            shutil.rmtree(gone.root, ignore_errors=True)
        return seen, theme

    def dress(self, theme: str) -> None:
        """From now on the pages are made in this theme; with nothing in the definition's own."""
        self.theme = theme
        self._again.set()

    def stop(self) -> None:
        """No more builds; the one that is under way is not waited for."""
        self._stop.set()
        self._again.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _wait(self) -> None:
        """For a save in any folder that matters, or for a while: new folders are looked at from the next time on."""
        folders = [folder for folder in self.sources.folders if folder.is_dir()]
        news: Iterable[object] = watch(
            *folders,
            watch_filter=None,
            debounce=10 * QUIET,
            step=QUIET,
            stop_event=self._again,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            recursive=False,
        )
        next(iter(news), None)

    def _made(self, order: Order) -> Made:
        try:
            return self._pool.submit(make, order).result()
        except BrokenProcessPool:
            self._pool = self._worker()
            return Made(
                False,
                "the process that builds has died; the next save starts another one",
                "nothing was built",
                broke=True,
            )

    def _worker(self) -> ProcessPoolExecutor:
        """Started anew and not forked: a process with threads cannot be copied safely."""
        return ProcessPoolExecutor(1, mp_context=get_context("spawn"))
