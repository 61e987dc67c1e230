"""A theme's texts by their dotted keys; some have a form for each number that their language tells apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.compiler.node import Map, Node, Scalar, plain
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase


@dataclass(frozen=True)
class Counted:
    """A sentence for each plural category of its language, chosen by the number of this name."""

    count: str
    forms: Mapping[str, Phrase]
    place: Place


Saying = Phrase | Counted
Texts = Mapping[str, Saying]

Wordings = Mapping[str, Mapping[str, Phrase]]
"""What a merchant has a theme say, by language and by the theme's keys; a form for a number by one key more."""

UNSAID: Wordings = MappingProxyType({})


def collect(node: Node | None, language: str, problems: list[Problem]) -> Texts:
    """A texts file as sentences by dotted key: `summary: {title: …}` is `summary.title`."""
    return dict(_collect(node, language, "", problems)) if isinstance(node, Map) else {}


def _collect(node: Map, language: str, before: str, problems: list[Problem]) -> Iterator[tuple[str, Saying]]:
    for name, entry in node.entries.items():
        key = f"{before}{name}"
        match entry.node:
            case Scalar(value=str(says)):
                yield key, Phrase(language, says, entry.node.place)
            case Map() if "plural" in entry.node.entries:
                yield key, _counted(entry.node, language, entry.key.place)
            case Map():
                yield from _collect(entry.node, language, f"{key}.", problems)
            case _:
                says = f'"{name}" must be a text, and this is {plain(entry.node)!r}'
                problems.append(Problem("wrong-type", entry.key.place, says, "put it between quotes"))


def _counted(node: Map, language: str, place: Place) -> Counted:
    forms = {
        name: Phrase(language, entry.node.value, entry.node.place)
        for name, entry in node.entries.items()
        if name != "plural" and isinstance(entry.node, Scalar) and isinstance(entry.node.value, str)
    }
    count = node.entries["plural"].node
    return Counted(str(count.value) if isinstance(count, Scalar) else "", forms, place)
