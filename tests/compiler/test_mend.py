"""What a machine can mend for certain is mended in its place, and not a byte beside it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.compiler import build, mend
from generator.compiler.build import Built
from generator.model.nearest import mended as nearly
from generator.model.place import Place
from generator.model.problem import Edit
from tests.support.town import ROOT

GOOD = """\
# what a merchant wrote
version: 1   # the language
extends: default

site:
    name:   "日本 👩‍👩‍👧"  # two    spaces
    seller: {legal_name: Acme,   vat_number: "0303265045"}
redirects:
  allow: ["https://app.acme.example/"]
  targets:
    home: https://app.acme.example/home
  after: {default: home}
conditions: {reseller: {customer.tags: [reseller]}}
workflows:
  subscribe_to_plan:
    steps:
      gift: {kind: form, after: billing_info, when: reseller, fields: {
        gift: {kind: choice, options: [mug, tee], label: {en: Gift, fr: Cadeau}}}}
"""

SLIPS = [
    ("version: 1   # the language\n", ""),
    ("extends: default", "extends: defualt"),
    ('"0303265045"', "0303265045"),
    ("Acme", "42"),
    ("Acme", "1.50"),
    ("site:", "siet:"),
    ("name:", "nmae:"),
    ("legal_name", "legl_name"),
    ("conditions", "condition"),
    ("home}", "hone}"),
    ("customer.tags", "customer.tag"),
    ("when: reseller", "when: reseler"),
    ("after: billing_info", "after: biling_info"),
    ("{default: home}", "{defaults: home}"),
    ("kind: form", "kind: forms"),
    ("kind: choice", "kind: chioce"),
]


@pytest.fixture(autouse=True)
def unbaked(monkeypatch):
    """Pages take long and are mended by nobody here."""
    monkeypatch.setattr(build.Batch, "all", lambda _: None)


def mended(tmp_path, text):
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode())
    return mend.mended(file, "a.yaml")


def test_what_is_good_stays(tmp_path):
    made = mended(tmp_path, GOOD)

    assert (made.after, made.count, made.built.problems) == (GOOD, 0, ())


@pytest.mark.parametrize(("was", "slip"), SLIPS, ids=lambda words: words.strip())
def test_a_slip_is_mended_and_nothing_else_changes(tmp_path, was, slip):
    made = mended(tmp_path, GOOD.replace(was, slip, 1))

    assert made.built.problems == ()
    assert made.count == 1
    if was.startswith("version"):
        assert made.after == GOOD.replace(was, "version: 1\n")
    elif was == "Acme":
        assert made.after == GOOD.replace(was, f'"{slip}"')
    else:
        assert made.after == GOOD


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SLIPS), min_size=2, max_size=5), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_mending_twice_is_mending_once_and_never_leaves_more_wrong(tmp_path, slips, line_break, marked):
    text = GOOD
    for was, slip in slips:
        text = text.replace(was, slip, 1)
    text = text.replace("\n", line_break)
    before = build.build(tmp_path / "a.yaml", "a.yaml", text)

    once = mended(tmp_path, ("\ufeff" if marked else "") + text)
    mend.write(tmp_path / "a.yaml", once)
    written = (tmp_path / "a.yaml").read_bytes().decode()
    twice = mended(tmp_path, written)

    assert (-once.built.stage, len(once.built.problems)) <= (-before.stage, len(before.problems))
    assert (twice.after, twice.count) == (once.after, 0)
    assert written.startswith("\ufeff") is marked
    assert line_break == "\r\n" or "\r" not in written
    assert re.sub("\r\n", "", written).count("\n") == (0 if line_break == "\r\n" else written.count("\n"))
    assert re.findall("#.*", written) == re.findall("#.*", text)


def test_a_flaw_that_a_person_has_to_look_at_stays(tmp_path):
    text = GOOD.replace("name:", "nm:").replace("home}", "somewhere}")

    assert mended(tmp_path, text).after == text


def test_edits_that_make_it_worse_are_not_made(tmp_path):
    text = GOOD.replace('    name:   "日本 👩‍👩‍👧"', "    nmae: a\n    naem: b")

    made = mended(tmp_path, text)

    assert len(made.built.problems) == 1
    assert made.after == text.replace("nmae", "name")


def test_a_word_in_quotes_is_left_to_its_author(tmp_path):
    text = GOOD.replace("site:", '"siet":')

    assert mended(tmp_path, text).after == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("site: {name: Acme}   # ignore[cut-by-comment] our name\n", "site: {name: Acme}\n"),
        ("  # ignore[cut-by-comment] our name\nsite: {name: Acme}\n", "site: {name: Acme}\n"),
        ("site: {name: Acme}\n# ignore[cut-by-comment] our name", "site: {name: Acme}\n"),
    ],
)
def test_a_stale_ignore_is_taken_away_with_what_held_it(monkeypatch, tmp_path, before, after):
    monkeypatch.undo()
    head = "version: 1  # one\nextends: default\n"

    assert mended(tmp_path, head + before).after == head + after


def test_what_would_change_is_shown_as_a_patch(tmp_path):
    made = mended(tmp_path, "extends: defualt\r\nversion: 1")

    assert mend.diff("a.yaml", made) == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n-extends: defualt\r\n+extends: default\r\n version: 1"
        "\n\\ No newline at end of file\n"
    )


def test_the_file_keeps_its_rights_and_its_name_behind_a_link(tmp_path):
    file, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text("version: 1\nextends: defualt\n", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)

    mend.write(link, mend.mended(link, "b.yaml"))

    assert file.read_text(encoding="utf-8") == "version: 1\nextends: default\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"a.yaml", "b.yaml"}


def test_a_file_that_cannot_be_read_is_not_written(tmp_path):
    made = mend.mended(tmp_path / "no.yaml", "no.yaml")

    assert made.count == 0
    assert [problem.code for problem in made.built.problems] == ["cannot-read"]


PLACE = Place("a", 1, 1, 5)


@pytest.mark.parametrize(
    ("word", "names", "mend"),
    [
        ("title", ["tilte", "other"], "tilte"),
        ("titl?", ["title", "titles"], "title"),
        ("titel", ["title", "titer"], None),
        ("tilte", ["title", "tiltes"], None),
        ("first", ["third"], None),
        ("ab???", ["ab"], None),
        ("title", ["title"], None),
    ],
)
def test_only_one_name_a_single_slip_away_is_certain(word, names, mend):
    assert nearly(word, names, PLACE) == ((Edit(PLACE, mend),) if mend else ())
    assert nearly(word, names, PLACE, taken=names) == ()


def test_every_example_that_we_ship_is_left_alone():
    for file in ["workflows.yaml", "examples/demo/workflows.yaml"]:
        made = mend.mended(ROOT / file, file)

        assert made.before == made.after
        assert isinstance(made.built, Built)
