"""Our own language server, as an editor meets it: a process that speaks over stdio."""

import re
import sys

import pytest

from generator import shipped
from generator.compiler import lines
from generator.compiler.build import build
from tests.support.editor import Editor
from tests.support.town import ROOT

HEAD = "version: 1\nextends: default\n"
NAMES = (
    f"{HEAD}conditions: {{reseller: {{customer.tags: reseller}}}}\n"
    "redirects: {allow: [https://shop.example/], targets: {home: https://shop.example/home}}\n"
)
STEPS = f"{NAMES}workflows:\n  subscribe_to_plan:\n    steps:\n"
DEFAULT = lines.split(shipped.DEFAULT_DEFINITION.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def editor():
    editor = Editor([sys.executable, "-m", "generator", "lsp"], ROOT)
    yield editor
    assert editor.quit() == 0


@pytest.fixture
def pointed(editor, tmp_path):
    """A file with the text, open without its `|`, and where that was."""

    def point(text, name="workflows.yaml"):
        before, _, after = text.partition("|")
        editor.open(tmp_path / name, before + after)
        return tmp_path / name, before.count("\n"), len(before) - before.rfind("\n") - 1

    return point


def edited(text, edits):
    """What an editor makes of it, which counts in UTF-16."""
    rows = [row.encode("utf-16-le") for row in text.split("\n")]
    for edit in sorted(edits, key=lambda edit: edit["range"]["start"]["character"], reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]
        assert start["line"] == end["line"]
        row = rows[start["line"]]
        new = edit["newText"].encode("utf-16-le")
        rows[start["line"]] = row[: 2 * start["character"]] + new + row[2 * end["character"] :]
    return "\n".join(row.decode("utf-16-le") for row in rows)


@pytest.mark.parametrize("where", ["workflows.yaml", "examples/acme/workflows.yaml", "examples/acme/catalog.yaml"])
def test_what_is_shipped_has_nothing_wrong(editor, where):
    assert editor.open(ROOT / where, (ROOT / where).read_text(encoding="utf-8")) == []


def test_what_is_told_is_what_check_says(editor, tmp_path):
    file = tmp_path / "workflows.yaml"
    text = f"{STEPS}      gift: {{kind: form, when: {{plan.fre: true}}}}\n      extra: {{kind: form, when: resellr}}\n"

    told = editor.open(file, text)

    said = [problem for problem in build(file, str(file), text).problems if problem.place.file == str(file)]
    assert [(problem["code"], problem["severity"], problem["range"]["start"]["line"] + 1) for problem in told] == [
        (problem.code, 1 if problem.severity == "error" else 2, problem.place.line) for problem in said
    ]
    assert len(said) > 1
    assert all(problem["codeDescription"]["href"].endswith(f"problems.md#{problem['code']}") for problem in told)


def test_a_quick_fix_mends_behind_wide_characters(editor, tmp_path):
    file = tmp_path / "workflows.yaml"
    text = f"{HEAD}site: {{seller: {{legal_name: '😀 日本', adress: here}}}}\n"
    (problem,) = editor.open(file, text)
    row = text.split("\n")[2]
    start = len(row[: row.index("adress")].encode("utf-16-le")) // 2
    span = {"start": {"line": 2, "character": start}, "end": {"line": 2, "character": start + 6}}
    assert problem["range"] == span

    (fix,) = editor.ask(
        "textDocument/codeAction", textDocument={"uri": file.as_uri()}, range=span, context={"diagnostics": [problem]}
    )

    after = edited(text, fix["edit"]["changes"][file.as_uri()])
    assert after == text.replace("adress", "address")
    assert editor.type(file, after, 2) == []


def test_what_is_typed_is_told_before_it_is_saved(editor, tmp_path):
    file = tmp_path / "workflows.yaml"
    assert editor.open(file, HEAD) == []

    (problem,) = editor.type(file, f"{HEAD}sight: {{}}\n", 2)

    assert problem["code"] == "unknown-key"


def test_a_file_of_somebody_else_is_left_alone(editor, tmp_path):
    assert editor.open(tmp_path / "compose.yaml", "services: {web: {image: nginx}}\n") == []
    assert editor.completed(tmp_path / "compose.yaml", 0, 0) == {}


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        pytest.param("extends: default\n|\n", {"version", "site", "workflows"}, {"extends"}, id="keys of the file"),
        pytest.param(f"{STEPS}      |\n", {"billing_info", "payment"}, set(), id="steps"),
        pytest.param(f"{STEPS}      gift: {{kind: fo|}}\n", {"form", "message"}, {"kind"}, id="kinds"),
        pytest.param(f"{STEPS}      gift: {{kind: form, |\n", {"when", "after"}, {"kind"}, id="half a line"),
        pytest.param(
            f"{STEPS}      gift: {{when: {{|}}}}\n", {"plan.ref", "billing_info.company", "not"}, {"kind"}, id="facts"
        ),
        pytest.param(f"{STEPS}      gift: {{when: res|}}\n", {"reseller", "always"}, {"plan.ref"}, id="conditions"),
        pytest.param(f"{STEPS}      gift: {{when: {{any: [|]}}}}\n", {"reseller", "plan.ref"}, set(), id="one of any"),
        pytest.param(
            f"{STEPS}      gift:\n        when:\n          subscription.state: |\n",
            {"active_running"},
            set(),
            id="states",
        ),
        pytest.param(f"{STEPS}      gift: {{after: |}}\n", {"start", "billing_info"}, {"gift"}, id="after"),
        pytest.param(
            f"{HEAD}redirects:\n  targets: {{home: https://a.example/}}\n  leave: |\n", {"home"}, set(), id="targets"
        ),
        pytest.param(
            f"{HEAD}workflows: {{choose_plan: {{continues: |}}}}\n", {"subscribe_to_plan"}, set(), id="continues"
        ),
    ],
)
def test_what_may_be_written_is_proposed(editor, pointed, text, some, none):
    words = set(editor.completed(*pointed(text)))

    assert some <= words
    assert not none & words


