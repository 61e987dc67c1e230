"""Whoever turns pages like leaves sees each as it is, and nothing of the one before."""

from types import SimpleNamespace

import pytest

from generator.rehearsal.stand import listening, serving
from tests.browser.gallery.conftest import static
from tests.browser.gallery.eyes import Looker

PAGE = """<!doctype html>
<html lang="en" dir="ltr">
<head><title>A page</title><meta name="viewport" content="width=device-width, initial-scale=1">{sheet}</head>
<body><main><h1>A page</h1><p>{words}</p></main></body>
</html>
"""
PALE = '<link rel="stylesheet" href="pale.css">'


@pytest.fixture
def looked(browser, tmp_path):
    """What is minded of these pages, as (rule, file and mode and width); each is looked at in these modes."""
    (tmp_path / "pale.css").write_text("@media (prefers-color-scheme: light) { p { color: #ddd } }", encoding="utf-8")

    def look(*visits):
        made = []
        for file, sheet, words, mode, width in visits:
            (tmp_path / file).write_text(PAGE.format(sheet=sheet, words=words), encoding="utf-8")
            made.append(SimpleNamespace(hung=SimpleNamespace(file=file, theme=""), mode=mode, width=width))
        with serving(static(tmp_path), listening()) as address:
            looker = Looker(browser, address, tmp_path)
            looker.look(made)
        assert looker.count == len(visits)
        return sorted((rule, where) for rule, _, _, where in looker.violations)

    return look


def test_a_page_is_seen_in_its_own_dress_and_in_no_other(looked):
    assert looked(
        ("a.html", "", "seen well", "light", "desk"),
        ("b.html", PALE, "pale", "light", "desk"),
        ("c.html", "", "seen well", "light", "desk"),
        ("d.html", PALE, "well by night", "dark", "desk"),
        ("e.html", PALE, "pale again", "contrast", "phone"),
    ) == [("color-contrast", "b.html light desk"), ("color-contrast", "e.html contrast phone")]


def test_what_is_wrong_with_one_page_is_not_said_of_the_next(looked):
    assert looked(
        ("a.html", "", "<button></button>", "light", "desk"),
        ("b.html", "", "well", "light", "desk"),
        ("c.html", "", "w" * 60, "light", "phone"),
        ("d.html", "", "w" * 60, "light", "desk"),
    ) == [("button-name", "a.html light desk"), ("wider", "c.html light phone")]


def test_a_part_is_measured_once_and_anew_where_it_or_what_it_is_in_is_other(looked):
    assert looked(
        ("a.html", PALE, "pale 1", "light", "desk"),
        ("b.html", PALE, "pale 2", "light", "desk"),
        ("c.html", PALE, "pale 3", "light", "phone"),
        ("d.html", PALE, "pale, too", "light", "desk"),
        ("e.html", PALE, "</p><section><p>pale 1</p></section><p>", "light", "desk"),
    ) == [
        ("color-contrast", f"{file}.html light {width}")
        for file, width in (("a", "desk"), ("c", "phone"), ("d", "desk"), ("e", "desk"))
    ]
