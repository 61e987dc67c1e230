"""A definition on top of the one that it extends: maps merge by key, all else replaces, `false` removes.

Every node that comes out is the one that somebody wrote, with its place.
"""

from collections.abc import Mapping

from generator.compiler.node import Entry, Map, Node, Scalar
from generator.model.nearest import mended, suggestion
from generator.model.problem import Problem

ORDERED = ("sections", "steps", "fields", "cases", "choices")
"""Keys whose maps are lists in disguise: their order means something, and `after` places an entry in it."""


def merge(base: Map, over: Map, problems: list[Problem]) -> Map:
    """`over` on top of `base`."""
    return _merge(base, over, problems, ordered=False)


def alone(definition: Map, problems: list[Problem]) -> Map:
    """A definition that extends nothing, with its `after` and `false` taken at their word."""
    return _merge(Map({}, definition.place), definition, problems, ordered=False)


def _merge(base: Map, over: Map, problems: list[Problem], ordered: bool) -> Map:
    entries = dict(base.entries)
    for name, entry in over.entries.items():
        known = entries.get(name)
        if _says_nothing(entry.node):
            continue
        if _removes(entry.node) and (isinstance(known.node, Map) if known else ordered):
            _remove(entry, entries, over, problems)
        elif isinstance(entry.node, Map):
            below = known.node if known and isinstance(known.node, Map) else Map({}, entry.node.place)
            entries[name] = Entry(entry.key, _merged(name, below, entry.node, problems, ordered))
        else:
            entries[name] = entry
    if ordered:
        entries = _placed(entries, over, problems)
    return Map(entries, over.place)


def _merged(name: str, base: Map, over: Map, problems: list[Problem], ordered: bool) -> Map:
    """A condition is one value: half an old one and half a new one is what nobody wrote."""
    if name == "when":
        return over
    if name == "conditions":
        return Map({**base.entries, **over.entries}, over.place)
    return _merge(base, over, problems, ordered=name in ORDERED and not ordered)


def _says_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _removes(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is False


def _remove(entry: Entry, entries: dict[str, Entry], over: Map, problems: list[Problem]) -> None:
    name = entry.name
    if name not in entries:
        says = f'there is no "{name}" here to remove'
        edits = mended(name, entries, entry.key.place, taken=over.entries)
        problems.append(Problem("nothing-to-remove", entry.key.place, says, suggestion(name, entries), edits=edits))
    entries.pop(name, None)


def _placed(entries: Mapping[str, Entry], over: Map, problems: list[Problem]) -> dict[str, Entry]:
    """The entries in their order, each that says `after` behind the one that it names."""
    order = list(entries)
    places: list[tuple[str, str]] = []
    for name, entry in over.entries.items():
        if name not in entries or not isinstance(entry.node, Map):
            continue
        after = entry.node.get("after")
        if not isinstance(after, Scalar) or not isinstance(after.value, str):
            continue
        if after.value != "start" and (after.value not in entries or after.value == name):
            says = f'"{name}" cannot be placed after "{after.value}", which is not beside it'
            hint = suggestion(after.value, ["start", *(other for other in entries if other != name)])
            edits = mended(after.value, (other for other in entries if other != name), after.place)
            problems.append(Problem("unknown-after", after.place, says, hint, edits=edits))
            continue
        places.append((name, after.value))
    # Until nothing moves any more: what an entry follows may itself be placed by an `after` that is written below.
    for _ in places:
        before = list(order)
        for name, follows in places:
            order.remove(name)
            order.insert(0 if follows == "start" else order.index(follows) + 1, name)
        if order == before:
            break
    return {name: _without_after(entries[name]) for name in order}


def _without_after(entry: Entry) -> Entry:
    if not isinstance(entry.node, Map) or "after" not in entry.node.entries:
        return entry
    rest = {name: below for name, below in entry.node.entries.items() if name != "after"}
    return Entry(entry.key, Map(rest, entry.node.place))
