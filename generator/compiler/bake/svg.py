"""Reads an SVG picture and says what in it acts, moves or reaches out of the file, each with its place.

It is served as a picture and never put into a page; but a picture can be opened by itself, and then it is a page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.model.place import Place
from generator.model.problem import Problem

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

MOST_DEPTH = 64
MOST_DRAWN = 50_000
"""How many elements a browser may have to draw, those that are used again counted each time."""

MOST_TOLD = 20
"""Nobody reads more of one picture at once; the rest is told when these are mended."""

_ACTS: Mapping[str, str] = {
    "script": "runs as a program",
    "foreignObject": "brings in a page",
    "a": "leads elsewhere",
    **dict.fromkeys(("animate", "animateMotion", "animateTransform", "set", "discard"), "changes by itself"),
}
"""Elements of SVG that are more than a drawing, and what they do."""

_LIVELY = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
"""Other languages that a browser acts upon; those of drawing programs it passes over."""

_BASE = "http://www.w3.org/XML/1998/namespace base"
_INSIDE = re.compile(r"#|data:(?:image/(?:png|jpeg|webp)|font/[a-z0-9]+|application/(?:x-)?font-[a-z0-9]+)[;,]")
_URL = re.compile(r"""\b(?:url|src|image|image-set)\(\s*["']?\s*([^"')\s]*)""", re.IGNORECASE)
_IMPORT = re.compile(r"@import", re.IGNORECASE)
_KEYFRAMES = re.compile(r"@(?:-[a-z]+-)?keyframes", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t]?")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass
class _Element:
    """One that is open. `words` are those of a style sheet, beginning at `place`."""

    place: Place
    id: str = ""
    inside: int = 1
    uses: list[str] = field(default_factory=list)
    words: list[str] | None = None


class _Stop(Exception):
    """What follows cannot be read, or need not."""


def check(data: bytes, label: str, broken: str) -> list[Problem]:
    """What is wrong with the picture; nothing outside of it is ever read.

    `label` is what problems call the file, `broken` the code of one that browsers cannot show.
    """
    return _Reader(data, label, broken).read()


class _Reader:
    """Hears of each element as it is read."""

    def __init__(self, data: bytes, label: str, broken: str) -> None:
        self._data, self._label, self._broken = data, label, broken
        self._problems: list[Problem] = []
        self._open = [_Element(Place(label, 1, 1))]
        self._known: dict[str, _Element] = {}
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words

    def read(self) -> list[Problem]:
        try:
            self._parser.Parse(self._data, True)
        except _Stop:
            return self._problems
        except (expat.ExpatError, LookupError, ValueError) as fault:
            says = f"the picture cannot be read from here on ({str(fault).partition(':')[0]})"
            self._wrong(self._here(), says, "save it again from the program that drew it")
            return self._problems
        if not self._problems and self._drawn() > MOST_DRAWN:
            says = f"parts that are used again and again make more than {MOST_DRAWN:,} elements to draw"
            self._wrong(self._open[0].place, says, "draw it with fewer")
        return self._problems

    def _here(self) -> Place:
        return Place(self._label, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _wrong(self, place: Place, says: str, hint: str) -> None:
        """It is no picture that browsers can show."""
        self._problems.append(Problem(self._broken, place, says, hint))

    def _unsafe(self, place: Place, says: str, hint: str) -> None:
        self._problems.append(Problem("unsafe-picture", place, says, hint))
        if len(self._problems) >= MOST_TOLD:
            raise _Stop

    def _doctype(self, *_: object) -> None:
        says = "a DOCTYPE can name files elsewhere, and make a small picture endless"
        # It is heard of where it ends, or where its bracket opens.
        before, found = self._data.partition(b"<!DOCTYPE")[:2]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        place = Place(self._label, line, column, len(found)) if found else self._here()
        self._unsafe(place, says, "remove <!DOCTYPE …>, with all that stands in its brackets")
        raise _Stop

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._unsafe(self._here(), f"<?{target} …?> asks for another file", "remove it")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        here = self._here()
        if len(self._open) == 1:
            self._is_picture(here, space, tag, attributes)
        if len(self._open) > MOST_DEPTH:
            self._wrong(here, f"elements are nested deeper than {MOST_DEPTH}", "ungroup what is drawn")
            raise _Stop
        if space == SVG and tag in _ACTS:
            self._unsafe(here, f"<{tag}> {_ACTS[tag]}", f"remove <{tag}>, with all that stands in it")
        elif space in _LIVELY:
            self._unsafe(here, f"<{tag}> is no part of a drawing", f"remove <{tag}>, with all that stands in it")
        for written, value in attributes.items():
            self._attribute(written, value)
        hrefs = [value.strip() for name, value in attributes.items() if name in ("href", f"{XLINK} href")]
        uses = [href.removeprefix("#") for href in hrefs] if tag == "use" else []
        self._open.append(
            _Element(here, attributes.get("id", ""), uses=uses, words=[] if (space, tag) == (SVG, "style") else None)
        )

    def _is_picture(self, here: Place, space: str, tag: str, attributes: Mapping[str, str]) -> None:
        if (space, tag) != (SVG, "svg"):
            says = f'this is <{tag}> and no SVG picture, which begins with <svg xmlns="{SVG}">'
            self._wrong(here, says, "save it as SVG from the program that drew it")
            raise _Stop
        if "viewBox" not in attributes and not {"width", "height"} <= attributes.keys():
            says = "the picture does not say how large it is, and every browser would guess otherwise"
            self._wrong(here, says, 'add `viewBox="0 0 WIDTH HEIGHT"` to <svg>')

    def _attribute(self, written: str, value: str) -> None:
        space, _, name = written.rpartition(" ")
        plain = "".join(value.split()).lower()
        if not space and name.lower().startswith("on"):
            self._unsafe(self._at(name), f'the attribute "{name}" runs as a program', f"remove `{name}`")
        elif written == _BASE:
            self._unsafe(self._at("xml:base"), '"xml:base" moves every address of the file', "remove `xml:base`")
        elif "javascript:" in plain or plain.startswith("data:text"):
            self._unsafe(self._at(name), f'the address in "{name}" runs as a program', f"remove `{name}`")
        elif name in ("href", "src") and space in ("", XLINK) and not _INSIDE.match(plain):
            says = f'"{_short(value)}" leads out of the file'
            hint = f"remove `{name}`, or put the picture that it names into the file, as `data:image/png;base64,…`"
            self._unsafe(self._at(name), says, hint)
        elif "(" in value or "\\" in value:
            self._style(value, self._at(name), name)

    def _at(self, name: str) -> Place:
        """Where the attribute stands in the tag that is being read."""
        start = self._parser.CurrentByteIndex
        tag = self._data[start : self._data.find(b">", start)].decode("utf-8", errors="replace")
        found = re.search(rf"[\s:]{re.escape(name)}\s*=", tag)
        here = self._here()
        if found is None:
            return here
        line, _, before = tag[: found.start() + 1].rpartition("\n")
        lines = line.count("\n") + 1 if "\n" in tag[: found.start() + 1] else 0
        return Place(self._label, here.line + lines, len(before) + (1 if lines else here.column), len(name))

    def _words(self, words: str) -> None:
        element = self._open[-1]
        if element.words is not None:
            if not element.words:
                element.place = self._here()
            element.words.append(words)

    def _style(self, words: str, place: Place, name: str) -> None:
        """A style sheet, or an attribute that says the same: also where letters are written as their numbers."""
        plain = _ESCAPE.sub(_letter, _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), words))

        def at(start: int) -> Place:
            line = plain.count("\n", 0, start)
            column = start - plain.rfind("\n", 0, start) if line else place.column + start
            return Place(self._label, place.line + line, column) if name == "style sheet" else place

        for found in _IMPORT.finditer(plain):
            self._unsafe(at(found.start()), f"@import in a {name} asks for another file", "remove it")
        for found in _KEYFRAMES.finditer(plain):
            self._unsafe(at(found.start()), f"@keyframes in a {name} has the picture move", "remove it")
        for found in _URL.finditer(plain):
            if not _INSIDE.match(found[1].lower()):
                says = f'"{_short(found[0])}" in "{name}" leads out of the file'
                self._unsafe(at(found.start()), says, "name something in the file itself, such as `url(#shade)`")

    def _end(self, _: str) -> None:
        closed = self._open.pop()
        if closed.words:
            self._style("".join(closed.words), closed.place, "style sheet")
        if closed.id:
            self._known.setdefault(closed.id, closed)
        around = self._open[-1]
        around.inside += closed.inside
        around.uses += closed.uses

    def _drawn(self) -> int:
        """How many elements are drawn; more than may be where parts use each other in a circle."""
        counted: dict[str, int] = {}

        def count(id: str, depth: int) -> int:
            if id not in counted:
                counted[id] = MOST_DRAWN + 1
                element = self._known.get(id, _Element(self._open[0].place))
                if depth < MOST_DEPTH:
                    used = sum(count(used, depth + 1) for used in element.uses)
                    counted[id] = min(element.inside + used, MOST_DRAWN + 1)
            return counted[id]

        root = self._open[0]
        return root.inside + sum(count(used, 0) for used in root.uses)


def _letter(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
