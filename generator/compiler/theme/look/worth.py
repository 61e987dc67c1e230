"""What tokens are worth in a mode: their values, through all that they stand for and that pointers lead to."""

from collections.abc import Mapping
from dataclasses import replace

from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.compiler.theme.look.composed import KINDS, value
from generator.compiler.theme.look.pointers import Pointer, pointer, reference
from generator.compiler.theme.look.tokens import Token, Tokens, instead
from generator.compiler.theme.look.values import NotAValue, Value, alias
from generator.model.nearest import mended
from generator.model.place import Place
from generator.model.problem import Problem


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
        try:
            node = self._led(token.value)
        except _Told:
            return None
        named = alias(node)
        if named is not None:
            found = self._named(named, node.place)
            if found and token.kind and found.kind != token.kind:
                self._other_type(named, found.kind, token.kind, node.place)
                return None
            return found
        if token.kind not in KINDS:
            says = f'the token "{token.name}" has no type'
            hint = f"add `$type:` to it or to its group, one of: {', '.join(KINDS)}"
            self._tell("wrong-token", token.place, says, hint)
            return None
        try:
            return value(token.kind, node, self._aliased)
        except NotAValue as wrong:
            self._tell_wrong(token, wrong)
            return None
        except _Told:
            return None

    def _aliased(self, node: Node, kind: str) -> str | None:
        named = alias(node)
        if named is None:
            return None
        found = self._named(named, node.place)
        if found is None:
            raise _Told
        if found.kind != kind:
            self._other_type(named, found.kind, kind, node.place)
            raise _Told
        return found.css

    def _led(self, node: Node) -> Node:
        """The same with that to which pointers lead in their place."""
        written = reference(node)
        if written is not None:
            return self._at(written)
        match node:
            case Map():
                led = {name: Entry(entry.key, self._led(entry.node)) for name, entry in node.entries.items()}
                return Map(led, node.place)
            case List():
                return List(tuple(self._led(item) for item in node.items), node.place)
        return node

    def _at(self, written: Node) -> Node:
        """The part of a value to which a pointer leads; where that is all of it, the name of its token."""
        to = pointer(written)
        if to is None:
            says = "a `$ref` leads to a token of the theme or into its value, and this leads nowhere there"
            self._tell("lost-pointer", written.place, says, 'write it such as "#/colour/page/$value"')
            raise _Told
        if not to.path:
            return Scalar(f"{{{to.name}}}", written.place)
        return replace(self._part(to, written.place), place=written.place)

    def _part(self, to: Pointer, place: Place) -> Node:
        if not self._there(to.name, place):
            raise _Told
        self._under_way.append(self._tokens[to.name])
        try:
            node = self._led(self._tokens[to.name].value)
            for at, key in enumerate(to.path):
                named = alias(node)
                if named is not None:
                    return self._part(Pointer(named, to.path[at:], sure=True), place)
                found = _below(node, key)
                if found is None:
                    self._lost(to, key, node, place)
                    raise _Told
                node = found
        finally:
            self._under_way.pop()
        return node

    def _lost(self, to: Pointer, key: str, node: Node, place: Place) -> None:
        says = f'in the value of "{to.name}" there is no "{key}" where this leads'
        match node:
            case Map():
                hint = f"write one of: {', '.join(node.entries)}"
            case List():
                hint = f"write a number from 0 to {len(node.items) - 1}"
            case _:
                hint = "the value is one word: lead to all of it, or write it there in parts"
        self._tell("lost-pointer", place, says, hint)

    def _named(self, name: str, place: Place) -> Value | None:
        return self.of(name) if self._there(name, place) else None

    def _there(self, name: str, place: Place) -> bool:
        """Whether there is such a token, and its value does not hang on itself."""
        if name not in self._tokens:
            says = f'there is no token "{name}"'
            inside = (
                Place(place.file, place.line, place.column + 2, len(name)) if place.length == len(name) + 4 else place
            )
            edits = mended(name, self._tokens, inside)
            self._problems.append(Problem("unknown-token", place, says, instead(name, self._tokens), edits=edits))
            return False
        circle = [token.name for token in self._under_way]
        if name in circle:
            through = " → ".join((*circle[circle.index(name) :], name))
            says = f'"{name}" stands for itself in the end: {through}'
            self._tell("circular-token", place, says, "give one of them a value of its own")
            return False
        return True

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


def _below(node: Node, key: str) -> Node | None:
    match node:
        case Map():
            return node.get(key)
        case List() if key.isdecimal() and int(key) < len(node.items):
            return node.items[int(key)]
    return None


class _Told(Exception):
    """What is wrong was told already."""
