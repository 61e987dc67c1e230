"""Keys and passwords are found by their form, and nothing that only looks like one at first."""

import string
from random import Random

import pytest

from generator.compiler.report import as_json, lines_of
from generator.compiler.report.run import Run, checked
from generator.compiler.secret import masked, secrets
from generator.compiler.source import read_text
from generator.model.place import Place
from generator.model.problem import Problem
from tests.support.town import ROOT

SURE = [
    "key: sk_" + "live_4eC39HqLyjWDarjt",
    "key: rk_" + "test_4eC39HqLyjWDarjt",
    "key: whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "key: AKIA" + "IOSFODNN7EXAMPLE",
    "key: ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "key: glpat-" + "12345678901234567890",
    "key: xoxb-" + "123456789012-abcdefghijkl",
    "key: AIza" + "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
    "key: live_" + "dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "-----BEGIN RSA PRIVATE KEY-----",
    "t: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "url: https://anna:hunter2@acme.example/",
    "url: https://acme.example/a?b=c&token=4eC39HqLyjWDarjt",
]

NONE = [
    "url: https://acme.example/help/4eC39HqLyjWDarjtT1zdp7dc4eC39HqLyjWDarjtT1zdp7dc",
    "url: https://acme.example:8443/a?key=how-to-keep-a-secret&article=2026",
    "hash: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "iban: FR7630006000011234567890189",
    "name: AnExtraordinarilyLongNameOfAThing2026WithoutAnySpaces",
    "name: get_started_with_subscription_billing_in_2026_and_later",
    "key: sk_test_…, whsec_ and AKIA are how keys begin",
    "publishable: pk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "# yaml-language-server: $schema=../../schemas/workflows.schema.json",
]


@pytest.mark.parametrize("line", SURE)
def test_a_key_is_known_by_its_form(line):
    (found,) = secrets(line)

    assert found.sure
    assert line[found.start : found.end][8:] not in masked(line)
    assert len(masked(line)) == len(line)


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_key_is_left_alone(line):
    assert list(secrets(line)) == []
    assert masked(line) == line


def test_most_keys_without_a_form_are_found_by_their_disorder():
    random = Random(5)
    letters = string.ascii_letters + string.digits
    keys = ["".join(random.choices(letters, k=40)) for _ in range(200)]

    assert sum(1 for key in keys if list(secrets(f"key: {key}"))) >= 180


def test_no_file_of_ours_holds_anything_like_a_key():
    files = [
        file
        for folder in ("examples", "themes", "schemas", "docs/decisions", "docs/changes")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".yaml", ".json", ".md", ".html")
    ]

    assert len(files) > 50
    for file in [ROOT / "workflows.yaml", *files]:
        for line in file.read_text(encoding="utf-8").splitlines():
            assert list(secrets(line)) == [], file


def test_a_report_shows_a_secret_to_nobody(tmp_path):
    line = SURE[0]
    (tmp_path / "a.yaml").write_text(line, encoding="utf-8")
    problem = Problem("unknown-key", Place("a.yaml", 1, 1), "no")
    lines = lines_of([tmp_path])

    told = as_json.render(Run((checked("a.yaml", (problem,), (), lines),), lines))

    assert line[10:] not in told
    assert "•" in told


@pytest.mark.parametrize("letter", ["a", "://", "eyJ-", "sk_live_", "A1", "@:", "?key="])
def test_a_line_without_end_is_read_in_no_time(letter):
    """It would take minutes if each letter were a new beginning."""
    assert len(list(secrets(letter * 500_000))) < 2000
    assert read_text(letter, "a.yaml").text == letter
