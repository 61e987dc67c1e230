"""What templates look at while a page is made: that decides what becomes of it, and nothing else does.

So what was made of one step is good for another one of which all that was looked at is the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2.runtime import Context

from generator.model.page import Body

Look = tuple[str, str]
"""A name that the page is given, and what of it; all of it where nothing is said."""


class Looks:
    """Notes the looks at one page's names while it is made, and knows what was made."""

    def __init__(self) -> None:
        self._given: Mapping[str, Any] = {}
        self._noted: set[Look] = set()
        self._made: dict[Any, dict[tuple[Look, ...], dict[Any, Body]]] = {}

    def made(self, page: Any, given: Mapping[str, Any]) -> Body | None:
        """What was made of the same. `page` is what is always looked at."""
        for looks, bodies in self._made.get(page, {}).items():
            body = bodies.get(_seen(looks, given))
            if body is not None:
                return body
        return None

    def keep(self, page: Any, given: Mapping[str, Any], body: Body) -> None:
        """What was made of it, by all that was looked at since `watched`."""
        looks = tuple(sorted(self._noted))
        self._made.setdefault(page, {}).setdefault(looks, {})[_seen(looks, given)] = body

    @contextmanager
    def watched(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The names of one page, each ready to be looked at."""
        self._given, self._noted = given, set()
        yield {name: Watched(self, name, value) if is_dataclass(value) else value for name, value in given.items()}
        self._given = {}

    def note(self, name: str, part: str = "") -> None:
        """Somebody looks at it. Of a thing that is watched they look at parts, and are noted when they do."""
        if name in self._given and (part or not is_dataclass(self._given[name])):
            self._noted.add((name, part))


class Watched:
    """A thing of the definition as a template holds it. Whoever compares or prints it looks at the whole."""

    __slots__ = ("_looks", "_name", "_thing")

    def __init__(self, looks: Looks, name: str, thing: Any) -> None:
        self._looks, self._name, self._thing = looks, name, thing

    def __getattr__(self, part: str) -> Any:
        if part.startswith("__"):
            raise AttributeError(part)
        self._looks.note(self._name, part)
        return getattr(self._thing, part)

    def __eq__(self, other: object) -> bool:
        return bool(self._whole == (other._whole if isinstance(other, Watched) else other))

    def __hash__(self) -> int:
        return hash(self._whole)

    def __str__(self) -> str:
        return str(self._whole)

    @property
    def _whole(self) -> Any:
        self._looks.note(self._name, _ALL)
        return self._thing


_ALL = "*"


class Watching(Context):
    """The names of a template, whose environment has `looks`."""

    def resolve_or_missing(self, key: str) -> Any:
        looks: Looks = self.environment.looks  # type: ignore[attr-defined]
        looks.note(key)
        return super().resolve_or_missing(key)


class Noted(dict[str, Any]):
    """The names that texts may read."""

    def __init__(self, looks: Looks, names: Mapping[str, Any]) -> None:
        super().__init__(names)
        self._looks = looks

    def __getitem__(self, name: str) -> Any:
        self._looks.note(name)
        return super().__getitem__(name)


def _seen(looks: tuple[Look, ...], given: Mapping[str, Any]) -> Any:
    return tuple(
        _plain(given[name] if part in ("", _ALL) else getattr(given[name], part, Watched)) for name, part in looks
    )


def _plain(value: Any) -> Any:
    """Equal where nothing that could be shown differs: `1.0` is not `1.00`, a place makes no difference, and of what we
    do not know nothing is equal."""
    if is_dataclass(value):
        shown = (field.name for field in fields(value) if field.metadata.get("canonical") is not False)
        return type(value), tuple(_plain(getattr(value, name)) for name in shown)
    match value:
        case str():
            return value
        case tuple():
            return type(value), tuple(map(_plain, value))
        case Mapping():
            return type(value), tuple((_plain(key), _plain(item)) for key, item in value.items())
        case Decimal() | bool() | int() | float() | date() | None:
            return type(value), repr(value)
        case _:
            return object()
