"""What a file says together with the one that it extends, by path: for whoever asks where something was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator import shipped
from generator.compiler import source
from generator.compiler.node import Entry, Map, Node, Scalar
from generator.editor.grammar import Step
from generator.editor.spot import entry_at

TARGETS = ("redirects", "targets")
CONDITIONS = ("conditions",)


@cache
def default() -> Map:
    """The definition that is shipped, which others extend."""
    path = shipped.DEFAULT_DEFINITION
    node = source.read(path, str(path)).node
    assert isinstance(node, Map)
    return node


@dataclass(frozen=True)
class Known:
    """`own` is what the file says; `below` what it extends, if anything."""

    own: Node | None
    below: Map | None

    def beneath(self, path: tuple[Step, ...]) -> Entry | None:
        """What the file that is extended says at a path."""
        return entry_at(self.below, path)

    def at(self, path: tuple[Step, ...]) -> Entry | None:
        """What counts at a path, and where it was written."""
        return entry_at(self.own, path) or self.beneath(path)

    def names(self, path: tuple[Step, ...]) -> dict[str, Entry]:
        """What there is at a path, by name, without what is taken away."""
        found: dict[str, Entry] = {}
        for entry in (self.beneath(path), entry_at(self.own, path)):
            if entry and isinstance(entry.node, Map):
                found |= entry.node.entries
        return {name: entry for name, entry in found.items() if not _is_false(entry.node)}

    def answers(self, path: tuple[Step, ...]) -> dict[str, tuple[Step, ...]]:
        """Every `<step>.<field>` that a condition at this path may read, with the path to the field."""
        if len(path) < 2 or path[0] != "workflows":
            return {}
        steps = ("workflows", path[1], "steps")
        return {
            f"{step}.{field}": (*steps, step, "fields", field)
            for step in self.names(steps)
            for field in self.names((*steps, step, "fields"))
        }


def known(root: Node | None) -> Known:
    """`root` is what was read of a file."""
    extends = root.get("extends") if isinstance(root, Map) else None
    return Known(root, default() if isinstance(extends, Scalar) else None)


def meant(word: str, path: tuple[Step, ...], in_condition: bool) -> Iterator[tuple[Step, ...]]:
    """The paths of what a plain value may name, by where it stands."""
    names = [step for step in path if isinstance(step, str)]
    key = names[-1] if names else ""
    if in_condition:
        yield (*CONDITIONS, word)
    elif names_target(path):
        yield (*TARGETS, word)
    elif key == "continues":
        yield "workflows", word
    elif key == "like" and word.count(".") == 1:
        workflow, step = word.split(".")
        yield "workflows", workflow, "steps", step
    elif key == "after" and len(path) > 2:
        yield (*path[:-2], word)


def names_target(path: tuple[Step, ...]) -> bool:
    """Whether the value at this path is the name of a redirect target."""
    if path[:1] == ("redirects",):
        return len(path) > 1 and path[1] not in ("allow", "targets")
    return path[-1:] == ("redirect",)


def _is_false(node: Node) -> bool:
    """What is taken away."""
    return isinstance(node, Scalar) and node.value is False
