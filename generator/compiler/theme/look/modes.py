"""How a customer's device may want pages (light, dark, with more contrast), and what tokens are in each mode."""

from collections.abc import Mapping

from generator.compiler.node import Map, Node, Scalar
from generator.compiler.theme.look.tokens import Token, Tokens, instead
from generator.compiler.theme.look.values import KINDS, NotAValue, Value, alias, css
from generator.model.nearest import mended
from generator.model.place import Place
from generator.model.problem import Problem

MODES: Mapping[str, tuple[str, ...]] = {
    "light": ("",),
    "dark": ("", "dark"),
    "contrast": ("", "contrast"),
    "dark-contrast": ("", "dark", "contrast", "dark-contrast"),
}
"""Each mode by the files of tokens that count in it, a later one over an earlier one. The first is what all say."""

FILES = ("", "dark", "contrast", "dark-contrast")

NAMED = {
    "light": "in light",
    "dark": "in dark",
    "contrast": "with more contrast",
    "dark-contrast": "in dark with more contrast",
}
"""A mode, as it is said in a sentence."""


class Values:
    """The values of a mode, each worked out when it is asked for."""

    def __init__(self, tokens: Tokens, problems: list[Problem]) -> None:
        self._tokens, self._problems = tokens, problems
        self._known: dict[str, Value | None] = {}
        self._under_way: list[Token] = []

    def all(self) -> Mapping[str, Value]:
        """Every value that can be said, by the name of its token."""
        found = {name: self.of(name) for name in self._tokens}
        return {name: value for name, value in found.items() if value is not None}

    def of(self, name: str) -> Value | None:
        """The value of a token; nothing where it has none, which is then told."""
        if name not in self._known:
            token = self._tokens[name]
            self._under_way.append(token)
            self._known[name] = self._read(token)
            self._under_way.pop()
        return self._known[name]

    def made_of(self, token: Token) -> Value | None:
        """What the value of a token would be that is not one of these."""
        return self._read(token)

    def _read(self, token: Token) -> Value | None:
        named = alias(token.value)
        if named is not None:
            value = self._named(named, token.value.place)
            if value and token.kind and value.kind != token.kind:
                self._other_type(named, value.kind, token.kind, token.value.place)
                return None
            return value
        if token.kind not in KINDS:
            says = f'the token "{token.name}" has no type'
            hint = f"add `$type:` to it or to its group, one of: {', '.join(KINDS)}"
            self._tell("wrong-token", token.place, says, hint)
            return None
        try:
            return Value(token.kind, css(token.kind, token.value, self._aliased))
        except NotAValue as wrong:
            self._tell_wrong(token, wrong)
            return None
        except _Told:
            return None

    def _aliased(self, node: Node, kind: str) -> str | None:
        named = alias(node)
        if named is None:
            return None
        value = self._named(named, node.place)
        if value is None:
            raise _Told
        if value.kind != kind:
            self._other_type(named, value.kind, kind, node.place)
            raise _Told
        return value.css

    def _named(self, name: str, place: Place) -> Value | None:
        if name not in self._tokens:
            says = f'there is no token "{name}"'
            inside = (
                Place(place.file, place.line, place.column + 2, len(name)) if place.length == len(name) + 4 else place
            )
            edits = mended(name, self._tokens, inside)
            self._problems.append(Problem("unknown-token", place, says, instead(name, self._tokens), edits=edits))
            return None
        circle = [token.name for token in self._under_way]
        if name in circle:
            through = " → ".join((*circle[circle.index(name) :], name))
            says = f'"{name}" stands for itself in the end: {through}'
            self._tell("circular-token", place, says, "give one of them a value of its own")
            return None
        return self.of(name)

    def _other_type(self, name: str, is_: str, wanted: str, place: Place) -> None:
        says = f'"{name}" is a token of type {is_}, and one of type {wanted} is needed here'
        self._tell("wrong-token", place, says, f"name a token of type {wanted}, or write the value itself")

    def _tell_wrong(self, token: Token, wrong: NotAValue) -> None:
        node, instead = wrong.node, wrong.instead
        match node:
            case Scalar(value=None):
                written = "this is empty"
                instead += "; without quotes a `#` starts a comment" if token.kind == "color" else ""
            case Scalar():
                written = f'this is "{node.value}"'
            case Map() if len(node.entries) == 1 and "." in next(iter(node.entries)):
                written, instead = (
                    "this is a map",
                    f'put the name of a token between quotes: "{{{next(iter(node.entries))}}}"',
                )
            case _:
                written = "this is none"
        code = "unreadable-colour" if wrong.must == "a colour" else "wrong-token"
        place = node.place if isinstance(node, Scalar) else token.place
        self._tell(code, place, f'"{token.name}" must be {wrong.must}, and {written}', instead)

    def _tell(self, code: str, place: Place, says: str, hint: str) -> None:
        self._problems.append(Problem(code, place, says, hint))


class _Told(Exception):
    """What is wrong was told already."""
