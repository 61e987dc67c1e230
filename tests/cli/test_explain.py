"""A code at the end of a report is explained: what it is, how it is written wrongly and how rightly."""

import pytest
from click.testing import CliRunner

from generator.cli.explain import STATES, explain
from generator.compiler.codes import CODES
from tests.support.town import ROOT


def told(*words):
    return CliRunner().invoke(explain, words)


@pytest.mark.parametrize("code", CODES)
def test_every_problem_is_explained(code):
    answer = told(code)

    assert answer.exit_code == 0
    assert answer.output.startswith(f"{code}\n\n{CODES[code].severity.capitalize()}. {CODES[code].says}. ")
    assert "```" not in answer.output
    assert "\n## " not in answer.output


def test_it_shows_what_is_wrong_the_report_of_it_and_what_is_right():
    wrong, report, right = (
        (ROOT / "tests" / "cases" / file).read_text(encoding="utf-8").strip()
        for file in ("bad/early-name.yaml", "bad/early-name.out", "good/early-name.yaml")
    )
    said = told("early-name").output

    places = [
        said.index("\n".join(f"    {line}".rstrip() for line in part.splitlines())) for part in (wrong, report, right)
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_explained_as_before(state):
    assert told(state).output.startswith(f"{state}\n  start ")


def test_a_code_that_is_nearly_right_is_asked_about():
    answer = told("unknwon-step")

    assert answer.exit_code == 2
    assert 'did you mean "unknown-step"?' in answer.output
