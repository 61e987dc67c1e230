"""What a customer who leaves may choose, and from which day until which they may pause."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.problem import FieldFault
from generator.model.quote import Answer
from generator.model.walk import Answers
from generator.model.workflow import LeavingChoice

CHOICE, UNTIL = "leaving.choice", "leaving.until"
"""What the buttons and the day of a confirmation are called, in its form and in its answers."""

LOOK = "look"
"""The button that chooses nothing and shows what a pause until the day that was typed would cost."""

FIRST_PAUSE = 30
"""How many days a pause is proposed for."""


@dataclass(frozen=True)
class Bounds:
    """The first and the last day on which a pause may be over."""

    first: date
    last: date

    @property
    def proposed(self) -> date:
        return min(self.first + timedelta(days=FIRST_PAUSE - 1), self.last)

    def read(self, typed: str) -> date | FieldFault:
        """The day that was typed, such as 2027-01-31, or what is wrong with it."""
        if not typed.strip():
            return "required"
        day = _day(typed.strip())
        if day is None:
            return "malformed"
        if day < self.first:
            return "too_small"
        return "too_large" if day > self.last else day


def bounds(choice: LeavingChoice, begins: date) -> Bounds:
    """A pause that begins on this day is over on a later one."""
    return Bounds(begins + timedelta(days=1), begins + timedelta(days=choice.days))


def until(choice: LeavingChoice, begins: date, answers: Answers) -> date:
    """The day that was given, as long as it can be had; until then the one that is proposed."""
    given = answers.get(UNTIL)
    day = bounds(choice, begins).read(given) if isinstance(given, str) else None
    return day if isinstance(day, date) else bounds(choice, begins).proposed


def chosen(answers: Answers) -> str:
    """Leaving, unless they said something else."""
    return str(answers.get(CHOICE, "terminate"))


def own(answers: Answers) -> dict[str, Answer]:
    """What a merchant's fields were answered: ours have a dot in their names."""
    return {name: answer for name, answer in answers.items() if "." not in name}


def _day(typed: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
