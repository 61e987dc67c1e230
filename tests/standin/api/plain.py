"""What many objects have in common: they are made of what was said, read, listed, changed and taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.standin.api import Doings
from tests.standin.books import Books, merged
from tests.standin.shapes import Thing

_PAGING = frozenset({"limit", "starting_after", "ending_before", "expand", "created", "include"})
MOST, USUAL = 100, 10


@dataclass(frozen=True)
class Plain:
    """An object that is what was said of it. `place` is its address, `event` what its events begin with; `fields` are
    those that have a value where nothing was said."""

    object: str
    prefix: str
    place: str
    event: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    made: Callable[[Books, Thing], Thing] = lambda books, said: said

    def doings(self) -> Doings:
        one = self.place + "/{}"
        return {
            f"post {self.place}": self.create,
            f"get {self.place}": self.list,
            f"get {one}": self.retrieve,
            f"post {one}": self.update,
            f"delete {one}": self.delete,
        }

    def create(self, books: Books, said: Thing) -> Thing:
        said = {**said, "metadata": merged({}, said.get("metadata"))}
        thing = books.new(self.object, self.prefix, **{**self.fields, **self.made(books, plain(said))})
        self._tell(books, "created", thing)
        return thing

    def list(self, books: Books, said: Thing) -> Thing:
        return listed(books, self.object, said, self.place)

    def retrieve(self, books: Books, said: Thing, id: str) -> Thing:
        return books.find(self.object, id)

    def update(self, books: Books, said: Thing, id: str) -> Thing:
        thing = books.find(self.object, id)
        changes = changed(thing, said)
        return books.update(thing, f"{self.event}.updated", **changes) if self.event else thing | changes

    def delete(self, books: Books, said: Thing, id: str) -> Thing:
        thing = books.find(self.object, id)
        left = books.remove(thing)
        self._tell(books, "deleted", thing)
        return left

    def _tell(self, books: Books, what: str, thing: Thing) -> None:
        if self.event:
            books.tell(f"{self.event}.{what}", thing)


def plain(said: Mapping[str, Any]) -> Thing:
    """Without what is about the answer; what is empty says nothing."""
    return {name: None if value == "" else value for name, value in said.items() if name != "expand"}


def changed(thing: Mapping[str, Any], said: Mapping[str, Any]) -> Thing:
    """The fields that are to be another way: a map in a map is changed key by key."""
    changes = plain(said)
    if "metadata" in said:
        changes["metadata"] = merged(thing.get("metadata"), said["metadata"])
    for name, value in changes.items():
        if name != "metadata" and isinstance(value, dict) and isinstance(thing.get(name), dict):
            changes[name] = {**thing[name], **plain(value)}
    return changes


def listed(books: Books, object: str, said: Mapping[str, Any], url: str, **same: Any) -> Thing:
    """A page of those that match, the newest first."""
    wanted = {name: value for name, value in said.items() if name not in _PAGING}
    found = [thing for thing in books.all(object, **same) if _matches(thing, wanted) and _in_time(thing, said)]
    return paged(found[::-1], said, url)


def paged(found: list[Thing], said: Mapping[str, Any], url: str) -> Thing:
    """`found` with the newest first; a page of it as was asked for."""
    ids = [thing["id"] for thing in found]
    if (after := said.get("starting_after")) in ids:
        found = found[ids.index(after) + 1 :]
    if (before := said.get("ending_before")) in ids:
        found = found[: ids.index(before)]
    limit = min(said.get("limit", USUAL), MOST)
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": url}


def _matches(thing: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(
        _matches(thing.get(name) or {}, value)
        if isinstance(value, dict)
        else thing.get(name) in value
        if isinstance(value, list)
        else thing.get(name) == value
        for name, value in wanted.items()
    )


def _in_time(thing: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    asked = said.get("created", {})
    if isinstance(asked, int):
        return bool(thing["created"] == asked)
    tests: Mapping[str, Callable[[int, int], bool]] = {
        "gt": int.__gt__,
        "gte": int.__ge__,
        "lt": int.__lt__,
        "lte": int.__le__,
    }
    return all(tests[name](thing["created"], value) for name, value in asked.items())
