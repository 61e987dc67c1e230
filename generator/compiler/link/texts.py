"""Texts that stand in the definition itself."""

from collections.abc import Iterator, Mapping

from generator.compiler.link import words
from generator.compiler.node import Map, Node, Scalar
from generator.model.text import Phrase, Text


def text(node: Node | None) -> Text | None:
    """`{en: …, fr: …}` as it was written; None where nothing was."""
    if not isinstance(node, Map):
        return None
    phrases = [
        Phrase(language, entry.node.value, entry.node.place)
        for language, entry in node.entries.items()
        if isinstance(entry.node, Scalar) and isinstance(entry.node.value, str)
    ]
    return Text(tuple(phrases)) if phrases else None


def by_key(node: Node, language: str) -> Mapping[str, Phrase]:
    """Sentences by the keys that lead to them: `payment: {pay: …}` is `payment.pay`."""
    return dict(_by_key(node, language, ""))


def _by_key(node: Node, language: str, before: str) -> Iterator[tuple[str, Phrase]]:
    for entry in words.entries(node):
        key = f"{before}{entry.name}"
        if isinstance(entry.node, Scalar) and isinstance(entry.node.value, str):
            yield key, Phrase(language, entry.node.value, entry.node.place)
        yield from _by_key(entry.node, language, f"{key}.")
