"""What another version changes for who is under way and for money is told at a place of the new file.

Each folder of `tests/cases/against` has a definition as it was, as it is now, and a twin of which nothing is said.
`UPDATE=1` writes the words anew: read what changed before you commit it.
"""

import pytest

from generator import shipped
from generator.compiler import report
from generator.compiler.build import build, site_of
from generator.compiler.codes import CODES, COMPARED
from generator.compiler.versions import against
from tests.support.kept import stands
from tests.support.town import ROOT

ROOM = ROOT / "tests" / "cases" / "against"
CASES = sorted(path for path in ROOM.iterdir() if path.is_dir())
HEAD = "version: 1\nextends: default\nsite: {languages: [en]}\n"
OPTION = "workflows: {subscribe_to_plan: {steps: {%s}}}\n"
FORM = "one: {kind: form, after: options, title: {en: One}, fields: {%s}}"
FIELD = "%s: {kind: text, label: {en: %s}}"


def told(before, now):
    site, problems = site_of(before, before.name)
    assert site, problems
    return site_of(now, now.name, site)[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_is_told_in_these_words_and_its_twin_is_none(case):
    words = report.text(told(case / "old.yaml", case / "new.yaml"), report.lines_of([case])) + "\n"
    assert words == stands(case.with_suffix(".out"), words)
    assert f"[{case.name}]" in words
    assert told(case / "old.yaml", case / "twin.yaml") == ()


def test_every_such_problem_has_its_case_and_is_a_warning():
    assert set(against.CODES.values()) == {case.name for case in CASES} == set(COMPARED)
    assert {CODES[code].severity for code in against.CODES.values()} == {"warning"}


@pytest.mark.parametrize(
    "file",
    [shipped.DEFAULT_DEFINITION, *sorted(ROOT.glob("examples/*/workflows.yaml"))],
    ids=lambda file: file.parent.name,
)
def test_a_definition_changes_nothing_against_itself(file):
    assert told(file, file) == ()


WHERE = {
    "a step of the file's own": (HEAD + OPTION % (FORM % FIELD % ("a", "A")), HEAD, [("removed-without-was", 1, 1)]),
    "a step of the default that is taken away": (
        HEAD,
        HEAD + OPTION % "options: false",
        [("options-not-asked", 4, 13), ("removed-without-was", 4, 41)],
    ),
    "two fields of one step, together": (
        HEAD + OPTION % (FORM % ", ".join(FIELD % (name, name) for name in "abc")),
        HEAD + OPTION % (FORM % FIELD % ("a", "a")),
        [("removed-without-was", 4, 93)],
    ),
    "a workflow": (HEAD, HEAD + "workflows: {pay_invoice: {offered: false}}\n", [("removed-without-was", 4, 13)]),
    "who comes to the payment step": (
        HEAD,
        HEAD + "workflows: {change_options: {steps: {payment: {when: {quote.due_now: {above: 5.00 EUR}}}}}}\n",
        [("misplaced-step", 4, 38), ("other-payment-case", 4, 38)],
    ),
}


@pytest.mark.parametrize("what", WHERE)
def test_what_is_gone_is_told_where_it_would_stand(tmp_path, what):
    before, now, wanted = WHERE[what]
    for name, words in (("a.yaml", before), ("b.yaml", now)):
        (tmp_path / name).write_text(words, encoding="utf-8")

    problems = told(tmp_path / "a.yaml", tmp_path / "b.yaml")

    assert [(one.code, one.place.line, one.place.column) for one in problems] == wanted
    assert {one.place.file for one in problems} == {"b.yaml"}


def test_what_is_meant_is_ignored_and_the_ignore_is_stale_only_where_somebody_asked(tmp_path):
    case = ROOM / "removed-without-was"
    new = tmp_path / "new.yaml"
    words = (case / "new.yaml").read_text(encoding="utf-8")
    new.write_text(
        words.replace(" fields:", " fields:  # ignore[removed-without-was] nobody wanted it"), encoding="utf-8"
    )
    before = site_of(case / "old.yaml", "old.yaml")[0]

    assert site_of(new, "new.yaml", before)[1] == ()
    assert build(new, "new.yaml").problems == ()
    same = build(new, "new.yaml", before=site_of(new, "new.yaml")[0])
    assert [problem.code for problem in same.problems] == ["stale-ignore"]
