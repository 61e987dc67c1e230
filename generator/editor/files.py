"""Which files this is about, and what each is: an editor asks about every YAML file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.compiler import build, source
from generator.model.problem import Problem

_DEFINITIONS = ("workflows.yaml", "workflows.yml")
_SAYS_SO = re.compile(r"^(?:# yaml-language-server: .*workflows\.schema\.json|extends: *default\b)", re.MULTILINE)


@dataclass(frozen=True)
class Sort:
    """What holds a file together: its schema, and how it is checked, wholly and at once."""

    schema: Path
    wholly: Callable[[Path, str], tuple[Problem, ...]]
    quickly: Callable[[Path, str], tuple[Problem, ...]]


def _built(path: Path, words: str) -> tuple[Problem, ...]:
    return build.build(path, str(path), words).problems


def _linked(path: Path, words: str) -> tuple[Problem, ...]:
    return build.site_of(path, str(path), written=words)[1]


def _priced(path: Path, words: str) -> tuple[Problem, ...]:
    return build.priced(path, str(path), words).problems


DEFINITION = Sort(build.SCHEMA, _built, _linked)
CATALOG = Sort(build.CATALOG_SCHEMA, _priced, _priced)


def sort_of(path: Path, words: str) -> Sort | None:
    """Nothing for a file that is none of ours."""
    if path.name in source.CATALOGS:
        return CATALOG
    if path.name in _DEFINITIONS or _SAYS_SO.search(words):
        return DEFINITION
    return None
