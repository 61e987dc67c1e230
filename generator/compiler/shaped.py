"""A file as its nodes, where it has the right shape and says its version."""

from dataclasses import replace
from pathlib import Path

from generator.compiler import shape, source
from generator.compiler.node import Map
from generator.compiler.told import Found
from generator.model.problem import Edit, Problem


def shaped(reading: source.Reading, found: Found, schema: Path) -> Map | None:
    """A file of the right shape."""
    found.problems += reading.problems
    found.ignores += reading.ignores
    if reading.node is None:
        return None
    if not isinstance(reading.node, Map):
        says = "the file must be a map, and this is not"
        found.problems.append(Problem("wrong-type", reading.node.place, says, "start it with `version: 1`"))
        return None
    if not found.stops():
        found.problems += shape.check(reading.node, schema)
    return reading.node


def versioned(root: Map, found: Found) -> bool:
    if root.get("version") is not None:
        return True
    says = "the file does not say its version"
    edits = _version_before(root)
    found.problems.append(Problem("missing-version", root.place, says, "add `version: 1`", edits=edits))
    return False


def _version_before(root: Map) -> tuple[Edit, ...]:
    """A line of its own above the first key, as far to the right as that is; a map in braces is left to its author."""
    first = next((entry.key.place for entry in root.entries.values()), None)
    if first is None or (first.line, first.column) != (root.place.line, root.place.column):
        return ()
    indent = " " * (first.column - 1)
    return (Edit(replace(first, length=0), f"version: 1\n{indent}"),)
