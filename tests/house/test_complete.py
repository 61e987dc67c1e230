"""Nothing is half there: what one room knows by name, the others know too."""

import ast
import json
from dataclasses import is_dataclass
from typing import get_args

import pycountry
import pytest
import yaml

from generator import shipped
from generator.compiler import checks, source
from generator.compiler.codes import CODES
from generator.compiler.link.workflows import RESERVED
from generator.compiler.node import plain
from generator.compiler.theme.phrases import collect
from generator.engine.readers import READERS
from generator.model import countries, facts, workflow
from generator.model.invoice import InvoiceState
from generator.model.live import live_of
from generator.model.pages import (
    MAILS,
    MORE_PAGES,
    NOTICES,
    PAGES,
    PORTAL_PAGES,
    STEP_PAGES,
    STEP_PARTS,
    WALK_PAGES,
    NoticeName,
)
from generator.model.portal import BUTTONS, OWN, SectionKind, read_by
from generator.model.problem import FieldFault
from generator.model.subscription import SubscriptionState
from generator.runtime import addresses
from generator.runtime.screens import STATUS
from tests.support.town import ROOT

SCHEMA = json.loads((shipped.SCHEMAS / "workflows.schema.json").read_text(encoding="utf-8"))["$defs"]
TEMPLATES = shipped.THEMES / "plain" / "templates"
DEFAULT = plain(source.read(shipped.DEFAULT_DEFINITION, "workflows.yaml").node)
WORDS = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
GOOD_CASES = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "cases" / "good").glob("*.yaml"))
CHECKS = ROOT / "generator" / "compiler" / "checks"
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
TESTS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))


def texts(language):
    problems = []
    node = source.read(shipped.THEMES / "plain" / "texts" / f"{language}.yaml", language).node
    return set(collect(node, language, problems))


@pytest.mark.parametrize("kind", get_args(workflow.StepKind))
def test_every_step_kind_has_schema_live_names_template_words_and_a_test(kind):
    in_schema = SCHEMA["step"]["else"]["properties"]["kind"]["enum"]

    assert kind in in_schema or kind in SCHEMA["workflow"]["else"]["properties"]["steps"]["properties"]
    assert (TEMPLATES / STEP_PAGES[kind].template).is_file()
    assert all((TEMPLATES / part.template).is_file() for part in STEP_PARTS.get(kind, {}).values())
    assert f"{kind}.title" in texts("en")
    assert f"`{kind}`" in WORDS
    assert f'"{kind}"' in TESTS or f"/{kind}" in TESTS


@pytest.mark.parametrize("kind", get_args(workflow.FieldKind))
def test_every_field_kind_has_schema_reader_facts_words_and_a_test(kind):
    assert kind in SCHEMA["field"]["else"]["properties"]["kind"]["enum"]
    assert kind in READERS or kind == "consent"
    assert kind in facts.KIND_OF_FIELD
    assert f"`{kind}`" in WORDS
    assert f'("{kind}", ' in TESTS
    assert f"kind: {kind}" in GOOD_CASES


@pytest.mark.parametrize("kind", sorted(set(get_args(SectionKind)) - set(OWN)))
def test_every_section_has_schema_template_default_and_a_test(kind):
    assert kind in SCHEMA["portal"]["properties"]["sections"]["properties"]
    assert (TEMPLATES / PORTAL_PAGES[kind].template).is_file()
    assert all((TEMPLATES / more.template).is_file() for more in MORE_PAGES.get(kind, {}).values())
    assert kind in DEFAULT["portal"]["sections"]
    assert f"`{kind}`" in WORDS


@pytest.mark.parametrize("kind", OWN)
def test_every_kind_of_section_that_merchants_add_has_schema_template_words_a_case_and_an_example(kind):
    example = (ROOT / "examples" / "acme" / "workflows.yaml").read_text(encoding="utf-8")

    assert kind in SCHEMA["section"]["else"]["properties"]["kind"]["enum"]
    assert kind == "link" or (TEMPLATES / PORTAL_PAGES[kind].template).is_file()
    assert f"`{kind}`" in WORDS.partition("## Sections")[2]
    assert f"kind: {kind}" in (ROOT / "tests" / "cases" / "good" / "unknown-here.yaml").read_text(encoding="utf-8")
    assert f"kind: {kind}" in example.partition("portal:")[2].partition("workflows:")[0]


def test_a_button_of_every_section_says_what_its_condition_may_read():
    """What it reads is known: a name under each of these roots is a fact."""
    for kind, buttons in BUTTONS.items():
        for button in buttons:
            assert all(any(name.startswith(f"{root}.") for name in facts.FACTS) for root in read_by(kind, button))


