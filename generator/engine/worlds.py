"""What can be said of conditions without a customer: whether one can hold at all, and for whom.

A condition holds a name against constants, so a few values of each name decide it: every constant and its neighbours,
the set with each of its words, "unknown" for what may be unknown. All that differ for the conditions at hand are tried,
so an answer is exact; where there are too many it is `NOT_PROVED`, and nothing is claimed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Final, Literal

from generator.model.facts import Fact
from generator.model.money import CurrencyMismatch, Money
from generator.model.rule import Compare, Is, Known, Leaf, Rule, UnknownName, Value
from generator.model.workflow import Field

MOST_TRIED = 20_000
"""How many half-made worlds are looked at for one question."""

MOST_WORDS = 8
"""How many words of one set are told apart."""

World = Mapping[str, Value]
"""A value for every name that somebody asks about; what is not in it is unknown."""


@dataclass(frozen=True)
class NotProved:
    """There are too many worlds to try them all."""


NOT_PROVED: Final = NotProved()


@dataclass(frozen=True)
class Name:
    """What a name can stand for. An answer has its `field`, which says what it takes; money its `currency`."""

    fact: Fact
    field: Field | None = None
    currency: str = "EUR"


Names = Mapping[str, Name]


@dataclass(frozen=True)
class Claim:
    """That a rule holds, or does not.

    `stands` says of what another name the value is that the rule reads: billing info that was typed is what is known of
    the customer from then on. A name that stands for nothing is not known there.
    """

    rule: Rule
    holds: bool = True
    stands: Mapping[str, str] = field(default_factory=dict)

    def reads(self) -> tuple[str, ...]:
        """The names whose values decide it."""
        names = (self.stands.get(leaf.name, leaf.name) for leaf in self.rule.leaves)
        return tuple(dict.fromkeys(name for name in names if name))

    def leaves(self) -> Iterator[tuple[str, Leaf]]:
        """What it holds each of those names against."""
        return ((self.stands.get(leaf.name, leaf.name), leaf) for leaf in self.rule.leaves)

    def true_in(self, world: World) -> bool:
        """Whether it is so. A rule that reads what is not known neither holds nor does not."""
        try:
            return self.rule.holds(self.seen(world)) is self.holds
        except UnknownName:
            return False

    def seen(self, world: World) -> Known:
        """The world as the rule reads it."""
        standing = {leaf.name: self.stands.get(leaf.name, leaf.name) for leaf in self.rule.leaves}
        return {name: world[of] for name, of in standing.items() if of in world}


def find(claims: Sequence[Claim], names: Names) -> World | NotProved | None:
    """A world in which all of it is so; None where there is none."""
    found: dict[str, Value] = {}
    unsure = False
    for group in _apart(claims):
        world = _search(group, names)
        if world is None:
            return None
        if isinstance(world, NotProved):
            unsure = True
        else:
            found.update(world)
    return NOT_PROVED if unsure else found


def can_hold(rule: Rule, names: Names, given: Sequence[Claim] = ()) -> World | NotProved | None:
    """A world in which the rule holds, and what is `given` too; None where there is none."""
    return find([Claim(rule), *given], names)


def always_holds(rule: Rule, names: Names, given: Sequence[Claim] = ()) -> bool | NotProved:
    """Whether it holds in every world in which it can be asked."""
    exception = find([Claim(rule, holds=False), *given], names)
    return exception if isinstance(exception, NotProved) else exception is None


def covers(rules: Sequence[Rule], rule: Rule, names: Names, given: Sequence[Claim] = ()) -> bool | NotProved:
    """Whether one of the rules holds wherever this one does."""
    left = find([*(Claim(earlier, holds=False) for earlier in rules), Claim(rule), *given], names)
    return left if isinstance(left, NotProved) else left is None


def _apart(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims in groups that have no name in common, so that each can be looked at by itself."""
    groups: list[tuple[set[str], list[Claim]]] = []
    for claim in claims:
        names, group = set(claim.reads()), [claim]
        for other in [other for other in groups if other[0] & names]:
            names |= other[0]
            group = [*other[1], *group]
            groups.remove(other)
        groups.append((names, group))
    return [group for _, group in groups]


def _search(claims: Sequence[Claim], names: Names) -> World | NotProved | None:
    """Names get their values one after the other; each claim is asked as soon as all that it reads has one."""
    order = list(dict.fromkeys(name for claim in claims for name in claim.reads()))
    ready: list[list[Claim]] = [[] for _ in range(len(order) + 1)]
    for claim in claims:
        ready[max((order.index(name) + 1 for name in claim.reads()), default=0)].append(claim)
    try:
        values = [tuple(_values(name, claims, names)) for name in order]
        if not all(claim.true_in({}) for claim in ready[0]):
            return None
        return _filled({}, order, values, ready, [MOST_TRIED])
    except (CurrencyMismatch, _TooMany):
        return NOT_PROVED


class _TooMany(Exception):
    """The bound is reached."""


def _filled(
    world: dict[str, Value],
    order: list[str],
    values: list[tuple[Value | None, ...]],
    ready: list[list[Claim]],
    left: list[int],
) -> World | None:
    at = len(order) - len(values)
    if not values:
        return dict(world)
    for value in values[0]:
        left[0] -= 1
        if left[0] < 0:
            raise _TooMany
        tried = world if value is None else {**world, order[at]: value}
        if all(claim.true_in(tried) for claim in ready[at + 1]):
            found = _filled(dict(tried), order, values[1:], ready, left)
            if found is not None:
                return found
    return None


