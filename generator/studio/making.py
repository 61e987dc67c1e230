"""One build, in a process of its own: nothing that is served waits for it."""

import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from generator.bundle import folder
from generator.compiler import report
from generator.compiler.build import build
from generator.compiler.pictures.titles import titles
from generator.gallery import hanging, looks
from generator.gallery.collection import collect
from generator.gallery.site.index import Gallery
from generator.gallery.site.write import write
from generator.model.price_list import PriceList
from generator.model.site import Site


@dataclass(frozen=True)
class Order:
    """What is to be built: a copy of the definition, what problems call it, and the folder where such names are found.

    Bundles go to `build`. `theme` stands in for the definition's own; empty is none.
    """

    file: Path
    label: str
    root: Path
    build: Path
    kept: Path | None = None
    theme: str = ""


@dataclass(frozen=True)
class Made:
    """What came of it: `good` where there is a bundle that is the current one now. `told` is what `check` would print,
    `says` its last line; `broke` is what only we can have done wrong. `seconds` is how long it took.
    """

    good: bool
    told: str
    says: str
    site: Site | None = None
    prices: PriceList | None = None
    themes: tuple[str, ...] = ()
    seconds: float = 0.0
    broke: bool = False
    bundle: str = ""


def make(order: Order) -> Made:
    """Build, and point at the bundle where it is good; otherwise all stays as it was."""
    begun = time.perf_counter()
    try:
        return _make(order, begun)
    except Exception:  # noqa: BLE001 - whatever it is, the last good pages stay up, and it is told
        seconds = time.perf_counter() - begun
        return Made(False, traceback.format_exc(), "this is a bug of ours", seconds=seconds, broke=True)


def _make(order: Order, begun: float) -> Made:
    result = build(order.file, order.label, kept=order.kept)
    problems = list(result.problems)
    made = result.made
    bundle = result.bundle
    if made is not None and order.theme and order.theme != made.site.look.theme:
        look = _wardrobe(order, made.site).look(order.theme, made.site.languages, problems)
        bundle = folder.make(made.site, look.pages, look.assets) if look else None
    told = report.text(problems, report.lines_of([order.root, Path.cwd(), Path("/")])) if problems else ""
    says = f"{order.label}: {report.summary(problems) if problems else 'no problems'}"
    seconds = time.perf_counter() - begun
    if made is None or bundle is None:
        return Made(False, told, says, seconds=seconds)
    folder.write(bundle, order.build)
    known = looks.themes(order.file.parent)
    return Made(True, told, says, made.site, result.prices, known, time.perf_counter() - begun, bundle=bundle.id)


def hang(bundle: Path, beside: Path, prices: PriceList, out: Path) -> None:
    """The gallery of a bundle, into this folder; `beside` is where the themes of its definition lie."""
    made = folder.read(bundle)
    site = made.site
    pages = {(language, name): made.page(language, name) for language, name in made.pages}
    look = looks.Look(site.look.theme, site.languages, pages, made.assets)
    collection = collect(site, prices)
    hung = tuple(hanging.enough(collection.exhibits, [look.theme], site.languages))
    write(Gallery(site, titles(site, beside), collection, (look,), hung), out)


def _wardrobe(order: Order, site: Site) -> looks.Wardrobe:
    return looks.Wardrobe(site, order.file.parent, str(Path(order.label).parent), order.kept)
