"""Holds a file against its JSON Schema and says in words what does not fit, where, and what to write instead.

A schema says `title` for what a thing is called in messages and `x-instead` for what to write where a pattern fails.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from generator import later
from generator.compiler import fits
from generator.compiler.codes import MOST_PROBLEMS
from generator.compiler.node import List, Map, Node, Scalar, plain
from generator.model.nearest import mended, suggestion
from generator.model.place import Place
from generator.model.problem import Edit, Problem, Related


def check(node: Node, schema: Path) -> list[Problem]:
    """Everything about the file's shape that its schema does not allow, one problem for each place."""
    value, rules = plain(node), _rules(schema)
    if fits.fits(value, rules, rules):
        return []
    problems: dict[Place, Problem] = {}
    errors: Iterator[Misfit] = islice(_validator(schema).iter_errors(value), MOST_PROBLEMS)
    for error in sorted(errors, key=lambda error: _RANK.get(error.validator, 9)):
        for problem in islice(_problems(error, node), MOST_PROBLEMS - len(problems)):
            problems.setdefault(problem.place, problem)
    return list(problems.values())


@cache
def _rules(schema: Path) -> Any:
    return json.loads(schema.read_text(encoding="utf-8"))


@cache
def _validator(schema: Path) -> Any:
    return later.load("jsonschema:Draft202012Validator")(_rules(schema))


class Misfit(Protocol):
    """What jsonschema says of a value that does not fit."""

    @property
    def validator(self) -> str: ...
    @property
    def validator_value(self) -> Any: ...
    @property
    def instance(self) -> Any: ...
    @property
    def schema(self) -> Any: ...
    @property
    def absolute_path(self) -> Sequence[str | int]: ...
    @property
    def absolute_schema_path(self) -> Sequence[str | int]: ...


_RANK = {"type": 0, "additionalProperties": 1, "propertyNames": 1, "enum": 2, "const": 2}

