"""Texts that stand in the definition itself."""

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
