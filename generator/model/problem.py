"""Something that a person wrote wrong: what, where, and what to write instead."""

from dataclasses import dataclass
from typing import Literal

from generator.model.place import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Related:
    """Another place that has to do with it, such as the first of two."""

    place: Place
    says: str


@dataclass(frozen=True)
class Edit:
    """Put `text` where the place is: at length 0 it is put in, and with no text the place is taken away.

    Here a place may reach over the end of its line, to take the line away.
    """

    place: Place
    text: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file. `code` is a stable slug, `says` quotes the author's words, `hint` is the remedy.

    `edits` mend it where there is but one way to: all of them together, and nothing but them.
    """

    code: str
    place: Place
    says: str
    hint: str = ""
    severity: Severity = "error"
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Ignored:
    """A problem that is not told, and why."""

    problem: Problem
    reason: str


FieldFault = Literal[
    "required",
    "too_short",
    "too_long",
    "malformed",
    "not_offered",
    "not_a_number",
    "too_small",
    "too_large",
    "not_a_step",
    "too_many_digits",
    "unticked",
    "card_number",
]
"""Everything that can be wrong with one input; the theme has a sentence for each."""


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with what a customer typed into one field."""

    field: str
    fault: FieldFault
