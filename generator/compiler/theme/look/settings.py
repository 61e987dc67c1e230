"""What a theme lets a merchant set, and what becomes of it: colours, tokens, and in which modes pages are shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from generator.compiler import merge
from generator.compiler.link import words
from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.compiler.theme.layers import Layer
from generator.compiler.theme.look.tokens import Token, Tokens
from generator.model.nearest import mended, suggestion
from generator.model.place import NOWHERE, Place
from generator.model.problem import Problem
from generator.model.site import Look

Scheme = Literal["auto", "light", "dark"]

SCHEMES: Mapping[str, str] = {
    "auto": "As the customer's device wants it.",
    "light": "Always light.",
    "dark": "Always dark.",
}

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Option:
    """One of the words that a setting may have, and the tokens that it sets."""

    name: str
    says: str
    tokens: Tokens


@dataclass(frozen=True)
class Declared:
    """A setting of a theme. `on` are the tokens of the surfaces on which a colour must be seen."""

    name: str
    kind: Literal["colour", "choice", "mode"]
    says: str
    default: str
    default_place: Place
    on: tuple[Scalar, ...] = ()
    options: Mapping[str, Option] | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """What may be written, where that is a closed set, with what it means."""
        if self.kind == "mode":
            return SCHEMES
        return {name: option.says for name, option in (self.options or {}).items()}


@dataclass(frozen=True)
class Painted:
    """A colour, where somebody wrote it, and the surfaces on which it must be seen."""

    colour: str
    place: Place
    on: tuple[Scalar, ...]


@dataclass(frozen=True)
class Chosen:
    """What all settings come to."""

    colours: Mapping[str, Painted]
    tokens: Tokens
    scheme: Scheme


def declared(layers: tuple[Layer, ...], problems: list[Problem]) -> Mapping[str, Declared]:
    """The settings of a theme and of those that it extends, by name: a nearer one says only what differs."""
    found = (_declared(entry, problems) for entry in words.entries(merged(layers, "settings", problems)))
    return {setting.name: setting for setting in found if setting}


def merged(layers: tuple[Layer, ...], key: str, problems: list[Problem]) -> Map:
    """What the manifests say under a key, a nearer one over a farther one."""
    said = (layer.manifest.get(key) for layer in reversed(layers))
    maps = [node for node in said if isinstance(node, Map)]
    return reduce(lambda below, over: merge.merge(below, over, problems), maps, Map({}, NOWHERE))


def choose(look: Look, settings: Mapping[str, Declared], problems: list[Problem]) -> Chosen:
    """What the merchant set, and for the rest what the theme says."""
    said = {}
    for setting in look.settings:
        if setting.name in settings:
            said[setting.name] = setting
        else:
            says = f'the theme "{look.theme}" has no setting "{setting.name}"'
            known = [*settings, "name", "logo"]
            edits = mended(setting.name, known, setting.at, taken=said)
            hint = suggestion(setting.name, known)
            problems.append(Problem("unknown-setting", setting.at, says, hint, edits=edits))
    values: dict[str, tuple[str, Place]] = {}
    for name, one in settings.items():
        value, place = (said[name].value, said[name].place) if name in said else (one.default, one.default_place)
        fits = _fits(one, value, place, settings if name not in said else {}, problems)
        values[name] = (value, place) if fits else (one.default, one.default_place)
    return Chosen(
        {name: _painted(one, values) for name, one in settings.items() if one.kind == "colour"},
        {token.name: token for one in settings.values() for token in _tokens(one, values[one.name][0])},
        _scheme(next((values[one.name][0] for one in settings.values() if one.kind == "mode"), "auto")),
    )


def _fits(one: Declared, value: str, place: Place, settings: Mapping[str, Declared], problems: list[Problem]) -> bool:
    if one.kind == "colour":
        like = settings.get(value)
        if _COLOUR.fullmatch(value) or (like and like.kind == "colour" and _COLOUR.fullmatch(like.default)):
            return True
        says = f'"{value}" is no good value for "{one.name}"'
        hint = 'write a colour as six hexadecimal digits between quotes, such as "#3257d6"'
        problems.append(Problem("bad-value", place, says, hint))
        return False
    if value in one.words:
        return True
    says = f'"{value}" is not one of {", ".join(one.words)}'
    edits = mended(value, one.words, place)
    problems.append(Problem("not-one-of", place, says, suggestion(value, one.words), edits=edits))
    return False


def _painted(one: Declared, values: Mapping[str, tuple[str, Place]]) -> Painted:
    """A colour may be like another one until somebody says otherwise."""
    value, place = values[one.name]
    colour, place = values.get(value, (value, place))
    return Painted(colour.lower(), place, one.on)


def _tokens(one: Declared, value: str) -> Iterator[Token]:
    option = (one.options or {}).get(value)
    yield from option.tokens.values() if option else ()


def _scheme(value: str) -> Scheme:
    return "light" if value == "light" else "dark" if value == "dark" else "auto"


def _declared(entry: Entry, problems: list[Problem]) -> Declared | None:
    says = words.string(words.below(entry.node, "description"))
    default = words.below(entry.node, "default")
    options = {option.name: option for option in _options(words.below(entry.node, "options"))}
    listed = words.below(entry.node, "on")
    on = tuple(item for item in listed.items if isinstance(item, Scalar)) if isinstance(listed, List) else ()
    given, place = words.string(default), default.place if default else entry.key.place
    match words.string(words.below(entry.node, "kind")):
        case "colour" if given and on:
            return Declared(entry.name, "colour", says, given, place, on)
        case "choice" if given and options:
            return Declared(entry.name, "choice", says, given, place, options=options)
        case "mode":
            return Declared(entry.name, "mode", says, given or "auto", place)
        case "colour":
            lacks, hint = "`default` and `on`", 'add `default: "#3257d6"`, and the tokens of the surfaces under `on`'
        case "choice":
            lacks, hint = "`default` and `options`", "add the words that may be chosen, and one of them as `default`"
        case _:
            lacks, hint = "`kind`", "add `kind:`, one of: colour, choice, mode"
    problems.append(Problem("incomplete-setting", entry.key.place, f'the setting "{entry.name}" needs {lacks}', hint))
    return None


def _options(node: Node | None) -> Iterator[Option]:
    for entry in words.entries(node):
        tokens = {
            below.name: Token(below.name, "", below.node, below.key.place)
            for below in words.entries(words.below(entry.node, "tokens"))
        }
        yield Option(entry.name, words.string(words.below(entry.node, "description")), tokens)
