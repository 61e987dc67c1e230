"""What a token's value is in a style sheet, by its type."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.compiler import colour
from generator.compiler.node import List, Map, Node, Scalar


@dataclass(frozen=True)
class Value:
    """A token's value as a style sheet has it. A colour is `#rrggbb` or `#rrggbbaa`.

    `more` are properties of their own for what cannot be said with the rest, by what they add to the token's name.
    """

    kind: str
    css: str
    more: tuple[tuple[str, str], ...] = ()


class NotAValue(Exception):
    """The node is nothing of its type; says what it must be, and what to write instead."""

    def __init__(self, node: Node, must: str, instead: str) -> None:
        super().__init__(must)
        self.node, self.must, self.instead = node, must, instead


Aliased = Callable[[Node, str], str | None]
"""The value of the token that a node names, which has to be of this type; nothing where it names none."""

Reader = Callable[[Node, Aliased], str]
"""Makes of a node the value as a style sheet has it. Raises `NotAValue`."""

_ALIAS = re.compile(r"\{([^{}]+)\}")


def alias(node: Node) -> str | None:
    """The name of the token that stands in for a value: `"{colour.page}"`."""
    found = _ALIAS.fullmatch(node.value) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    return found[1] if found else None


def _colour(node: Node, aliased: Aliased) -> str:
    match node:
        case Scalar(value=str(words)) if re.fullmatch(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})", words):
            return words.lower()
        case Map():
            return _colour_of_parts(node)
    raise NotAValue(node, "a colour", 'write six hexadecimal digits between quotes, such as "#3257d6"')


def _colour_of_parts(node: Map) -> str:
    """`{colorSpace: oklch, components: [0.5, 0.2, 265], alpha: 0.5}`, or `srgb` with channels from 0 to 1.

    Of any other space it is the `hex` that stands beside it.
    """
    space, components, alpha, spare = (node.get(key) for key in ("colorSpace", "components", "alpha", "hex"))
    parts = [_component(item) for item in components.items] if isinstance(components, List) else []
    opaque = 1.0 if alpha is None else _number_of(alpha)
    made = None
    if len(parts) == 3 and isinstance(space, Scalar) and space.value in ("srgb", "oklch"):
        made = colour.written(tuple(parts)) if space.value == "srgb" else colour.shade(parts[0], parts[1], parts[2])
    elif isinstance(spare, Scalar) and re.fullmatch(r"#[0-9a-fA-F]{6}", str(spare.value)):
        made = str(spare.value).lower()
    if made is None:
        instead = (
            "write `{colorSpace: oklch, components: [0.5, 0.2, 265]}`, or `srgb` with channels from 0 to 1; of a colour"
            ' of another space its `hex: "#3257d6"` is taken'
        )
        raise NotAValue(node, "a colour", instead)
    return made if opaque == 1 else colour.written((*colour.channels(made)[:3], opaque))


def _component(node: Node) -> float:
    return 0.0 if isinstance(node, Scalar) and node.value == "none" else _number_of(node)


def _number_of(node: Node) -> float:
    if isinstance(node, Scalar) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return node.value
    raise NotAValue(node, "a number", "write a number without quotes, such as 1.5")


def _number(node: Node, aliased: Aliased) -> str:
    return f"{_number_of(node):g}"


def _measured(units: tuple[str, ...], what: str, example: str) -> Reader:
    """A number with one of the units, `0.5rem` or `{value: 0.5, unit: rem}`."""

    def read(node: Node, aliased: Aliased) -> str:
        match node:
            case Scalar(value=str(words)) if re.fullmatch(rf"-?(\d+\.?\d*|\.\d+)({'|'.join(units)})", words):
                return words
            case Scalar(value=0) if node.value is not False:
                return f"0{units[0]}"
            case Map() if isinstance(unit := node.get("unit"), Scalar) and unit.value in units:
                return f"{_number_of(node.get('value') or node):g}{unit.value}"
        raise NotAValue(node, what, f"write a number with `{'` or `'.join(units)}` behind it, such as {example}")

    return read


_GENERIC = ("serif", "sans-serif", "monospace", "cursive", "system-ui", "math", "emoji")


def _family(node: Node, aliased: Aliased) -> str:
    names = node.items if isinstance(node, List) else (node,)
    return ", ".join(_family_name(name) for name in names)


def _family_name(node: Node) -> str:
    match node:
        case Scalar(value=str(words)) if re.fullmatch(r"[\w .+-]+", words):
            return words if words in _GENERIC or words.startswith("ui-") else f'"{words}"'
    raise NotAValue(node, "the name of a font, or a list of them", "write names such as [Geist, system-ui, sans-serif]")


_WEIGHTS: Mapping[str, int] = {
    **dict.fromkeys(("thin", "hairline"), 100),
    **dict.fromkeys(("extra-light", "ultra-light"), 200),
    "light": 300,
    **dict.fromkeys(("normal", "regular", "book"), 400),
    "medium": 500,
    **dict.fromkeys(("semi-bold", "demi-bold"), 600),
    "bold": 700,
    **dict.fromkeys(("extra-bold", "ultra-bold"), 800),
    **dict.fromkeys(("black", "heavy"), 900),
    **dict.fromkeys(("extra-black", "ultra-black"), 950),
}


def _weight(node: Node, aliased: Aliased) -> str:
    match node:
        case Scalar(value=bool()):
            pass
        case Scalar(value=int(weight)) if 1 <= weight <= 1000:
            return str(weight)
        case Scalar(value=str(name)) if name in _WEIGHTS:
            return str(_WEIGHTS[name])
    raise NotAValue(node, "the weight of a font", "write a number from 1 to 1000, or a word such as `medium`")


def _curve(node: Node, aliased: Aliased) -> str:
    parts = [_number_of(item) for item in node.items] if isinstance(node, List) else []
    if len(parts) != 4 or not all(0 <= parts[at] <= 1 for at in (0, 2)):
        instead = "write four numbers, the first and the third from 0 to 1, such as [0.2, 0, 0, 1]"
        raise NotAValue(node, "how something speeds up and slows down", instead)
    return f"cubic-bezier({', '.join(f'{part:g}' for part in parts)})"


READERS: Mapping[str, Reader] = {
    "color": _colour,
    "dimension": _measured(("px", "rem"), "a length", "`0.5rem`"),
    "fontFamily": _family,
    "fontWeight": _weight,
    "duration": _measured(("ms", "s"), "a time", "`120ms`"),
    "cubicBezier": _curve,
    "number": _number,
}
"""The types that are one value each."""
