"""Writes the gallery: every page, the index that finds them, and a film strip for each workflow."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.compiler.pictures import picture
from generator.gallery.looks import Look
from generator.gallery.modes import MODES, in_mode
from generator.gallery.site import ways
from generator.gallery.site.index import Gallery, film, index, shown_of
from generator.gallery.site.render import render

OWN = Path(__file__).parent / "assets"

MARK = "gallery.json"
"""The list of all that is shown; a folder that has it is a gallery, and may be written anew."""


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
    shown = shown_of(gallery)
    yield "index.html", index(gallery, shown).encode()
    for workflow in gallery.site.workflows:
        yield f"workflow-{workflow.id}.html", film(gallery, workflow, shown).encode()
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
