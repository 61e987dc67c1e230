"""What templates look at while a page is made: that decides what becomes of it, and nothing else does.

So what was made of one step is good for another one of which all that was looked at is the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from typing import Any

from jinja2.runtime import Context

from generator.compiler.bake.looked import ALL, SITE, Look, Looked
from generator.compiler.bake.shown import shown
from generator.model.page import Body


class Looks:
    """Notes the looks at one page's names while it is made, and knows what was made."""

    def __init__(self) -> None:
        self._given: Mapping[str, Any] = {}
        self._noted: set[Look] = set()
        self._said: set[str] = set()
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
        looks = tuple(look for look in self.looked.looks if look[0] != SITE)
        self._made.setdefault(page, {}).setdefault(looks, {})[_seen(looks, given)] = body

    @contextmanager
    def watched(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The names of one page, each ready to be looked at."""
        self._given, self._noted, self._said = given, set(), set()
        yield {name: Watched(self, name, value) if is_dataclass(value) else value for name, value in given.items()}
        self._given = {}

    @property
    def looked(self) -> Looked:
        """What was looked at since `watched`."""
        return Looked(tuple(sorted(self._noted)), tuple(sorted(self._said)))

    def say(self, key: str) -> None:
        """The theme's text of this key is said."""
        self._said.add(key)

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
        self._looks.note(self._name, ALL)
        return self._thing


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
    values = (given[name] if part in ("", ALL) else getattr(given[name], part, Watched) for name, part in looks)
    return tuple(map(shown, values))
