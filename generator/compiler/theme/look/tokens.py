"""Design tokens as their files say them, by the form of the W3C's Design Tokens Community Group, 2025.10.

https://www.designtokens.org/tr/2025.10/format/
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import shipped
from generator.compiler import shape, source
from generator.compiler.node import Map, Node, Scalar
from generator.compiler.theme.layers import Layer
from generator.model.nearest import nearest
from generator.model.place import Place
from generator.model.problem import Problem

SCHEMA = shipped.SCHEMAS / "tokens.schema.json"


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


def property_of(name: str) -> str:
    return f"--{name.replace('.', '-')}"


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


def read(layer: Layer, mode: str, problems: list[Problem]) -> Tokens:
    """What a layer says for a mode; nothing where it has no such file. Of what is shipped a test looks at the shape."""
    file = layer.folder / file_of(mode)
    if not file.is_file():
        return {}
    reading = source.read(file, f"{layer.label}/{file.name}")
    before = len(problems)
    problems += reading.problems
    if not isinstance(reading.node, Map):
        if reading.node is not None:
            says = "a file of tokens must be a map, and this is not"
            hint = 'start it with a group: `colour: {page: {$type: color, $value: "#ffffff"}}`'
            problems.append(Problem("wrong-type", reading.node.place, says, hint))
        return {}
    if not file.is_relative_to(shipped.THEMES):
        problems += shape.check(reading.node, SCHEMA)
    return {token.name: token for token in _tokens(reading.node, "", "")} if len(problems) == before else {}


def _tokens(group: Map, above: str, kind: str) -> Iterator[Token]:
    kind = _words(group, "$type") or kind
    for name, entry in group.entries.items():
        if name.startswith("$") or not isinstance(entry.node, Map):
            continue
        below = entry.node
        value = below.get("$value")
        if value is None:
            yield from _tokens(below, f"{above}{name}.", kind)
        else:
            says = _words(below, "$description")
            yield Token(f"{above}{name}", _words(below, "$type") or kind, value, entry.key.place, says)


def _words(node: Map, key: str) -> str:
    found = node.get(key)
    return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else ""
