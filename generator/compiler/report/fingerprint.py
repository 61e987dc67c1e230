"""What a problem is known by when lines move: its code, the words of its line, and which of those alike it is."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from generator.compiler.report.quoted import LONGEST_LINE, Lines, line_at
from generator.model.problem import Problem


def fingerprints(problems: Iterable[Problem], lines: Lines) -> dict[Problem, str]:
    """That of each problem of one file; no two are the same."""
    met: Counter[str] = Counter()
    prints = {}
    for problem in problems:
        line = line_at(lines, problem.place.file, problem.place.line) or ""
        start = problem.place.column - 1
        around = line[max(0, start - LONGEST_LINE) : start + LONGEST_LINE].strip()
        told = "\0".join([problem.code, around, line[start : start + min(problem.place.length, LONGEST_LINE)]])
        alike = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        met[alike] += 1
        prints[problem] = f"{alike}:{met[alike]}"
    return prints
