"""Where a JSON pointer leads among design tokens: to one of them, to a group of them, or into a value."""

from dataclasses import dataclass
from urllib.parse import unquote

from generator.compiler.node import Map, Node, Scalar


@dataclass(frozen=True)
class Pointer:
    """`name` is that of a token or a group. `path` leads on within the token's value; empty, it means all of that.

    `sure` says that it can be nothing but a token.
    """

    name: str
    path: tuple[str, ...]
    sure: bool


def reference(node: Node) -> Node | None:
    """What stands under the `$ref` of a node that is nothing but that; nothing where it is another."""
    if isinstance(node, Map) and "$ref" in node.entries and len(node.entries) == 1:
        return node.get("$ref")
    return None


def pointer(written: Node) -> Pointer | None:
    """`#/colour/page/$value/components/0` (https://www.rfc-editor.org/rfc/rfc6901); nothing where it is none."""
    words = written.value if isinstance(written, Scalar) else None
    if not isinstance(words, str) or not words.startswith("#/"):
        return None
    parts = [unquote(part).replace("~1", "/").replace("~0", "~") for part in words[2:].split("/")]
    if "$value" not in parts:
        return Pointer(".".join(parts), (), sure=False)
    at = parts.index("$value")
    return Pointer(".".join(parts[:at]), tuple(parts[at + 1 :]), sure=True)