@pytest.mark.parametrize("id", workflow.PURPOSES)
def test_every_workflow_has_schema_and_default(id):
    assert id in SCHEMA["workflows"]["properties"]
    assert id in DEFAULT["workflows"]
    assert f"`{id}`" in WORDS


@pytest.mark.parametrize("file", sorted(CHECKS.glob("[a-z]*.py")), ids=lambda file: file.stem)
def test_every_check_has_a_slug_a_bad_case_with_its_report_a_good_twin_and_a_page(file):
    """And it is asked: a rule that nobody calls finds nothing."""
    slug, cases = file.stem.replace("_", "-"), ROOT / "tests" / "cases"
    bad = next((case for case in (cases / "bad" / f"{slug}.yaml", cases / "bad" / slug) if case.exists()), None)
    page = PROBLEMS.partition(f"\n## {slug}\n")[2].partition("\n## ")[0]
    called = {
        rule.__module__ for rule in (*checks.CHECKS, *checks.CUSTOMER_CHECKS, *checks.FILE_CHECKS, *checks.PAGE_CHECKS)
    }

    assert f"{checks.__name__}.{file.stem}" in called
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))).endswith((".", ")"))
    assert f'"{slug}"' in file.read_text(encoding="utf-8")
    assert slug in CODES
    assert bad is not None
    assert f"[{slug}]\n" in (cases / "bad" / f"{slug}.out").read_text(encoding="utf-8")
    assert (cases / "good" / bad.name).exists()
    assert f"[{slug}]" in page
    assert "Nothing is said of this:" in page


@pytest.mark.parametrize("name", get_args(NoticeName))
def test_every_notice_has_a_page_a_status_and_words(name):
    assert name in NOTICES
    assert name in STATUS
    assert f"notice.{name}.title" in texts("en")
    assert f"notice.{name}.text" in texts("en")


@pytest.mark.parametrize("case", get_args(workflow.PaymentCase))
def test_every_payment_case_has_schema_default_and_words(case):
    payment = DEFAULT["workflows"]["subscribe_to_plan"]["steps"]["payment"]

    assert case in SCHEMA["payment_step"]["else"]["properties"]["cases"]["properties"]
    assert case in payment["cases"]
    assert f"`{case}`" in WORDS


@pytest.mark.parametrize("outcome", get_args(workflow.Outcome))
def test_every_outcome_is_told_to_customers_and_to_merchants(outcome):
    assert f"done.title_{outcome}" in texts("en")
    assert f"`{outcome}`" in WORDS


def test_the_theme_says_the_same_in_every_language():
    assert texts("en") == texts("fr")


def test_every_fault_and_every_state_has_its_sentence():
    field = (TEMPLATES / "parts" / "field.html").read_text(encoding="utf-8")
    assert all(f'"{fault}"' in field for fault in get_args(FieldFault))
    for states, part in ((SubscriptionState, "subscription"), (InvoiceState, "invoice")):
        template = (TEMPLATES / "parts" / f"{part}.html").read_text(encoding="utf-8")
        assert all(f'"{state}"' in template for state in get_args(states))


def test_walks_reserve_the_names_that_their_pages_have():
    assert set(RESERVED) == {*WALK_PAGES, addresses.LEAVE}
    assert {addresses.WAITING, addresses.PAYING, addresses.DONE} == set(WALK_PAGES)


def test_every_mail_has_its_three_templates():
    for kind in MAILS.values():
        for suffix in (".subject.txt", ".txt", ".html"):
            assert (TEMPLATES / (kind.template + suffix)).is_file()


def test_every_fact_is_in_the_words():
    assert all(f"`{name}`" in WORDS for name in facts.FACTS)


def test_no_file_of_ours_names_this_machine():
    """Paths and hosts of whoever worked on it mean nothing to anybody else."""
    tracked = [
        file
        for folder in ("generator", "tests", "docs", "examples", "themes", "schemas")
        for file in (ROOT / folder).rglob("*")
    ]
    for file in tracked:
        if file.is_file() and file.suffix in (".py", ".md", ".yaml", ".json", ".html", ".css", ".js"):
            words = file.read_text(encoding="utf-8", errors="ignore")
            assert "/" + "root/" not in words, file
            assert "pypi" + ".org" not in words, file


def test_a_second_reader_of_yaml_agrees_with_ours():
    """PyYAML reads by YAML 1.1; on our own files both must read the same."""
    ours = yaml.safe_load(shipped.DEFAULT_DEFINITION.read_text(encoding="utf-8"))

    assert ours == DEFAULT


def test_the_countries_are_those_of_iso_3166():
    assert tuple(sorted(country.alpha_2 for country in pycountry.countries)) == countries.CODES


def test_every_kind_of_page_has_live_names():
    assert all(is_dataclass(live_of(kind)) for kind in PAGES)