def _values(name: str, claims: Sequence[Claim], names: Names) -> Iterator[Value | None]:
    """The values that decide everything that is asked of a name; None is for "unknown"."""
    leaves = [leaf for claim in claims for of, leaf in claim.leaves() if of == name]
    known = names.get(name)
    if known is None:
        yield None
        return
    constants = dict.fromkeys(constant for leaf in leaves for constant in _constants(leaf))
    yield from representative(known, tuple(constants))
    if known.fact.optional:
        yield None


def _constants(leaf: Leaf) -> tuple[bool | int | str | Decimal | Money | date, ...]:
    match leaf:
        case Is():
            return leaf.values
        case Compare():
            return (leaf.bound,)
    return ()


def representative(name: Name, constants: Sequence[Value]) -> Iterator[Value]:
    """One value for each way in which it can stand to the constants, of those that the name can have."""
    match name.fact.kind:
        case "flag":
            yield True
            if name.field is None or not name.field.required:
                yield False
        case "word":
            words = [word for word in constants if isinstance(word, str) and _takes(name, word)]
            yield from dict.fromkeys((*words, *_other_words(name, words)))
        case "words":
            yield from _sets(name, [word for word in constants if isinstance(word, str)])
        case "number":
            numbers = [number for number in constants if isinstance(number, int)]
            yield from _within(name, sorted({0, 1, *(n + by for n in numbers for by in (-1, 0, 1))}))
        case "decimal":
            yield from _decimals(name, [Decimal(n) for n in constants if isinstance(n, (int, Decimal))])
        case "amount":
            yield from _amounts(name, constants)
        case "day":
            days = [day for day in constants if isinstance(day, date)]
            near = {date(2026, 1, 1), *(day + timedelta(by) for day in days for by in (-1, 0, 1))}
            yield from (day for day in sorted(near) if _takes(name, day))


def _takes(name: Name, value: str | date) -> bool:
    """Whether it can have this value.

    `readers` decide what a field takes. They are not asked here: `check` would have to wait for all that they load.
    """
    asked = name.field
    if name.fact.words and value not in name.fact.words:
        return False
    if asked is None:
        return True
    if isinstance(value, date):
        first, last = (limit.day if limit else None for limit in (asked.earliest, asked.latest))
        return (first is None or first <= value) and (last is None or value <= last)
    if asked.kind in ("text", "long_text"):
        return value == value.strip() and max(1, asked.min_length) <= len(value) <= asked.max_length
    return True


def _other_words(name: Name, words: Sequence[str]) -> Iterator[str]:
    """A word that nobody asks about, where it can have one: a likely one for who reads of it."""
    likely = name.fact.words or (("IT", "DE", "FR") if _is_country(name) else ("another", "another one"))
    yield from [word for word in likely if word not in words][:1]


def _is_country(name: Name) -> bool:
    return name.fact.says.startswith("the country") or (name.field is not None and name.field.kind == "country")


def _sets(name: Name, asked: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every choice of the words that are asked about, filled up with others where it must have more."""
    closed = name.fact.words
    words = [word for word in asked if not closed or word in closed]
    if len(words) > MOST_WORDS:
        raise _TooMany
    others = [word for word in closed if word not in words] if closed else ["another"]
    least, most = (0, len(words) + len(others)) if name.field is None else _how_many(name.field)
    for count in range(len(words) + 1):
        for chosen in combinations(words, count):
            filled = (*chosen, *others[: max(least - count, 0)])
            if least <= len(filled) <= most:
                yield frozenset(filled)


def _how_many(asked: Field) -> tuple[int, int]:
    """How many choices may be ticked; who ticks none gives no answer."""
    most = int(asked.maximum) if asked.maximum is not None else len(asked.options)
    return max(1, int(asked.minimum or 0)), most


def _within(name: Name, numbers: Sequence[int]) -> Iterator[int]:
    if name.field is None:
        yield from (number for number in numbers if number >= 0)
        return
    low, high = name.field.minimum, name.field.maximum
    bounds = {int(bound) for bound in (low, high) if bound is not None}
    for number in sorted({*numbers, *bounds}):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


def _decimals(name: Name, numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """On the grid that the field's digits make."""
    asked = name.field
    step = Decimal(1).scaleb(-asked.digits) if asked else Decimal("0.01")
    low, high = (asked.minimum, asked.maximum) if asked else (None, None)
    ends = [bound for bound in (low, high) if bound is not None]
    near = {(n / step).to_integral_value(how) * step for n in (*numbers, *ends, Decimal(0)) for how in _ROUND}
    for number in sorted({n + by for n in near for by in (-step, Decimal(0), step)}):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


_ROUND: tuple[Literal["ROUND_FLOOR", "ROUND_CEILING"], ...] = ("ROUND_FLOOR", "ROUND_CEILING")


def _amounts(name: Name, constants: Sequence[Value]) -> Iterator[Money]:
    """A cent on each side of each. No amount that conditions read is below nothing: see `paths.given`."""
    amounts = [constant for constant in constants if isinstance(constant, Money)]
    currency = amounts[0].currency if amounts else name.currency
    near = {0, 1, *(amount.minor + by for amount in amounts for by in (-1, 0, 1))}
    yield from (Money(minor, currency) for minor in sorted(near) if minor >= 0)
