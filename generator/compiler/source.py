"""Reads YAML so that every node keeps the place where it was written.

YAML 1.2's core schema (`NO`, `on` and `12:30` are text), and only the plain part of it: no anchors, aliases, tags or
merge keys, no key twice. Events from libyaml where it is there: composing nodes is many times slower, because the
garbage collector walks them again and again, and it would follow aliases before anybody could refuse them.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.compiler import comments, ignores, lines, sweeping
from generator.compiler.codes import MOST_DEPTH, MOST_PROBLEMS
from generator.compiler.ignores import Ignore
from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.model.place import Place
from generator.model.problem import Edit, Problem, Related

CATALOGS = ("catalog.yaml", "catalog.yml")
"""What a catalog is called: so it is found beside the definition."""

MOST_BYTES = 8_000_000
MOST_LINES = 50_000
MOST_NODES = 50_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Reading:
    """A file's node, or None where there is nothing to go on with, what was wrong, and what is not to be told.

    `text` is what was read.
    """

    node: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    ignores: tuple[Ignore, ...] = ()
    text: str = ""


def read(path: Path, label: str) -> Reading:
    """Read a file; `label` is what its places call it."""
    words = words_of(path, label)
    return Reading(None, [words]) if isinstance(words, Problem) else read_text(words, label)


def words_of(path: Path, label: str) -> str | Problem:
    """The file as text, without the mark that some editors put at its start."""
    start = Place(label, 1, 1)
    try:
        data = _bytes(path)
    except OSError as fault:
        why = fault.strerror or "unknown reason"
        return Problem("cannot-read", start, f"the file cannot be read: {why.lower()}", "check its path")
    if data is None:
        says = "this is no file: a folder, a pipe or a device cannot be a definition"
        return Problem("cannot-read", start, says, "name the file itself")
    if len(data) > MOST_BYTES:
        says = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        return Problem("too-large", start, says, "a definition is a few hundred lines: split it up")
    if data.count(b"\n") > MOST_LINES:
        says = f"the file has more than {MOST_LINES:,} lines"
        return Problem("too-large", start, says, "a definition is a few hundred lines: split it up")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = lines.starts(data[: fault.start].decode("utf-8-sig"))
        column = len(data[: fault.start].decode("utf-8-sig")) - before[-1] + 1
        says = "the file is not UTF-8 text"
        return Problem(
            "not-text", Place(label, len(before), column), says, "save it as UTF-8, and in no other encoding"
        )


def _bytes(path: Path) -> bytes | None:
    """What is in the file, up to a byte more than is read; nothing where it is none. A pipe is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as file:
        return file.read(MOST_BYTES + 1)


def read_text(text: str, label: str) -> Reading:
    """Read YAML that is already text."""
    reading = Reading(text=text)
    builder = _Builder(label, text, reading.problems)
    try:
        with sweeping.put_off():
            reading.node = builder.document()
        reading.ignores = ignores.read(text, label)
        reading.problems += _cuts(text, label)
    except _Stop:
        reading.node = None
    except yaml.YAMLError as fault:
        reading.node = None
        reading.problems.append(_syntax(fault, text, label))
    return reading


_PERHAPS_CUT = re.compile(r"[ \t]#\d")


def _cuts(text: str, label: str) -> Iterator[Problem]:
    """Comments are looked for only where one could be meant as part of a value: few files have any such."""
    for cut in comments.cuts(text) if _PERHAPS_CUT.search(text) else ():
        says = f"only `{cut.kept}` is left here: a `#` behind a space starts a comment"
        hint = "put it between quotes, or write a space behind the `#` of a comment"
        yield Problem("cut-by-comment", Place(label, cut.line, cut.column, len(cut.lost)), says, hint, "warning")


class _Stop(Exception):
    """Reading on would help nobody."""


_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


