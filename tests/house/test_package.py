"""Installed from a wheel, it has all that it needs: schemas, themes and the default definition."""

import subprocess
import sys
import zipfile

import pytest

from tests.support.town import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's content in a folder of its own, away from the checkout."""
    home = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(ROOT),
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "-w",
        str(home),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = home.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home / "site")
    return home / "site"


def run(installed, where, *words):
    command = [sys.executable, "-m", "generator", *words]
    return subprocess.run(
        command, cwd=where, env={"PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False
    )


def test_a_merchants_file_is_checked_and_built_far_from_any_checkout(installed, tmp_path):
    (tmp_path / "workflows.yaml").write_text(
        "version: 1\nextends: default\nsite: {name: Acme, languages: [en, fr, ar]}\n", encoding="utf-8"
    )

    checked = run(installed, tmp_path, "check")
    built = run(installed, tmp_path, "build")

    assert (checked.returncode, checked.stderr) == (
        0,
        "workflows.yaml: no problems in 12 workflows and 4 sections (en, fr, ar)\n",
    )
    assert (tmp_path / "build" / built.stdout.strip() / "manifest.json").is_file()


def test_a_problem_is_explained_far_from_any_checkout(installed, tmp_path):
    told = run(installed, tmp_path, "explain", "unknown-step")

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("unknown-step\n\nError. ")
    assert "[unknown-step]\n" in told.stdout


def test_it_carries_its_licences(installed):
    names = {file.name for file in installed.rglob("*") if file.is_file()}

    assert {"LICENSE", "OFL.txt", "workflows.schema.json", "py.typed"} <= names
