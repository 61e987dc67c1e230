"""Mends what there is but one way to mend, at its place: whatever else is in the file stays as it is, byte for byte."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

from generator.compiler import lines, source
from generator.compiler.build import Built, build
from generator.model.problem import Edit, Problem

_MOST_ROUNDS = 10
"""Each round goes at least one stage on, or leaves fewer problems; there are fewer stages than this."""

_MARK = "\ufeff"


@dataclass(frozen=True)
class Mended:
    """What was written, what it becomes, and what is still wrong with that."""

    before: str
    after: str
    built: Built
    count: int = 0


def mended(path: Path, label: str) -> Mended:
    """Mend in memory until nothing more can be, and never so that more is wrong than before."""
    words = source.words_of(path, label)
    if isinstance(words, Problem):
        return Mended("", "", build(path, label))
    text, built, count = words, build(path, label, words), 0
    for _ in range(_MOST_ROUNDS):
        changes = [problem.edits for problem in built.problems if problem.edits and problem.place.file == label]
        better = changes and _better(path, label, text, built, changes)
        if not better:
            break
        text, built, made = better
        count += made
    return Mended(words, text, built, count)


def _better(
    path: Path, label: str, text: str, built: Built, changes: Sequence[tuple[Edit, ...]]
) -> tuple[str, Built, int] | None:
    """All the changes where they make it better; where they get in each other's way, the first that does alone."""
    for some in (changes, *([change] for change in changes if len(changes) > 1)):
        changed = edited(text, [edit for change in some for edit in change])
        after = build(path, label, changed)
        if (-after.stage, len(after.problems)) < (-built.stage, len(built.problems)):
            return changed, after, len(some)
    return None


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. Of two that want the same place only the first is."""
    starts, line_break = lines.starts(text), lines.first_break(text)
    parts, end = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.place, edit.text)):
        start = starts[edit.place.line - 1] + edit.place.column - 1
        if start < end:
            continue
        parts += [text[end:start], edit.text.replace("\n", line_break)]
        end = start + edit.place.length
    return "".join([*parts, text[end:]])


def write(path: Path, mended: Mended) -> None:
    """Put it in the file's place at once: whoever reads meanwhile sees the old or the new, and never a half."""
    path = path.resolve()
    mark = _MARK if path.read_bytes().startswith(_MARK.encode()) else ""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(descriptor, "wb") as file:
            file.write((mark + mended.after).encode())
        os.chmod(name, path.stat().st_mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def diff(label: str, mended: Mended) -> str:
    """What would change, as `patch` reads it."""
    before, after = _with_breaks(mended.before), _with_breaks(mended.after)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before, after, f"a/{label}", f"b/{label}")
    )


def _with_breaks(text: str) -> list[str]:
    """Lines as `patch` knows them, which end in a line feed and nowhere else."""
    parts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n"), len(text)]
    return [text[start:end] for start, end in pairwise(parts) if start < end]
