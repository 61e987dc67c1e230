"""YAML with places: what is read as what, and what is refused before it can do harm."""

import pytest
import yaml

from generator.compiler import source
from generator.compiler.node import plain
from generator.model.place import Place


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1.2.3", "1.2.3"),
        ("2026-11-22", "2026-11-22"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("42", 42),
        ("-7", -7),
        ("0x1F", 31),
        ("0", 0),
        ("1.50", 1.5),
        ('"42"', "42"),
        ("'true'", "true"),
    ],
)
def test_plain_words_are_read_by_the_core_schema_of_yaml_1_2(written, read):
    value = plain(source.read_text(f"key: {written}", "a.yaml").node)["key"]

    assert value == read
    assert type(value) is type(read)


def test_every_node_knows_its_place_in_characters():
    node = source.read_text('ключ:\n  "名前": [a, значение]\n', "a.yaml").node
    inner = node.entries["ключ"].node

    assert inner.entries["名前"].key.place == Place("a.yaml", 2, 3, 4)
    assert inner.get("名前").items[1].place == Place("a.yaml", 2, 13, 8)


HOSTILE = {
    "aliases upon aliases": b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
    "five thousand brackets": b"[" * 5000,
    "ten megabytes": b"a: " + b"x" * 10_000_000,
    "NUL": b"a: \x00\n",
    "not UTF-8": b"a: \xff\xfe\n",
    "UTF-16": "a: b\n".encode("utf-16"),
    "nothing": b"",
    "a list": b"- a\n",
    "two documents": b"a: 1\n---\nb: 2\n",
    "a number of six thousand digits": b"a: " + b"9" * 6000 + b"\n",
    "a tag": b"a: !!python/object/apply:os.system [ls]\n",
    "a merge key": b"a: {<<: {b: c}}\n",
    "a tab": b"a:\n\tb: c\n",
    "an open quote": b'a: "b\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_problem_with_its_name_and_place(tmp_path, name):
    file = tmp_path / "shop.yaml"
    file.write_bytes(HOSTILE[name])

    reading = source.read(file, "shop.yaml")

    assert reading.problems or name == "a list"
    for problem in reading.problems:
        assert problem.place.file == "shop.yaml"
        assert problem.place.line >= 1
        assert problem.hint


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    (problem,) = source.read(tmp_path / "no.yaml", "no.yaml").problems

    assert "no such file" in problem.says


def test_without_libyaml_the_same_is_read(monkeypatch):
    text = "a: [1, {b: 'c'}]\nd: &x e\n"
    fast = source.read_text(text, "a.yaml")
    monkeypatch.setattr(source, "_LOADER", yaml.SafeLoader)

    slow = source.read_text(text, "a.yaml")

    assert (slow.node, slow.problems) == (fast.node, fast.problems)
