"""For every path that the checks find, somebody is brought on the stage who really walks it."""

from functools import partial

import pytest
from click.testing import CliRunner

from generator import shipped
from generator.bundle import folder
from generator.cli import hosted_pages
from generator.compiler.build import build
from generator.engine.paths import paths
from generator.model.workflow import PURPOSES
from generator.rehearsal import performance, script
from generator.rehearsal.drafting.author import draft
from generator.rehearsal.drafting.circumstances import circumstances
from generator.rehearsal.drafting.drafts import MARK, Unstaged, drafts
from generator.rehearsal.stand import stand
from tests.support.town import PRICES

OFFERED = [id for id in PURPOSES if id != "anonymous_subscription"]
"""The workflows of the shipped definition."""

SAID = """
version: 1
extends: default
site: {languages: [en]}
conditions:
  german: {customer.country: DE}
workflows:
  anonymous_subscription: {offered: true}
  register_billing_info:
    steps:
      about:
        kind: form
        title: {en: About you}
        after: billing_info
        fields:
          reason: {kind: choice, required: true, label: {en: Why}, options: {new: {en: New}, moved: {en: Moved}}}
          topics: {kind: choices, min: 2, label: {en: Topics}, options: {a: {en: Aa}, b: {en: Bb}, c: {en: Cc}}}
          seats: {kind: integer, min: 1, max: 50, label: {en: Seats}}
          since: {kind: date, required: true, label: {en: Since}}
          sure: {kind: consent, label: {en: I am sure}}
      moved:
        kind: form
        title: {en: Where from}
        after: about
        when: {about.reason: moved}
        fields: {from: {kind: country, required: true, label: {en: From}}}
      many:
        kind: message
        title: {en: Many}
        text: {en: So many of you.}
        after: moved
        when: {all: [{about.seats: {known: true}}, {about.seats: {at_least: 10}}, german]}
      partner:
        kind: message
        title: {en: Partner}
        text: {en: You are a partner.}
        after: many
        when: {customer.tags: [partner]}
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The site of a definition, and worlds in which its pages are."""

    def made(file):
        result = build(file, file.name)
        assert result.bundle is not None, result.problems
        home = tmp_path_factory.mktemp("build")
        folder.write(result.bundle, home)
        return result.bundle.site, partial(stand, home, PRICES)

    return made


@pytest.fixture(scope="module")
def shipped_one(served):
    return served(shipped.DEFAULT_DEFINITION)


@pytest.mark.parametrize("id", OFFERED)
def test_every_path_of_the_shipped_definition_is_walked(shipped_one, id):
    site, stands = shipped_one
    workflow = site.workflow(id)
    found = list(drafts(site, workflow, PRICES, stands))
    assert [one for one in found if isinstance(one, Unstaged)] == []
    assert len(found) == len(paths(workflow, site.currency).paths)
    holds(max(found, key=lambda one: len(one.text)), stands)


def test_answers_are_those_of_the_witness(served, tmp_path):
    file = tmp_path / "workflows.yaml"
    file.write_text(SAID, encoding="utf-8")
    site, stands = served(file)
    workflow = site.workflow("register_billing_info")
    found = list(drafts(site, workflow, PRICES, stands))
    assert [one for one in found if isinstance(one, Unstaged)] == []
    assert len(found) == len(paths(workflow, site.currency).paths) == 16
    texts = [one.text for one in found]
    assert sum("is tagged partner" in text for text in texts) == 8
    assert sum('types "moved" in reason' in text for text in texts) == 8
    assert sum('types "DE" in country' in text for text in texts) >= 4
    for one in found[:2]:
        holds(one, stands)


def test_a_visitor_is_somebody_by_the_end(served, tmp_path):
    file = tmp_path / "workflows.yaml"
    file.write_text(SAID, encoding="utf-8")
    site, stands = served(file)
    workflow = site.workflow("anonymous_subscription")
    cases = {}
    for path in paths(workflow, site.currency).paths:
        for one in circumstances(workflow, path, PRICES, site.languages):
            if path.case not in cases and len(path.steps) == 3:
                with stands() as world:
                    drafted = draft(workflow, path, one, world)
                if drafted and drafted.case == path.case:
                    cases[path.case] = drafted
    assert set(cases) == {"free", "register_method", "pay_now"}, "nobody has a card on file who was nobody just now"
    assert all(drafted.lines[0] == "Ada is a visitor" for drafted in cases.values())
    assert all("gives billing info" in drafted.lines for drafted in cases.values())


def holds(written, stands):
    read = script.read(written.text, f"{written.name}.walk")
    with stands() as world:
        assert performance.play(read, world).failure is None, written.text


def test_what_was_written_before_is_replaced_and_nothing_else(tmp_path):
    def generates(*more):
        asked = ["walk", "--generate", str(tmp_path), "--definition", str(shipped.DEFAULT_DEFINITION), *more]
        return CliRunner().invoke(hosted_pages, asked)

    stale, own = tmp_path / "pay_invoice-07-free.walk", tmp_path / "pay_invoice-of-mine.walk"
    stale.write_text(f"# Old.\n{MARK}\nAda is a customer\n", encoding="utf-8")
    own.write_text("Ada is a customer\n", encoding="utf-8")
    done = generates("--workflow", "pay_invoice")
    assert done.exit_code == 0, done.output
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pay_invoice-01-pay_now.walk", own.name]
    assert "1 walk written" in done.stderr

    (tmp_path / "pay_invoice-01-pay_now.walk").write_text("Ada is a customer\n", encoding="utf-8")
    refused = generates("--workflow", "pay_invoice")
    assert refused.exit_code == 1
    assert "was not written by --generate: give it another name" in refused.stderr
    unknown = generates("--workflow", "pay_invoices")
    assert unknown.exit_code == 2
    assert 'did you mean "pay_invoice"?' in unknown.stderr


def test_walks_are_named_or_written():
    assert "name the walks to play" in CliRunner().invoke(hosted_pages, ["walk"]).stderr
    assert "add `--generate FOLDER`" in CliRunner().invoke(hosted_pages, ["walk", "--workflow", "pay_invoice"]).stderr
