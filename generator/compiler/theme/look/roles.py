"""Pairs of colours that are seen together: each must be told from the other, in every mode."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.compiler import colour
from generator.compiler.link import words
from generator.compiler.node import Map, Scalar
from generator.compiler.theme.look.modes import NAMED
from generator.compiler.theme.look.palette import STRICT
from generator.compiler.theme.look.tokens import Tokens, instead
from generator.compiler.theme.look.values import Value
from generator.model.nearest import mended
from generator.model.place import Place
from generator.model.problem import Problem


@dataclass(frozen=True)
class Role:
    """What is seen, and on what; `ratio` is the contrast that it needs where nobody asks for more."""

    name: str
    foreground: str
    background: str
    ratio: float

    def needs(self, mode: str) -> float:
        """From 1 to 21."""
        return STRICT.get(self.ratio, self.ratio) if mode.endswith("contrast") else self.ratio


def declared(node: Map, tokens: Tokens, problems: list[Problem]) -> tuple[Role, ...]:
    """The roles of a theme and of those that it extends, whose tokens there are."""
    return tuple(role for role in _declared(node) if _known(node, role, tokens, problems))


def _declared(node: Map) -> Iterator[Role]:
    for entry in words.entries(node):
        foreground, background = (words.string(words.below(entry.node, key)) for key in ("foreground", "background"))
        ratio = words.below(entry.node, "ratio")
        value = ratio.value if isinstance(ratio, Scalar) and isinstance(ratio.value, (int, float)) else 4.5
        yield Role(entry.name, foreground, background, value)


def _known(node: Map, role: Role, tokens: Tokens, problems: list[Problem]) -> bool:
    good = True
    for key, name in (("foreground", role.foreground), ("background", role.background)):
        if name not in tokens:
            written = words.below(node, role.name, key)
            place = written.place if written else node.entries[role.name].key.place
            says = f'the role "{role.name}" has no {key}' if not name else f'there is no token "{name}"'
            edits = mended(name, tokens, place)
            problems.append(Problem("unknown-token", place, says, instead(name, tokens), edits=edits))
            good = False
    return good


def check(
    roles: Iterable[Role],
    mode: str,
    values: Mapping[str, Value],
    places: Mapping[str, Place],
    problems: list[Problem],
) -> None:
    """Tell each colour that is not seen as it must be, at its place, with the nearest shade that would be."""
    painted: dict[str, list[Role]] = {}
    for role in roles:
        if all(name in values and values[name].kind == "color" for name in (role.foreground, role.background)):
            painted.setdefault(role.foreground, []).append(role)
    for name, asked in painted.items():
        seen = [(role, *_pair(role, mode, values)) for role in asked]
        failing = [one for one in seen if colour.contrast(*one[1:]) < one[0].needs(mode)]
        if not failing:
            continue
        role, above, below = min(failing, key=lambda one: colour.contrast(*one[1:]) / one[0].needs(mode))
        has, needs = colour.contrast(above, below), role.needs(mode)
        says = (
            f'"{role.name}" cannot be seen well {NAMED[mode]}: {name} ({above}) on {role.background} ({below}) has'
            f" {math.floor(has * 100) / 100:g} to 1, and {needs:g} to 1 is needed"
        )

        def suits(shade: str, seen: list[tuple[Role, str, str]] = seen) -> bool:
            return all(colour.contrast(shade, below) >= role.needs(mode) for role, _, below in seen)

        shade = colour.nearest(above, suits)
        hint = (
            f'the nearest shade that can is "{shade}"' if suits(shade) else "no shade of it can: choose another surface"
        )
        problems.append(Problem("low-contrast", places[name], says, hint))


def _pair(role: Role, mode: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """Both as they are seen, where they let something shine through."""
    paper = colour.BLACK if mode.startswith("dark") else colour.WHITE
    below = colour.laid(values[role.background].css, paper)
    return colour.laid(values[role.foreground].css, below), below