class _Builder:
    """Turns events into nodes."""

    def __init__(self, label: str, text: str, problems: list[Problem]) -> None:
        self._label = label
        self._lines = lines.split(text)
        self._problems = problems
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        self._nodes = 0

    def document(self) -> Node | None:
        """The file's one document."""
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._wrong("empty-file", Place(self._label, 1, 1), "the file is empty", "start it with `version: 1`")
            return None
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            says = "a second document starts here, and only the first would count"
            self._wrong("several-documents", self._place(more), says, "remove the `---` or split the file")
        return node

    def _node(self, event: Any, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            says = f"the file has more than {MOST_NODES:,} values"
            self._wrong("too-many-nodes", self._place(event), says, "a definition has a few hundred: split it up")
            raise _Stop
        if depth > MOST_DEPTH:
            says = f"values are nested more than {MOST_DEPTH} deep here"
            self._wrong("too-deep", self._place(event), says, "nothing in a definition is nested so deep")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            says = f"`*{event.anchor}` repeats what stands elsewhere, which a definition cannot do"
            self._wrong("yaml-alias", self._place(event), says, "write it out")
            return Scalar(None, self._place(event))
        self._refuse_extras(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._scalar(event)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            says = f"`&{event.anchor}` names a value to repeat it, which a definition cannot do"
            self._wrong(
                "yaml-anchor", self._place(event), says, "remove the anchor and write the value out where it is needed"
            )
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            says = f"the tag `{tag}` has no meaning in a definition"
            self._wrong("yaml-tag", self._place(event), says, "remove it; put a text between quotes")

    def _map(self, start: Any, depth: int) -> Map:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, depth)
            value = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            name = str(key.value)
            if name == "<<":
                self._wrong(
                    "yaml-merge-key", key.place, "`<<` merges maps, which a definition cannot do", "write it out"
                )
            elif name in entries:
                first = entries[name].key.place
                says = f'"{name}" is written twice; first on line {first.line}'
                hint = "remove one of the two, or give it another name"
                related = (Related(first, f'"{name}" is first written here'),)
                self._tell(Problem("duplicate-key", key.place, says, hint, related=related))
            else:
                entries[name] = Entry(key, value)
        return Map(entries, self._place(start))

    def _key(self, event: Any, depth: int) -> Scalar | None:
        """A key is the word as it was written: `on`, `1` and `null` are names here."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            return Scalar(event.value, self._place(event))
        node = self._node(event, depth + 1)
        says = "a list, a map or an alias cannot be a key"
        self._wrong("key-not-text", node.place, says, 'write a word; put one like "{plan}" between quotes')
        return None

    def _sequence(self, start: Any, depth: int) -> List:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return List(tuple(items), self._place(start))

    def _scalar(self, event: Any) -> Scalar:
        place = self._place(event)
        if not event.implicit[0]:
            return Scalar(event.value, place)
        return Scalar(self._plain_value(event.value, place), place)

    def _plain_value(self, words: str, place: Place) -> str | int | float | bool | None:
        if words in _WORDS:
            return _WORDS[words]
        if _LEADING_ZERO.fullmatch(words):
            says = f"`{words}` starts with a zero, and some would read it as another number"
            hint = f'put it between quotes: "{words}"'
            self._tell(Problem("leading-zero", place, says, hint, edits=(Edit(place, f'"{words}"'),)))
            return words
        if _INT.fullmatch(words):
            return self._integer(words, place)
        if _FLOAT.fullmatch(words):
            return float(words.replace(".inf", "inf").replace(".nan", "nan"))
        return words

    def _integer(self, words: str, place: Place) -> int:
        if len(words) > 18:
            says = f"`{words[:12]}…` is a number of {len(words)} digits"
            self._wrong("number-too-long", place, says, "put it between quotes if it is a text")
            return 0
        return int(words, 0) if words[:2] in ("0o", "0x") else int(words)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        line = self._lines[start.line] if start.line < len(self._lines) else ""
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            length = 1
        elif end.line == start.line:
            length = end.column - start.column
        else:
            length = len(line) - start.column
        return Place(self._label, start.line + 1, start.column + 1, max(length, 1))

    def _wrong(self, code: str, place: Place, says: str, hint: str) -> None:
        self._tell(Problem(code, place, says, hint))

    def _tell(self, problem: Problem) -> None:
        self._problems.append(problem)
        if len(self._problems) == MOST_PROBLEMS:
            raise _Stop


_REMEDIES = (
    ("mapping values are not allowed", "put a text that contains `: ` between quotes, and check the indentation"),
    ("found character '\\t'", "indent with spaces, not with tabs"),
    (
        "cannot start any token",
        "indent with spaces, and put a text that starts with a special character between quotes",
    ),
    ("did not find expected key", "check the indentation of this line and the one before, and close every quote"),
    ("found unexpected end of stream", "close the quote or bracket that was opened"),
    ("control characters are not allowed", "remove the invisible character"),
    ("did not find expected ',' or", "close the bracket, and put a text that holds one between quotes"),
)


def _syntax(fault: yaml.YAMLError, text: str, label: str) -> Problem:
    started = None
    if isinstance(fault, yaml.reader.ReaderError):
        before = _before(fault, text)
        line = lines.starts(before)
        place = Place(label, len(line), len(before) - line[-1] + 1)
        problem = str(fault.reason)
    else:
        place = _marked(getattr(fault, "problem_mark", None), text, label)
        problem = str(getattr(fault, "problem", fault))
        started = getattr(fault, "context_mark", None)
    hint = next(
        (remedy for words, remedy in _REMEDIES if words in problem), "check quotes, brackets and indentation here"
    )
    start = _marked(started, text, label)
    related = (Related(start, "what cannot be read starts here"),) if started and start != place else ()
    return Problem("yaml-syntax", place, f"this is not YAML: {problem}", hint, related=related)


def _marked(mark: Any, text: str, label: str) -> Place:
    """The end of the text is on its last line, where libyaml has it on one behind."""
    written = lines.split(text)
    if mark is None or not written:
        return Place(label, 1, 1)
    if mark.line >= len(written):
        return Place(label, len(written), len(written[-1]) + 1)
    return Place(label, mark.line + 1, mark.column + 1)


def _before(fault: yaml.reader.ReaderError, text: str) -> str:
    """The text up to the character that cannot be read: libyaml counts bytes, the reader in Python characters."""
    if fault.encoding == "unicode":
        return text[: fault.position]
    return text.encode()[: fault.position].decode(errors="ignore")
