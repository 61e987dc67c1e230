"""The report as JSON, for programs. `schemas/report.schema.json` says what it looks like; its number is in it."""

import json
from collections.abc import Iterable
from typing import Any

from generator.compiler.codes import docs
from generator.compiler.report.quoted import LONGEST_LINE, Lines, line_at
from generator.compiler.report.run import Checked, Run
from generator.model.place import Place
from generator.model.problem import Edit, Problem, Related

FORMAT = 1


def render(run: Run) -> str:
    """One object: a summary, and every file with its problems."""
    severities = [problem.severity for problem in run.problems]
    return json.dumps(
        {
            "format": FORMAT,
            "summary": {
                "files": len(run.files),
                "errors": severities.count("error"),
                "warnings": severities.count("warning"),
                "ignored": len(run.ignored),
                "known": len(run.known),
            },
            "files": [_file(checked, run.lines) for checked in run.files],
        },
        ensure_ascii=False,
        indent=2,
    )


def _file(checked: Checked, lines: Lines) -> dict[str, Any]:
    def told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
        return [_problem(problem, checked.fingerprints[problem], lines) for problem in problems]

    return {
        "file": checked.file,
        "problems": told(checked.problems),
        "ignored": [told([one.problem])[0] | {"reason": one.reason} for one in checked.ignored],
        "known": told(checked.known),
    }


def _problem(problem: Problem, fingerprint: str, lines: Lines) -> dict[str, Any]:
    line = line_at(lines, problem.place.file, problem.place.line)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "place": _place(problem.place),
        "says": problem.says,
        "hint": problem.hint,
        "source": line if line is None or len(line) <= LONGEST_LINE else None,
        "related": [_related(related) for related in problem.related],
        "edits": [_edit(edit) for edit in problem.edits],
        "fingerprint": fingerprint,
        "docs": docs(problem.code),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length}


def _related(related: Related) -> dict[str, Any]:
    return {"place": _place(related.place), "says": related.says}


def _edit(edit: Edit) -> dict[str, Any]:
    return {"place": _place(edit.place), "text": edit.text}
