"""`build/`: the same input makes the same bytes, and a bundle is there whole or not at all."""

import os
import subprocess
import sys

import pytest

from generator import record, shipped
from generator.bundle import folder
from generator.bundle.folder import NotABundle
from generator.compiler.build import build
from generator.model.site import Site
from tests.support.town import ROOT


@pytest.fixture(scope="module")
def bundle():
    made = build(shipped.DEFAULT_DEFINITION, "workflows.yaml").bundle
    assert made is not None
    return made


def bytes_of(path):
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_another_machine_makes_the_same_bytes(bundle, tmp_path):
    here = folder.write(bundle, tmp_path / "here")
    strange = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    command = [sys.executable, "-m", "generator", "build", str(shipped.DEFAULT_DEFINITION), "--out", str(elsewhere)]
    subprocess.run(command, env=strange, cwd=tmp_path, check=True, capture_output=True)

    assert bytes_of(here) == bytes_of(elsewhere / bundle.id)


def test_a_bundle_is_read_back_as_it_was_made(bundle, tmp_path):
    read = folder.read(folder.write(bundle, tmp_path))

    assert (read.id, read.definition, read.site) == (bundle.id, bundle.definition, bundle.site)
    assert read.pages == bundle.pages
    assert read.assets == bundle.assets


def test_building_again_changes_nothing(bundle, tmp_path):
    before = folder.write(bundle, tmp_path).stat().st_mtime_ns

    assert folder.write(bundle, tmp_path).stat().st_mtime_ns == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([bundle.id, "current"])


def test_the_current_bundle_is_changed_in_one_go(bundle, tmp_path):
    other = folder.make(bundle.site, {}, bundle.assets)
    folder.write(bundle, tmp_path)
    folder.write(other, tmp_path)

    assert folder.current(tmp_path).name == other.id
    assert folder.read(tmp_path / bundle.id).id == bundle.id


@pytest.mark.parametrize("change", ["edited", "removed", "manifest", "format", "nothing built"])
def test_a_folder_that_is_not_as_it_was_built_is_refused_with_the_command_to_run(bundle, tmp_path, change):
    path = folder.write(bundle, tmp_path)
    page = path / "pages" / "en" / "subscribe_to_plan.summary.html"
    manifest = path / "manifest.json"
    match change:
        case "edited":
            page.write_text(page.read_text() + "<p>free</p>")
        case "removed":
            page.unlink()
        case "manifest":
            manifest.write_text("{}")
        case "format":
            manifest.write_text(manifest.read_text().replace(f'"format": {folder.FORMAT}', '"format": 99'))
        case "nothing built":
            path = tmp_path / "elsewhere"

    with pytest.raises(NotABundle, match=r"hosted-pages build|build it anew"):
        folder.read(path) if path.exists() else folder.current(path)


def test_a_page_opened_from_its_folder_finds_its_style_and_its_fonts(bundle, tmp_path):
    path = folder.write(bundle, tmp_path)
    page = path / "pages" / "en" / "portal.invoices.html"
    html = page.read_text(encoding="utf-8")

    style = html.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (page.parent / style).resolve().is_file()
    assert "⟦invoice.total|money|text⟧" in html


def test_comments_and_places_do_not_change_what_a_definition_is(tmp_path):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("version: 1\nextends: default\nsite: {name: Acme}\n")
    other.write_text("# a comment\nversion: 1\n\nsite:\n  name: 'Acme'\nextends: default\n")

    bundles = [build(file, file.name).bundle for file in (one, other)]

    assert bundles[0].definition == bundles[1].definition
    assert bundles[0].id == bundles[1].id
    assert record.read(record.write(bundles[0].site), Site) == bundles[0].site
