"""A text as an editor counts it: lines from nothing, and columns in the code units that were agreed on."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from generator.compiler import lines
from generator.model.place import Place

_BREAK = re.compile("\r\n|[\n\r]")
"""Where a line ends to an editor: YAML knows more ends than that."""

_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True)
class Text:
    """What is in an editor's window now. `encoding` is in which units it counts columns."""

    words: str
    encoding: str = "utf-16"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.words))]

    @cached_property
    def _yaml_starts(self) -> list[int]:
        return lines.starts(self.words)

    def span(self, place: Place) -> tuple[tuple[int, int], tuple[int, int]]:
        """Line and column where a place starts, and where it ends."""
        start = self._yaml_starts[min(max(place.line, 1), len(self._yaml_starts)) - 1] + max(place.column - 1, 0)
        return self.position(start), self.position(start + place.length)

    def line(self, place: Place) -> str:
        """The line on which a place is."""
        written = lines.split(self.words)
        return written[place.line - 1] if 0 < place.line <= len(written) else ""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character that stands behind so many others."""
        offset = min(offset, len(self.words))
        line = bisect_right(self._starts, offset) - 1
        return line, self._units(self.words[self._starts[line] : offset])

    def offset(self, line: int, column: int) -> int:
        """How many characters stand before a line and column."""
        if line >= len(self._starts):
            return len(self.words)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.words)
        for length, letter in enumerate(self.words[start:end]):
            if column <= 0 or letter in "\r\n":
                return start + length
            column -= self._units(letter)
        return end

    def place(self, line: int, column: int) -> tuple[int, int]:
        """The line and column of a problem's place, which count from 1 and in characters."""
        offset = self.offset(line, column)
        found = bisect_right(self._yaml_starts, offset)
        return found, offset - self._yaml_starts[found - 1] + 1

    def _units(self, words: str) -> int:
        name, size = _UNITS[self.encoding]
        return len(words.encode(name, "surrogatepass")) // size
