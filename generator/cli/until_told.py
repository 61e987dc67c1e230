"""Goes on until it is told to stop, and then finishes what it has begun."""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from waitress.server import BaseWSGIServer, MultiSocketServer

PATIENCE = 30
"""Seconds after which what is still going on is broken off: it is carried on by whoever comes next."""


class Stop:
    """Whether somebody has said so: SIGTERM by a service manager, or Ctrl-C."""

    def __init__(self) -> None:
        self._said = threading.Event()
        self._wake: Callable[[], None] = lambda: None

    def listen(self, wake: Callable[[], None] = lambda: None) -> None:
        """Hear of it from now on, and call `wake` then. Only a program's main thread can."""
        self._wake = wake
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._said.set()
        self._wake()

    @property
    def said(self) -> bool:
        return self._said.is_set()

    def rest(self, seconds: float) -> None:
        """Do nothing for so long, or until it is said."""
        self._said.wait(seconds)


def serve(server: Any, stop: Stop) -> None:
    """Run a waitress server. Told to stop, it takes nobody new, answers who is in, and ends."""
    sockets = server.map if isinstance(server, MultiSocketServer) else server._map
    doors = [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]
    stop.listen(doors[0].pull_trigger)
    while not stop.said:
        _turn(server, sockets, 1.0)
    for door in doors:
        door.del_channel()
        door.socket.close()
    until = time.monotonic() + PATIENCE
    while any(_busy(door) for door in doors) and time.monotonic() < until:
        _turn(server, sockets, 0.1)
    server.task_dispatcher.shutdown(timeout=1)


def _turn(server: Any, sockets: dict[int, Any], most: float) -> None:
    server.asyncore.loop(timeout=most, map=sockets, use_poll=server.adj.asyncore_use_poll, count=1)


def _busy(door: Any) -> bool:
    """Whether anybody has asked and not got all of the answer. Who only keeps a connection open is not waiting."""
    return any(one.requests or one.request or one.total_outbufs_len for one in list(door.active_channels.values()))
