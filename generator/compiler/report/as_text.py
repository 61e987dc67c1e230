"""Prints problems so that whoever wrote the file finds the place and knows what to write instead."""

from collections.abc import Iterable, Iterator

from generator.compiler.report.cells import cells, each
from generator.compiler.report.quoted import Lines, harmless, line_at
from generator.compiler.report.run import Run
from generator.model.place import Place
from generator.model.problem import Problem, Severity

WIDEST = 160
"""Of a longer line only what stands around the place is shown."""

_BOLD, _OFF = "\x1b[1m", "\x1b[0m"
_COLOURS: dict[Severity, str] = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m"}


def render(run: Run, colour: bool = False) -> str:
    """Every problem of every file."""
    return text(run.problems, run.lines, colour)


def text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """Every problem as a sentence with its place, the line that was written, and a caret below what is meant."""
    return "\n".join("\n".join(_told(problem, lines, colour)) for problem in problems)


def summary(problems: Iterable[Problem]) -> str:
    """How many there are, in one line."""
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    counted = [count(errors, "problem")] if errors else []
    counted += [count(warnings, "warning")] if warnings else []
    return " and ".join(counted) if counted else "no problems"


def count(number: int, noun: str) -> str:
    """The number with its noun, in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _told(problem: Problem, lines: Lines, colour: bool) -> Iterator[str]:
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    hint = f"; {problem.hint}" if problem.hint else ""
    place, says = harmless(str(problem.place)), harmless(f"{severity}{problem.says}{hint}")
    yield f"{_BOLD}{place}:{_OFF} {says} [{problem.code}]" if colour else f"{place}: {says} [{problem.code}]"
    written = line_at(lines, problem.place.file, problem.place.line)
    if written is not None:
        yield from _quoted(written, problem.place, _COLOURS[problem.severity] if colour else "")


def _quoted(line: str, place: Place, colour: str) -> Iterator[str]:
    """The caret is right where a terminal draws as `cells` says. In colour the words themselves are lit as well, and
    that is right everywhere."""
    line, start = _around(line, place.column - 1)
    line = _harmless(line)
    number = str(place.line)
    margin = " " * len(number)
    before, under, behind = line[:start], line[start : start + place.length], line[start + place.length :]
    indent = len(number) + 3
    lead = "".join("\t" if letter == "\t" else " " * width for letter, width in zip(before, each(before), strict=True))
    wide = cells(under, indent + cells(before, indent)) if under else 1
    caret = "^" + "~" * (wide - 1)
    yield f"{margin} |"
    yield f"{number} | {before}{colour}{under}{_OFF}{behind}" if colour else f"{number} | {line}"
    yield f"{margin} | {lead}{colour}{caret}{_OFF}" if colour else f"{margin} | {lead}{caret}"


def _harmless(line: str) -> str:
    """A tab stays one: the line below has it too, so both reach the same stop."""
    return "\t".join(harmless(part) for part in line.split("\t"))


def _around(line: str, start: int) -> tuple[str, int]:
    """The part of a long line in which the place lies, and where the place starts in it."""
    if len(line) <= WIDEST:
        return line, start
    first = max(0, min(start - WIDEST // 4, len(line) - WIDEST))
    part = line[first : first + WIDEST]
    if first:
        part = "…" + part[1:]
    if first + WIDEST < len(line):
        part = part[:-1] + "…"
    return part, start - first
