"""The floors hold because a machine holds them: each kind of breach is planted and must be found."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.town import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

FORBIDDEN_AT_RUN_TIME = ("yaml", "jsonschema", "jinja2", "generator.compiler")


def lint_imports(tree):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path):
    """A copy of the house that may be broken."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(tree, file, line):
    path = tree / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def test_the_house_keeps_its_floors():
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("generator/model/money.py", "import generator.engine.path", "Floors"),
        ("generator/engine/path.py", "import generator.ports.store", "Floors"),
        ("generator/runtime/desk.py", "import generator.adapters.store", "Floors"),
        ("generator/runtime/desk.py", "import generator.wiring", "Floors"),
        ("generator/adapters/store.py", "import generator.adapters.ledger.biller", "Adapters share nothing"),
        ("generator/model/money.py", "import generator.model.quote", "No circles"),
        ("generator/runtime/fresh.py", "import yaml", "served side"),
        ("generator/fill.py", "import jinja2", "served side"),
        ("generator/compiler/source.py", "import generator.compiler.link", "in stages"),
    ],
)
def test_a_planted_breach_is_found(tree, file, line, contract):
    (tree / file).touch()
    plant(tree, file, line)

    result = lint_imports(tree)

    assert result.returncode == 1
    broken = [row for row in result.stdout.splitlines() if "BROKEN" in row]
    assert any(contract in row for row in broken), result.stdout


def test_a_planted_import_inside_a_function_is_found(tree):
    plant(tree, "generator/fill.py", "def late():\n    import json\n    return json")

    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "generator/fill.py"]
    result = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "PLC0415" in result.stdout or "import-outside-top-level" in result.stdout


def imports_of(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_the_model_needs_nothing_but_the_standard_library():
    names = {name for file in (ROOT / "generator" / "model").rglob("*.py") for name in imports_of(file)}

    foreign = {name for name in names if name.split(".")[0] not in {*sys.stdlib_module_names, "generator"}}
    assert foreign == set()


def loaded_by(code, **more):
    script = f"import sys\n{code}\nprint(*sorted(sys.modules))"
    told = {"cwd": ROOT, "env": {**os.environ, **more}, "capture_output": True, "text": True, "check": True}
    result = subprocess.run([sys.executable, "-c", script], **told)
    return set(result.stdout.splitlines()[-1].split())


CHECK = "from generator.cli import hosted_pages\nhosted_pages.main(['check'], standalone_mode=False)"


def test_check_loads_no_web_server_and_no_database():
    loaded = loaded_by(CHECK, HOSTED_PAGES_CACHE="off")

    assert {"generator.compiler.build", "jinja2", "yaml"} <= loaded
    assert loaded.isdisjoint(
        {"flask", "werkzeug", "sqlalchemy", "alembic", "waitress", "urllib3", "joserfc", "pydantic"}
    )


def test_check_loads_what_makes_pages_only_where_one_has_to_be_made(tmp_path):
    """And what says what is wrong with a shape, or what is seldom written, where there is such a thing."""
    loaded_by(CHECK, HOSTED_PAGES_CACHE=str(tmp_path))
    for file in tmp_path.glob("*.json"):
        file.unlink()

    loaded = loaded_by(CHECK, HOSTED_PAGES_CACHE=str(tmp_path))

    assert {"generator.compiler.draft", "yaml"} <= loaded
    assert loaded.isdisjoint(
        {"generator.compiler.build", "generator.model.live", "jinja2", "jsonschema", "pycountry", "stdnum", "cattrs"}
    )


LATER = re.compile(r'later\.load\("(generator\.[a-z_.]+):')


def test_what_of_ours_is_loaded_later_stands_no_higher_than_who_loads_it():
    """As import-linter holds it for imports: the same rooms in the same order, or within one."""
    contract = next(one for one in CONTRACTS if one["name"] == "A definition is read in stages")
    rank = {room: -at for at, row in enumerate(contract["layers"]) for room in row.split(" | ")}
    files = (ROOT / "generator" / "compiler").rglob("*.py")
    named = [(file, name) for file in files for name in LATER.findall(file.read_text(encoding="utf-8"))]

    assert named
    for file, name in named:
        room = file.relative_to(ROOT / "generator" / "compiler").parts[0].removesuffix(".py")
        other = name.removeprefix("generator.compiler.").split(".")[0]
        assert other == room or rank.get(other, -99) < rank[room], (file, name)


def test_what_serves_loads_no_compiler():
    """Flask brings jinja2 for itself; none of ours asks for it, which the contract above holds."""
    loaded = loaded_by("import generator.runtime.app, generator.runtime.worker, generator.adapters.ledger.biller")

    assert {"flask", "generator.runtime.conductor"} <= loaded
    assert loaded.isdisjoint({"yaml", "jsonschema", "generator.compiler"})


def test_templates_are_never_rendered_when_a_page_is_asked_for():
    served = [ROOT / "generator" / room for room in ("runtime", "adapters", "engine", "bundle", "seal", "locale")]
    files = [file for room in served for file in room.rglob("*.py")] + [ROOT / "generator" / "fill.py"]

    for file in files:
        assert "render_template" not in file.read_text(encoding="utf-8"), file


def test_only_one_room_knows_each_heavy_thing():
    """Time comes from the clock, the environment from wiring, Babel from locale."""
    rooms = {
        "datetime.now(": {"adapters/clock.py", "adapters/sandbox/app.py"},
        "os.environ": {"wiring.py", "cli/demo.py"},
        "import babel": set(),
        "from babel": {"locale/money.py", "locale/countries.py", "locale/meant.py", "locale/speech.py"},
        "|safe": set(),
        "|  safe": set(),
    }
    for words, allowed in rooms.items():
        found = {
            str(file.relative_to(ROOT / "generator"))
            for file in (ROOT / "generator").rglob("*.py")
            if words in file.read_text(encoding="utf-8")
        }
        assert found <= allowed, words
