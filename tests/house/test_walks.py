"""The language of walks: its documentation is fresh, every sentence is used, and what is written wrong is answered."""

import os
import re

import pytest
from click.testing import CliRunner

from generator.__main__ import main
from generator.cli import hosted_pages
from generator.rehearsal import script
from generator.rehearsal.sentences import GROUPS, SENTENCES, meant
from tests.support.town import DEMO, ROOT

DOCS = ROOT / "docs" / "walks.md"
BETWEEN = re.compile(r"(<!-- sentences:[^>]*-->\n).*(<!-- end of sentences -->)", re.DOTALL)
WALKS = sorted((ROOT / "tests" / "walks").rglob("*.walk"))


def test_the_documentation_lists_every_sentence():
    listed = "\n".join(
        f"**{title}**\n\n" + "".join(f"- `{sentence.pattern}`\n" for sentence in group)
        for title, group in GROUPS.items()
    )
    now = DOCS.read_text(encoding="utf-8")
    fresh = BETWEEN.sub(lambda found: found[1] + listed + found[2], now)
    if os.environ.get("UPDATE"):
        DOCS.write_text(fresh, encoding="utf-8")
    assert now == fresh


def test_every_sentence_is_said_in_some_walk():
    said = set()
    for file in WALKS:
        for line in script.read(file.read_text(encoding="utf-8"), file.name).lines:
            said.add(line.sentence)
    assert [sentence.pattern for sentence in SENTENCES if sentence not in said] == []


def test_no_sentence_is_taken_for_another():
    for sentence in SENTENCES:
        example = re.sub(r"\{(\w+)\}", lambda hole: EXAMPLES.get(hole[1], "word"), sentence.pattern)
        found = meant(example)
        assert found is not None, example
        assert found[0] is sentence, f"{example} is taken for {found[0].pattern}"


EXAMPLES = {
    "text": '"Pay"',
    "title": '"Payment"',
    "value": '"5"',
    "price": "5.00 EUR",
    "days": "3",
    "schedule": "3, 5",
    "then": "suspends",
    "terms": "3",
    "status": "409",
    "count": "2",
    "day": "2027-01-01",
    "number": "4242424242424242",
    "pairs": "from=x, outcome=y",
    "options": "seats 5, support on",
    "path": "/portal",
    "amount": "120",
    "iban": "DE89370400440532013000",
    "label": '"Visa"',
}


@pytest.mark.parametrize(
    ("written", "code", "says", "hint"),
    [
        ("", "empty-walk", "nobody does anything", "begin with"),
        ("continues", "nobody-named", "not said who", "begin with"),
        ("Ada is a customer\nBob continues", "nobody-named", 'nobody called "Bob"', "`Bob is a customer`"),
        ("Ada is a customer\ncontinus", "unknown-sentence", '"continus" is no sentence', "did you mean `continues`?"),
        ("Ada is a customer\nwas charged 5 EURO", "unknown-sentence", "no sentence", "`was charged {price}`"),
    ],
)
def test_what_is_written_wrong_is_answered(written, code, says, hint):
    (problem,) = script.read(written, "a.walk")
    assert problem.code == code
    assert says in problem.says
    assert hint in problem.hint


def test_comments_and_space_say_nothing():
    read = script.read("# First.\n\n  Ada is a customer   # here she is\n    continues\n", "a.walk")
    assert (read.says, [line.written for line in read.lines]) == ("First.", ["Ada is a customer", "continues"])
    assert (read.lines[1].place.line, read.lines[1].place.column) == (4, 5)


def test_the_verb_says_which_walk_does_not_hold_and_why(tmp_path):
    good, bad, odd = tmp_path / "good.walk", tmp_path / "bad.walk", tmp_path / "odd.walk"
    good.write_text('Ada is a customer\nopens the portal\nsees "No subscription yet"\n', encoding="utf-8")
    bad.write_text('Ada is a customer\nopens the portal\nsees "Unicorn"\n', encoding="utf-8")
    odd.write_text("Ada is a customer\nopens the poral\n", encoding="utf-8")
    files = [str(file) for file in (good, bad, odd)]
    result = CliRunner().invoke(
        hosted_pages, ["walk", "--definition", str(DEMO / "workflows.yaml"), *files], standalone_mode=False
    )
    assert f"{good}: ok" in result.stdout
    assert f'{bad}:3: Ada sees "Unicorn"\n  wanted: to see "Unicorn"\n  found:  "Subscriptions" (200)' in result.stdout
    assert "odd.walk:2:1" in result.stdout
    assert "did you mean `opens the portal`?" in result.stdout
    assert "1 of 3 walks hold" in result.stderr
    assert result.return_value == 1
    assert callable(main)
