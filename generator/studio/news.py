"""Says to every browser that looks what was built, each build once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition

PAUSE = 15.0
"""Seconds after which something is said at the latest, so that a connection that nobody reads any more is noticed."""


@dataclass(frozen=True)
class Piece:
    """Build number so and so: whether it was good, and how it went in a line."""

    number: int
    good: bool
    says: str


class News:
    """The last piece, and who waits for the next one."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._last = Piece(0, False, "")
        self._over = False

    @property
    def last(self) -> Piece:
        return self._last

    def tell(self, good: bool, says: str) -> Piece:
        """Everybody who listens hears of it."""
        with self._changed:
            self._last = Piece(self._last.number + 1, good, says)
            self._changed.notify_all()
            return self._last

    def close(self) -> None:
        """Nothing more is said."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def after(self, number: int, patience: float) -> Piece | None:
        """The last piece, as soon as it is another one than this; None where nothing was said for so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._last.number > number, patience)
            return self._last if self._last.number > number else None

    def heard(self, number: int) -> Iterator[str]:
        """A stream of server-sent events for who has heard up to this number."""
        yield "retry: 500\n\n"
        while not self._over:
            piece = self.after(number, PAUSE)
            if piece is None:
                yield ": still here\n\n"
                continue
            number = piece.number
            said = {"number": piece.number, "good": piece.good, "says": piece.says}
            yield f"id: {piece.number}\ndata: {json.dumps(said)}\n\n"
