"""Single values out of nodes whose shape is already known to be right."""

from collections.abc import Iterator

from generator.compiler.node import Entry, List, Map, Node, Scalar


def string(node: Node | None, otherwise: str = "") -> str:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else otherwise


def integer(node: Node | None, otherwise: int) -> int:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, int) else otherwise


def flag(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is True


def strings(node: Node | None) -> tuple[str, ...]:
    items = node.items if isinstance(node, List) else ()
    return tuple(string(item) for item in items)


def entries(node: Node | None) -> Iterator[Entry]:
    """The entries of a map, in their order; none where there is no map."""
    if isinstance(node, Map):
        yield from node.entries.values()


def below(node: Node | None, *path: str) -> Node | None:
    """What stands under these keys, one below the other."""
    for key in path:
        node = node.get(key) if isinstance(node, Map) else None
    return node
