"""A part that a page must have, and how it is known among what stands there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from generator.compiler.bake.contract.tree import Choice, Element, Known, Repeat, Stands, Thing, ends, stands
from generator.model.page import Slot

SLOT, CHOICE, REPEAT = "{{", "{% case", "{% each"


@dataclass(frozen=True)
class Find:
    """What is looked for, among the things of these sorts: an element's tag, or one of the three above.

    Where `posted` is said, it must stand in a form that is sent to that live name.
    """

    among: tuple[str, ...]
    holds: Callable[[Any], bool]
    posted: str = ""

    def meets(self, one: Stands) -> bool:
        """Whether this is it."""
        placed = not self.posted or (one.form is not None and ends(one.form.placed("action"), self.posted))
        return placed and self.holds(one.thing)


@dataclass(frozen=True)
class Part:
    """`says` is what it is, as in "the page lacks …"; `write` what a template writes.

    It must be there whichever way the live values decide, but for those that are `known` here: a name stands for every
    name that ends in it. `homes` are the blocks and the templates in which the shipped theme has it.
    """

    says: str
    find: Find
    write: str
    homes: tuple[str, ...]
    known: Known = field(default_factory=dict)


def sort_of(thing: Thing) -> str:
    """Among which things it is looked for; words are not looked for."""
    match thing:
        case Element(tag=tag):
            return tag
        case Slot():
            return SLOT
        case Choice():
            return CHOICE
        case Repeat():
            return REPEAT
        case _:
            return ""


def shown(name: str) -> Find:
    """The value itself, or what a text says with it."""
    return Find((SLOT,), lambda slot: ends(slot.name, name))


def decided(name: str) -> Find:
    """Something that is said for each word that it can be."""
    return Find((CHOICE,), lambda choice: ends(choice.name, name))


def hears(name: str) -> Find:
    """The same, with words for one of them at least."""
    return Find((CHOICE,), lambda choice: ends(choice.name, name) and any(map(_may_speak, choice.ways)))


def listed(name: str) -> Find:
    return Find((REPEAT,), lambda repeat: ends(repeat.name, name))


def linked(name: str) -> Find:
    return Find(("a",), lambda link: ends(link.placed("href"), name))


def leads_to(address: str) -> Find:
    """A link to an address that is the same for everybody."""
    return Find(("a",), lambda link: link.says("href") == escape(address))


def posted(name: str) -> Find:
    """A form that is sent there."""
    return Find(("form",), lambda form: ends(form.placed("action"), name))


def sent(name: str, value: str = "", posted: str = "here") -> Find:
    """An input or a button of this name in the page's form, with this live value where one is wanted."""
    return Find(
        ("input", "select", "textarea", "button"),
        lambda one: one.says("name") == name and (not value or ends(one.placed("value"), value)),
        posted,
    )


def element(tag: str, **attributes: str) -> Find:
    """One with these words in these attributes."""
    return Find((tag,), lambda one: all(words in (one.says(name) or "") for name, words in attributes.items()))


def alert() -> Find:
    """What is read aloud at once."""
    return Find(("div", "p", "section"), lambda one: one.says("role") == "alert")


def full(tag: str) -> Find:
    """An element that says something."""
    return Find((tag,), lambda one: _speaks(one.inside))


def says(words: Sequence[str]) -> Find:
    """The page says one of these, whoever opens it."""
    return Find(("body",), lambda body: any(one in _text(body.inside) for one in words))


def spoken() -> Find:
    """The page says in which language it is."""
    return Find(("html",), lambda page: bool(page.says("lang")))


def sending() -> Find:
    """A button that everybody can press, which sends the page's form and says nothing of its own with it."""
    kinds = {"button": (None, "submit"), "input": ("submit", "image")}
    lacks = {"name", "aria-hidden"}
    return Find(
        tuple(kinds), lambda one: one.says("type") in kinds[one.tag] and lacks.isdisjoint(one.attributes), "here"
    )


def plain(words: str) -> str:
    """Words as they are looked for: whatever there is between them, and however large their letters are."""
    return " ".join(words.casefold().split())


def _text(things: list[Thing]) -> str:
    """What everybody reads there."""
    return plain(unescape("".join(_certain(things))))


def _certain(things: list[Thing]) -> Iterator[str]:
    for thing in things:
        if isinstance(thing, str):
            yield thing
        elif isinstance(thing, Element):
            yield from _certain(thing.inside)


def _speaks(things: list[Thing]) -> bool:
    """Whether there are words in it, whatever the live values decide."""
    return any(_words(thing) for thing in things)


def _words(thing: Thing) -> bool:
    match thing:
        case str():
            return bool(thing.strip())
        case Slot():
            return True
        case Element():
            return _speaks(thing.inside) or bool(thing.says("alt"))
        case Repeat():
            return _speaks(thing.inside)
        case Choice():
            return all(_speaks(way) for way in thing.ways)


def _may_speak(things: list[Thing]) -> bool:
    """Whether there may be words in it."""
    return any(
        isinstance(one.thing, Slot) or (isinstance(one.thing, str) and one.thing.strip()) for one in stands(things)
    )
