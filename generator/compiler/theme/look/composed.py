"""What a token's value is in a style sheet by its type, also of the types that are made of others."""

from collections.abc import Callable, Mapping

from generator.compiler.node import List, Map, Node, Scalar
from generator.compiler.theme.look import values
from generator.compiler.theme.look.values import Aliased, NotAValue, Reader, Value


def value(kind: str, node: Node, aliased: Aliased) -> Value:
    """The value of a type that there is. Raises `NotAValue`."""
    return Value(kind, _READERS[kind](node, aliased), _spaced(node, aliased) if kind == "typography" else ())


Parts = Mapping[str, str]
"""The parts of a type by their names, each with its own type."""

_NONE: Parts = {}


def _parts(node: Node, parts: Parts, what: str, example: str, aliased: Aliased, free: Parts = _NONE) -> dict[str, str]:
    """Each part as a style sheet has it; those that are `free` may be left out, and no other may be there."""
    instead = f"write `{example}`"
    said = node.entries if isinstance(node, Map) else {}
    lacking = next((name for name in parts if name not in said), None)
    if lacking:
        raise NotAValue(node, f"{what}, and says no `{lacking}`", instead)
    kinds = {**parts, **free}
    odd = next((name for name in said if name not in kinds), None)
    if odd:
        raise NotAValue(said[odd].key, f"{what}, which has no part of this name", instead)
    return {name: _part(said[name].node, kind, aliased) for name, kind in kinds.items() if name in said}


def _part(node: Node, kind: str, aliased: Aliased) -> str:
    return aliased(node, kind) or _READERS[kind](node, aliased)


def _each(node: Node, kind: str, one: Reader, aliased: Aliased) -> str:
    """A list, of which some may be tokens of the same type, each of them one and not a list again."""
    return ", ".join(_single(item, kind, one, aliased) for item in (node.items if isinstance(node, List) else (node,)))


def _single(node: Node, kind: str, one: Reader, aliased: Aliased) -> str:
    named = aliased(node, kind)
    if named is None:
        return one(node, aliased)
    if ", " in named:
        raise NotAValue(node, f"a list in which each is one {kind}", "name a token that is not a list itself")
    return named


_SHADOW = {**dict.fromkeys(("offsetX", "offsetY", "blur", "spread"), "dimension"), "color": "color"}


def _shadow(node: Node, aliased: Aliased) -> str:
    example = '{color: "#0000001a", offsetX: 0px, offsetY: 1px, blur: 2px, spread: 0px}'
    parts = _parts(node, _SHADOW, "a shadow", example, aliased, {"inset": "inset"})
    return " ".join(filter(None, (parts.get("inset"), *(parts[name] for name in _SHADOW))))


def _inset(node: Node, aliased: Aliased) -> str:
    match node:
        case Scalar(value=bool(inset)):
            return "inset" if inset else ""
    raise NotAValue(node, "a shadow, whose `inset` is true or false", "write `inset: true`, or leave it out")


_STROKES = ("solid", "dashed", "dotted", "double", "groove", "ridge", "outset", "inset")
_CAPS = ("round", "butt", "square")


def _stroke(node: Node, aliased: Aliased) -> str:
    """Style sheets have no dashes of a length: what says some is dashed, as the format proposes."""
    match node:
        case Scalar(value=str(word)) if word in _STROKES:
            return word
        case Map():
            example = "{dashArray: [0.5rem, 0.25rem], lineCap: round}"
            _parts(node, {"dashArray": "dashes", "lineCap": "cap"}, "the dashes of a line", example, aliased)
            return "dashed"
    raise NotAValue(node, "how a line is drawn", f"write one of: {', '.join(_STROKES)}")


def _dashes(node: Node, aliased: Aliased) -> str:
    if not isinstance(node, List) or not node.items:
        raise NotAValue(node, "the dashes of a line, a list of lengths", "write `dashArray: [0.5rem, 0.25rem]`")
    return " ".join(_part(item, "dimension", aliased) for item in node.items)


def _cap(node: Node, aliased: Aliased) -> str:
    match node:
        case Scalar(value=str(word)) if word in _CAPS:
            return word
    raise NotAValue(node, "how the ends of dashes are drawn", f"write one of: {', '.join(_CAPS)}")


def _border(node: Node, aliased: Aliased) -> str:
    kinds = {"width": "dimension", "style": "strokeStyle", "color": "color"}
    parts = _parts(node, kinds, "a border", '{color: "#858e9b", width: 1px, style: solid}', aliased)
    return " ".join(parts.values())


def _transition(node: Node, aliased: Aliased) -> str:
    kinds = {"duration": "duration", "timingFunction": "cubicBezier", "delay": "duration"}
    example = "{duration: 120ms, delay: 0ms, timingFunction: [0.2, 0, 0, 1]}"
    return " ".join(_parts(node, kinds, "how something changes", example, aliased).values())


def _stop(node: Node, aliased: Aliased) -> str:
    """A place beyond the ends is the end."""
    kinds = {"color": "color", "position": "number"}
    parts = _parts(node, kinds, "a stop of a gradient", '{color: "#3257d6", position: 0.5}', aliased)
    return f"{parts['color']} {min(max(float(parts['position']), 0.0), 1.0) * 100:g}%"


def _gradient(node: Node, aliased: Aliased) -> str:
    if not isinstance(node, List) or not node.items:
        instead = 'write `[{color: "#ffffff", position: 0}, {color: "#3257d6", position: 1}]`'
        raise NotAValue(node, "a gradient, a list of its stops", instead)
    return _each(node, "gradient", _stop, aliased)


_FONT = {"fontWeight": "fontWeight", "fontSize": "dimension", "lineHeight": "number", "fontFamily": "fontFamily"}
_SPACED = {"letterSpacing": "dimension"}


def _typography(node: Node, aliased: Aliased) -> str:
    """As `font:` has it. The room between letters stands by itself: `font:` knows none."""
    example = "{fontFamily: Geist, fontSize: 1rem, fontWeight: 400, letterSpacing: 0px, lineHeight: 1.5}"
    parts = _parts(node, _FONT, "how words are set", example, aliased, _SPACED)
    return f"{parts['fontWeight']} {parts['fontSize']}/{parts['lineHeight']} {parts['fontFamily']}"


def _spaced(node: Node, aliased: Aliased) -> tuple[tuple[str, str], ...]:
    spacing = node.get("letterSpacing") if isinstance(node, Map) else None
    return (("letter-spacing", _part(spacing, "dimension", aliased) if spacing else "0px"),)


_READERS: Mapping[str, Callable[[Node, Aliased], str]] = {
    **values.READERS,
    "strokeStyle": _stroke,
    "border": _border,
    "transition": _transition,
    "shadow": lambda node, aliased: _each(node, "shadow", _shadow, aliased),
    "gradient": _gradient,
    "typography": _typography,
    "inset": _inset,
    "dashes": _dashes,
    "cap": _cap,
}

KINDS = tuple(kind for kind in _READERS if kind not in ("inset", "dashes", "cap"))
"""The types that a token may be of."""
