"""A baked page as the elements that a browser makes of it, and what is asked in between them.

The page was proved before: it is read here without a second look at what could be wrong with it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.compiler.bake.html import VOID
from generator.compiler.bake.kinds import Kind, kind_of, names_of
from generator.model.page import Body, Case, Each, Name, Node, Slot, Text


@dataclass
class Choice:
    """What is shown depends on a live value: a branch for each of its words, and one for all others.

    `whole` says that there are no others.
    """

    name: Name
    whole: bool
    branches: "dict[str, list[Thing]]" = field(default_factory=dict)
    otherwise: "list[Thing]" = field(default_factory=list)

    @property
    def ways(self) -> "list[list[Thing]]":
        """Everything that may come of it."""
        return [*self.branches.values(), *(() if self.whole else (self.otherwise,))]


@dataclass
class Repeat:
    """Shown once for each item of a live list."""

    name: Name
    inside: "list[Thing]" = field(default_factory=list)


@dataclass
class Element:
    """One element. The value of an attribute is made of words, live values and choices between such."""

    tag: str
    attributes: "dict[str, list[Thing]]" = field(default_factory=dict)
    inside: "list[Thing]" = field(default_factory=list)

    def says(self, attribute: str) -> str | None:
        """The attribute's value, where it is the same for everybody; None where it is not, or not there."""
        value = self.attributes.get(attribute)
        if value is None or not all(isinstance(part, str) for part in value):
            return None
        return "".join(part for part in value if isinstance(part, str))

    def placed(self, attribute: str) -> Name:
        """The live name that is the attribute's whole value; empty where that is something else."""
        match self.attributes.get(attribute):
            case [Slot(name=name)]:
                return name
            case _:
                return ()


Thing = str | Slot | Element | Choice | Repeat

_TOKEN = re.compile(r"<!--.*?-->|<!doctype[^>]*>|</([a-z][a-z0-9-]*)\s*>|<([a-z][a-z0-9-]*)", re.DOTALL | re.IGNORECASE)
_PART = re.compile(r"\s*(?:(>)|([a-z][a-z0-9:-]*)(?:=([\"']))?)")


def read(page: Body, live: type, html: bool = True) -> list[Thing]:
    """What stands in the page, from its outermost elements on; a plain text has none.

    `live` is the type of its live names.
    """
    reader = _Reader(names_of(live), html)
    reader.nodes(page)
    return reader.top


