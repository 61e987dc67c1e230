"""What a schema says of a place in a file: which keys there may be, which values, and what each means."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Step = str | int
"""A key of a map, or a place in a list."""

CONDITION = "#/$defs/condition"


@dataclass(frozen=True)
class Rule:
    """What holds at one place. `faces` are the forms that it may take: a step is `false` or a map."""

    faces: tuple[Mapping[str, Any], ...]
    root: Mapping[str, Any]

    @property
    def says(self) -> str:
        """What it is for."""
        return str(self._first("description") or self._first("title") or "")

    @property
    def is_condition(self) -> bool:
        return any(face.get("$ref") == CONDITION for face in self.faces)

    @property
    def names_anything(self) -> bool:
        """Whether keys are names that somebody chose."""
        return any(isinstance(face.get("additionalProperties"), Mapping) for face in self.faces)

    def keys(self) -> dict[str, str]:
        """Each key that is known, with what it is for."""
        known = {name: below for face in self.faces for name, below in face.get("properties", {}).items()}
        return {name: _rule(below, self.root).says for name, below in known.items()}

    def values(self) -> dict[str, str]:
        """Each value that is known, as it is written, with what it means."""
        found: dict[str, str] = {}
        for face in self.faces:
            said = [*face.get("enumDescriptions", ()), *[""] * len(face.get("enum", ()))]
            for value, meaning in zip(face.get("enum", ()), said, strict=False):
                found.setdefault(_written(value), meaning)
            for value in [*face.get("examples", ()), *([face["const"]] if "const" in face else [])]:
                if not isinstance(value, (list, dict)):
                    found.setdefault(_written(value), "")
            if face.get("type") == "boolean":
                found |= {"true": "", "false": ""}
        return found

    def below(self, step: Step) -> "Rule | None":
        """What holds under a key, or in a list."""
        for face in self.faces:
            if isinstance(step, int):
                found = face.get("items")
            else:
                found = face.get("properties", {}).get(step) or face.get("additionalProperties")
            if isinstance(found, Mapping):
                return _rule(found, self.root)
        return None

    def at(self, path: Sequence[Step]) -> "Rule | None":
        rule: Rule | None = self
        for step in path:
            rule = rule.below(step) if rule else None
        return rule

    def _first(self, keyword: str) -> Any:
        return next((face[keyword] for face in self.faces if face.get(keyword)), None)


@cache
def read(schema: Path) -> Rule:
    root = json.loads(schema.read_text(encoding="utf-8"))
    return _rule(root, root)


def _rule(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Rule:
    return Rule(tuple(_faces(schema, root)), root)


def _faces(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema itself, what it refers to, and what it says where it depends on the value."""
    yield schema
    if "$ref" in schema:
        yield from _faces(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    for branch in ("else", "then"):
        if branch in schema:
            yield from _faces(schema[branch], root)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
