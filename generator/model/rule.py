"""A condition as data: what a `when:` in the definition became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.money import Money
from generator.model.place import Place, written_at

Value = bool | int | str | Decimal | Money | date | frozenset[str]
"""What a name can stand for."""

Known = Mapping[str, Value]
"""All names that have a value at this moment; a name that is not in it is not known."""


class UnknownName(Exception):
    """A rule asked for a name that nobody knows: a condition never fails open."""


@dataclass(frozen=True)
class Always:
    """Holds whatever is known."""

    def holds(self, known: Known) -> bool:
        return True

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return ()


@dataclass(frozen=True)
class Is:
    """The name has one of these values; for a set, one of them is in it. A bare 0 equals no money at all."""

    name: str
    values: tuple[bool | int | str | Decimal | Money | date, ...]
    place: Place = written_at()

    def holds(self, known: Known) -> bool:
        value = _look_up(self.name, known)
        if isinstance(value, frozenset):
            return any(wanted in value for wanted in self.values)
        return any(_equal(value, wanted) for wanted in self.values)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return (self,)


@dataclass(frozen=True)
class Compare:
    """The number, amount or date is on this side of a bound."""

    name: str
    how: Literal["above", "below", "at_least", "at_most"]
    bound: int | Decimal | Money | date
    place: Place = written_at()

    def holds(self, known: Known) -> bool:
        order = _order(_look_up(self.name, known), self.bound)
        match self.how:
            case "above":
                return order > 0
            case "below":
                return order < 0
            case "at_least":
                return order >= 0
            case "at_most":
                return order <= 0

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return (self,)


@dataclass(frozen=True)
class IsKnown:
    """The name has a value at all."""

    name: str
    wanted: bool = True
    place: Place = written_at()

    def holds(self, known: Known) -> bool:
        return (self.name in known) is self.wanted

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return (self,)


@dataclass(frozen=True)
class All:
    """Every part holds. Parts are asked in order, so a `known` before a read guards it."""

    rules: tuple[Rule, ...]

    def holds(self, known: Known) -> bool:
        return all(rule.holds(known) for rule in self.rules)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for rule in self.rules for leaf in rule.leaves)


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    rules: tuple[Rule, ...]

    def holds(self, known: Known) -> bool:
        return any(rule.holds(known) for rule in self.rules)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for rule in self.rules for leaf in rule.leaves)


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    rule: Rule

    def holds(self, known: Known) -> bool:
        return not self.rule.holds(known)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return self.rule.leaves


Leaf = Is | Compare | IsKnown
"""A rule that reads a name."""

Rule = Always | Is | Compare | IsKnown | All | Any | Not

ALWAYS = Always()


def _look_up(name: str, known: Known) -> Value:
    if name not in known:
        raise UnknownName(name)
    return known[name]


def _equal(value: Value, wanted: Value) -> bool:
    if isinstance(value, Money) and wanted == 0 and not isinstance(wanted, bool):
        return value.minor == 0
    if isinstance(value, Decimal) and isinstance(wanted, int) and not isinstance(wanted, bool):
        return value == wanted
    return type(value) is type(wanted) and value == wanted


def _order(value: Value, bound: int | Decimal | Money | date) -> int:
    """Below, equal or above as -1, 0, 1."""
    if isinstance(value, Money):
        distance = (value - bound).minor if isinstance(bound, Money) else value.minor - _whole(bound)
        return (distance > 0) - (distance < 0)
    if isinstance(value, date) and isinstance(bound, date):
        return (value > bound) - (value < bound)
    if isinstance(value, Decimal) and isinstance(bound, (int, Decimal)):
        return (value > bound) - (value < bound)
    number = _whole(value)
    return (number > _whole(bound)) - (number < _whole(bound))


def _whole(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} has no order")
    return value
