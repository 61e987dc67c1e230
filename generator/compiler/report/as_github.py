"""The report as workflow commands, which GitHub shows beside the lines of a change.

Of each run it shows ten errors and ten warnings and no more, so the worst come first: errors before warnings, and of
those the ones in files that were named before the ones in files below them.
"""

from collections.abc import Iterator

from generator.compiler.report.run import Run
from generator.model.problem import Problem

_WORST_FIRST = ("error", "warning")


def render(run: Run) -> str:
    """One command a line."""
    return "\n".join(_commands(run))


def _commands(run: Run) -> Iterator[str]:
    named = {checked.file for checked in run.files}
    ranked = sorted(
        run.problems,
        key=lambda problem: (_WORST_FIRST.index(problem.severity), problem.place.file not in named),
    )
    for problem in ranked:
        yield _command(problem)


def _command(problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": place.file,
        "line": place.line,
        "endLine": place.line,
        "col": place.column,
        "endColumn": place.column + place.length,
        "title": problem.code,
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"::{problem.severity} {written}::{_data(f'{problem.says}{hint} [{problem.code}]')}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