class _Reader:
    """`into` is where the next thing goes; `tag` is open while its attributes are read, `quote` while a value is."""

    def __init__(self, names: Mapping[str, Kind], html: bool) -> None:
        self.top: list[Thing] = []
        self._names, self._plain = dict(names), not html
        self._into = self.top
        self._around: list[list[Thing]] = []
        self._tag: Element | None = None
        self._quote = ""

    def nodes(self, body: Body) -> None:
        for node in body:
            self._node(node)

    def _node(self, node: Node) -> None:
        match node:
            case Text(html=html):
                self._html(html)
            case Slot():
                self._into.append(node)
            case Each(name=name, item=item, body=body):
                repeat = Repeat(name)
                self._put(repeat)
                known, self._names = self._names, {**self._names, item: kind_of(self._kind(name).of)}
                self._within(repeat.inside, body)
                self._names = known
            case Case():
                words = self._kind(node.name).words if node.format == "" else ()
                choice = Choice(node.name, bool(words) and {word for word, _ in node.branches} >= set(words))
                self._put(choice)
                for word, body in node.branches:
                    self._within(choice.branches.setdefault(word, []), body)
                self._within(choice.otherwise, node.otherwise)

    def _kind(self, name: Name) -> Kind:
        """What a live name stands for: the bake has made sure that it is one."""
        kind = self._names[name[0]]
        for part in name[1:]:
            kind = names_of(kind.of)[part] if kind.sort == "thing" else kind_of(kind.of)
        return kind

    def _put(self, thing: Choice | Repeat) -> None:
        """Between attributes there is nothing to stand in: what is chosen there are attributes of the tag."""
        if self._tag is None or self._quote:
            self._into.append(thing)

    def _within(self, inside: list[Thing], body: Body) -> None:
        before, self._into = self._into, inside
        self.nodes(body)
        self._into = before

    def _html(self, html: str) -> None:
        at = 0
        if self._plain:
            self._into.append(html)
            return
        while at < len(html):
            if self._quote:
                at = self._value(html, at)
            elif self._tag is not None:
                at = self._attribute(html, at, self._tag)
            else:
                at = self._text(html, at)

    def _text(self, html: str, at: int) -> int:
        found = _TOKEN.search(html, at)
        words = html[at : found.start() if found else None]
        if words:
            self._into.append(words)
        if found is None:
            return len(html)
        if found[1]:
            self._into = self._around.pop()
        elif found[2]:
            self._tag = Element(found[2])
            self._into.append(self._tag)
        return found.end()

    def _attribute(self, html: str, at: int, tag: Element) -> int:
        found = _PART.match(html, at)
        if found is None:
            return len(html)
        if found[1]:
            self._tag = None
            if tag.tag not in VOID:
                self._around.append(self._into)
                self._into = tag.inside
        elif found[2]:
            value = tag.attributes.setdefault(found[2], [])
            if found[3]:
                self._quote = found[3]
                self._around.append(self._into)
                self._into = value
        return found.end()

    def _value(self, html: str, at: int) -> int:
        end = html.find(self._quote, at)
        words = html[at : end if end >= 0 else None]
        if words:
            self._into.append(words)
        if end < 0:
            return len(html)
        self._quote = ""
        self._into = self._around.pop()
        return end + 1


Way = tuple[Choice, str | None]
"""A branch of a choice, by its word; None is the one for all other words."""


@dataclass(frozen=True)
class Stands:
    """One thing of a page, the branches in which it stands, the outermost first, and its form, where it is in one."""

    thing: Thing
    ways: tuple[Way, ...]
    form: Element | None


def stands(things: list[Thing], ways: tuple[Way, ...] = (), form: Element | None = None) -> Iterator[Stands]:
    """Everything in the page, wherever it stands; not what is in attributes."""
    for thing in things:
        yield Stands(thing, ways, form)
        match thing:
            case Element():
                yield from stands(thing.inside, ways, thing if thing.tag == "form" else form)
            case Repeat():
                yield from stands(thing.inside, ways, form)
            case Choice():
                for word, way in thing.branches.items():
                    yield from stands(way, (*ways, (thing, word)), form)
                yield from stands(thing.otherwise, (*ways, (thing, None)), form)
            case _:
                pass


Known = Mapping[str, str]
"""The words that some live names have, each for every name that ends in it; of all others nothing is known."""


def ends(name: Name, wanted: str) -> bool:
    """Whether a live name is this one, or this part of something: of an item, or of what a macro was handed."""
    parts = tuple(wanted.split("."))
    return name[-len(parts) :] == parts


def certain(found: list[Stands], known: Known, depth: int = 0) -> bool:
    """Whether one of these is there whichever way is gone, as far as it is not `known`.

    They have the first `depth` branches in common. A list is taken to have an item.
    """
    if any(len(one.ways) == depth for one in found):
        return True
    choices = {id(choice): choice for choice, _ in (one.ways[depth] for one in found)}
    return any(
        all(
            certain(
                [one for one in found if one.ways[depth][0] is choice and one.ways[depth][1] == way], known, depth + 1
            )
            for way in _ways(choice, known)
        )
        for choice in choices.values()
    )


def _ways(choice: Choice, known: Known) -> list[str | None]:
    """The branches that may be gone."""
    for ending, word in known.items():
        if ends(choice.name, ending):
            return [word if word in choice.branches else None]
    return [*choice.branches, *(() if choice.whole else (None,))]
