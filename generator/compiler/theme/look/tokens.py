"""Design tokens as their files say them, by the form of the W3C's Design Tokens Community Group, 2025.10.

https://www.designtokens.org/tr/2025.10/format/
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator import shipped
from generator.compiler import shape, source
from generator.compiler.node import Entry, Map, Node, Scalar
from generator.compiler.theme.layers import Layer
from generator.compiler.theme.look.pointers import pointer
from generator.model.nearest import nearest
from generator.model.place import Place
from generator.model.problem import Problem

SCHEMA = shipped.SCHEMAS / "tokens.schema.json"

ROOT = "$root"
"""The token that has the name of its group: `colour.accent.$root`."""


@dataclass(frozen=True)
class Token:
    """One value under a name such as `colour.page`. `kind` is its `$type`, or that of the group it is in, or nothing.

    `place` is where it is written, `says` what it is for.
    """

    name: str
    kind: str
    value: Node
    place: Place
    says: str = ""

    @property
    def property(self) -> str:
        """The custom property that style sheets read."""
        return property_of(self.name)

    def over(self, other: "Token | None") -> "Token":
        """In the place of another of its name: what it leaves out, that one says."""
        if other is None:
            return self
        return replace(self, kind=self.kind or other.kind, says=self.says or other.says)


Tokens = Mapping[str, Token]


@dataclass(frozen=True)
class Taken:
    """A group that takes over from another what it does not say itself. `kind` is the type that it says for all in it.

    `may_be_token` is so of a `$ref` beside which nothing stands: where it leads to a token, it is that token's name.
    """

    group: str
    source: str
    kind: str
    place: Place
    may_be_token: bool


@dataclass
class Written:
    """What a file says: its tokens, its groups with the type of what is in them, and what those take over."""

    tokens: dict[str, Token] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)


def property_of(name: str) -> str:
    """A name may have letters that no custom property may have; the root of a group is called as the group is."""
    return "--" + re.sub(r"[^\w-]+", "-", name.removesuffix(f".{ROOT}"))


def meant(name: str, names: Iterable[str]) -> str:
    """The token that somebody probably meant: one of the same group whose own name is near, else any; or nothing."""
    names, (group, _, own) = tuple(names), name.rpartition(".")
    beside = {one.rpartition(".")[2]: one for one in names if one.rpartition(".")[0] == group}
    return beside.get(nearest(own, beside), "") or (nearest(name, names) if not beside else "")


def instead(name: str, names: Iterable[str]) -> str:
    """What to write in the place of a token that there is not."""
    near = meant(name, names)
    return f'did you mean "{near}"?' if near else f"name one that is there, or give it a value in `{file_of('')}`"


def file_of(mode: str) -> str:
    """The file in which a theme says its tokens, or what is otherwise in a mode."""
    return f"tokens.{mode}.yaml" if mode else "tokens.yaml"


def read(layer: Layer, mode: str, problems: list[Problem]) -> Written:
    """What a layer says for a mode; nothing where it has no such file. Of what is shipped a test looks at the shape."""
    written = Written()
    file = layer.folder / file_of(mode)
    if not file.is_file():
        return written
    reading = source.read(file, f"{layer.label}/{file.name}")
    before = len(problems)
    problems += reading.problems
    if not isinstance(reading.node, Map):
        if reading.node is not None:
            says = "a file of tokens must be a map, and this is not"
            hint = 'start it with a group: `colour: {page: {$type: color, $value: "#ffffff"}}`'
            problems.append(Problem("wrong-type", reading.node.place, says, hint))
        return written
    if not file.is_relative_to(shipped.THEMES):
        problems += shape.check(reading.node, SCHEMA)
    if len(problems) == before:
        _group(reading.node, "", "", written, problems)
    return written


def _group(group: Map, above: str, kind: str, written: Written, problems: list[Problem]) -> None:
    kind = _words(group, "$type") or kind
    for name, entry in group.entries.items():
        if isinstance(entry.node, Map) and (name == ROOT or not name.startswith("$")):
            _named(entry, f"{above}{name}", kind, written, problems)


def _named(entry: Entry, name: str, kind: str, written: Written, problems: list[Problem]) -> None:
    """A token where it has a value, else a group."""
    node = entry.node
    assert isinstance(node, Map)
    inner = [key for key in node.entries if key == ROOT or not key.startswith("$")]
    own = _words(node, "$type")
    value, ref = node.get("$value"), node.get("$ref")
    led = pointer(ref) if ref else None
    if value is not None and (inner or ref):
        other = f'"{inner[0]}" in it' if inner else "a `$ref`"
        says = f'"{name}" has a `$value`, which makes it a token, and {other}'
        hint = "keep one of them; a group may have a token of its own name, `$root`"
        problems.append(Problem("token-and-group", entry.key.place, says, hint))
    elif value is not None:
        says = _words(node, "$description")
        written.tokens[name] = Token(name, own or kind, value, entry.key.place, says)
    elif ref and not inner and (led is None or led.sure):
        value = Map({"$ref": node.entries["$ref"]}, node.place)
        written.tokens[name] = Token(name, own or kind, value, entry.key.place, _words(node, "$description"))
    else:
        written.groups[name] = own or kind
        written.taken += _taken(node, name, own, alone=not inner)
        _group(node, f"{name}.", kind, written, problems)


def _taken(node: Map, name: str, kind: str, alone: bool) -> Iterator[Taken]:
    for key in ("$extends", "$ref"):
        said = node.get(key)
        if said is None:
            continue
        assert isinstance(said, Scalar), "its shape was looked at"
        led = pointer(said)
        source_name = led.name if led else str(said.value).strip("{}")
        yield Taken(name, source_name, kind, said.place, may_be_token=alone and key == "$ref")


def _words(node: Map, key: str) -> str:
    found = node.get(key)
    return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else ""
