"""Style sheets, each in its layer of the cascade behind the theme's tokens, with the addresses of what they ask for."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.compiler import lines
from generator.compiler.bake.elsewhere import elsewhere
from generator.compiler.node import Scalar
from generator.compiler.theme import CASCADE, Theme
from generator.compiler.theme.look import SHOWN, Dress
from generator.compiler.theme.look.tokens import property_of
from generator.compiler.theme.look.values import Value
from generator.model.nearest import mended, nearest
from generator.model.place import Place
from generator.model.problem import Problem

Addresses = Mapping[str, str]
"""Where assets are served, by their names."""

_ASKED_FOR = {
    "light": "",
    "dark": "(prefers-color-scheme:dark)",
    "contrast": "(prefers-contrast:more)",
    "dark-contrast": "(prefers-color-scheme:dark) and (prefers-contrast:more)",
}
"""The modes, and how a customer's device asks for them."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_OWN = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_FAMILY = re.compile(r"""font-family:\s*["']?([^"';]+)""")


@dataclass(frozen=True)
class Sheet:
    """A style sheet as it is written, with its comments blanked out, so that places stay what they are."""

    layer: str
    label: str
    words: str

    def place(self, start: int, length: int) -> Place:
        """A span of it, in characters."""
        starts = lines.starts(self.words)
        line = bisect_right(starts, start)
        return Place(self.label, line, start - starts[line - 1] + 1, length)


def joined(theme: Theme, dress: Dress, addresses: Addresses, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The style sheets of the pages and of what is printed, by the names by which templates ask for them."""
    screen = _read(theme, {layer: theme.listed("styles", layer) for layer in CASCADE}, problems)
    paper = _read(theme, {"pages": theme.listed("prints")}, problems)
    problems += _unknown([*screen, *paper], dress)
    yield "style.css", _cascade([("tokens", for_screens(dress)), *_addressed(screen, addresses, problems)])
    printed = [(layer, _written_out(words, dress)) for layer, words in _addressed(paper, addresses, problems)]
    yield "print.css", _cascade(printed)


def preloads(theme: Theme, dress: Dress, addresses: Addresses) -> tuple[str, ...]:
    """The addresses of the fonts that every page needs: the first file of each family that texts and titles have."""
    families = dict.fromkeys(
        value.css.partition(",")[0].strip('"')
        for name in ("font.text", "font.title")
        if (value := dress.modes["light"].get(name))
    )
    found: dict[str, str] = {}
    for sheet in _read(theme, {"base": theme.listed("styles", "base")}, []):
        for face in _FACE.findall(sheet.words):
            family, source = _FAMILY.search(face), _URL.search(face)
            if family and source and source[1] in addresses:
                found.setdefault(family[1].strip(), addresses[source[1]])
    return tuple(found[family] for family in families if family in found)


def for_screens(dress: Dress) -> str:
    """The custom properties of every mode that is shown: each mode says only what is not so without it."""
    said: dict[str, Mapping[str, Value]] = {}
    blocks: list[str] = []
    for mode in SHOWN[dress.scheme]:
        before = {name: value for other, own in said.items() if other in _WITHIN[mode] for name, value in own.items()}
        said[mode] = {name: value for name, value in dress.modes[mode].items() if before.get(name) != value}
        scheme = "" if blocks else f"color-scheme:{_SCHEMES[dress.scheme]};"
        block = f":root{{{scheme}{_declared(said[mode])}}}"
        asked = _ASKED_FOR[mode] if dress.scheme == "auto" else _ASKED_FOR[mode.removeprefix("dark-")]
        if not blocks:
            blocks.append(block)
        elif said[mode]:
            blocks.append(f"@media {asked}{{{block}}}")
    return "\n".join(blocks)


_WITHIN = {"light": (), "dark": ("light",), "contrast": ("light",), "dark-contrast": ("light", "dark", "contrast")}
"""The modes of which a device that asks for a mode sees the custom properties, too."""

_SCHEMES = {"auto": "light dark", "light": "light", "dark": "dark"}


def _declared(values: Mapping[str, Value]) -> str:
    return ";".join(f"{name}:{css}" for name, css in _properties(values))


def _properties(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """The custom properties of tokens: one each, and one for each thing that cannot be said with the rest of it."""
    for name, value in values.items():
        yield property_of(name), value.css
        yield from ((f"{property_of(name)}-{more}", css) for more, css in value.more)


def _written_out(words: str, dress: Dress) -> str:
    """Tokens as their values, always light ones: what is printed at the edge of a sheet of paper sees no properties."""
    values = dict(_properties(dress.modes["light"]))
    return re.sub(rf"{_READ.pattern}\s*\)", lambda found: values.get(found[1], found[0]), words)


def _cascade(sheets: list[tuple[str, str]]) -> str:
    """What a later layer says counts, however specific an earlier one is."""
    layered = {layer: "\n".join(words for one, words in sheets if one == layer) for layer in ("tokens", *CASCADE)}
    blocks = (f"@layer {layer}{{\n{words}\n}}" for layer, words in layered.items() if words)
    return "\n".join((f"@layer {','.join(layered)};", *blocks, ""))


def _read(theme: Theme, names: Mapping[str, tuple[Scalar, ...]], problems: list[Problem]) -> list[Sheet]:
    sheets = []
    for layer, listed in names.items():
        for name in listed:
            file = theme.asset(str(name.value))
            if file is None:
                says = f'there is no "{name.value}" in `assets/`'
                problems.append(Problem("missing-asset", name.place, says, "add it, or take it out"))
            else:
                words = _COMMENT.sub(_blank, file.read_text(encoding="utf-8"))
                sheets.append(Sheet(layer, theme.named(file), words))
    return sheets


def _blank(comment: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", comment[0])


def _unknown(sheets: list[Sheet], dress: Dress) -> Iterator[Problem]:
    """Custom properties that are read and that neither a token nor a sheet of the theme sets."""
    tokens = [*map(property_of, dress.tokens), *(name for name, _ in _properties(dress.modes["light"]))]
    known = {*tokens, *(name for sheet in sheets for name in _OWN.findall(sheet.words))}
    for sheet in sheets:
        for found in _READ.finditer(sheet.words):
            name = found[1]
            if name not in known:
                near = nearest(name, tokens)
                says = f'there is no token for "{name}"'
                hint = (
                    f'did you mean "{near}"?' if near else "read one that is there, or give it a value in `tokens.yaml`"
                )
                edits = mended(name, tokens, place := sheet.place(found.start(1), len(name)))
                yield Problem("unknown-token", place, says, hint, edits=edits)


def _addressed(sheets: list[Sheet], addresses: Addresses, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The sheets with the addresses of what they ask for, each with its layer."""
    for sheet in sheets:

        def address(found: re.Match[str], sheet: Sheet = sheet) -> str:
            asked = found[1]
            if asked.startswith("#") or elsewhere(asked):
                return found[0]
            if asked not in addresses:
                says = f'a style sheet asks for "{asked}", which is not in `assets/`'
                hint = "add the file, or take the line away"
                problems.append(Problem("missing-asset", sheet.place(found.start(1), len(asked)), says, hint))
                return found[0]
            return f"url({addresses[asked]})"

        yield sheet.layer, _URL.sub(address, sheet.words)
