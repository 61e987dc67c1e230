"""A `when:` as it was written becomes a rule that can be asked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Literal

from generator.compiler.codes import MOST_DEPTH, MOST_PROBLEMS
from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.locale import money
from generator.model import countries
from generator.model.facts import FACTS, Fact
from generator.model.money import Money
from generator.model.nearest import MOST_NAMES, mended, suggestion
from generator.model.problem import Problem
from generator.model.rule import ALWAYS, All, Any, Compare, Is, IsKnown, Not, Rule

Names = Mapping[str, Fact]

EVERYBODY = "always"
"""The condition that holds for everybody: takes away one that the default definition has."""

MOST_COMPARISONS = 1000
"""Named conditions are written out where they are used: more in one place is nothing that a person could follow."""

_Plain = bool | int | str | Decimal | Money | date

_HOW: tuple[Literal["above", "below", "at_least", "at_most"], ...] = ("above", "below", "at_least", "at_most")


@dataclass(frozen=True)
class Conditions:
    """Reads conditions in one place of the definition: with the names that exist there, and the named ones."""

    named: Mapping[str, Node]
    names: Names
    problems: list[Problem]
    sizes: dict[str, int] = field(default_factory=dict)
    """How many comparisons the named ones come to, where it was counted already."""

    def among(self, names: Names) -> "Conditions":
        """The same where more names exist than the reserved ones."""
        return Conditions(self.named, {**FACTS, **names}, self.problems, self.sizes)

    def quiet(self) -> "Conditions":
        """The same, for what is read a second time: its problems are known already."""
        return Conditions(self.named, self.names, [], self.sizes)

    def rule(self, node: Node | None, through: tuple[str, ...] = ()) -> Rule:
        """The rule; one that holds always where nothing was written or what was written cannot be read."""
        match node:
            case Map():
                return _all([self._part(entry, through) for entry in node.entries.values()])
            case Scalar(value=str(name)):
                return self._named(name, node, through)
        return ALWAYS

    def _named(self, name: str, node: Scalar, through: tuple[str, ...]) -> Rule:
        if name == EVERYBODY:
            return ALWAYS
        if len(self.problems) >= MOST_PROBLEMS:
            return ALWAYS
        if name not in self.named:
            says = f'"{name}" is not one of the named conditions'
            names = [EVERYBODY, *islice(self.named, MOST_NAMES)]
            edits = mended(name, names, node.place)
            self.problems.append(Problem("unknown-condition", node.place, says, suggestion(name, names), edits=edits))
            return ALWAYS
        if name in through:
            says = f'the condition "{name}" comes back to itself'
            self.problems.append(Problem("circular-condition", node.place, says, "write out what it should ask"))
            return ALWAYS
        if not through and self._size(node, ()) > MOST_COMPARISONS:
            says = f'the condition "{name}" comes to more than {MOST_COMPARISONS} comparisons, or leads on too often'
            self.problems.append(Problem("too-deep", node.place, says, "ask less, or write out what it should ask"))
            return ALWAYS
        return self.rule(self.named[name], (*through, name))

    def _size(self, node: Node, through: tuple[str, ...]) -> int:
        """How many comparisons a condition comes to when every name in it is written out: counted once a name, because
        names of names of names come to more than anybody could read or hold."""
        match node:
            case Map():
                asked = [
                    self._size(entry.node, through) if entry.name in ("any", "all", "not") else 1
                    for entry in node.entries.values()
                ]
                return sum(asked)
            case List():
                return sum(self._size(item, through) for item in node.items)
            case Scalar(value=str(name)) if name in self.named and name not in through:
                if len(through) > MOST_DEPTH:
                    return MOST_COMPARISONS + 1
                if name not in self.sizes:
                    self.sizes[name] = self._size(self.named[name], (*through, name))
                return self.sizes[name]
        return 1

    def _part(self, entry: Entry, through: tuple[str, ...]) -> Rule:
        node = entry.node
        match entry.name, node:
            case "not", _:
                return Not(self.rule(node, through))
            case "any", List():
                return Any(tuple(self.rule(item, through) for item in node.items))
            case "all", List():
                return _all([self.rule(item, through) for item in node.items])
            case name, _ if name in self.names:
                return self._comparison(entry, self.names[name])
        says = f'nothing is known by the name "{entry.name}" here'
        hint, edits = suggestion(entry.name, self.names), mended(entry.name, self.names, entry.key.place)
        self.problems.append(Problem("unknown-name", entry.key.place, says, hint, edits=edits))
        return ALWAYS

    def _comparison(self, entry: Entry, fact: Fact) -> Rule:
        name, node, place = entry.name, entry.node, entry.key.place
        if isinstance(node, Map):
            ((how, wanted),) = node.entries.items()
            if how == "known" and isinstance(wanted.node, Scalar):
                return IsKnown(name, wanted.node.value is True, place)
            return self._bound(entry, fact, how, wanted.node)
        items = node.items if isinstance(node, List) else (node,)
        values = tuple(value for item in items for value in self._values(name, fact, item))
        return Is(name, values, place) if values else ALWAYS

    def _bound(self, entry: Entry, fact: Fact, how: str, node: Node) -> Rule:
        name = entry.name
        if fact.kind not in ("number", "decimal", "amount", "day"):
            says = f'"{name}" is {_KIND_WORDS[fact.kind]} and has no order to compare by'
            self.problems.append(Problem("wrong-kind-of-value", node.place, says, f"write `{name}: <value>`"))
            return ALWAYS
        for bound in self._values(name, fact, node):
            if isinstance(bound, (int, Decimal, Money, date)):
                return Compare(name, next(known for known in _HOW if known == how), bound, entry.key.place)
        return ALWAYS

    def _values(self, name: str, fact: Fact, node: Node) -> Iterator[_Plain]:
        """The value that was written, where it can be compared with what the name stands for."""
        if not isinstance(node, Scalar):
            return
        value = node.value
        if fact.kind == "amount" and isinstance(value, str):
            try:
                yield money.read(value)
            except money.NotMoney as fault:
                says = f'"{value}" is no amount to compare "{name}" with'
                self.problems.append(Problem("wrong-kind-of-value", node.place, says, str(fault)))
        elif fact.kind == "amount" and value == 0 and not isinstance(value, bool):
            yield 0
        elif fact.kind == "decimal" and isinstance(value, (int, float)) and not isinstance(value, bool):
            yield Decimal(str(value))
        elif fact.kind == "day" and isinstance(value, str) and (day := _day(value)):
            yield day
        elif isinstance(value, (bool, int, str)) and _fits(fact, value):
            if fact.words and value not in fact.words:
                says = f'"{name}" is never "{value}": this condition cannot hold'
                self.problems.append(Problem("never-true", node.place, says, suggestion(str(value), fact.words)))
            if fact.country and value not in countries.CODES:
                says = f'"{name}" is never "{value}": this condition cannot hold'
                other = str(value).upper()
                known = other in countries.CODES
                hint = f'did you mean "{other}"?' if known else "write its ISO 3166 code, such as `DE`"
                self.problems.append(Problem("never-true", node.place, says, hint))
            yield value
        else:
            written = json.dumps(value, ensure_ascii=False)
            says = f'"{name}" is {_KIND_WORDS[fact.kind]} and cannot be compared with {written}'
            self.problems.append(Problem("wrong-kind-of-value", node.place, says, _EXAMPLES[fact.kind].format(name)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == len("2026-12-31") else None
    except ValueError:
        return None


def _fits(fact: Fact, value: bool | int | str) -> bool:
    match fact.kind:
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "word" | "words":
            return isinstance(value, str)
    return False


def _all(rules: list[Rule]) -> Rule:
    parts = tuple(rule for rule in rules if rule != ALWAYS)
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else All(parts)


_KIND_WORDS = {
    "flag": "true or false",
    "number": "a whole number",
    "decimal": "a number",
    "amount": "an amount",
    "day": "a day",
    "word": "a word",
    "words": "a set of words",
}

_EXAMPLES = {
    "flag": "write `{}: true` or `{}: false`".replace("{}", "{0}"),
    "number": "write a whole number without quotes",
    "amount": 'write 0, or an amount and its currency between quotes: "10.00 EUR"',
    "decimal": "write a number without quotes",
    "day": 'write a day between quotes: "2026-12-31"',
    "word": "put the word between quotes",
    "words": "put the word between quotes, or a list of them",
}
