"""`# ignore[code] reason`: what an author chose to leave as it is, and says why.

On the line of the problem, or on a line of its own above it. Only a warning can be left: an error is a page that
could not be made, money that could go wrong, or a door left open, and no reason makes that good.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.compiler import comments, lines
from generator.compiler.codes import CODES
from generator.compiler.comments import Comment
from generator.model.nearest import mended, suggestion
from generator.model.place import Place
from generator.model.problem import Edit, Ignored, Problem

MARK = "ignore["
_WRITTEN = re.compile(r"#[ \t]*ignore\[(?P<codes>[^\]]*)\][ \t]*(?P<reason>.*)")
_CODE = re.compile(r"[^\s,]+")


@dataclass(frozen=True)
class Ignore:
    """One code that is not to be told on one line. `place` is where it stands, `whole` what goes when it goes."""

    code: str
    reason: str
    line: int
    place: Place
    whole: Place
    among: int


def read(text: str, label: str) -> tuple[Ignore, ...]:
    """Every ignore of a file that YAML can be read from."""
    return tuple(_read(text, label)) if MARK in text else ()


def _read(text: str, label: str) -> Iterator[Ignore]:
    found, starts = list(comments.comments(text)), [*lines.starts(text), len(text)]
    alone = {comment.line for comment in found if comment.alone}
    for comment in found:
        written = _WRITTEN.fullmatch(comment.words)
        if written is None:
            continue
        line = comment.line
        while line in alone:
            line += 1
        codes = list(_CODE.finditer(written["codes"]))
        whole = _whole(comment, starts, text, label)
        for code in codes:
            place = Place(label, comment.line, comment.column + written.start("codes") + code.start(), len(code[0]))
            yield Ignore(code[0], written["reason"].strip(), line, place, whole, len(codes))


def _whole(comment: Comment, starts: list[int], text: str, label: str) -> Place:
    """What goes when the comment goes: its line where it is alone there, else what stands before it as well."""
    start = starts[comment.line - 1]
    if comment.alone:
        return Place(label, comment.line, 1, starts[comment.line] - start)
    column = len(text[start : start + comment.column - 1].rstrip(" \t")) + 1
    return Place(label, comment.line, column, comment.column - column + len(comment.words))


def apply(
    problems: Iterable[Problem], ignores: Iterable[Ignore], whole: bool
) -> tuple[list[Problem], tuple[Ignored, ...]]:
    """What is left to tell, and what is not told. `whole` says that every check was made: only then is one stale."""
    told, left = list(problems), []
    for ignore in ignores:
        wrong = _wrong(ignore)
        if wrong:
            told.append(wrong)
            continue
        meant = [problem for problem in told if _covers(ignore, problem)]
        told = [problem for problem in told if problem not in meant]
        left += [Ignored(problem, ignore.reason) for problem in meant]
        if whole and not meant:
            told.append(_stale(ignore))
    return told, tuple(left)


def _covers(ignore: Ignore, problem: Problem) -> bool:
    at = problem.place
    return (problem.code, at.file, at.line) == (ignore.code, ignore.place.file, ignore.line)


def _wrong(ignore: Ignore) -> Problem | None:
    known = CODES.get(ignore.code)
    if known is None:
        names = [code for code, rule in CODES.items() if rule.severity == "warning"]
        says = f'there is no problem with the code "{ignore.code}" to ignore'
        edits = mended(ignore.code, names, ignore.place)
        return Problem("unknown-ignore", ignore.place, says, suggestion(ignore.code, names), edits=edits)
    if known.severity == "error":
        says = f'"{ignore.code}" is an error, and an error cannot be ignored'
        return Problem("cannot-ignore", ignore.place, says, "mend what it points at, and remove the comment")
    if not ignore.reason:
        says = f'it is not said why "{ignore.code}" may be ignored'
        return Problem("ignore-without-reason", ignore.place, says, "write the reason behind the bracket")
    return None


def _stale(ignore: Ignore) -> Problem:
    says = f'there is no "{ignore.code}" here any more to ignore'
    problem = Problem("stale-ignore", ignore.place, says, "remove the comment", "warning")
    return replace(problem, edits=(Edit(ignore.whole, ""),)) if ignore.among == 1 else problem
