"""Something that a person wrote wrong: what, where, and what to write instead."""

from dataclasses import dataclass
from typing import Literal

from generator.model.place import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file. `code` is a stable slug, `says` quotes the author's words, `hint` is the remedy."""

    code: str
    place: Place
    says: str
    hint: str = ""
    severity: Severity = "error"


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
