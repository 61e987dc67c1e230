"""What is known does not fail, what is new does, and what is mended is told so that it cannot come back unseen."""

import json

import pytest
from jsonschema import Draft202012Validator

from generator.compiler.report import baseline
from generator.compiler.report.run import checked
from generator.model.place import Place
from generator.model.problem import Problem

SCHEMA = Draft202012Validator(json.loads(baseline.SCHEMA.read_text(encoding="utf-8")))


def found(lines, *places, file):
    problems = tuple(Problem(code, Place(file, line, 4), "no") for code, line in places)
    return checked(file, problems, (), {file: lines}.get)


def against(tmp_path, known, now):
    path = tmp_path / "baseline.json"
    path.write_text(baseline.written(path, [known]), encoding="utf-8")
    SCHEMA.validate(json.loads(path.read_text(encoding="utf-8")))
    read = baseline.read(path, "baseline.json")
    assert read.problems == ()
    return baseline.apply(read, now)


def codes(problems):
    return [(problem.code, problem.place.file.rpartition("/")[2], problem.place.line) for problem in problems]


def test_what_is_known_is_put_aside_wherever_it_moves(tmp_path):
    file = str(tmp_path / "a.yaml")
    before = found(["a: b", "a: b"], ("wrong-type", 1), ("wrong-type", 2), file=file)
    after = found(["", "a: b", "c: d", "a: b"], ("wrong-type", 2), ("bad-value", 3), ("wrong-type", 4), file=file)

    now = against(tmp_path, before, after)

    assert codes(now.problems) == [("bad-value", "a.yaml", 3)]
    assert codes(now.known) == [("wrong-type", "a.yaml", 2), ("wrong-type", "a.yaml", 4)]


def test_a_second_one_like_it_is_new(tmp_path):
    file = str(tmp_path / "a.yaml")
    before = found(["a: b"], ("wrong-type", 1), file=file)
    after = found(["a: b", "a: b"], ("wrong-type", 1), ("wrong-type", 2), file=file)

    assert codes(against(tmp_path, before, after).problems) == [("wrong-type", "a.yaml", 2)]


def test_what_is_mended_is_told_at_its_place_in_the_baseline(tmp_path):
    file = str(tmp_path / "a.yaml")
    before = found(["a: b", "c: d"], ("wrong-type", 1), ("bad-value", 2), file=file)

    (told,) = against(tmp_path, before, found(["a: b"], ("wrong-type", 1), file=file)).problems

    assert (told.code, told.severity, told.place.line) == ("fixed-problem", "warning", 10)
    assert "bad-value" in told.says


def test_files_that_are_not_checked_now_say_nothing(tmp_path):
    before = found(["a: b"], ("wrong-type", 1), file=str(tmp_path / "a.yaml"))

    assert against(tmp_path, before, found([], file=str(tmp_path / "b.yaml"))).problems == ()


def test_the_file_is_called_the_same_wherever_the_check_is_run(monkeypatch, tmp_path):
    (tmp_path / "shop").mkdir()
    before = found(["a: b"], ("wrong-type", 1), file=str(tmp_path / "shop" / "a.yaml"))
    monkeypatch.chdir(tmp_path / "shop")

    assert against(tmp_path, before, found(["a: b"], ("wrong-type", 1), file="a.yaml")).problems == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty-file"),
        ("{", "yaml-syntax"),
        ("[]", "wrong-type"),
        ('{"format": 2}', "not-one-of"),
        ("x: 1", "unknown-key"),
    ],
)
def test_a_baseline_that_is_none_is_a_problem_with_its_place(tmp_path, written, code):
    (tmp_path / "b.json").write_text(written, encoding="utf-8")

    read = baseline.read(tmp_path / "b.json", "b.json")

    assert [(problem.code, problem.place.file) for problem in read.problems] == [(code, "b.json")]
