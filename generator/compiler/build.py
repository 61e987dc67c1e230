"""All stages in their order. `check` is `build` without writing: the same code, so they cannot disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import shipped
from generator.bundle import folder
from generator.bundle.folder import Bundle
from generator.compiler import checks, merge, shape, source
from generator.compiler.bake import bake
from generator.compiler.link import link
from generator.compiler.node import Map, Scalar
from generator.model.place import Place
from generator.model.problem import Problem

SCHEMA = shipped.SCHEMAS / "workflows.schema.json"


@dataclass(frozen=True)
class Built:
    """The bundle, where nothing was wrong, and everything that was: sorted, and one root cause once."""

    bundle: Bundle | None
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        return self.bundle is not None


def build(path: Path, label: str) -> Built:
    """Make a bundle of a definition, in memory. `label` is what problems call the file.

    Each stage stops the next: what follows a file that cannot be read would only be noise.
    """
    problems: list[Problem] = []
    bundle = _build(path, label, problems)
    told = _told(problems)
    return Built(None if any(problem.severity == "error" for problem in told) else bundle, told)


def _build(path: Path, label: str, problems: list[Problem]) -> Bundle | None:
    root = _read(path, label, problems)
    if root is None or problems:
        return None
    merged = _merged(root, path, problems)
    if merged is None or problems:
        return None
    site = link(merged, problems)
    if problems:
        return None
    problems += checks.check(site)
    baked = bake(site, path.parent, (path.parent / "themes", shipped.THEMES), problems)
    return folder.make(site, baked.pages, baked.assets) if baked else None


def _read(path: Path, label: str, problems: list[Problem]) -> Map | None:
    """A file of the right shape."""
    reading = source.read(path, label)
    problems += reading.problems
    if reading.node is None:
        return None
    if not isinstance(reading.node, Map):
        says = "a definition is a map, and this is not"
        problems.append(Problem("wrong-type", reading.node.place, says, "start it with `version: 1`"))
        return None
    if not reading.problems:
        problems += shape.check(reading.node, SCHEMA)
    return reading.node


def _merged(root: Map, path: Path, problems: list[Problem]) -> Map | None:
    """The definition on top of what it extends."""
    if root.get("version") is None:
        place = root.place
        problems.append(
            Problem("missing-version", place, "the definition does not say its version", "add `version: 1`")
        )
        return None
    if not isinstance(root.get("extends"), Scalar):
        return merge.alone(root, problems)
    base = _read(shipped.DEFAULT_DEFINITION, _label(shipped.DEFAULT_DEFINITION), problems)
    if base is None:
        return None
    return merge.merge(merge.alone(base, problems), root, problems)


def _label(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of the files, each place and code once."""
    once = {(problem.place, problem.code): problem for problem in reversed(list(problems))}
    return tuple(sorted(once.values(), key=_order))


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code
