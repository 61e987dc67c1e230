"""The gallery's own pages: the index that finds everything, and a film strip for each workflow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.compiler.pictures.titles import Titles
from generator.engine.paths import paths
from generator.gallery.collection import Collection
from generator.gallery.exhibit import Exhibit
from generator.gallery.hanging import Hung
from generator.gallery.looks import Look
from generator.gallery.showing.strips import Strip
from generator.gallery.site.render import templates
from generator.locale import speech
from generator.model.site import Site
from generator.model.workflow import Workflow


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


def shown_of(gallery: Gallery) -> Mapping[str, Shown]:
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


def index(gallery: Gallery, shown: Mapping[str, Shown]) -> str:
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


def film(gallery: Gallery, workflow: Workflow, shown: Mapping[str, Shown]) -> str:
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
