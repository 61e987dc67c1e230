"""A baked page and live values make HTML: no template engine, no expressions, every value escaped for its place."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from generator.model.page import Body, Case, Each, Name, Slot, Text, Where

Formats = Mapping[str, Callable[[Any], str]]
"""How a value is written out, by the format's name; `""` writes it as it is."""


class NoValue(Exception):
    """A baked page asked for a value that was not given: the bundle and the runtime disagree."""


def fill(body: Body, live: object, formats: Formats) -> str:
    """The page's HTML. `live` has the live names as attributes; a list's items go by their own name inside it."""
    pieces: list[str] = []
    _fill(body, dict(vars(live)), formats, pieces.append)
    return "".join(pieces)


def _fill(body: Body, scope: dict[str, Any], formats: Formats, write: Callable[[str], None]) -> None:
    for node in body:
        if type(node) is Text:
            write(node.html)
        elif type(node) is Slot:
            write(_PLACED[node.where](formats[node.format](_value(node.name, scope))))
        elif type(node) is Case:
            said = formats[node.format](_look_up(node.name, scope))
            for literal, branch in node.branches:
                if literal == said:
                    _fill(branch, scope, formats, write)
                    break
            else:
                _fill(node.otherwise, scope, formats, write)
        elif type(node) is Each:
            for item in _value(node.name, scope):
                _fill(node.body, {**scope, node.item: item}, formats, write)


def _value(name: Name, scope: Mapping[str, Any]) -> Any:
    value = _look_up(name, scope)
    if value is None:
        raise NoValue(".".join(name))
    return value


def _look_up(name: Name, scope: Mapping[str, Any]) -> Any:
    value: Any = scope
    for part in name:
        try:
            value = value[part] if isinstance(value, Mapping) else getattr(value, part)
        except (KeyError, AttributeError) as missing:
            raise NoValue(".".join(name)) from missing
    return value


def _text(said: str) -> str:
    return f"<bdi>{escape(said)}</bdi>"


def _words(said: str) -> str:
    return f"\N{FIRST STRONG ISOLATE}{escape(said)}\N{POP DIRECTIONAL ISOLATE}"


def _raw(said: str) -> str:
    """A browser drops the first line break in a textarea, so there is always one to drop."""
    return "\n" + escape(said)


def _url(said: str) -> str:
    """Only our own paths and web addresses: `present` makes them, so anything else is our own mistake."""
    if not said.startswith(("https://", "http://", "mailto:", "#")) and not (said[:1] == "/" and said[:2] != "//"):
        raise NoValue(f"not an address: {said!r}")
    return escape(said)


_PLACED: dict[Where, Callable[[str], str]] = {
    "text": _text,
    "words": _words,
    "raw": _raw,
    "attribute": escape,
    "prose": _words,
    "url": _url,
    "plain": str,
}
