"""A definition up to where its pages are made: read, merged, linked and checked, and what they are made of gathered.

Each stage stops the next: what follows a file that cannot be read would only be noise. A catalog that lies beside the
definition is looked at with it: each names what is in the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator import later, shipped
from generator.compiler import checks, merge, source
from generator.compiler.bake.known import Known
from generator.compiler.bake.material import Material, gathered
from generator.compiler.bake.orders import Order
from generator.compiler.codes import COMPARED, SOLD
from generator.compiler.link import link
from generator.compiler.node import Map, Scalar
from generator.compiler.shaped import shaped, versioned
from generator.compiler.spoken import default_spoken, speaks_default, spoken
from generator.compiler.told import Found, Told, together
from generator.model.page import Body
from generator.model.problem import Edit, Problem
from generator.model.site import Site

SCHEMA = shipped.SCHEMAS / "workflows.schema.json"

Pages = Mapping[tuple[str, str], Body]
"""By language and name."""


@dataclass(frozen=True)
class Draft:
    """`material` is what its pages can be made from, where there is a site and it has a theme. `beside` is told of the
    catalog; of a catalog itself that is all."""

    found: Found
    beside: Told
    site: Site | None = None
    material: Material | None = None
    compared: bool = False

    def settled(self, known: Known | None) -> Told | None:
        """What comes of it, where that is certain without making a page: nothing where some have to be made."""
        if self.site is None or self.material is None:
            return self.told(None)
        if known is None or any(self.unknown(known)):
            return None
        return self.told({})

    def known(self, folder: Path | None, ours: str | None) -> Known | None:
        """What is known of its pages by those of other definitions; `ours` is the hash of our program."""
        return Known(folder, ours, self.site, self.material) if self.site and self.material and ours else None

    def unknown(self, known: Known) -> Iterator[tuple[str, Order]]:
        """The pages of which it is not known that they come out well, with their languages."""
        if self.site and self.material:
            for language in self.site.languages:
                yield from ((language, order) for order in self.material.orders if not known.has(order, language))

    def told(self, pages: Pages | None) -> Told:
        """What comes of it with these pages, those that may be wrong; None where none could be made."""
        whole = self.site is not None and pages is not None
        if self.site and pages is not None and not self.found.stops():
            self.found.problems += checks.of_pages(self.site, pages)
        unasked = (
            *(() if self.beside.prices else SOLD),
            *(() if self.compared else COMPARED),
        )
        told = together(self.found.told(whole, unasked), self.beside)
        return replace(told, site=self.site if whole and told.good else None)


def drafted(path: Path, label: str, written: str | None = None, before: Site | None = None) -> Draft:
    """Read what is in a file; `label` is what problems call it.

    `written` stands in for what is in the file: to see what would come of a change before it is made. What it changes
    for customers against the site `before` is told too, where there is one.
    """
    found = Found()
    if path.name in source.CATALOGS:
        return Draft(found, _priced(path, label, written))
    site, said = _site(path, label, written, found, before)
    beside = _beside(path, label, site)
    if site and beside.prices:
        found.problems += later.load("generator.compiler.catalog.named:check")(site, beside.prices)
    folder = str(Path(label).parent)
    unsaid = _unsaid(site, said, path.parent, folder) if site and said else ()
    material = gathered(site, path.parent, folder, found.problems, unsaid) if site else None
    return Draft(found, beside, site, material, before is not None)


def site_of(
    path: Path, label: str, before: Site | None = None, written: str | None = None
) -> tuple[Site | None, tuple[Problem, ...]]:
    """A definition without its pages, and what was wrong with it so far. `before` and `written` are as in `drafted`."""
    found = Found()
    site, _ = _site(path, label, written, found, before)
    return site, found.told(False).problems


def _priced(path: Path, label: str, written: str | None, languages: tuple[str, ...] = ()) -> Told:
    told: Told = later.load("generator.compiler.priced:priced")(path, label, written, languages)
    return told


def _beside(path: Path, label: str, site: Site | None) -> Told:
    """The catalog that lies beside the definition; nothing where none does."""
    for name in source.CATALOGS:
        if (path.parent / name).is_file():
            return _priced(path.parent / name, str(Path(label).parent / name), None, site.languages if site else ())
    return Told()


def _site(
    path: Path, label: str, written: str | None, found: Found, before: Site | None
) -> tuple[Site | None, Map | None]:
    """The site, and all that was read of it."""
    reading = source.read(path, label) if written is None else source.read_text(written, label)
    root = shaped(reading, found, SCHEMA)
    found.problems += checks.of_file(reading.text, label)
    said = _said(root, path, label, found)
    if root is None or said is None:
        return None, None
    site = link(said, found.problems)
    if found.stops():
        return None, None
    found.problems += checks.check(site)
    if before:
        found.problems += later.load("generator.compiler.versions.against:check")(before, site, root, label)
    return site, said


def _unsaid(site: Site, definition: Map, beside: Path, folder: str) -> tuple[Problem, ...]:
    """What is not said in a language that is not shipped; what is shipped says everything."""
    ours = (shipped.THEMES / site.look.theme).is_dir()
    if ours and all(speaks_default(language) for language in site.languages):
        return ()
    return tuple(later.load("generator.compiler.tongue.lacking:check")(site, definition, beside, folder))


def said_of(path: Path, label: str) -> Map | None:
    """A definition with all that it extends and all that is said beside it; nothing where it cannot be read."""
    found = Found()
    return _said(shaped(source.read(path, label), found, SCHEMA), path, label, found)


def _said(root: Map | None, path: Path, label: str, found: Found) -> Map | None:
    if root is None or found.stops():
        return None
    merged = _merged(root, path, found)
    if merged is None or found.stops():
        return None
    said = spoken(merged, root, path, label, found.problems, found.ignores)
    return None if found.stops() else said


def _merged(root: Map, path: Path, found: Found) -> Map | None:
    """The definition on top of what it extends."""
    if not versioned(root, found):
        return None
    if not isinstance(root.get("extends"), Scalar):
        whole = merge.alone(root, found.problems)
        found.problems += _left_out(whole)
        return whole
    default = shipped.DEFAULT_DEFINITION
    base = shaped(source.read(default, _label(default)), found, SCHEMA)
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


def _label(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