_KINDS = {
    "object": "a map",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def _problems(error: Misfit, root: Node) -> Iterator[Problem]:
    key, node = _found(root, list(error.absolute_path))
    say = _SAYERS.get(str(error.validator))
    if say is None:
        raise AssertionError(f"no words for the schema's {error.validator!r}")
    yield from say(error, key, node)


def _found(root: Node, path: Sequence[str | int]) -> tuple[Scalar | None, Node]:
    """The node at a path, and the key that it stands under."""
    key, node = None, root
    for part in path:
        if isinstance(node, Map):
            entry = node.entries[str(part)]
            key, node = entry.key, entry.node
        elif isinstance(node, List):
            node = node.items[int(part)]
    return key, node


def _name(error: Misfit, key: Scalar | None) -> str:
    """What the thing that does not fit is called: its key in the author's words, else what the schema calls it."""
    if key is not None and not isinstance(error.absolute_path[-1], int):
        return f'"{key.value}"'
    return str(_of_schema(error, "title", "this"))


def _of_schema(error: Misfit, keyword: str, otherwise: Any = "") -> Any:
    """What the schema that failed says under a keyword of its own."""
    return error.schema.get(keyword, otherwise) if isinstance(error.schema, Mapping) else otherwise


def _where(key: Scalar | None, node: Node) -> Place:
    """A map or a list is pointed at by its key: its own first character says little."""
    return node.place if isinstance(node, Scalar) or key is None else key.place


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int():
            return "a number"
        case float():
            return "a number with a point"
        case str():
            return "a text"
        case None:
            return "empty"
        case list():
            return "a list"
        case _:
            return "a map"


def _wrong_type(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    """Nothing may stand for a map: all below its key became comments. That is not what anybody is told to write."""
    value: Any = error.validator_value
    wanted = [value] if isinstance(value, str) else [kind for kind in value if kind != "null"]
    if len(wanted) > 1 and "boolean" in wanted and "object" in wanted:
        wanted.remove("boolean")
    kinds = _either([_KINDS[kind] for kind in wanted])
    hint = str(_of_schema(error, "x-instead", ""))
    if not hint and wanted == ["string"] and isinstance(node, Scalar) and node.value is not None:
        hint = f'put it between quotes: "{str(node.value).lower() if isinstance(node.value, bool) else node.value}"'
    says = f"{_name(error, key)} must be {kinds}, and this is {_kind(error.instance)}"
    edits = _quotes(node) if wanted == ["string"] else ()
    yield Problem("wrong-type", _where(key, node), says, hint or f"write {kinds}", edits=edits)


def _quotes(node: Node) -> tuple[Edit, ...]:
    """Quotes around a number that should be a text, as it was written: 1.50 stays 1.50."""
    if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        return ()
    start, end = node.place, node.place.column + node.place.length
    return Edit(replace(start, length=0), '"'), Edit(replace(start, column=end, length=0), '"')


def _either(words: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _unknown_key(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    if not isinstance(node, Map):
        return
    known = list(_of_schema(error, "properties", {}))
    for name, entry in node.entries.items():
        if name not in known:
            says = f'"{name}" is not a key of {_of_schema(error, "title", "this map")}'
            edits = mended(name, known, entry.key.place, taken=node.entries)
            yield Problem("unknown-key", entry.key.place, says, suggestion(name, known), edits=edits)


def _bad_name(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    """jsonschema reports a bad key at the map that holds it; the key itself is the instance."""
    entry = node.entries.get(str(error.instance)) if isinstance(node, Map) else None
    place = entry.key.place if entry else _where(key, node)
    instead = _of_schema(error, "x-instead", "choose another name")
    yield Problem("bad-name", place, f'"{error.instance}" cannot be a key here', str(instead))


def _not_one_of(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    values: Any = error.validator_value
    allowed = [str(value) for value in values]
    says = f'"{error.instance}" is not one of {", ".join(allowed)}'
    hint, place = suggestion(str(error.instance), allowed), _where(key, node)
    edits = mended(str(error.instance), allowed, place) if isinstance(error.instance, str) else ()
    yield Problem("not-one-of", place, says, hint, edits=edits)


def _not_the_one(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    value = json.dumps(error.instance, ensure_ascii=False)
    says = f"{_name(error, key)} cannot be {value}"
    instead = str(_of_schema(error, "x-instead", f"write {error.validator_value}"))
    yield Problem("not-one-of", _where(key, node), says, instead)


def _bad_pattern(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    path = list(error.absolute_schema_path)
    if "propertyNames" in path:
        yield from _bad_name(error, key, node)
        return
    says = f'"{error.instance}" is no good value for {_name(error, key)}'
    yield Problem("bad-value", _where(key, node), says, str(_of_schema(error, "x-instead", "see the reference")))


def _out_of_bounds(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    bound = error.validator_value
    words, hint = {
        "minimum": (f"be at least {bound}", "write a larger number"),
        "maximum": (f"be at most {bound}", "write a smaller number"),
        "maxLength": (f"be at most {bound} characters long", "shorten it"),
        "minLength": ("not be empty", "write something, or remove the line"),
        "minItems": ("not be an empty list", "name something in it, or remove the line"),
        "minProperties": ("not be an empty map", "write something in it, or remove the line"),
        "maxProperties": ("say only one thing", "write a comparison of its own for each, under `all`"),
    }[str(error.validator)]
    yield Problem("out-of-bounds", _where(key, node), f"{_name(error, key)} must {words}", hint)


def _repeated(error: Misfit, key: Scalar | None, node: Node) -> Iterator[Problem]:
    items = node.items if isinstance(node, List) else ()
    seen: list[Any] = []
    for item in items:
        value = plain(item)
        if value in seen:
            first = Related(items[seen.index(value)].place, f'"{value}" is first written here')
            says = f'"{value}" is in this list twice'
            yield Problem("repeated", item.place, says, "remove one of the two", related=(first,))
        seen.append(value)


_SAYERS: Mapping[str, Callable[[Misfit, Scalar | None, Node], Iterator[Problem]]] = {
    "type": _wrong_type,
    "additionalProperties": _unknown_key,
    "enum": _not_one_of,
    "const": _not_the_one,
    "pattern": _bad_pattern,
    "uniqueItems": _repeated,
    **dict.fromkeys(
        ("minimum", "maximum", "maxLength", "minLength", "minItems", "minProperties", "maxProperties"), _out_of_bounds
    ),
}
