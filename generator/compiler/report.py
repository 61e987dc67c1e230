"""Prints problems so that whoever wrote the file finds the place and knows what to write instead."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator.model.place import Place
from generator.model.problem import Problem

Lines = Callable[[str], list[str] | None]
"""A file's lines by what its places call it."""


def lines_of(roots: Iterable[Path]) -> Lines:
    """Looks files up by their names, below each of the folders in turn."""
    known: dict[str, list[str] | None] = {}

    def lines(file: str) -> list[str] | None:
        if file not in known:
            known[file] = next((_lines(root / file) for root in roots if (root / file).is_file()), None)
        return known[file]

    return lines


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def text(problems: Iterable[Problem], lines: Lines) -> str:
    """Every problem as a sentence with its place, the line that was written, and a caret below what is meant."""
    return "\n".join("\n".join(_told(problem, lines)) for problem in problems)


def summary(problems: Iterable[Problem]) -> str:
    """How many there are, in one line."""
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    counted = [_count(errors, "problem")] if errors else []
    counted += [_count(warnings, "warning")] if warnings else []
    return " and ".join(counted) if counted else "no problems"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _told(problem: Problem, lines: Lines) -> Iterator[str]:
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    hint = f"; {problem.hint}" if problem.hint else ""
    yield f"{problem.place}: {severity}{problem.says}{hint} [{problem.code}]"
    written = lines(problem.place.file)
    if written and 0 < problem.place.line <= len(written):
        yield from _quoted(written[problem.place.line - 1], problem.place)


def _quoted(line: str, place: Place) -> Iterator[str]:
    number = str(place.line)
    margin = " " * len(number)
    before = line[: place.column - 1]
    under = line[place.column - 1 : place.column - 1 + place.length] or " "
    lead = "".join("\t" if letter == "\t" else " " * _width(letter) for letter in before)
    yield f"{margin} |"
    yield f"{number} | {line}"
    yield f"{margin} | {lead}^{'~' * (sum(map(_width, under)) - 1)}"


def _width(letter: str) -> int:
    """How many cells of a terminal a character takes: none for a mark on the one before, two for a wide one."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
