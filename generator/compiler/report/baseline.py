"""The problems that were there when somebody began to check: they are known, and only new ones fail.

A baseline is a small JSON file to be kept beside the definition. It is read as the YAML that JSON is, so that what is
wrong in it has its place too.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator import shipped
from generator.compiler import shape, source
from generator.compiler.node import List, Map, Node, Scalar
from generator.compiler.report.run import Checked
from generator.model.place import Place
from generator.model.problem import Problem

FORMAT = 1
SCHEMA = shipped.SCHEMAS / "baseline.schema.json"


@dataclass(frozen=True)
class Known:
    """One problem of the baseline; `file` is what it is called from the baseline's own folder."""

    file: str
    fingerprint: str
    code: str
    place: Place


@dataclass(frozen=True)
class Baseline:
    """What is known, and what is wrong with the file that says so."""

    path: Path
    known: tuple[Known, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: Path, label: str) -> Baseline:
    """The baseline of a file."""
    reading = source.read(path, label)
    problems = list(reading.problems)
    if reading.node is not None and not problems:
        problems += shape.check(reading.node, SCHEMA)
    if problems or not isinstance(reading.node, Map):
        return Baseline(path, problems=tuple(problems))
    entries = reading.node.get("known")
    items = entries.items if isinstance(entries, List) else ()
    return Baseline(path, tuple(_known(item) for item in items if isinstance(item, Map)))


def _known(node: Map) -> Known:
    words = {name: _word(node.get(name)) for name in ("file", "fingerprint", "code")}
    return Known(**words, place=node.place)


def _word(node: Node | None) -> str:
    return str(node.value) if isinstance(node, Scalar) else ""


def apply(baseline: Baseline, checked: Checked) -> Checked:
    """The file without the problems that are known, and a warning for each that is known and not there any more."""
    file, prints = _from(baseline.path, checked.file), dict(checked.fingerprints)
    mine = {(known.code, known.fingerprint): known for known in baseline.known if known.file == file}
    known = tuple(problem for problem in checked.problems if (problem.code, prints[problem]) in mine)
    new = tuple(problem for problem in checked.problems if problem not in known)
    there = {(problem.code, prints[problem]) for problem in known}
    gone = {_mended(one): one.fingerprint for key, one in mine.items() if key not in there}
    return replace(checked, problems=(*new, *gone), known=known, fingerprints=prints | gone)


def _mended(known: Known) -> Problem:
    says = f'"{known.code}" in {known.file} is known here and is not there any more'
    return Problem("fixed-problem", known.place, says, "write the baseline anew with --write-baseline", "warning")


def written(path: Path, files: Iterable[Checked]) -> str:
    """The baseline of what was found, known before or not, as it is to be kept at this path."""
    known = [
        {
            "file": _from(path, checked.file),
            "code": problem.code,
            "fingerprint": checked.fingerprints[problem],
            "says": problem.says,
        }
        for checked in files
        for problem in checked.problems
    ]
    return json.dumps({"format": FORMAT, "known": known}, ensure_ascii=False, indent=2) + "\n"


def _from(path: Path, file: str) -> str:
    """What a file is called from the folder of the baseline, wherever the check is run."""
    return Path(os.path.relpath(file, path.parent)).as_posix()
