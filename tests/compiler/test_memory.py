"""What a check came to is remembered, and never where anything that it read is another."""

import os
import subprocess
import sys

import pytest

from generator import shipped
from generator.compiler import memory
from generator.compiler.memory import Memory, Verdict
from generator.model.place import Place
from generator.model.problem import Edit, Ignored, Problem, Related
from tests.cli.test_verbs import run
from tests.support.town import ROOT

SHOP = "version: 1\nextends: default\nsite: {name: Acme}\n"

PROBLEM = Problem(
    "unknown-key",
    Place("a.yaml", 2, 1, 4),
    'it says "é\u2028\U0001f600"',
    "so",
    "warning",
    (Related(Place("b.yaml", 1, 1), "there"),),
    (Edit(Place("a.yaml", 2, 1, 4), "site"),),
)
VERDICT = Verdict((PROBLEM,), (Ignored(PROBLEM, "because"),), True, "1 warning")


def key(path, label):
    return memory.key(path, label, memory.ours())


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shop"
    (folder / "texts").mkdir(parents=True)
    (folder / "themes" / "own").mkdir(parents=True)
    (folder / "workflows.yaml").write_text(SHOP, encoding="utf-8")
    return folder


def test_what_is_kept_is_recalled_as_it_was(tmp_path):
    kept = Memory(tmp_path / "kept")

    kept.keep("a", VERDICT)

    assert kept.recall("a") == VERDICT
    assert kept.recall("b") is None


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data.replace(b"say", b"SAY"), lambda data: b""])
def test_what_is_damaged_is_not_trusted(tmp_path, harm):
    kept = Memory(tmp_path)
    kept.keep("a", VERDICT)
    file = tmp_path / "a.json"

    file.write_bytes(harm(file.read_bytes()))

    assert kept.recall("a") is None


def test_the_oldest_answers_go(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "MOST_KEPT", 3)
    for number in range(6):
        Memory(tmp_path).keep(str(number), VERDICT)
        os.utime(tmp_path / f"{number}.json", (number, number))

    assert sorted(file.name for file in tmp_path.iterdir()) == ["3.json", "4.json", "5.json"]


def test_where_nothing_can_be_kept_nothing_is_lost(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Memory(tmp_path / "file" / "below")

    kept.keep("a", VERDICT)

    assert kept.recall("a") is None


@pytest.mark.parametrize(
    "file", ["workflows.yaml", "catalog.yaml", "catalog.yml", "texts/fr.yaml", "themes/own/theme.yaml", "logo.png"]
)
def test_another_byte_in_any_file_is_another_key(shop, file):
    definition, changed = shop / "workflows.yaml", shop / file
    before = key(definition, "shop")

    changed.write_bytes((changed.read_bytes() if changed.exists() else b"") + b"#")
    after = key(definition, "shop")
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")

    assert len({before, after, key(definition, "shop")}) == 3
    assert key(definition, "other") != key(definition, "shop")


@pytest.mark.parametrize("part", ["SCHEMAS", "THEMES"])
def test_other_files_of_ours_are_another_key(shop, tmp_path, monkeypatch, part):
    before = key(shop / "workflows.yaml", "shop")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "some.json").write_text("{}", encoding="utf-8")

    monkeypatch.setattr(shipped, part, tmp_path / "ours")

    assert key(shop / "workflows.yaml", "shop") != before


def test_an_update_of_a_library_is_another_key(shop, tmp_path, monkeypatch):
    before = key(shop / "workflows.yaml", "shop")
    monkeypatch.syspath_prepend(str(tmp_path))
    between = key(shop / "workflows.yaml", "shop")

    (tmp_path / "babel-99.dist-info").mkdir()

    assert len({before, between, key(shop / "workflows.yaml", "shop")}) == 3


def test_what_cannot_be_told_is_not_remembered(shop):
    assert key(shop / "no.yaml", "shop") is None
    assert key(shop, "shop") is None
    (shop / "broken.yaml").symlink_to("nowhere")
    assert key(shop / "workflows.yaml", "shop") is None


OPENED = """
import sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, args: opened.add(args[0]) if event == "open" else None)
from generator.compiler.build import build
build(Path(sys.argv[1]), "workflows.yaml")
from generator.compiler import memory
known = {str(Path(file).resolve()) for file in (*memory._beside(Path(sys.argv[1])), *memory._program())}
mine = [Path(sys.argv[1]).parent.resolve(), Path(sys.argv[2]).resolve()]
for file in opened:
    path = Path(str(file)).resolve()
    libraries = any(part in ("site-packages", "__pycache__") for part in path.parts)
    if not libraries and path.is_file() and any(path.is_relative_to(at) for at in mine) and str(path) not in known:
        print(path)
"""


def test_all_that_a_check_opens_is_in_its_key(tmp_path):
    """Whoever lets it read one more file has to say so in `memory`, or answers would be stale."""
    example = ROOT / "examples" / "acme" / "workflows.yaml"

    result = subprocess.run(
        [sys.executable, "-c", OPENED, str(example), str(ROOT)], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert result.stdout == ""


def test_the_second_check_answers_from_memory_as_the_first_and_a_change_is_seen(shop, tmp_path):
    """That it does so is seen by its loading no compiler."""
    (shop / "workflows.yaml").write_text(f"{SHOP}portal: {{sectoins: {{}}}}\n", encoding="utf-8")
    first, second = (run("check", cwd=shop, HOSTED_PAGES_CACHE=str(tmp_path / "kept")) for _ in range(2))
    (shop / "workflows.yaml").write_text(SHOP, encoding="utf-8")
    third = run("check", cwd=shop, HOSTED_PAGES_CACHE=str(tmp_path / "kept"))
    (kept, _) = sorted((tmp_path / "kept").glob("*.json"), key=lambda file: file.stat().st_mtime)

    assert (first.returncode, first.stdout, first.stderr) == (second.returncode, second.stdout, second.stderr)
    assert "sectoins" in first.stdout
    assert (third.returncode, third.stdout) == (0, "")
    assert "sectoins" in kept.read_text(encoding="utf-8")
