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
        [
            ("narrowed", '"gift.size" is now required'),
            ("narrowed", "takes 5 characters at most, and took 200"),
            ("words", '"Gift" becomes what the theme says'),
        ],
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

FORM = (
    HEAD
    + """workflows:
  subscribe_to_plan:
    steps:
      gift:
        kind: form
        after: options
        title: {en: %s}
        fields: {size: {kind: text, label: {en: Size}%s}}
"""
)
LEAVING = HEAD + "workflows: {terminate_subscription: {steps: {confirm: {choices: {%s}}}}}\n"
PORTAL = HEAD + "portal: {sections: {%s}}\n"
HELP = "help: {kind: text, title: {en: Help}, text: {en: Write to us.}%s}"

ELSEWHERE = {
    "a field is for fewer": (
        FORM % ("Gift", ""),
        FORM % ("Gift", ", when: {plan.ref: team}"),
        [("screens", 'the field "gift.size" is no longer there', "the plan is another")],
    ),
    "words are others": (
        FORM % ("Gift", ""),
        FORM % ("A gift", ""),
        [("words", 'the title of the step "gift" in en: "Gift" becomes "A gift"', "")],
    ),
    "a way on is for fewer, and shorter": (
        LEAVING % "pause: {days: 90}, keep: {promotion: STAY}",
        LEAVING % "pause: {days: 9}, keep: {promotion: STAY, when: {subscription.in_trial: false}}",
        [
            ("screens", 'the way on "keep" is no longer there', "in its trial"),
            ("screens", "a pause is 9 days at most, and was 90", ""),
        ],
    ),
    "a way on is gone, and one is new": (
        LEAVING % "pause: {days: 90}",
        LEAVING % "keep: {promotion: STAY}",
        [
            ("screens", 'the way on "pause" is gone', ""),
            ("added", 'the way on "keep" is new', ""),
        ],
    ),
    "a tab is new": (HEAD, PORTAL % (HELP % ""), [("added", 'the section "help" is new', "")]),
    "a tab is gone": (PORTAL % (HELP % ""), HEAD, [("screens", 'the section "help" is gone', "")]),
    "a tab is for fewer, and says something else": (
        PORTAL % (HELP % ""),
        (PORTAL % (HELP % ", when: {customer.terms: true}")).replace("Write to us", "Call us"),
        [
            ("screens", 'the section "help" is no longer there', "customer"),
            ("words", 'the text of the section "help" in en: "Write to us." becomes "Call us."', ""),
        ],
    ),
    "a button is hidden": (
        HEAD,
        PORTAL % "subscriptions: {buttons: {terminate: false}}",
        [("screens", 'the button "terminate" in "subscriptions" is hidden now', "")],
    ),
    "a button is for some only": (
        HEAD,
        PORTAL % "subscriptions: {buttons: {change_plan: {when: {subscription.in_trial: false}}}}",
        [("screens", 'the button "change_plan" in "subscriptions" is no longer there', "in its trial")],
    ),
    "customers may pay otherwise": (
        HEAD,
        HEAD + "workflows: {subscribe_to_plan: {steps: {payment: {methods: [card]}}}}\n",
        [("screens", "customers may pay by card, and might by card, transfer", "")],
    ),
    "the currency, the languages and who sells are others": (
        HEAD,
        HEAD.replace("[en]", "[en, fr], currency: USD, seller: {legal_name: Nord SARL, address: Paris}"),
        [
            ("payment", "amounts are in USD, and were in EUR", "everybody"),
            ("screens", "pages are in en, fr, and were in en", ""),
            ("screens", "who sells is Nord SARL, Paris, and was nobody", ""),
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


@pytest.mark.parametrize("what", ELSEWHERE)
def test_whatever_customers_meet_otherwise_is_said_once_and_to_whom(tmp_path, what):
    before, after, wanted = ELSEWHERE[what]
    changes = compare(site(tmp_path, "a.yaml", before), site(tmp_path, "b.yaml", after))
    found = dict.fromkeys((change.kind, change.says, change.witness) for change in changes)

    assert len(found) == len(wanted), found
    for (kind, says, witness), (kind_, says_, whom) in zip(found, wanted, strict=True):
        assert (kind, says_ in says) == (kind_, True), says
        assert whom in witness
        assert bool(whom) == bool(witness)


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
