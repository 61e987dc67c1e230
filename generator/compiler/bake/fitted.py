"""The style sheet of one kind of page: without the rules that it has no use for, and as small as it can be written.

A rule is for elements and classes; a page has those that its templates and scripts name. What is named nowhere in them
cannot be met, so nothing changes but how much every customer has to load.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.compiler.bake import smaller
from generator.compiler.bake.orders import kind_of
from generator.compiler.theme import Theme

_PIECE = re.compile(r"""([{};])|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)"']*\)""", re.DOTALL)
_ARGUMENTS = re.compile(r":[a-z-]+\([^()]*(?:\([^()]*\)[^()]*)*\)")
_BEYOND = re.compile(r"::?[\w-]+|\[[^\]]*\]")
_NAMED = re.compile(r"[.#]?-?[A-Za-z][\w-]*")
_TEMPLATE = re.compile(r"""["']([\w/.:-]+\.html)["']""")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_ALWAYS = frozenset({"html", "body", "to", "from"})


@dataclass(frozen=True)
class Words:
    """What templates and scripts name; of `saved-{{ kind }}` the beginning is known, which ends in a hyphen."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    def __contains__(self, word: object) -> bool:
        return word in self.whole or word in _ALWAYS or (isinstance(word, str) and word.startswith(self.begun))


def fitted(sheet: str, theme: Theme, kind: str) -> str:
    """What of the sheet pages of this kind can have a use for; all of it where the kind is none that is known."""
    if not kind:
        return smaller.small(sheet)
    words = words_of(theme, kind)
    return smaller.settled(smaller.small("".join(kept(sheet, words))), words)


def words_of(theme: Theme, kind: str) -> Words:
    """Every word of the templates of these pages, of those that they are made with, and of the theme's scripts."""
    names = {file.relative_to(layer.templates).as_posix() for layer in theme.layers for file in _files(layer.templates)}
    waiting = [name for name in names if kind_of(name) == kind]
    read: dict[str, str] = {}
    while waiting:
        file = theme.template(name := waiting.pop())
        if name not in read and file is not None:
            read[name] = file.read_text(encoding="utf-8", errors="replace")
            waiting += _TEMPLATE.findall(read[name])
    scripts = (file.read_text(encoding="utf-8") for layer in theme.layers for file in layer.assets.rglob("*.js"))
    found = {word for words in (*read.values(), *scripts) for word in _WORD.findall(words)}
    return Words(frozenset(found), tuple(sorted(word for word in found if word.endswith("-"))))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*.html") if file.is_file())


def kept(sheet: str, words: Words) -> Iterator[str]:
    """Rule by rule; what stands around rules is there when one of them is."""
    pending: list[str] = []
    dropped = begun = 0
    for found in _PIECE.finditer(sheet):
        if not found[1]:
            continue
        said = sheet[begun : found.end()]
        begun = found.end()
        if dropped:
            dropped += {"{": 1, "}": -1, ";": 0}[found[1]]
        elif found[1] == "{":
            if _for_them(said[:-1], words):
                pending.append(said)
            else:
                dropped = 1
        elif found[1] == "}" and pending and not said[:-1].strip():
            pending.pop()
        else:
            yield from pending
            pending.clear()
            yield said


def _for_them(around: str, words: Words) -> bool:
    if "@" in around:
        return True
    return any(_met(selector, words) for selector in _ARGUMENTS.sub("", around).split(","))


def _met(selector: str, words: Words) -> bool:
    return all(name.lstrip(".#") in words for name in _NAMED.findall(_BEYOND.sub("", selector)))
