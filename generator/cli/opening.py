"""Opens what serves each of several merchants: one that is not ready keeps nobody else waiting, and is tried again."""

import logging
import threading
from collections.abc import Callable, Mapping

import click

from generator import wiring
from generator.adapters.sql.schema import WrongSchema
from generator.bundle.folder import NotABundle
from generator.cli.until_told import Stop
from generator.ports.trouble import Unavailable
from generator.runtime.by_host import WHOSE
from generator.runtime.parts import Parts

AGAIN = 5
"""Seconds after which those that could not be opened are tried again."""

NOT_READY: tuple[type[Exception], ...] = (WrongSchema, NotABundle, Unavailable)
"""What may be otherwise soon."""

Opened = Callable[[str, Parts], None]
"""What to do with the parts of a merchant who is ready."""


class Opening:
    """Those merchants that are not open yet, and what was last in the way of each."""

    def __init__(self, merchants: Mapping[str, wiring.Settings], opened: Opened) -> None:
        self._left = dict(merchants)
        self._opened = opened
        self._said: dict[str, str] = {}

    def first(self) -> None:
        """Open whoever is ready. A setting that is wrong is nothing to wait for: it is told, and nothing is opened."""
        ready = {}
        for name in list(self._left):
            try:
                ready[name] = self._parts(name)
            except wiring.Unset as unset:
                raise click.UsageError(f"{name}.env: {unset}") from unset
        self._open(ready)

    def rest(self, stop: Stop) -> threading.Thread:
        """Go on with the others in the background until all are open, or the end is said."""
        thread = threading.Thread(target=self._again, args=(stop,), daemon=True, name="opening")
        thread.start()
        return thread

    def _again(self, stop: Stop) -> None:
        while self._left and not stop.said:
            stop.rest(AGAIN)
            self._open({name: self._parts(name, (*NOT_READY, wiring.Unset)) for name in list(self._left)})

    def _open(self, ready: Mapping[str, Parts | None]) -> None:
        for name, parts in ready.items():
            if parts is not None:
                WHOSE.set(name)
                self._opened(name, parts)
                del self._left[name]

    def _parts(self, name: str, passes: tuple[type[Exception], ...] = NOT_READY) -> Parts | None:
        """None where something is in the way that may be otherwise soon."""
        WHOSE.set(name)
        try:
            made: Parts = wiring.parts(self._left[name])
        except passes as fault:
            if self._said.get(name) != str(fault):
                logging.getLogger(__name__).warning("not-open why=%s", fault)
            self._said[name] = str(fault)
            return None
        return made
