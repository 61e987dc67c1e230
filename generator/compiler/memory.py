"""What a check came to, kept under the hash of all that went into it: the next one of the same answers at once.

Nothing is found where a single byte of what was read, of our own program or of a library's version is another: then it
is simply checked again.
"""

import hashlib
import io
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator import shipped
from generator.compiler.shelf import Shelf
from generator.model.place import Place
from generator.model.problem import Edit, Ignored, Problem, Related

MOST_KEPT = 200
"""How many answers are kept; the oldest go."""

MOST_FILES = 5000
"""Beside a definition in a folder with more than this nothing is remembered: finding them takes longer than a check."""

AT_ONCE = 1_000_000
"""Bytes of a file that are read at once."""

_READ = (".yaml", ".yml", ".png", ".jpg", ".jpeg", ".webp", ".svg")
"""What a definition may read in its own folder: a catalog, a logo."""

_BELOW = ("texts", "themes")
"""Folders beside it that are read whole."""

_ROOMS = ("bundle", "cli", "compiler", "engine", "locale", "model")
"""Where of our own program stands what a check is made of: no other is on a floor below it."""


@dataclass(frozen=True)
class Verdict:
    """What is told of a file: its problems, what its author left with which reason, and how it went in a line."""

    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    good: bool
    clean: str


@dataclass(frozen=True)
class Memory:
    """Answers in a folder."""

    folder: Path

    def recall(self, key: str) -> Verdict | None:
        """What is kept under this key, where it is whole."""
        data = self._shelf.take(key)
        try:
            return _read(json.loads(data)) if data is not None else None
        except (ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, verdict: Verdict) -> None:
        """For the next check of the same."""
        self._shelf.put(key, json.dumps(asdict(verdict), separators=(",", ":")).encode())

    @property
    def _shelf(self) -> Shelf:
        return Shelf(self.folder, ".json", MOST_KEPT)


def ours() -> str | None:
    """The hash of our program and of what it brings along, and of the versions of libraries."""
    return _told((sys.version, *_libraries()), _program())


def key(path: Path, label: str, ours: str | None) -> str | None:
    """The hash of all that a check of this file reads; nothing where that cannot be told."""
    if ours is None or not os.path.isfile(path):
        return None
    return _told((ours, str(Path.cwd()), label), _beside(path))


def _told(words: Iterable[str], files: Iterable[str]) -> str | None:
    hashed = hashlib.sha256()
    try:
        for word in words:
            hashed.update(word.encode(errors="surrogateescape") + b"\0")
        for file in files:
            hashed.update(os.fsencode(file) + b"\0")
            found = os.stat(file)
            if stat.S_ISREG(found.st_mode):
                with open(file, "rb", buffering=0) as opened:
                    hashed.update(_digest(opened, found.st_size))
    except (OSError, _TooMany):
        return None
    return hashed.hexdigest()


def _digest(opened: io.FileIO, size: int) -> bytes:
    """Most files are small: a buffer for each takes longer than reading it."""
    if size > AT_ONCE:
        return hashlib.file_digest(opened, "sha256").digest()
    return hashlib.sha256(opened.readall()).digest()


class _TooMany(Exception):
    """There is more beside the file than is worth looking at."""


def _beside(path: Path) -> Iterator[str]:
    """Every file of a merchant's that a check may read, and every one of which it may matter that it is there."""
    yield str(path)
    yield from sorted(entry.path for entry in os.scandir(path.parent) if entry.name.endswith(_READ))
    for name in _BELOW:
        yield from _below(path.parent / name, "")


def _program() -> Iterator[str]:
    for folder in (shipped.SCHEMAS, shipped.THEMES, shipped.DEFAULT_TEXTS):
        yield from _below(folder, "")
    yield str(shipped.DEFAULT_DEFINITION)
    house = Path(__file__).parent.parent
    yield from sorted(entry.path for entry in os.scandir(house) if entry.name.endswith(".py"))
    for room in _ROOMS:
        yield from _below(house / room, ".py")


def _below(folder: Path, suffix: str) -> Iterator[str]:
    """All files in a folder and the folders in it, wherever links lead, always in the same order."""
    count = 0
    for where, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                raise _TooMany
            if name.endswith(suffix):
                yield os.path.join(where, name)


def _libraries() -> Iterator[str]:
    """The libraries that are installed, with their versions: a folder's name says both."""
    for place in sys.path:
        if os.path.isdir(place):
            yield place
            yield from sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))


def _read(plain: dict[str, Any]) -> Verdict:
    return Verdict(
        tuple(_problem(problem) for problem in plain["problems"]),
        tuple(Ignored(_problem(one["problem"]), str(one["reason"])) for one in plain["ignored"]),
        plain["good"] is True,
        str(plain["clean"]),
    )


def _problem(plain: dict[str, Any]) -> Problem:
    return Problem(
        **{
            **plain,
            "place": Place(**plain["place"]),
            "related": tuple(Related(Place(**one["place"]), one["says"]) for one in plain["related"]),
            "edits": tuple(Edit(Place(**one["place"]), one["text"]) for one in plain["edits"]),
        }
    )
