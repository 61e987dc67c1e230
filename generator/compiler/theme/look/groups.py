"""What a group of design tokens takes over from another: all that it does not say itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.compiler.node import Scalar
from generator.compiler.theme.look.tokens import Taken, Token, Tokens, Written
from generator.compiler.theme.look.values import alias
from generator.model.nearest import nearest
from generator.model.place import Place
from generator.model.problem import Problem


def completed(written: Written, beside: Tokens, problems: list[Problem]) -> Tokens:
    """What a file says, with what its groups take over: each such token stands for the one that it is taken from, so
    that it is what that is in every mode. `beside` is what farther files say.
    """
    return _Groups(written, beside, problems).all()


@dataclass
class _Groups:
    written: Written
    beside: Tokens
    problems: list[Problem]

    def __post_init__(self) -> None:
        self._own = dict(self.written.tokens)
        self._waiting = {taken.group: taken for taken in self.written.taken}
        self._under_way: list[Taken] = []

    def all(self) -> Tokens:
        for group in [*self._waiting]:
            self._complete(group)
        return self._own

    def _complete(self, group: str) -> None:
        taken = self._waiting.get(group)
        if taken is None:
            return
        circle = self._circle(taken)
        if circle:
            del self._waiting[group]
            says = f'"{group}" takes over from itself in the end: {" → ".join(circle)}'
            self._tell("circular-token", taken.place, says, "let one of them say itself what it has")
            return
        self._under_way.append(taken)
        for other in [*self._waiting]:
            if other != group and _related(other, taken.source):
                self._complete(other)
        self._under_way.pop()
        if self._waiting.pop(group, None):
            self._take(taken)

    def _circle(self, taken: Taken) -> list[str]:
        """The groups through which this one takes over from itself; nothing where it does not."""
        way = [one.group for one in self._under_way]
        if taken.group in way:
            return [*way[way.index(taken.group) :], taken.group]
        return [taken.group, taken.source] if _related(taken.group, taken.source) else []

    def _take(self, taken: Taken) -> None:
        known = {**self.beside, **self._own}
        inside = f"{taken.source}."
        names = [name for name in known if name.startswith(inside)]
        if taken.source in known and taken.may_be_token:
            names, inside = [taken.source], taken.source
        for name in names:
            own = f"{taken.group}.{name.removeprefix(inside)}" if name != inside else taken.group
            stands_for = Token(own, taken.kind, Scalar(f"{{{name}}}", taken.place), taken.place, known[name].says)
            self._own.setdefault(own, stands_for)
        if not names and taken.source not in self.written.groups:
            self._tell_unknown(taken, known)
        self._typed(taken, known)

    def _typed(self, taken: Taken, known: Tokens) -> None:
        """What the group says itself is of the type that the other says, where nobody says it nearer."""
        kinds = {token.kind for name, token in known.items() if name.startswith(f"{taken.source}.")}
        kind = self.written.groups.get(taken.source) or (kinds.pop() if len(kinds) == 1 else "")
        self.written.groups[taken.group] = self.written.groups.get(taken.group) or kind
        for name, token in self._own.items():
            if name.startswith(f"{taken.group}.") and not token.kind and alias(token.value) is None:
                self._own[name] = replace(token, kind=kind)

    def _tell_unknown(self, taken: Taken, known: Tokens) -> None:
        groups = {*self.written.groups, *_groups_of(known)}
        if taken.source in known:
            says = f'"{taken.source}" is a token, and a group takes over from another group'
            hint = "name the group that it is in, or write `$value:` for one token"
            self._tell("unknown-group", taken.place, says, hint)
            return
        what = "token and no group" if taken.may_be_token else "group of tokens"
        near = nearest(taken.source, {*groups, *known} if taken.may_be_token else groups)
        hint = f'did you mean "{near}"?' if near else "name one that is there"
        self._tell("unknown-group", taken.place, f'there is no {what} "{taken.source}"', hint)

    def _tell(self, code: str, place: Place, says: str, hint: str) -> None:
        self.problems.append(Problem(code, place, says, hint))


def _related(one: str, other: str) -> bool:
    """Whether they are the same group, or one is in the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _groups_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:end]) for end in range(1, len(parts)))
