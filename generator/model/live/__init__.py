"""The live names that a theme may use, by the page on which it may."""

from typing import Any

from generator.model.live import accounts, entry, notices, portal, steps
from generator.model.live.parts import Shell, Url
from generator.model.pages import PageKind

__all__ = ["Shell", "Url", "live_of"]

_ROOMS = {room.__name__.rpartition(".")[2]: room for room in (accounts, entry, notices, portal, steps)}


def live_of(kind: PageKind) -> type[Any]:
    """The type whose attributes are the live names of such a page."""
    room, _, name = kind.live.partition(".")
    live: type[Any] = getattr(_ROOMS[room], name)
    return live
