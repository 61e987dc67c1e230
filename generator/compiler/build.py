"""All stages in their order. `check` is `build` without writing: the same code, so they cannot disagree.

A catalog that lies beside the definition is looked at with it: each names what is in the other.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from generator import shipped
from generator.bundle import folder
from generator.bundle.folder import Bundle
from generator.compiler import catalog, checks, ignores, merge, shape, source
from generator.compiler.bake import bake
from generator.compiler.catalog import named
from generator.compiler.codes import MOST_PROBLEMS
from generator.compiler.ignores import Ignore
from generator.compiler.link import link
from generator.compiler.node import Map, Scalar
from generator.compiler.spoken import default_spoken, spoken
from generator.compiler.versions import against
from generator.model.page import Body
from generator.model.place import Place
from generator.model.price_list import PriceList
from generator.model.problem import Edit, Ignored, Problem
from generator.model.site import Site

LONGEST = 600
"""How long a sentence of a problem may be."""

SCHEMA = shipped.SCHEMAS / "workflows.schema.json"
CATALOG_SCHEMA = shipped.SCHEMAS / "catalog.schema.json"


@dataclass(frozen=True)
class Made:
    """A site with its pages and assets."""

    site: Site
    pages: Mapping[tuple[str, str], Body]
    assets: Mapping[str, bytes]


@dataclass(frozen=True)
class Built:
    """What was made, where nothing was wrong, and everything that was: sorted, and one root cause once.

    `stage` counts the stages that were gone through: after a change that mends something more may come to light.
    `prices` are those of the catalog: the file itself, which makes no bundle, or what lies beside the definition.
    """

    made: Made | None
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...] = ()
    stage: int = 0
    prices: PriceList | None = None

    @property
    def good(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)

    @cached_property
    def bundle(self) -> Bundle | None:
        """All of it as it is written down, for whoever wants that."""
        return folder.make(self.made.site, self.made.pages, self.made.assets) if self.made else None


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

    def told(self, whole: bool, unasked: tuple[str, ...] = ()) -> tuple[list[Problem], tuple[Ignored, ...]]:
        """What is told, and what is not. `whole` says that all stages were gone through; of the `unasked` nothing
        could come to light."""
        asked = [ignore for ignore in self.ignores if ignore.code not in unasked]
        told, ignored = ignores.apply(_once(self.problems), asked, whole=whole and not self.stops())
        return sorted(told, key=_order), ignored


def build(
    path: Path, label: str, written: str | None = None, before: Site | None = None, kept: Path | None = None
) -> Built:
    """Make a bundle of a definition, in memory; a catalog is only read. `label` is what problems call the file.

    Each stage stops the next: what follows a file that cannot be read would only be noise. `written` stands in for what
    is in the file: to see what would come of a change before it is made. What it changes for customers against the site
    `before` is told too, where there is one. `kept` is a folder for what does not hang on the definition.
    """
    if path.name in catalog.NAMES:
        return priced(path, label, written)
    found = _Found()
    site = _site(path, label, written, found, before)
    beside = _beside(path, label, site)
    if site and beside.prices:
        found.problems += named.check(site, beside.prices)
    baked = bake(site, path.parent, str(Path(label).parent), found.problems, kept) if site else None
    if site and baked and not found.stops():
        found.problems += checks.of_pages(site, baked.pages)
    made = Made(site, baked.pages, baked.assets) if site and baked else None
    unasked = (*(() if beside.prices else named.CODES), *(() if before else against.CODES.values()))
    told, ignored = found.told(made is not None, unasked)
    problems = tuple(sorted((*told, *beside.problems), key=_order))
    built = Built(made, problems, (*ignored, *beside.ignored), found.stage + beside.stage, beside.prices)
    return built if built.good else replace(built, made=None)


def site_of(
    path: Path, label: str, before: Site | None = None, written: str | None = None
) -> tuple[Site | None, tuple[Problem, ...]]:
    """A definition without its pages, and what was wrong with it so far. `before` and `written` are as in `build`."""
    found = _Found()
    site = _site(path, label, written, found, before)
    return site, tuple(found.told(False)[0])


def priced(path: Path, label: str, written: str | None = None, languages: tuple[str, ...] = ()) -> Built:
    """Read a catalog. `languages` are those of the pages, where they are known."""
    found, prices = _Found(), None
    reading = source.read(path, label) if written is None else source.read_text(written, label)
    root = _shaped(reading, found, CATALOG_SCHEMA)
    found.problems += checks.of_file(reading.text, label)
    if root is not None and not found.stops() and _versioned(root, found):
        prices = catalog.read(root, languages, found.problems)
    told, ignored = found.told(prices is not None)
    built = Built(None, tuple(told), ignored, found.stage, prices)
    return built if built.good else replace(built, prices=None)


def _beside(path: Path, label: str, site: Site | None) -> Built:
    """The catalog that lies beside the definition; nothing where none does."""
    for name in catalog.NAMES:
        if (path.parent / name).is_file():
            return priced(path.parent / name, str(Path(label).parent / name), None, site.languages if site else ())
    return Built(None, ())


def _site(path: Path, label: str, written: str | None, found: _Found, before: Site | None) -> Site | None:
    reading = source.read(path, label) if written is None else source.read_text(written, label)
    root = _shaped(reading, found, SCHEMA)
    found.problems += checks.of_file(reading.text, label)
    if root is None or found.stops():
        return None
    merged = _merged(root, path, found)
    if merged is None or found.stops():
        return None
    said = spoken(merged, root, path, label, found.problems, found.ignores)
    if found.stops():
        return None
    site = link(said, found.problems)
    if found.stops():
        return None
    found.problems += checks.check(site)
    if before:
        found.problems += against.check(before, site, root, label)
    return site


def _shaped(reading: source.Reading, found: _Found, schema: Path) -> Map | None:
    """A file of the right shape."""
    found.problems += reading.problems
    found.ignores += reading.ignores
    if reading.node is None:
        return None
    if not isinstance(reading.node, Map):
        says = "the file must be a map, and this is not"
        found.problems.append(Problem("wrong-type", reading.node.place, says, "start it with `version: 1`"))
        return None
    if not found.stops():
        found.problems += shape.check(reading.node, schema)
    return reading.node


def _merged(root: Map, path: Path, found: _Found) -> Map | None:
    """The definition on top of what it extends."""
    if not _versioned(root, found):
        return None
    if not isinstance(root.get("extends"), Scalar):
        whole = merge.alone(root, found.problems)
        found.problems += _left_out(whole)
        return whole
    default = shipped.DEFAULT_DEFINITION
    base = _shaped(source.read(default, _label(default)), found, SCHEMA)
    if base is None:
        return None
    said = default_spoken(merge.alone(base, found.problems), root, found.problems)
    return merge.merge(said, root, found.problems)


NEEDED = ("name", "languages", "currency", "theme")
"""What a definition that extends nothing must say of its site."""


def _left_out(whole: Map) -> Iterator[Problem]:
    site = whole.get("site")
    missing = [key for key in NEEDED if not isinstance(site, Map) or site.get(key) is None]
    if missing:
        version = whole.entries["version"].key.place
        says = f"the file extends nothing, and does not say {', '.join(f'`site.{key}`' for key in missing)}"
        hint = "add `extends: default`, which says all but what is yours"
        edits = (Edit(replace(version, length=0), f"extends: default\n{' ' * (version.column - 1)}"),)
        yield Problem("missing-base", version, says, hint, edits=edits)


def _versioned(root: Map, found: _Found) -> bool:
    if root.get("version") is not None:
        return True
    says = "the file does not say its version"
    edits = _version_before(root)
    found.problems.append(Problem("missing-version", root.place, says, "add `version: 1`", edits=edits))
    return False


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
    once = {(problem.place, problem.code): problem for problem in reversed(list(islice(problems, MOST_PROBLEMS)))}
    return [
        replace(problem, says=_short(problem.says), hint=_short(problem.hint))
        for problem in once.values()
        if not _follows(problem, once)
    ]


def _follows(problem: Problem, known: Container[tuple[Place, str]]) -> bool:
    """Whether it comes of another one: of a mistyped placeholder every other language seems to have lost it."""
    places = (problem.place, *(related.place for related in problem.related))
    return problem.code == "placeholder-differs" and any((place, "unknown-placeholder") in known for place in places)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code
