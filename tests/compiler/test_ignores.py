"""`# ignore[code] reason`: what it covers, and when it is itself a problem."""

import pytest

from generator.compiler import ignores
from generator.model.place import Place
from generator.model.problem import Problem

REASON = "our name"


def warning(line, code="cut-by-comment", file="a.yaml"):
    return Problem(code, Place(file, line, 1), "no", severity="warning")


def left(text, *problems, whole=True):
    told, ignored = ignores.apply(problems, ignores.read(text, "a.yaml"), whole)
    return [(problem.code, problem.place.line) for problem in told], [one.problem.place.line for one in ignored]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: b # ignore[cut-by-comment] {REASON}\n", 1),
        (f"a: b #ignore[cut-by-comment] {REASON}\n", 1),
        (f"# ignore[cut-by-comment] {REASON}\na: b\n", 2),
        (f"# ignore[cut-by-comment] {REASON}\n# and more words\na: b\n", 3),
        (f"a:\n  # ignore[cut-by-comment, stale-ignore] {REASON}\n  b: c\n", 3),
    ],
)
def test_it_covers_its_line_or_the_one_below(text, line):
    told, ignored = left(text, warning(line), warning(line + 1), warning(line, file="b.yaml"))

    assert ignored == [line]
    assert ("cut-by-comment", line + 1) in told
    assert len([code for code, _ in told if code == "cut-by-comment"]) == 2


def test_it_says_why():
    written = ignores.read("a: b # ignore[cut-by-comment] our  name \n", "a.yaml")

    _, (ignored,) = ignores.apply([warning(1)], written, whole=True)

    assert ignored.reason == "our  name"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b # ignore[cut-by-comment]\n", "ignore-without-reason"),
        ("a: b # ignore[cut-by-coment] because\n", "unknown-ignore"),
        ("a: b # ignore[unknown-key] because\n", "cannot-ignore"),
        ("a: b # ignore[yaml-syntax] because\n", "cannot-ignore"),
        ("a: b # ignore[insecure-redirect] because\n", "cannot-ignore"),
    ],
)
def test_one_that_ignores_nothing_is_a_problem_and_covers_nothing(text, code):
    told, ignored = left(text, warning(1), whole=False)

    assert told == [("cut-by-comment", 1), (code, 1)]
    assert ignored == []


def test_the_nearest_code_is_named():
    (_, wrong), _ = ignores.apply([warning(1)], ignores.read("a: b # ignore[cut-by-coment] why\n", "a.yaml"), True)

    assert wrong.hint == 'did you mean "cut-by-comment"?'
    assert wrong.edits[0].text == "cut-by-comment"


def test_one_with_nothing_to_ignore_is_stale_but_only_where_every_check_was_made():
    text = "a: b # ignore[cut-by-comment] our name\n"

    assert left(text) == ([("stale-ignore", 1)], [])
    assert left(text, whole=False) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b # ignore[cut-by-comment] why'\n",
        "a: |\n  # ignore[cut-by-comment] why\n",
        "a: b#ignore[cut-by-comment] why\n",
        "a: b # see ignore[cut-by-comment] why\n",
    ],
)
def test_only_a_comment_can_be_one(text):
    assert ignores.read(text, "a.yaml") == ()
