"""The pictures of the shipped workflows: fresh, and words in full for who does not see them."""

import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from generator import shipped
from generator.cli import hosted_pages
from generator.compiler.build import site_of
from generator.compiler.pictures import picture
from generator.compiler.pictures.titles import titles
from tests.support.kept import stands
from tests.support.town import ROOT

DOCS = ROOT / "docs"
SITE, _ = site_of(shipped.DEFAULT_DEFINITION, "workflows.yaml")
TITLES = titles(SITE, ROOT)
HEAD = """# The shipped workflows, in pictures

What a merchant gets who says nothing. `hosted-pages graph` draws the same of a definition of your own, in
its first language. A dashed card is a screen that not everybody sees, and says who does. The payment step is a
table: the first case that holds decides. A `✓` says how it may end, and where each end leads.

Written by `UPDATE=1` on `tests/house/test_workflow_pictures.py`.
"""


def fresh(path, words):
    assert stands(path, words) == words


def test_the_page_shows_every_workflow():
    shown = [f"\n## {one.id}\n\n![{one.id}](workflow-{one.id}.svg)\n" for one in SITE.workflows]

    fresh(DOCS / "workflows.md", HEAD + "".join(shown))
    assert {file.name for file in DOCS.glob("workflow-*.svg")} == {f"workflow-{one.id}.svg" for one in SITE.workflows}


@pytest.mark.parametrize("workflow", SITE.workflows, ids=lambda workflow: workflow.id)
def test_every_picture_is_fresh_and_said_in_words(workflow):
    drawn = picture.draw(SITE, workflow, TITLES)

    fresh(DOCS / f"workflow-{workflow.id}.svg", drawn)
    said = ET.fromstring(drawn).find("{*}desc").text
    assert all(TITLES.step(workflow, step) in said for step in workflow.steps)
    assert "prefers-color-scheme:dark" in drawn


def test_graph_writes_all_of_them_or_prints_one_and_knows_no_others(tmp_path):
    run = CliRunner()
    acme = str(ROOT / "examples" / "acme" / "workflows.yaml")
    written = run.invoke(hosted_pages, ["graph", acme, "--out", str(tmp_path)]).stdout.split()
    one = run.invoke(hosted_pages, ["graph", acme, "--workflow", "pay_invoice"]).stdout
    wrong = run.invoke(hosted_pages, ["graph", acme, "--workflow", "pay_invoise"])

    assert len(written) == 13
    assert (tmp_path / "pay_invoice.svg").read_text(encoding="utf-8") == one
    assert "→ billing: https://app.acme.example/billing" in one
    assert wrong.exit_code == 2
    assert "pay_invoice" in wrong.stderr
