"""What reading an input leans on beside what was typed: where the customer is, how they write, which day it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.model.rule import Known
from generator.model.workflow import Field


@dataclass(frozen=True)
class Ground:
    """`point` and `gap` stand in a number before its decimals and between its thousands.

    `held` are the values that the customer cannot change, by field, as they are written down. Where no day is `today`,
    one that is counted from it bounds nothing: what was good on the day on which it was typed stays good.
    """

    country: str = ""
    point: str = "."
    gap: str = ""
    today: date | None = None
    held: Mapping[str, str] = field(default_factory=dict)

    def below(self, fields: Iterable[Field], form: Mapping[str, str], known: Known) -> "Ground":
        """The same in the country that the form says, else in the one that is known of the customer."""
        said = next((form[field.id] for field in fields if field.kind == "country" and form.get(field.id)), "")
        return replace(self, country=said or str(known.get("customer.country", "")))


PLAIN = Ground()
"""As values are written down: a point, no gaps."""
