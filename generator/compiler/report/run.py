"""What one run of `check` found, file by file: every report is made of this and of nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compiler.report.fingerprint import fingerprints
from generator.compiler.report.quoted import Lines
from generator.model.problem import Ignored, Problem


@dataclass(frozen=True)
class Checked:
    """One file: what is wrong in it, what its author chose to leave, and what was known before.

    `fingerprints` has that of each of them: made once, so that they stay the same whatever is put aside afterwards.
    """

    file: str
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    known: tuple[Problem, ...]
    fingerprints: Mapping[Problem, str]


def checked(file: str, problems: tuple[Problem, ...], ignored: tuple[Ignored, ...], lines: Lines) -> Checked:
    """A file as it was checked, before anything is known of it."""
    prints = fingerprints([*problems, *(one.problem for one in ignored)], lines)
    return Checked(file, problems, ignored, (), prints)


@dataclass(frozen=True)
class Run:
    """Every file that was checked, and a way to the lines that were written."""

    files: tuple[Checked, ...]
    lines: Lines

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for checked in self.files for problem in checked.problems)

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        return tuple(ignored for checked in self.files for ignored in checked.ignored)

    @property
    def known(self) -> tuple[Problem, ...]:
        return tuple(problem for checked in self.files for problem in checked.known)
