"""`build` without doing anything twice: what a thousand nearly equal definitions have in common is made once.

Nothing is left out: every check is made of every definition. What is kept is the default as it was read and found to be
in shape, the theme, and each page under all that it is made of.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from generator import record
from generator.bundle import folder
from generator.compiler import build, shape, source, theme
from generator.compiler.bake import batch
from generator.compiler.bake.oven import Oven
from generator.compiler.build import Built
from generator.model.portal import Portal


def install() -> None:
    """From here on, for the whole of this process."""
    source.read = _read(source.read)
    shape.check = _shaped(shape.check)
    theme.load = _loaded(theme.load)
    batch.Oven = type("Oven", (_Oven,), {})
    folder.pagefile.write = _written(folder.pagefile.write)


def built(path: Path, label: str, text: str) -> Built:
    return build.build(path, label, text)


FILES: dict = {}
"""What was read of each file, and by its node what is wrong with its shape."""


def _read(read: Callable) -> Callable:
    """Files do not change while this process runs; texts that were never a file are another matter."""

    def once(path, label):
        if (path, label) not in FILES:
            FILES[path, label] = read(path, label)
            FILES[id(FILES[path, label].node)] = {}
        return FILES[path, label]

    return once


def _shaped(check: Callable) -> Callable:
    def once(node, schema):
        known = FILES.get(id(node))
        if known is None:
            return check(node, schema)
        if schema not in known:
            known[schema] = check(node, schema)
        return list(known[schema])

    return once


def _loaded(load: Callable) -> Callable:
    """A theme, where nothing is wrong with it."""
    known: dict = {}

    def loaded(name, place, places, languages, problems, wordings=theme.UNSAID):
        key = (name, tuple(places.items()), languages, repr(wordings))
        if key in known:
            return known[key]
        before = len(problems)
        found = load(name, place, places, languages, problems, wordings)
        if found is not None and len(problems) == before:
            known[key] = found
        return found

    return loaded


class _Oven(Oven):
    """A page is kept under its template, its names and all that the definition says on it.

    Style sheets are made for the pages that ask for them: one that is kept goes on asking for what its template does.
    """

    pages: ClassVar[dict] = {}
    asked: ClassVar[dict] = defaultdict(set)

    def __init__(self, site, theme, functions, kept=None):
        self._asset, self._asks = functions["asset"], set()
        super().__init__(site, theme, {**functions, "asset": self._noted}, kept)
        workflows = tuple(replace(workflow, steps=()) for workflow in site.workflows)
        tabs = tuple((section.id, section.kind, section.title) for section in site.portal.sections)
        rest = record.write(replace(site, workflows=workflows, portal=Portal(())))
        self._around = (rest, tabs, theme.layers[0].name, functions["logo"])

    def bake(self, template, live, language, keys, given, spoken):
        made = partial(super().bake, spoken=spoken)
        return self._once(made, template, live, language, keys, given)

    def words(self, field, live, language, keys, given):
        return self._once(super().words, field, live, language, keys, given)

    def _once(self, make, what, live, language, keys, given):
        said = [(name, given[name]) for name in given if name not in ("workflow", "section", "countries")]
        section = record.write(given["section"]) if "section" in given else ""
        key = (what, live, language, *keys.items(), *said, section, *self._around)
        self._asks = self.asked[what]
        if key not in self.pages:
            self.pages[key] = make(what, live, language, keys, given)
        for name in self._asks:
            self._asset(name)
        return self.pages[key]

    def _noted(self, name):
        self._asks.add(name)
        return self._asset(name)


def _written(write: Callable) -> Callable:
    """A page's file, by the page itself: those that are kept are the same ones."""
    known: dict = {}

    def written(body):
        if id(body) not in known:
            known[id(body)] = (body, write(body))
        return known[id(body)][1]

    return written
