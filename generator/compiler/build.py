"""All stages in their order. `check` is `build` without writing: the same code, so they cannot disagree."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import shipped
from generator.bundle import folder
from generator.bundle.folder import Bundle
from generator.compiler import checks, ignores, merge, shape, source
from generator.compiler.bake import bake
from generator.compiler.ignores import Ignore, Ignored
from generator.compiler.link import link
from generator.compiler.node import Map, Scalar
from generator.model.place import Place
from generator.model.problem import Edit, Problem

LONGEST = 600
"""How long a sentence of a problem may be."""

SCHEMA = shipped.SCHEMAS / "workflows.schema.json"


@dataclass(frozen=True)
class Built:
    """The bundle, where nothing was wrong, and everything that was: sorted, and one root cause once.

    `stage` counts the stages that were gone through: after a change that mends something more may come to light.
    """

    bundle: Bundle | None
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...] = ()
    stage: int = 0

    @property
    def good(self) -> bool:
        return self.bundle is not None


@dataclass
class _Found:
    """What has come to light so far."""

    problems: list[Problem] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    stage: int = 0

    def stops(self) -> bool:
        """Whether what follows would only be noise; otherwise one stage more is done."""
        if any(problem.severity == "error" for problem in self.problems):
            return True
        self.stage += 1
        return False


def build(path: Path, label: str, written: str | None = None) -> Built:
    """Make a bundle of a definition, in memory. `label` is what problems call the file.

    Each stage stops the next: what follows a file that cannot be read would only be noise. `written` stands in for what
    is in the file: to see what would come of a change before it is made.
    """
    found = _Found()
    bundle = _build(path, label, written, found)
    told, ignored = ignores.apply(_once(found.problems), found.ignores, whole=bundle is not None and not found.stops())
    told = sorted(told, key=_order)
    good = bundle is not None and not any(problem.severity == "error" for problem in told)
    return Built(bundle if good else None, tuple(told), ignored, found.stage)


def _build(path: Path, label: str, written: str | None, found: _Found) -> Bundle | None:
    reading = source.read(path, label) if written is None else source.read_text(written, label)
    root = _shaped(reading, found)
    if root is None or found.stops():
        return None
    merged = _merged(root, path, found)
    if merged is None or found.stops():
        return None
    site = link(merged, found.problems)
    if found.stops():
        return None
    found.problems += checks.check(site)
    baked = bake(site, path.parent, (path.parent / "themes", shipped.THEMES), found.problems)
    return folder.make(site, baked.pages, baked.assets) if baked else None


def _shaped(reading: source.Reading, found: _Found) -> Map | None:
    """A file of the right shape."""
    found.problems += reading.problems
    found.ignores += reading.ignores
    if reading.node is None:
        return None
    if not isinstance(reading.node, Map):
        says = "a definition is a map, and this is not"
        found.problems.append(Problem("wrong-type", reading.node.place, says, "start it with `version: 1`"))
        return None
    if not found.stops():
        found.problems += shape.check(reading.node, SCHEMA)
    return reading.node


def _merged(root: Map, path: Path, found: _Found) -> Map | None:
    """The definition on top of what it extends."""
    if root.get("version") is None:
        says = "the definition does not say its version"
        edits = _version_before(root)
        found.problems.append(Problem("missing-version", root.place, says, "add `version: 1`", edits=edits))
        return None
    if not isinstance(root.get("extends"), Scalar):
        return merge.alone(root, found.problems)
    default = shipped.DEFAULT_DEFINITION
    base = _shaped(source.read(default, _label(default)), found)
    if base is None:
        return None
    return merge.merge(merge.alone(base, found.problems), root, found.problems)


def _version_before(root: Map) -> tuple[Edit, ...]:
    """A line of its own above the first key, as far to the right as that is; a map in braces is left to its author."""
    first = next((entry.key.place for entry in root.entries.values()), None)
    if first is None or (first.line, first.column) != (root.place.line, root.place.column):
        return ()
    indent = " " * (first.column - 1)
    return (Edit(replace(first, length=0), f"version: 1\n{indent}"),)


def _label(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each place and code once, and no sentence without end: somebody may have written a word of a million letters."""
    once = {(problem.place, problem.code): problem for problem in reversed(list(problems))}
    return [replace(problem, says=_short(problem.says), hint=_short(problem.hint)) for problem in once.values()]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code
