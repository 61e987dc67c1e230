"""Writes the gallery: every page, the index that finds them, and a film strip for each workflow."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compiler.pictures import picture
from generator.compiler.pictures.titles import Titles
from generator.engine.paths import paths
from generator.gallery.collection import Collection
from generator.gallery.exhibit import Exhibit
from generator.gallery.hanging import Hung
from generator.gallery.looks import Look
from generator.gallery.modes import MODES, in_mode
from generator.gallery.showing.strips import Strip
from generator.gallery.site import ways
from generator.gallery.site.render import render, templates
from generator.locale import speech
from generator.model.site import Site
from generator.model.workflow import Workflow

OWN = Path(__file__).parent / "assets"

MARK = "gallery.json"
"""The list of all that is shown; a folder that has it is a gallery, and may be written anew."""


@dataclass(frozen=True)
class Gallery:
    """All that is written. `whole` says that every exhibit hangs in every language and theme."""

    site: Site
    titles: Titles
    collection: Collection
    looks: tuple[Look, ...]
    hung: tuple[Hung, ...]
    whole: bool = False


@dataclass(frozen=True)
class Shown:
    """An exhibit on a page of the gallery: the file that is shown first, and what else there is of it."""

    exhibit: Exhibit
    file: str
    has: str
    title: str = ""


class NotAGallery(Exception):
    """There is something else in the folder."""


def write(gallery: Gallery, out: Path) -> None:
    """All of it, in place of the one that was there before: whole, or not at all. Raises `NotAGallery`."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
        raise NotAGallery(str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name, data in files(gallery):
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        unfinished.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        unfinished.rename(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def files(gallery: Gallery) -> Iterator[tuple[str, bytes]]:
    """Every file by its name in the folder. The same gallery makes the same bytes."""
    for file in sorted(OWN.iterdir()):
        yield file.name, file.read_bytes()
    yield from _assets(gallery.looks)
    looks = {look.theme: look for look in gallery.looks}
    leads = ways.here(gallery.hung, ways.leads(gallery.collection))
    onward = ways.here(gallery.hung, ways.onward(gallery.collection))
    for hung in gallery.hung:
        place = (hung.theme, hung.language)
        html = render(hung, looks[hung.theme], leads[place], onward[place].get(hung.exhibit.id, ""))
        yield hung.file, html.encode()
    shown = _shown(gallery)
    yield "index.html", _index(gallery, shown).encode()
    for workflow in gallery.site.workflows:
        yield f"workflow-{workflow.id}.html", _film(gallery, workflow, shown).encode()
        yield f"graphs/{workflow.id}.svg", picture.draw(gallery.site, workflow, gallery.titles).encode()
    yield MARK, _list(gallery).encode()


def _assets(looks: Sequence[Look]) -> Iterator[tuple[str, bytes]]:
    """Those of all themes; a style sheet calls what it asks for from its own folder, and is there in each mode, too."""
    assets = {name: data for look in looks for name, data in look.assets.items()}
    for name, data in sorted(assets.items()):
        if not name.endswith(".css"):
            yield f"a/{name}", data
            continue
        sheet = data.decode().replace("url(/a/", "url(")
        yield f"a/{name}", sheet.encode()
        for mode in MODES:
            yield f"a/{name.removesuffix('.css')}.{mode}.css", in_mode(sheet, mode).encode()


def _shown(gallery: Gallery) -> Mapping[str, Shown]:
    """By the exhibit's id."""
    has: dict[str, list[Hung]] = {}
    for hung in gallery.hung:
        has.setdefault(hung.exhibit.id, []).append(hung)
    return {
        id: Shown(found[0].exhibit, found[0].file, " ".join(f"{one.theme}/{one.language}" for one in found))
        for id, found in has.items()
    }


def _page(gallery: Gallery, template: str, **said: object) -> str:
    site = gallery.site
    workflows = [(one.id, gallery.titles.workflow(one)) for one in site.workflows]
    tags = dict.fromkeys(hung.language for hung in gallery.hung)
    return (
        templates()
        .get_template(template)
        .render(
            name=site.name,
            workflows=workflows,
            languages=[(tag, speech.own_name(tag)) for tag in tags],
            themes=[look.theme for look in gallery.looks],
            **{"here": "", **said},
        )
    )


def _index(gallery: Gallery, shown: Mapping[str, Shown]) -> str:
    pages: dict[tuple[str, str], list[Shown]] = {}
    groups: dict[str, dict[str, None]] = {}
    for one in shown.values():
        of = f"{one.exhibit.group} {one.exhibit.of}"
        pages.setdefault((one.exhibit.page, of), []).append(one)
        groups.setdefault(one.exhibit.group, {})[one.exhibit.of] = None
    return _page(
        gallery,
        "index.html",
        count=len(shown),
        pages=[(page.removesuffix(".html"), of, _plainest_first(there)) for (page, of), there in pages.items()],
        groups=[(group, list(members)) for group, members in groups.items()],
        states=sorted({one.exhibit.state for one in shown.values()}),
        whole=gallery.whole,
    )


def _plainest_first(shown: Sequence[Shown]) -> list[Shown]:
    return sorted(shown, key=lambda one: ("filled", "empty", one.exhibit.state).index(one.exhibit.state))


@dataclass(frozen=True)
class Row:
    """A strip as it is told: its payment case, for example whom, and what is shown."""

    title: str
    whom: str
    shown: tuple[Shown, ...]


def _film(gallery: Gallery, workflow: Workflow, shown: Mapping[str, Shown]) -> str:
    strips = [_row(gallery, strip, shown) for strip in gallery.collection.strips[workflow.id]]
    return _page(
        gallery,
        "workflow.html",
        here=workflow.id,
        title=gallery.titles.workflow(workflow),
        strips=strips,
        paths=len(paths(workflow, gallery.site.currency).paths),
    )


def _row(gallery: Gallery, strip: Strip, shown: Mapping[str, Shown]) -> Row:
    title, _, whom = strip.says.partition(", ")
    frames = tuple(
        replace(shown[one.id], title=_title(gallery, strip.workflow, one)) for one in strip.exhibits if one.id in shown
    )
    return Row(title.capitalize(), whom, frames)


def _title(gallery: Gallery, workflow: Workflow, one: Exhibit) -> str:
    """What customers read above the step."""
    step = next((step for step in workflow.steps if f"{step.page}.html" == one.page), None)
    return gallery.titles.step(workflow, step) if step else one.page.removesuffix(".html")


def _list(gallery: Gallery) -> str:
    """All that is shown, for programs."""
    listed = [
        {
            "file": hung.file,
            "page": hung.exhibit.page,
            "state": hung.exhibit.state,
            "of": hung.exhibit.of,
            "group": hung.exhibit.group,
            "theme": hung.theme,
            "language": hung.language,
        }
        for hung in gallery.hung
    ]
    return json.dumps({"version": 1, "name": gallery.site.name, "shown": listed}, indent=1, ensure_ascii=False) + "\n"
