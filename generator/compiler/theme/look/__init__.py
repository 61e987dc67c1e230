"""How a theme looks: its design tokens in every mode, with what the merchant set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.compiler.node import Scalar
from generator.compiler.theme.layers import Layer
from generator.compiler.theme.look import groups, roles, settings, tokens
from generator.compiler.theme.look.modes import FILES, MODES, NAMED
from generator.compiler.theme.look.palette import SHADES, palette
from generator.compiler.theme.look.roles import Role
from generator.compiler.theme.look.settings import Chosen, Declared, Scheme
from generator.compiler.theme.look.tokens import Token, Tokens
from generator.compiler.theme.look.values import Value
from generator.compiler.theme.look.worth import Values
from generator.model.nearest import mended
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Look

__all__ = ["MODES", "Dress", "dress"]

SHOWN: Mapping[Scheme, tuple[str, ...]] = {
    "auto": tuple(MODES),
    "light": ("light", "contrast"),
    "dark": ("dark", "dark-contrast"),
}
"""The modes that customers meet, by what the merchant says; the first is the one where nobody asks for any."""


@dataclass(frozen=True)
class Dress:
    """What every token is in every mode, by its name; `scheme` says which modes are shown.

    `tokens`, `settings` and `roles` are what the theme declares.
    """

    modes: Mapping[str, Mapping[str, Value]]
    scheme: Scheme
    tokens: Tokens
    settings: Mapping[str, Declared]
    roles: tuple[Role, ...]


def dress(layers: tuple[Layer, ...], look: Look, problems: list[Problem]) -> Dress:
    """A theme, its own layer first, as a merchant has it look. What is wrong with it is told, each place once."""
    told: list[Problem] = []
    offered = settings.declared(layers, told)
    chosen = settings.choose(look, offered, told)
    shades = _shades(chosen)
    said = {"": _said(layers, "", shades, told)}
    known = {**shades, **said[""]}
    told += _alike(known)
    for mode in FILES[1:]:
        said[mode] = _based(_said(layers, mode, known, told), known, f"{NAMED[mode]} only", told)
    said["set"] = _based(chosen.tokens, known, "by a setting", told)
    pairs = roles.declared(settings.merged(layers, "roles", told), known, told)
    modes = {}
    for mode, files in MODES.items():
        declared = {name: token for file in (*files, "set") for name, token in said[file].items()}
        painted = _painted(chosen, declared, mode, told)
        modes[mode] = Values({**painted, **declared}, told).all()
        if mode in SHOWN[chosen.scheme]:
            places = {name: _place(token) for name, token in {**painted, **declared}.items()}
            roles.check(pairs, mode, modes[mode], places, told)
    _try(offered, known, told)
    problems += {(problem.place, problem.code): problem for problem in reversed(told)}.values()
    return Dress(modes, chosen.scheme, known, offered, pairs)


def _said(layers: tuple[Layer, ...], mode: str, beside: Tokens, told: list[Problem]) -> Tokens:
    """What all layers say for a mode, a nearer one over a farther one."""
    found: dict[str, Token] = {}
    for layer in reversed(layers):
        for name, token in groups.completed(tokens.read(layer, mode, told), {**beside, **found}, told).items():
            found[name] = _over(token, found.get(name), told)
    return found


def _alike(known: Tokens) -> Iterator[Problem]:
    """Names that would be the same in a style sheet."""
    first: dict[str, Token] = {}
    for token in known.values():
        other = first.setdefault(token.property, token)
        if other is not token:
            says = f'"{token.name}" and "{other.name}" are both "{token.property}" in style sheets'
            yield Problem("clashing-token", token.place, says, "give one of them another name")


def _based(said: Tokens, known: Tokens, when: str, told: list[Problem]) -> Tokens:
    """The tokens that say otherwise what is said already, each of the type that it has there."""
    found = {}
    for name, token in said.items():
        if name in known:
            found[name] = _over(token, known[name], told)
        else:
            says = f'the token "{name}" is set {when}, and has no value otherwise'
            hint = tokens.instead(name, known)
            edits = mended(name, known, token.place)
            told.append(Problem("token-without-base", token.place, says, hint, edits=edits))
    return found


def _over(token: Token, other: Token | None, told: list[Problem]) -> Token:
    if other and token.kind and other.kind and token.kind != other.kind:
        says = f'the token "{token.name}" is of type {other.kind}, and cannot be of type {token.kind} here'
        told.append(Problem("wrong-token", token.place, says, f"leave the type out, or write {other.kind}"))
        return other
    return token.over(other)


def _try(offered: Mapping[str, Declared], known: Tokens, told: list[Problem]) -> None:
    """What a merchant may choose and did not is looked at, too: it is the theme's fault, not theirs."""
    values = Values(known, told)
    for setting in offered.values():
        for option in (setting.options or {}).values():
            for token in _based(option.tokens, known, "by a setting", told).values():
                values.made_of(token)


def _shades(chosen: Chosen) -> dict[str, Token]:
    """The shades of each colour, which stand for its surface until that is known: none can be made of itself."""
    return {
        f"{name}.{shade}": Token(f"{name}.{shade}", "color", _alias(painted.on[0]), painted.place, says)
        for name, painted in chosen.colours.items()
        for shade, says in SHADES.items()
    }


def _alias(name: Scalar) -> Scalar:
    return Scalar(f"{{{name.value}}}", name.place)


def _painted(chosen: Chosen, declared: Tokens, mode: str, told: list[Problem]) -> Tokens:
    """The shades of each colour in a mode."""
    values = Values({**_shades(chosen), **declared}, told)
    found = {}
    for name, painted in chosen.colours.items():
        asked = (Token(name, "color", _alias(surface), surface.place) for surface in painted.on)
        surfaces = tuple(value.css for token in asked if (value := values.made_of(token)))
        if len(surfaces) == len(painted.on):
            for shade, made in palette(painted.colour, surfaces, mode.endswith("contrast")).items():
                found[f"{name}.{shade}"] = Token(f"{name}.{shade}", "color", Scalar(made, painted.place), painted.place)
    return found


def _place(token: Token) -> Place:
    return token.value.place if isinstance(token.value, Scalar) else token.place
