"""Few combinations that are enough: each thing once, and each value of each axis with each other and each kind."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import TypeVar

Thing = TypeVar("Thing")

Values = tuple[str, ...]
"""One value of each axis."""

_Pair = tuple[Hashable, Hashable]


def covering(
    things: Iterable[Thing],
    axes: Sequence[Sequence[str]],
    kind: Callable[[Thing], Hashable],
    shown: Iterable[tuple[Thing, Values]] = (),
) -> Iterator[tuple[Thing, Values]]:
    """Each thing once, and as many more as it takes until each pair of values was shown, and each value on each kind.

    What is `shown` already is not asked for again; nothing is, where it is all of the things. The same input makes the
    same combinations.
    """
    all = list(things)
    seen: set[_Pair] = set()
    used: Counter[Hashable] = Counter()
    for one, values in shown:
        _mark(kind(one), values, seen, used)
    for one in all if not used else ():
        values = _best(kind(one), axes, seen, used)
        _mark(kind(one), values, seen, used)
        yield one, values
    yield from _rest(all, axes, kind, seen, used)


def _rest(
    all: Sequence[Thing],
    axes: Sequence[Sequence[str]],
    kind: Callable[[Thing], Hashable],
    seen: set[_Pair],
    used: Counter[Hashable],
) -> Iterator[tuple[Thing, Values]]:
    """What no thing has shown yet; each time by another thing of its kind."""
    by_kind: dict[Hashable, list[Thing]] = {}
    for one in all:
        by_kind.setdefault(kind(one), []).append(one)
    for at, (of, members) in enumerate(by_kind.items()):
        turn = at
        while _wanting(of, axes, seen):
            values = _best(of, axes, seen, used)
            _mark(of, values, seen, used)
            yield members[turn % len(members)], values
            turn += 1
    for at, values in enumerate(_unmet(axes, seen)):
        one = all[at % len(all)]
        _mark(kind(one), values, seen, used)
        yield one, values


def _unmet(axes: Sequence[Sequence[str]], seen: set[_Pair]) -> Iterator[Values]:
    """What no combination has held yet: each pair of values, the other axes by their first."""
    for first, second in combinations(range(len(axes)), 2):
        for one, two in product(axes[first], axes[second]):
            if ((first, one), (second, two)) not in seen:
                values = [axis[0] for axis in axes]
                values[first], values[second] = one, two
                yield tuple(values)


def _wanting(of: Hashable, axes: Sequence[Sequence[str]], seen: set[_Pair]) -> bool:
    return any((of, (axis, value)) not in seen for axis, values in enumerate(axes) for value in values)


def _best(of: Hashable, axes: Sequence[Sequence[str]], seen: set[_Pair], used: Counter[Hashable]) -> Values:
    """Axis by axis the value that shows the most that is new, and among those the one that was used least."""
    chosen: list[str] = []
    for axis, values in enumerate(axes):

        def new(value: str, axis: int = axis) -> int:
            here = (axis, value)
            pairs = [(of, here), *((before, here) for before in enumerate(chosen))]
            return sum(pair not in seen for pair in pairs)

        chosen.append(min(values, key=lambda value, axis=axis: (-new(value), used[axis, value])))  # type: ignore[misc]
    return tuple(chosen)


def _mark(of: Hashable, values: Values, seen: set[_Pair], used: Counter[Hashable]) -> None:
    here = list(enumerate(values))
    seen.update((of, one) for one in here)
    seen.update(combinations(here, 2))
    used.update(here)
