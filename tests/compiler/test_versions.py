"""What another version of a definition changes for customers, in words and with somebody for whom it does."""

import pytest
from click.testing import CliRunner

from generator.cli import hosted_pages
from generator.compiler.build import site_of
from generator.compiler.versions.compare import compare

HEAD = "version: 1\nextends: default\nsite: {languages: [en]}\n"
GIFT = """workflows:
  subscribe_to_plan:
    steps:
      %s:
        kind: form
        after: options
        when: {plan.ref: %s}
        %s
        fields: {%s}
"""
A = HEAD + GIFT % ("gift", "team", "title: {en: Gift}", "size: {kind: text, label: {en: Size}}")
CASES = "workflows: {subscribe_to_plan: {steps: {payment: {cases: {%s}}}}}\n"

SAID = {
    "the same": (A, A, []),
    "a step is gone": (A, HEAD, [("removed", 'the step "gift" is gone'), ("screens", 'no longer "gift"')]),
    "a step is new": (HEAD, A, [("screens", 'now also "gift"'), ("added", 'the step "gift" is new')]),
    "a step is renamed": (
        A,
        HEAD + GIFT % ("present", "team", "was: [gift]", "size: {kind: text, label: {en: Size}}"),
        [("renamed", 'the step "gift" is now "present"')],
    ),
    "a field is gone": (
        A,
        HEAD + GIFT % ("gift", "team", "title: {en: Gift}", "other: {kind: text, label: {en: Other}}"),
        [("removed", 'the field "gift.size" is gone'), ("added", 'the field "gift.other" is new')],
    ),
    "a field takes less": (
        A,
        HEAD + GIFT % ("gift", "team", "", "size: {kind: text, required: true, max_length: 5, label: {en: Size}}"),
        [("narrowed", '"gift.size" is now required'), ("narrowed", "takes 5 characters at most, and took 200")],
    ),
    "who had a method on file gives one again": (
        HEAD,
        HEAD + CASES % "register_method: {when: {quote.due_now: 0, quote.method_required: true}}",
        [("payment", "who was charged later (`pay_later`) now gives a payment method for later (`register_method`)")],
    ),
    "a redirect leads elsewhere": (
        HEAD,
        HEAD
        + "redirects:\n  {allow: [https://a.example/], targets: {home: https://a.example/h}, after: {invoice: home}}\n",
        [
            ("redirect", f"after `{one}`: our own page becomes https://a.example/h")
            for one in ("paid", "pending", "due")
        ],
    ),
}


def site(tmp_path, name, words):
    file = tmp_path / name
    file.write_text(words, encoding="utf-8")
    found, problems = site_of(file, name)
    assert found, problems
    return found


@pytest.mark.parametrize("what", SAID)
def test_a_change_is_said(tmp_path, what):
    before, after, wanted = SAID[what]
    changes = compare(site(tmp_path, "a.yaml", before), site(tmp_path, "b.yaml", after))
    own = [change for change in changes if change.workflow in ("subscribe_to_plan", "pay_invoice")]

    assert len(own) == len(wanted)
    assert all(change.kind == kind and says in change.says for change, (kind, says) in zip(own, wanted, strict=True))
    if any(kind in ("payment", "screens") for kind, _ in wanted):
        assert all(change.witness for change in own if change.kind in ("payment", "screens"))


def test_diff_prints_text_or_one_page(tmp_path):
    for name, words in (("a.yaml", HEAD), ("b.yaml", A)):
        (tmp_path / name).write_text(words, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    run = CliRunner()

    said = run.invoke(hosted_pages, ["diff", *files])
    assert 'subscribe_to_plan: the step "gift" is new' in said.stdout
    assert "the plan is team" in said.stdout
    page = run.invoke(hosted_pages, ["diff", *files, "--format", "html"]).stdout
    assert page.startswith("<!doctype html>")
    assert "http" not in page
    same = run.invoke(hosted_pages, ["diff", files[0], files[0]])
    assert (same.stdout, same.stderr) == ("", "0 changes for customers\n")
