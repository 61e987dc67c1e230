"""One thing that another version changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.compiler.wording import so
from generator.model.place import Place
from generator.model.rule import Value

Kind = Literal["added", "renamed", "removed", "narrowed", "payment", "screens", "words", "redirect"]

HEADINGS: Mapping[Kind, str] = {
    "payment": "Who pays otherwise",
    "removed": "Gone",
    "narrowed": "Narrower than before",
    "screens": "What customers see",
    "words": "What customers read",
    "redirect": "Where customers are sent",
    "renamed": "Renamed",
    "added": "New",
}
"""The kinds in the order in which a reader wants them: money first."""


@dataclass(frozen=True)
class Change:
    """`says` is what changes, `witness` somebody for whom it does, `hint` what to do where that was not meant.

    `place` is in the new version. `at` are the keys that lead there, or to where it would stand. `screens` are the
    steps that are there now, or no more.
    """

    kind: Kind
    workflow: str
    says: str
    place: Place
    witness: str = ""
    hint: str = ""
    at: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()


def somebody(world: Mapping[str, Value], nouns: Mapping[str, str]) -> str:
    """A witness in words."""
    said = [so(name, known, nouns) for name, known in sorted(world.items())]
    return f"somebody for whom {', '.join(said)}" if said else "everybody"
