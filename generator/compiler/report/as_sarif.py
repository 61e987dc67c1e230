"""The report as SARIF 2.1.0, which code scanning of several hosts reads.

Columns are counted in UTF-16 code units, as the standard has it for text. The hint is part of the message: hosts show
that and little else.
"""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator.compiler.codes import CODES
from generator.compiler.report.quoted import LONGEST_LINE, Lines, line_at
from generator.compiler.report.run import Checked, Run
from generator.model.place import Place
from generator.model.problem import Edit, Problem, Related

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "hostedPages/v1"


def render(run: Run) -> str:
    """A log with one run."""
    results = [result for checked in run.files for result in _results(checked, run.lines)]
    codes = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "hosted-pages",
                        "semanticVersion": version("hosted-pages"),
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "utf16CodeUnits",
                "artifacts": [{"location": _artifact(checked.file)} for checked in run.files],
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, Any]:
    known = CODES.get(code)
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": f"{known.says}."},
        "fullDescription": {"text": f"{known.says}. {known.why}"},
        "help": {"text": known.why, "markdown": f"**{known.says}.** {known.why}"},
        "defaultConfiguration": {"level": known.severity},
    }


def _results(checked: Checked, lines: Lines) -> Iterator[dict[str, Any]]:
    def told(problem: Problem, **more: Any) -> dict[str, Any]:
        return _result(problem, checked.fingerprints[problem], lines) | more

    for problem in checked.problems:
        yield told(problem)
    for one in checked.ignored:
        yield told(one.problem, suppressions=[{"kind": "inSource", "justification": one.reason}])
    for problem in checked.known:
        yield told(problem, suppressions=[{"kind": "external", "justification": "known: it is in the baseline"}])


def _result(problem: Problem, fingerprint: str, lines: Lines) -> dict[str, Any]:
    hint = f"; {problem.hint}" if problem.hint else ""
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": f"{problem.says}{hint}"},
        "locations": [{"physicalLocation": _location(problem.place, lines)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if problem.related:
        result["relatedLocations"] = [_related(related, lines) for related in problem.related]
    if problem.edits:
        result["fixes"] = [_fix(problem, lines)]
    return result


def _related(related: Related, lines: Lines) -> dict[str, Any]:
    return {"physicalLocation": _location(related.place, lines), "message": {"text": related.says}}


def _location(place: Place, lines: Lines) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    if place.line:
        line = line_at(lines, place.file, place.line)
        location["region"] = _region(place, line)
        if line is not None and len(line) <= LONGEST_LINE:
            location["contextRegion"] = {"startLine": place.line, "snippet": {"text": line}}
    return location


def _fix(problem: Problem, lines: Lines) -> dict[str, Any]:
    """As far as a host takes it over: what `--fix` would do."""
    replacements = [_replacement(edit, lines) for edit in problem.edits]
    changes = [{"artifactLocation": _artifact(problem.place.file), "replacements": replacements}]
    return {"description": {"text": problem.hint}, "artifactChanges": changes}


def _replacement(edit: Edit, lines: Lines) -> dict[str, Any]:
    region = _region(edit.place, line_at(lines, edit.place.file, edit.place.line))
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _region(place: Place, line: str | None) -> dict[str, Any]:
    start = _units(line, place.column - 1)
    return {
        "startLine": place.line,
        "startColumn": start + 1,
        "endLine": place.line,
        "endColumn": max(start, _units(line, place.column - 1 + place.length)) + 1,
    }


def _units(line: str | None, characters: int) -> int:
    """How many UTF-16 code units so many characters at the start of the line take; one each behind its end."""
    words = (line or "")[:characters]
    return characters - len(words) + len(words.encode("utf-16-le", "surrogatepass")) // 2


def _artifact(file: str) -> dict[str, Any]:
    """Relative to where the check was run, so that a host finds it in the repository; elsewhere the whole address."""
    path = Path(file)
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return {"uri": path.as_uri()}
        path = path.relative_to(here)
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}