def test_a_catalog_is_completed(editor, pointed):
    words = editor.completed(*pointed("version: 1\nplans:\n  solo:\n    |\n", "catalog.yaml"))

    assert {"price", "period"} <= set(words)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEAD}si|te: {{name: Acme}}\n", "Who the merchant is.*the default definition"),
        (f"{STEPS}      gift: {{kind: fo|rm}}\n", "A merchant's own questions"),
        (f"{STEPS}      gift: {{when: {{customer.coun|try: FR}}}}\n", "The country on the invoice"),
        (f"{STEPS}      gift: {{when: res|eller}}\n", "line 3: `` conditions: "),
        (f"{STEPS}      gift: {{when: {{billing_info.comp|any: Acme}}}}\n", "answered to this field.*default"),
    ],
)
def test_what_is_pointed_at_is_explained(editor, pointed, text, says):
    assert re.search(says, editor.hovered(*pointed(text)), re.DOTALL)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(f"{STEPS}      gift: {{when: rese|ller}}\n", "conditions:", id="a condition"),
        pytest.param(f"{NAMES}portal: {{sections: {{team: {{redirect: ho|me}}}}}}\n", "redirects:", id="a target"),
    ],
)
def test_a_name_leads_to_where_it_was_said(editor, pointed, text, row):
    file, line, column = pointed(text)

    found = editor.at("definition", file, line, column)

    assert found["uri"] == file.as_uri()
    assert text.split("\n")[found["range"]["start"]["line"]].startswith(row)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(f"{HEAD}portal: {{sec|tions: {{}}}}\n", "  sections:", id="a key said anew"),
        pytest.param(
            f"{HEAD}workflows: {{choose_plan: {{continues: subscribe_to|_plan}}}}\n",
            "  subscribe_to_plan:",
            id="a workflow",
        ),
        pytest.param(
            f"{STEPS}      gift: {{like: subscribe_to_plan.bill|ing_info}}\n", "      billing_info:", id="a step"
        ),
    ],
)
def test_what_the_default_says_is_found_there(editor, pointed, text, row):
    found = editor.at("definition", *pointed(text))

    assert found["uri"] == shipped.DEFAULT_DEFINITION.as_uri()
    assert DEFAULT[found["range"]["start"]["line"]].startswith(row)
