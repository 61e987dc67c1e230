"""The docs are run: what they show a person typing is typed, and answers as they say."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.compiler.build import priced
from generator.model.settings import PREFIX, SETTINGS
from tests.support.kept import stands
from tests.support.town import ROOT

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def typed(file):
    """Every `$ hosted-pages …` of a console block, with what it answers."""
    for block in re.findall(r"```console\n(.*?)```", file.read_text(encoding="utf-8"), re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, answer = part.partition("\n")
            yield command, answer


COMMANDS = [(file, command, answer) for file in DOCS for command, answer in typed(file)]


@pytest.mark.parametrize(("file", "command", "answer"), COMMANDS, ids=[command for _, command, _ in COMMANDS])
def test_what_the_docs_show_is_what_happens(file, command, answer):
    program = str(Path(sys.executable).with_name("hosted-pages"))
    words = shlex.split(command)
    assert words[0] == "hosted-pages"

    result = subprocess.run([program, *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.stdout + result.stderr == answer


def test_every_link_in_the_docs_leads_somewhere():
    for file in [*DOCS, *(ROOT / "docs" / "decisions").glob("*.md")]:
        for target in re.findall(
            r"\]\(([^)#]+)\)", re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.S)
        ):
            if not target.startswith("http") and target != "terms":
                assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_the_table_of_settings_is_fresh_and_has_every_one_that_is_read():
    page = ROOT / "docs" / "operators.md"
    before, head, rest = page.read_text(encoding="utf-8").partition("| setting | what it is |\n|---|---|\n")
    rows = "".join(f"| `{PREFIX}{name}` | {says} |\n" for name, says in SETTINGS.items())
    fresh = before + head + rows + rest[rest.index("\n\n") + 1 :]
    source = (ROOT / "generator" / "wiring.py").read_text(encoding="utf-8")
    names = set(re.findall(r'PREFIX \+ "([A-Z_]+)"', source)) | set(
        re.findall(r'_(?:value|key|number)\([^"]*"([A-Z_]+)"', source)
    )

    assert names == set(SETTINGS)
    assert stands(page, fresh) == fresh


def test_the_definition_that_merchants_are_shown_is_good(tmp_path):
    words = (ROOT / "docs" / "merchants.md").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(.*?)```", words, re.S)[1].replace(", logo: logo.png", "")
    file = tmp_path / "workflows.yaml"
    file.write_text(shown, encoding="utf-8")

    result = subprocess.run(
        [sys.executable, "-m", "generator", "check", str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout


def test_the_catalog_that_merchants_are_shown_is_good(tmp_path):
    words = (ROOT / "docs" / "merchants.md").read_text(encoding="utf-8")
    (shown,) = [block for block in re.findall(r"```yaml\n(.*?)```", words, re.S) if "catalog.schema.json" in block]

    assert priced(tmp_path / "catalog.yaml", "catalog.yaml", shown).problems == ()


def jobs():
    """Every line of the docs' CI jobs that checks, with what its output goes to."""
    words = (ROOT / "docs" / "merchants.md").read_text(encoding="utf-8")
    for line in re.findall(r"^ *- (?:run: )?(hosted-pages check.*)$", words, re.M):
        command, _, file = line.partition(" > ")
        yield command, file


@pytest.mark.parametrize(("command", "file"), list(jobs()))
def test_the_jobs_that_merchants_are_shown_pass_on_a_good_definition_and_fail_on_a_bad_one(tmp_path, command, file):
    program = str(Path(sys.executable).with_name("hosted-pages"))
    for definition, passes in (("default", 0), ("defualt", 1)):
        text = f"version: 1\nextends: {definition}\n"
        (tmp_path / "workflows.yaml").write_text(text, encoding="utf-8")

        result = subprocess.run(
            [program, *shlex.split(command)[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
        )

        assert result.returncode == passes
        assert not file or result.stdout.startswith("<?xml ")


def test_the_hooks_run_on_the_files_that_they_are_for(tmp_path):
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert set(hook) == {"id", "name", "description", "entry", "language", "types", "files"}
        mine = ("workflows.yaml", "a/catalog.yml", "texts/fr.yaml", "a/texts/pt-BR.yml")
        others = ("texts.yaml", "my-workflows.yaml", "themes/a/texts/fr.yaml", "a/themes/b/texts/fr.yaml")
        assert all(re.search(hook["files"], name) for name in mine)
        assert not any(re.search(hook["files"], name) for name in others)
        (tmp_path / "workflows.yaml").write_text("version: 1\nextends: default\n", encoding="utf-8")
        program = [str(Path(sys.executable).with_name("hosted-pages")), *shlex.split(hook["entry"])[1:]]
        assert (
            subprocess.run([*program, "workflows.yaml"], cwd=tmp_path, capture_output=True, check=False).returncode == 0
        )
