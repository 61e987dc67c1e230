"""`build/<bundle-id>/`: the definition, the baked pages and the assets, and a manifest that names every byte.

build/current -> <bundle-id>
build/<bundle-id>/manifest.json  definition.json  pages/<language>/<page>  a/<asset>
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator import record
from generator.bundle import pagefile
from generator.model.page import Body
from generator.model.site import Site

FORMAT = 2
"""Grows when an older program could not read what a newer one writes."""

CURRENT = "current"

MANIFEST = "manifest.json"

_SERVED, _BESIDE = '="/a/', '="../../a/'
"""How a page calls an asset when it is served, and when its file is opened from the folder."""


class NotABundle(ValueError):
    """The folder is not what `write` makes; says why."""


@dataclass(frozen=True)
class Bundle:
    """What the runtime lives on. `pages` are page files by language and name, as they are served."""

    id: str
    definition: str
    """The id of the definition: two bundles with the same one behave the same."""
    site: Site
    pages: Mapping[tuple[str, str], str]
    assets: Mapping[str, bytes]

    @cached_property
    def bodies(self) -> dict[tuple[str, str], Body]:
        """Pages that were read already."""
        return {}

    def page(self, language: str, name: str) -> Body:
        """A page, ready to be filled. Raises `KeyError` where the bundle has none of this name."""
        body = self.bodies.get((language, name))
        if body is None:
            body = self.bodies[language, name] = pagefile.read(self.pages[language, name])
        return body


def make(site: Site, pages: Mapping[tuple[str, str], Body], assets: Mapping[str, bytes]) -> Bundle:
    """A bundle, not written anywhere yet."""
    written = {place: pagefile.write(body) for place, body in pages.items()}
    definition = record.write(site)
    files = _files(definition, written, assets)
    return Bundle(_digest(files), _hash(definition.encode()), site, written, dict(assets))


def write(bundle: Bundle, build: Path) -> Path:
    """Write the bundle and make it the current one. It is there whole or not at all, whatever happens meanwhile."""
    build.mkdir(parents=True, exist_ok=True)
    folder = build / bundle.id
    if not folder.is_dir():
        unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=build))
        try:
            _write_files(bundle, unfinished)
            unfinished.chmod(0o755)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    _point(build, bundle.id)
    return folder


def read(folder: Path) -> Bundle:
    """Read a bundle from its folder. Raises `NotABundle` where it is none, or not as it was written."""
    try:
        manifest = (folder / MANIFEST).read_bytes()
        names = json.loads(manifest)["files"]
        files = {name: (folder / name).read_bytes() for name in names}
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as fault:
        raise NotABundle(f"{folder} is no bundle: run `hosted-pages build`") from fault
    return opened({**files, MANIFEST: manifest}, str(folder))


def files(bundle: Bundle) -> dict[str, bytes]:
    """All files of the bundle's folder, by their names in it, with the manifest as the last."""
    made = _files(record.write(bundle.site), bundle.pages, bundle.assets)
    manifest = {
        "bundle": bundle.id,
        "definition": bundle.definition,
        "format": FORMAT,
        "files": {name: _hash(data) for name, data in made.items()},
    }
    made[MANIFEST] = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
    return made


def opened(files: Mapping[str, bytes], where: str) -> Bundle:
    """The bundle of these files. Raises `NotABundle`, which says `where` they were."""
    try:
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            raise NotABundle(f"{where} has format {manifest['format']}; this program reads {FORMAT}: build it anew")
        hashes = {name: (files[name], manifest["files"][name]) for name in manifest["files"]}
        definition = files["definition.json"]
        id = manifest["bundle"]
    except (KeyError, TypeError, json.JSONDecodeError) as fault:
        raise NotABundle(f"{where} is no bundle: run `hosted-pages build`") from fault
    for name, (data, said) in hashes.items():
        if _hash(data) != said:
            raise NotABundle(f"{where}/{name} was changed after it was built: run `hosted-pages build`")
    return Bundle(
        id=id,
        definition=_hash(definition),
        site=record.read(definition.decode(), Site),
        pages=dict(_pages(files)),
        assets={name.removeprefix("a/"): data for name, data in files.items() if name.startswith("a/")},
    )


def current(build: Path) -> Path:
    """The folder of the bundle that was built last. Raises `NotABundle` where none was."""
    folder = (build / CURRENT).resolve()
    if not folder.is_dir():
        raise NotABundle(f"nothing is built in {build}: run `hosted-pages build`")
    return folder


def _pages(files: Mapping[str, bytes]) -> list[tuple[tuple[str, str], str]]:
    pages = []
    for name, data in files.items():
        if name.startswith("pages/"):
            _, language, page = name.split("/")
            pages.append(((language, page), data.decode().replace(_BESIDE, _SERVED)))
    return pages


def _files(definition: str, pages: Mapping[tuple[str, str], str], assets: Mapping[str, bytes]) -> dict[str, bytes]:
    files = {"definition.json": definition.encode()}
    for (language, name), page in pages.items():
        files[f"pages/{language}/{name}"] = page.replace(_SERVED, _BESIDE).encode()
    for name, data in assets.items():
        files[f"a/{name}"] = data
    return dict(sorted(files.items()))


def _write_files(bundle: Bundle, folder: Path) -> None:
    for name, data in files(bundle).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _point(build: Path, id: str) -> None:
    """A symbolic link cannot be rewritten in one go, but renamed over the old one."""
    new = build / f".{CURRENT}-{os.getpid()}"
    new.unlink(missing_ok=True)
    new.symlink_to(id, target_is_directory=True)
    new.replace(build / CURRENT)


def _digest(files: Mapping[str, bytes]) -> str:
    names = "".join(f"{name}\0{_hash(data)}\n" for name, data in sorted(files.items()))
    return _hash(f"{FORMAT}\n{names}".encode())[:16]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
