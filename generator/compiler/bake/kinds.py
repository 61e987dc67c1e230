"""What kind of thing a live name stands for, read from the types in `model/live`."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.model.live import Url
from generator.model.money import Money

Sort = Literal["text", "url", "number", "flag", "money", "date", "moment", "word", "thing", "list", "map"]

FORMATS_OF: Mapping[Sort, tuple[str, ...]] = {
    "text": ("", "country"),
    "url": ("",),
    "number": ("number", "percent", ""),
    "money": ("money",),
    "date": ("date", "iso"),
    "moment": ("time", "date"),
    "word": ("",),
}
"""How a value of each sort may be written out, the usual way first."""


@dataclass(frozen=True)
class Kind:
    """`words` is the closed set of a word, `of` the type of a thing or of what is in a list or map."""

    sort: Sort
    optional: bool = False
    words: tuple[str, ...] = ()
    of: Any = None

    @property
    def in_words(self) -> str:
        return _IN_WORDS[self.sort]


@cache
def names_of(thing: type) -> Mapping[str, Kind]:
    """The live names below a thing, with their kinds."""
    return {name: kind_of(hint) for name, hint in get_type_hints(thing).items()}


@cache
def kind_of(hint: Any) -> Kind:
    """The kind that a type hint of `model/live` stands for."""
    if get_origin(hint) in (Union, UnionType):
        return _union(get_args(hint))
    if get_origin(hint) is Literal:
        return Kind("word", words=get_args(hint))
    if get_origin(hint) is tuple:
        return Kind("list", of=get_args(hint)[0])
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        return Kind("map", of=get_args(hint)[1])
    if is_dataclass(hint) and hint is not Money:
        return Kind("thing", of=hint)
    return Kind(_SORTS[hint])


def _union(members: tuple[Any, ...]) -> Kind:
    kinds = [kind_of(member) for member in members if member is not NoneType]
    if len(kinds) > 1:
        return Kind("word", words=tuple(word for kind in kinds for word in kind.words))
    (kind,) = kinds
    return Kind(kind.sort, NoneType in members, kind.words, kind.of)


_SORTS: Mapping[Any, Sort] = {
    str: "text",
    Url: "url",
    int: "number",
    bool: "flag",
    Money: "money",
    date: "date",
    datetime: "moment",
}

_IN_WORDS: Mapping[Sort, str] = {
    "text": "a text",
    "url": "an address",
    "number": "a number",
    "flag": "true or false",
    "money": "an amount",
    "date": "a day",
    "moment": "a moment",
    "word": "one of a few words",
    "thing": "a thing with names of its own",
    "list": "a list",
    "map": "a map",
}
