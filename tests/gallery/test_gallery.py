"""The gallery as files: the same each time, whole without a server, and nowhere does it lead outside."""

import json
import re

import pytest
from click.testing import CliRunner

from generator.cli import hosted_pages
from generator.compiler.bake.heavy_page import MOST_PAGE
from generator.gallery.modes import in_mode
from generator.gallery.pairs import covering
from generator.gallery.still import still

SHORT = """
version: 1
extends: default
site: {name: Short, languages: [en, de]}
workflows:
  choose_plan: {offered: false}
  change_plan: {offered: false}
"""


def gallery(folder, *options):
    (folder / "workflows.yaml").write_text(SHORT, encoding="utf-8")
    out = folder / "out"
    run = CliRunner().invoke(hosted_pages, ["gallery", str(folder / "workflows.yaml"), "--out", str(out), *options])
    assert run.exit_code == 0, run.output
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return gallery(tmp_path_factory.mktemp("made"))


def read(out):
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def test_the_same_definition_makes_the_same_bytes(made, tmp_path):
    assert read(gallery(tmp_path)) == read(made)


def test_everything_that_a_file_asks_for_is_there(made):
    files = read(made)
    for name, data in files.items():
        if not name.endswith((".html", ".css")):
            continue
        here = (made / name).parent
        found = re.findall(r'(?:href|src|action)="([^"#?]*)', data.decode()) if name.endswith(".html") else []
        found += re.findall(r"url\(([^)]+)\)", data.decode()) if name.endswith(".css") else []
        for asked in found:
            assert not re.match(r"[a-z]+:(?!,)|/", asked) or asked == "data:,", (name, asked)
            assert asked in ("", "data:,") or (here / asked).is_file(), (name, asked)


def test_each_page_hangs_in_every_language_and_each_state_in_the_first(made):
    shown = json.loads((made / "gallery.json").read_text(encoding="utf-8"))["shown"]
    first = {one["file"].partition("/en/")[2] for one in shown if one["language"] == "en"}
    pages = {language: {one["page"] for one in shown if one["language"] == language} for language in ("en", "de")}

    assert len(first) == len([one for one in shown if one["language"] == "en"])
    assert {one["file"].partition("/de/")[2] for one in shown if one["language"] == "de"} <= first
    assert pages["en"] == pages["de"]


def test_no_page_in_any_state_is_heavier_than_a_page_may_be(made):
    """As a customer's browser has it: HTML and its style sheet, before they are compressed."""
    weights = {}
    for file in (made / "pages").rglob("*.html"):
        for sheet in re.findall(r'href="([^"]+/style\.[a-z]+\.[0-9a-f]+\.css)"', file.read_text(encoding="utf-8")):
            weights[file.name] = file.stat().st_size + (file.parent / sheet).stat().st_size

    assert len(weights) > 100
    assert max(weights.values()) < MOST_PAGE, max(weights, key=weights.get)


def test_a_form_leads_on_to_what_a_customer_would_see_next(made):
    page = (made / "pages" / "plain" / "en" / "pay_invoice.summary--pay_invoice-01.html").read_text(encoding="utf-8")
    action = re.search(r'method="get" action="([^"]+)"', page)[1]

    assert action == "pay_invoice.payment--pay_invoice-01.html"
    assert "post" not in re.findall(r'method="(\w+)"', page)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "workflows.yaml").write_text(SHORT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    run = CliRunner().invoke(
        hosted_pages, ["gallery", str(tmp_path / "workflows.yaml"), "--out", str(tmp_path / "out")]
    )

    assert run.exit_code == 2
    assert "name another folder" in run.stderr
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--theme", "plian"], 'no theme "plian"; did you mean "plain"'), (["--language", "xx"], "does not speak xx")],
)
def test_what_there_is_not_is_told(tmp_path, options, said):
    (tmp_path / "workflows.yaml").write_text(SHORT, encoding="utf-8")
    run = CliRunner().invoke(hosted_pages, ["gallery", str(tmp_path / "workflows.yaml"), *options])

    assert run.exit_code == 2
    assert said in run.stderr


def test_a_page_that_stands_still_sends_nothing_and_leads_nowhere():
    page = '<a href="/portal?x=1">a</a><a href="https://a.example/">b</a><form class="s" method="post" action="/w/1/x">'

    assert still(page, {"/portal": "p.html"}, "") == (
        '<a href="p.html">a</a><a href="#">b</a><form class="s" method="dialog">'
    )


def test_a_style_sheet_in_a_mode_asks_no_more_which_one_it_is():
    sheet = "@media (prefers-color-scheme:dark){a{}}@media (prefers-contrast: more){b{}}"

    assert in_mode(sheet, "dark").startswith("@media (min-width:0){a{}}@media (max-width:0){b{}}")
    assert in_mode(sheet, "contrast").startswith("@media (max-width:0){a{}}@media (min-width:0){b{}}")


def test_few_combinations_hold_every_pair():
    axes = (("en", "fr", "ar"), ("plain", "warm"), ("light", "dark"))
    shown = list(covering(range(12), axes, lambda number: number % 4))

    assert {number for number, _ in shown} == set(range(12))
    for kind in range(4):
        seen = {value for number, values in shown if number % 4 == kind for value in values}
        assert seen == {value for axis in axes for value in axis}
    for one in range(3):
        for two in range(one):
            pairs = {(values[one], values[two]) for _, values in shown}
            assert pairs == {(a, b) for a in axes[one] for b in axes[two]}
    assert len(shown) <= 16
