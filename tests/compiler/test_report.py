"""What is said of problems, to people and to programs: the caret, and the four forms that programs read."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from wcwidth import wcswidth

from generator import shipped
from generator.compiler.report import as_github, as_json, as_junit, as_sarif, as_text, lines_of
from generator.compiler.report.cells import cells
from generator.compiler.report.run import Run, checked
from generator.model.place import Place
from generator.model.problem import Edit, Ignored, Problem, Related

SUPPORT = Path(__file__).parents[1] / "support"
REPORT = Draft202012Validator(json.loads((shipped.SCHEMAS / "report.schema.json").read_text(encoding="utf-8")))
SARIF = Draft4Validator(json.loads((SUPPORT / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


def problem(line=1, column=1, length=1, file="a.yaml", code="unknown-key", says="no", **more):
    return Problem(code, Place(file, line, column, length), says, **more)


def run(*problems, written=("",), ignored=(), known=()):
    lines = {"a.yaml": list(written)}.get
    whole = checked("a.yaml", (*problems, *known), tuple(ignored), lines)
    return Run((whole.__class__("a.yaml", problems, tuple(ignored), tuple(known), whole.fingerprints),), lines)


def caret(line, word, start=None):
    """The line and the one below it, as they are printed for a problem with this word."""
    made = run(problem(1, line.index(word) + 1 if start is None else start, len(word)), written=[line])
    return as_text.render(made).splitlines()[2:]


FAMILY = "👩‍👩‍👧"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "a",
        "日本語",
        "ｶﾅ",
        "e\u0301",
        "각",
        "한국",
        "\u200b",
        "ก็ำ"[:2],
        "👍",
        "👍🏽",
        FAMILY,
        "❤️",
        "☎",
        "🇫🇷",
        "1️⃣",
        "🏳️‍🌈",
        "⌚️",
    ],
)
@pytest.mark.parametrize("word", ["x", "語", "é", "e\u0301e", FAMILY])
def test_the_caret_stands_below_what_is_meant(before, word):
    line, below = caret(f"key: {before}|{word} z", word, len(f"key: {before}|") + 1)

    assert below.index("^") == wcswidth(line.removesuffix(f"{word} z"))
    assert len(below) == wcswidth(line.removesuffix(" z"))


@pytest.mark.parametrize("line", ["\tx", "a\tx", "ab\t\tx", "日\tx", "aaaaaaaa\tx", "x\ty"])
def test_a_tab_reaches_the_same_stop_on_both_lines(line):
    above, below = caret(line, "x")

    assert below.expandtabs().index("^") == above.expandtabs().index("x")
    above, below = caret("a: x\ty", "x\ty")
    assert below.expandtabs() == "  |    ^" + "~" * (above.expandtabs().index("y") - 7)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["a", "é", "語", "e\u0301", "👍", "👍🏽", FAMILY, "❤️", "☎", "🇫🇷", "각", "각", "ｶ"])))
def test_words_are_as_wide_as_another_reader_says(parts):
    assert cells("".join(parts)) == wcswidth("".join(parts))


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(1, 20), st.integers(1, 20))
def test_whatever_was_written_nothing_in_the_report_acts_on_a_terminal(line, column, length):
    line = re.sub("[\n\r\x85\u2028\u2029]", "", line)
    made = run(problem(1, column, length, says=f"no {line}"), written=[line])

    for letter in as_text.render(made).replace("\n", "").replace("\t", ""):
        assert letter >= " "
        assert letter not in "\x7f\x9b\u202a\u202e\u2066\u2069"
        assert not "\ud800" <= letter <= "\udfff"


def test_of_a_long_line_what_is_around_the_place_is_shown():
    above, below = caret("a" * 5000 + "!" + "b" * 5000, "!")

    assert len(above) < 200
    assert above[below.index("^")] == "!"


def test_in_colour_the_words_themselves_are_lit_and_without_colour_it_is_the_same():
    made = run(problem(1, 4, 1, hint="write y"), written=["a: x"])
    lit = as_text.render(made, colour=True)

    assert "\x1b[1;31mx\x1b[0m" in lit
    assert re.sub(r"\x1b\[[0-9;]*m", "", lit) == as_text.render(made)


def test_lines_are_counted_as_yaml_counts_them(tmp_path):
    (tmp_path / "a.yaml").write_bytes("\ufeffa: \x0bb\u2028c\r\nd\re\x0cf\n".encode())

    assert lines_of([tmp_path])("a.yaml") == ["a: \x0bb", "c", "d", "e\x0cf"]


MANY = [
    problem(1, 3, 2, says="first", hint="write b", edits=(Edit(Place("a.yaml", 1, 3, 2), "b"),)),
    problem(2, 1, 4, code="duplicate-key", related=(Related(Place("a.yaml", 1, 1, 1), "first here"),)),
    problem(2, 9, 1, code="cut-by-comment", severity="warning"),
    problem(0, 0, 0, file="elsewhere é.yaml", code="a-code-of-somebody-else"),
]
WRITTEN = ["a: 😀xx", "語👩: b 😀 c"]


def everything():
    left = Ignored(problem(1, 1, 1, code="cut-by-comment", severity="warning"), "our name")
    return run(*MANY, written=WRITTEN, ignored=[left], known=[problem(2, 2, 1, code="wrong-type")])


def test_the_json_says_all_that_is_known_and_keeps_to_its_schema():
    said = json.loads(as_json.render(everything()))

    REPORT.validate(said)
    assert said["summary"] == {"files": 1, "errors": 3, "warnings": 1, "ignored": 1, "known": 1}
    (file,) = said["files"]
    first, second, *_ = file["problems"]
    assert first["place"] == {"file": "a.yaml", "line": 1, "column": 3, "length": 2}
    assert (first["source"], first["hint"]) == ("a: 😀xx", "write b")
    assert first["docs"] == "docs/problems.md#unknown-key"
    assert first["edits"] == [{"place": first["place"], "text": "b"}]
    assert second["related"][0]["says"] == "first here"
    assert file["ignored"][0]["reason"] == "our name"
    assert file["known"][0]["code"] == "wrong-type"


def results(made):
    said = json.loads(as_sarif.render(made))
    SARIF.validate(said)
    return said["runs"][0]


def test_the_sarif_is_valid_and_says_which_rule_on_which_level():
    said = results(everything())

    rules = {rule["id"]: rule for rule in said["tool"]["driver"]["rules"]}
    assert rules["unknown-key"]["help"]["text"].startswith("It would do nothing")
    assert rules["cut-by-comment"]["defaultConfiguration"] == {"level": "warning"}
    for result in said["results"]:
        assert said["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in said["results"]] == ["error", "error", "warning", "error", "warning", "error"]
    assert [result.get("suppressions", [{}])[0].get("kind") for result in said["results"][3:]] == [
        None,
        "inSource",
        "external",
    ]
    assert said["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "b"}
    assert said["results"][1]["relatedLocations"][0]["message"] == {"text": "first here"}


def test_the_columns_of_sarif_are_utf_16_code_units():
    assert results(everything())["columnKind"] == "utf16CodeUnits"
    places = [result["locations"][0]["physicalLocation"] for result in results(everything())["results"]]

    columns = [(place["region"]["startColumn"], place["region"]["endColumn"]) for place in places if "region" in place]

    assert columns[0] == (3, 6)
    assert columns[1] == (1, 6)
    assert columns[2] == (11, 12)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1), st.data())
def test_a_region_of_sarif_cuts_the_same_words_out_of_the_line(line, data):
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start, len(line)))
    region = results(run(problem(1, start + 1, end - start), written=[line]))["results"][0]["locations"][0]
    units = line.encode("utf-16-le")
    at = region["physicalLocation"]["region"]

    assert units[(at["startColumn"] - 1) * 2 : (at["endColumn"] - 1) * 2].decode("utf-16-le") == line[start:end]


def test_addresses_in_sarif_are_relative_to_where_the_check_is_run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    files = ["a b.yaml", str(tmp_path / "sub" / "é.yaml"), "../c.yaml", "/somewhere/d.yaml"]

    artifacts = [as_sarif._artifact(file) for file in files]

    assert [artifact["uri"] for artifact in artifacts] == [
        "a%20b.yaml",
        "sub/%C3%A9.yaml",
        "../c.yaml",
        "file:///somewhere/d.yaml",
    ]
    assert [artifact.get("uriBaseId") for artifact in artifacts] == ["%SRCROOT%"] * 3 + [None]


def fingerprints(written, *problems):
    made = run(*problems, written=written)
    return [result["partialFingerprints"]["hostedPages/v1"] for result in results(made)["results"]]


def test_a_fingerprint_stays_when_lines_move_and_differs_for_each_problem():
    before = fingerprints(["a: b", "c: b", "a: b"], problem(1, 4), problem(2, 4), problem(3, 4))
    after = fingerprints(["", "  a: b", "x", "c: b", "  a: b"], problem(2, 6), problem(4, 4), problem(5, 6))

    assert before == after
    assert len(set(before)) == 3
    assert fingerprints(["a: b"], problem(1, 4, code="wrong-type")) != before[:1]


def test_the_junit_has_a_failed_case_for_each_error_and_a_passed_one_for_a_clean_file():
    broken = ElementTree.fromstring(as_junit.render(everything()))
    clean = ElementTree.fromstring(as_junit.render(run()))

    assert (broken.get("tests"), broken.get("failures"), broken.get("errors")) == ("4", "3", "0")
    (suite,) = broken
    first, *_ = suite
    assert (first.get("classname"), first.get("file"), first.get("line")) == ("a.yaml", "a.yaml", "1")
    assert first.get("name") == "unknown-key at a.yaml:1:3"
    assert first.find("failure").get("type") == "unknown-key"
    assert "write b" in first.find("failure").text
    assert suite[2].find("failure") is None
    assert "cut-by-comment" in suite[2].find("system-out").text
    assert (clean.get("tests"), clean.get("failures"), clean[0][0].get("name")) == ("1", "0", "no problems")


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_whatever_was_written_the_junit_can_be_read(says, line):
    ElementTree.fromstring(as_junit.render(run(problem(says=says), written=[line])).encode("utf-8", "surrogatepass"))


def test_github_is_told_the_worst_first_with_nothing_that_could_end_a_command():
    warnings = [problem(number, code="cut-by-comment", severity="warning") for number in range(1, 15)]
    bad = problem(20, 3, 2, file="a,b:c.yaml", says="100% wrong\n::add-mask::x", hint="see\r")
    ours = problem(21, 1, 1)

    said = as_github.render(run(*warnings, bad, ours)).splitlines()

    assert len(said) == 16
    assert said[0].startswith("::error file=a.yaml,line=21,")
    assert said[1] == (
        "::error file=a%2Cb%3Ac.yaml,line=20,endLine=20,col=3,endColumn=5,title=unknown-key"
        "::100%25 wrong%0A::add-mask::x; see%0D [unknown-key]"
    )
    assert all(line.startswith("::warning ") for line in said[2:])
