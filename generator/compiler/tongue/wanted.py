"""All that a site says, by the keys under which a file of texts says it in another language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.compiler import theme
from generator.compiler.node import Map, Node, Scalar
from generator.compiler.spoken import THEME
from generator.compiler.theme.phrases import Counted, Texts
from generator.locale import speech
from generator.model.site import Site
from generator.model.text import spellings


@dataclass(frozen=True)
class Saying:
    """One sentence that is to be said; `model` is what it says in a language that is spoken already."""

    model: str


@dataclass(frozen=True)
class Fixed:
    """A value that is the same in every language: the name of what a sentence counts."""

    value: str


Tree = Mapping[str, Any]
"""By key: a `Tree` again, a `Saying` or a `Fixed`."""

_FIELDS: Mapping[str, Any] = {"*": {"label": None, "help": None, "options": {"*": None}}}
_SCREEN: Mapping[str, Any] = {"title": None, "intro": None, "text": None, "fields": _FIELDS}
_STEP: Mapping[str, Any] = {**_SCREEN, "choices": {"*": {"title": None, "text": None}}}
SHAPE: Mapping[str, Any] = {
    "site": {"slots": {"*": None}},
    "portal": {"sections": {"*": _SCREEN}},
    "workflows": {"*": {"title": None, "steps": {"*": _STEP}}},
}
"""Where a definition says something: None is a text, `*` stands for all names of the definition's own."""


def tree(site: Site, definition: Map, beside: Path, language: str) -> Tree:
    """All that a file says that brings this language; the definition's folder is `beside`.

    Of a language that the theme speaks, and of texts that the definition itself says in it, nothing is wanted.
    """
    layers = theme.layers_of(site.look.theme, site.look.theme_place, theme.places(beside, ""), [])
    spoken = not layers or theme.speaks(layers, language)
    of_theme = {} if spoken else _of_theme(theme.model(layers, site.languages), language)
    return {**of_theme, **dict(_below(definition, SHAPE, language, site.languages))}


def unsaid(tree: Tree, file: Node | None) -> list[tuple[str, ...]]:
    """The keys of what the file does not say, in the order of the tree."""
    return list(_unsaid(tree, file))


def _unsaid(tree: Tree, file: Node | None) -> Iterator[tuple[str, ...]]:
    for name, below in tree.items():
        node = file.get(name) if isinstance(file, Map) else None
        if isinstance(below, Saying) and not (isinstance(node, Scalar) and node.value is not None):
            yield (name,)
        elif isinstance(below, Mapping):
            yield from ((name, *key) for key in _unsaid(below, node))


def _of_theme(model: Texts, language: str) -> Tree:
    """`model` is what the theme says, in a language that it speaks."""
    tree: dict[str, Any] = {}
    for key, saying in model.items():
        *above, last = key.split(".")
        into = tree
        for name in above:
            into = into.setdefault(name, {})
        if isinstance(saying, Counted):
            usual = saying.forms.get("other") or next(iter(saying.forms.values()))
            forms = speech.plural_categories(language)
            said = {form: Saying(saying.forms.get(form, usual).says) for form in forms}
            into[last] = {"plural": Fixed(saying.count), **said}
        else:
            into[last] = Saying(saying.says)
    return {THEME: tree}


def _below(
    node: Node, shape: Mapping[str, Any], language: str, languages: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    for name, entry in node.entries.items() if isinstance(node, Map) else ():
        if name not in shape and "*" not in shape:
            continue
        inside = shape.get(name, shape.get("*"))
        if inside is None:
            model = _model(entry.node, languages)
            if model and not _inline(entry.node, language):
                yield name, Saying(model)
        elif below := dict(_below(entry.node, inside, language, languages)):
            yield name, below


def _model(text: Node, languages: tuple[str, ...]) -> str:
    """What a text says in the first of the languages in which it says anything."""
    named = text.entries.items() if isinstance(text, Map) else ()
    says = {name: str(entry.node.value) for name, entry in named if isinstance(entry.node, Scalar) and entry.node.value}
    return next((says[name] for name in (*languages, *says) if name in says), "")


def _inline(text: Node, language: str) -> bool:
    """Whether somebody said it in this language, in whatever file: then nobody need say it again."""
    return isinstance(text, Map) and any(text.get(spelling) is not None for spelling in spellings(language))
