"""The tutorial for designers is gone through: each of its steps is good, and what comes out is the example."""

import re

import pytest

from generator import shipped
from generator.compiler.build import build
from tests.support.town import ROOT

EXAMPLE = ROOT / "examples" / "bakery"
SECTION = (ROOT / "docs" / "designers.md").read_text(encoding="utf-8")
SECTION = SECTION.partition("## A theme in forty lines")[2].partition("\n## ")[0]

FILE = r"`([\w/.]+\.(?:yaml|css|html))`"


def steps():
    """Each step as its files with what they hold: the last file that is named before words is the one that has them."""
    for step in re.split(r"^\*\*\d\.", SECTION, flags=re.M)[1:]:
        parts = re.split(r"```\w*\n", step)
        yield {re.findall(FILE, told)[-1]: words for told, words in zip(parts[::2], parts[1::2], strict=False)}


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder as it is in the end, and what was wrong after each step."""
    home, kept = tmp_path_factory.mktemp("bakery"), tmp_path_factory.mktemp("kept")
    wrong = []
    for step in steps():
        for name, words in step.items():
            file = home / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(words, encoding="utf-8")
        wrong.append(build(home / "workflows.yaml", "workflows.yaml", kept=kept).problems)
    return home, wrong


def test_nothing_is_wrong_on_the_way(walked):
    assert sum(map(len, steps())) == SECTION.count("```") / 2
    assert walked[1] == [()] * 6


def test_what_comes_out_is_the_example(walked):
    files = {file.relative_to(EXAMPLE) for file in EXAMPLE.rglob("*") if file.is_file()}

    assert files == {file.relative_to(walked[0]) for file in walked[0].rglob("*") if file.is_file()}
    for file in files:
        assert (EXAMPLE / file).read_text(encoding="utf-8") == (walked[0] / file).read_text(encoding="utf-8"), file


def test_the_theme_has_fewer_lines_than_it_is_said_to_have():
    lines = [
        line for file in (EXAMPLE / "themes").rglob("*.*") for line in file.read_text(encoding="utf-8").splitlines()
    ]

    assert len(lines) < 40
    assert not (EXAMPLE / "themes" / "crumb").is_relative_to(shipped.THEMES)
