"""A live name as a template holds it: it can be placed and passed on, and nothing else, because it has no value yet."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from generator.compiler.bake.kinds import FORMATS_OF, Kind, kind_of, names_of
from generator.model.nearest import suggestion
from generator.model.page import Name


class LiveProblem(Exception):
    """A template uses a live name in a way that cannot work. Carries what is wrong and what to write instead."""

    def __init__(self, code: str, says: str, hint: str, word: str) -> None:
        super().__init__(says)
        self.code, self.says, self.hint, self.word = code, says, hint, word


NO_KEYS: Mapping[str, tuple[str, ...]] = {}


class Live:
    """`keys` are the ids that maps have on this page, by the map; `optional` the names on the way that may lack one."""

    __slots__ = ("_format", "_keys", "_kind", "_name", "_optional")

    def __init__(
        self,
        name: Name,
        kind: Kind,
        keys: Mapping[str, tuple[str, ...]] = NO_KEYS,
        format: str | None = None,
        optional: tuple[Name, ...] = (),
    ) -> None:
        self._name, self._kind, self._keys, self._format = name, kind, keys, format
        self._optional = (*optional, name) if kind.optional else optional

    def __getattr__(self, part: str) -> "Live":
        if part.startswith("__"):
            raise AttributeError(part)
        return self[part]

    def __getitem__(self, part: Any) -> "Live":
        if isinstance(part, Live):
            _too_early(self, "be looked into by another live name", "name the part itself")
        match self._kind.sort:
            case "thing":
                names = names_of(self._kind.of)
                if part in names:
                    return Live((*self._name, part), names[part], self._keys, None, self._optional)
                hint = suggestion(part, names)
            case "map":
                keys = self._keys.get(self._name[-1], ())
                if part in keys:
                    return Live((*self._name, part), kind_of(self._kind.of), NO_KEYS, None, self._optional)
                hint = suggestion(part, keys)
            case _:
                hint = f"`{dotted(self)}` is {self._kind.in_words}"
        says = f'"{dotted(self)}.{part}" is no live name of this page'
        raise LiveProblem("unknown-live-name", says, hint, f"{dotted(self)}.{part}")

    def __bool__(self) -> NoReturn:
        _too_early(self, "decide an {% if %}", "write {% when NAME %}…{% endwhen %}")

    def __iter__(self) -> Iterator[Any]:
        _too_early(self, "be gone through by a {% for %}", "write {% each NAME as item %}…{% endeach %}")

    def __eq__(self, other: object) -> bool:
        _too_early(self, "be compared", 'write {% case NAME %}{% is "…" %}…{% endcase %}')

    def __str__(self) -> str:
        _too_early(self, "be changed as a text", "place it as it is: {{ NAME }}")

    def _refuse(self, *_: object) -> NoReturn:
        _too_early(self, "be reckoned with", "have the value made in `present`, under a name of its own")

    __hash__ = None  # type: ignore[assignment]
    __call__ = __len__ = __int__ = __contains__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __mod__ = __neg__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


def dotted(live: Live) -> str:
    """The name as a template writes it."""
    return ".".join(live._name)


def kind(live: Live) -> Kind:
    return live._kind


def name(live: Live) -> Name:
    return live._name


def explicit_format(live: Live) -> str | None:
    """The format that a template asked for; None for the usual one."""
    return live._format


def may_lack(live: Live) -> tuple[Name, ...]:
    """The names on the way to it that may have no value."""
    return live._optional


def in_format(live: Live, format: str) -> Live:
    """The same, to be written out in this way."""
    allowed = FORMATS_OF.get(live._kind.sort, ())
    if format not in allowed:
        says = f'"{dotted(live)}" is {live._kind.in_words} and cannot be written out as "{format}"'
        hint = suggestion(format, [known for known in allowed if known]) if any(allowed) else "leave the format away"
        raise LiveProblem("wrong-format", says, hint, dotted(live))
    return Live(live._name, live._kind, live._keys, format, tuple(n for n in live._optional if n != live._name))


def item(live: Live, name: str) -> Live:
    """What a list is made of, under a name of its own."""
    if live._kind.sort != "list":
        says = f'"{dotted(live)}" is {live._kind.in_words}, not a list'
        raise LiveProblem("wrong-kind", says, "{% each %} goes through lists only", dotted(live))
    return Live((name,), kind_of(live._kind.of))


def _too_early(live: Live, what: str, hint: str) -> NoReturn:
    says = f'"{dotted(live)}" is known only when a customer asks for the page: it cannot {what} at build'
    raise LiveProblem("too-early", says, hint.replace("NAME", dotted(live)), dotted(live))
