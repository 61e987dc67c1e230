"""What YAML was read into: values, maps and lists, each with the place where it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.place import Place


@dataclass(frozen=True)
class Scalar:
    """One plain value."""

    value: str | int | float | bool | None
    place: Place


@dataclass(frozen=True)
class Entry:
    """A key and what stands under it."""

    key: Scalar
    node: Node

    @property
    def name(self) -> str:
        return str(self.key.value)


@dataclass(frozen=True)
class Map:
    """Keys in the order in which they were written."""

    entries: Mapping[str, Entry]
    place: Place

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry.node if entry else None


@dataclass(frozen=True)
class List:
    items: tuple[Node, ...]
    place: Place


Node = Scalar | Map | List


def plain(node: Node) -> Any:
    """The node's value without its places."""
    match node:
        case Scalar():
            return node.value
        case Map():
            return {name: plain(entry.node) for name, entry in node.entries.items()}
        case List():
            return [plain(item) for item in node.items]
