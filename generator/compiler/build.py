"""All stages in their order. `check` is `build` without writing: the same code, so they cannot disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.bundle import folder
from generator.bundle.folder import Bundle
from generator.compiler import checks
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.known import Known
from generator.compiler.draft import SCHEMA, Draft, drafted, site_of
from generator.compiler.priced import SCHEMA as CATALOG_SCHEMA
from generator.compiler.priced import priced
from generator.compiler.told import Told
from generator.model.page import Body
from generator.model.site import Site

__all__ = ["CATALOG_SCHEMA", "SCHEMA", "Built", "Made", "build", "judged", "priced", "site_of"]


@dataclass(frozen=True)
class Made:
    """A site with its pages and assets."""

    site: Site
    pages: Mapping[tuple[str, str], Body]
    assets: Mapping[str, bytes]


@dataclass(frozen=True)
class Built(Told):
    """What is told, and what was made where nothing was wrong."""

    made: Made | None = None

    @cached_property
    def bundle(self) -> Bundle | None:
        """All of it as it is written down, for whoever wants that."""
        return folder.make(self.made.site, self.made.pages, self.made.assets) if self.made else None


def build(
    path: Path, label: str, written: str | None = None, before: Site | None = None, kept: Path | None = None
) -> Built:
    """Make a bundle of a definition, in memory; a catalog is only read.

    `label`, `written` and `before` are as in `drafted`. `kept` is a folder for what does not hang on the definition.
    """
    draft = drafted(path, label, written, before)
    baked = None
    if draft.site and draft.material:
        baked = Batch(draft.site, draft.material, draft.found.problems, kept).all()
    told = draft.told(baked.pages if baked else None)
    made = Made(told.site, baked.pages, baked.assets) if told.site and baked else None
    return Built(told.problems, told.ignored, told.stage, told.prices, told.site, made)


def judged(draft: Draft, kept: Path | None = None, known: Known | None = None) -> Told:
    """What `build` would tell, making only those pages of which it is not known that they come out well."""
    if draft.site is None or draft.material is None:
        return draft.told(None)
    batch = Batch(draft.site, draft.material, draft.found.problems, kept)
    if known is None:
        return draft.told(batch.all().pages)
    pages: dict[tuple[str, str], Body] = {}
    for language, order, body, looked in batch.some(draft.unknown(known)):
        pages[language, order.name] = body
        if looked and checks.fine(order.given.get("step"), language, body):
            known.add(order, language, looked)
    known.keep()
    return draft.told(pages)
