"""Conditions in words: what a `when:` says to somebody who reads no YAML."""

import pytest

from generator.compiler.build import site_of
from generator.compiler.wording import only_where
from generator.model.rule import ALWAYS

HEAD = """version: 1
extends: default
site: {languages: [en]}
workflows:
  subscribe_to_plan:
    steps:
      first:
        kind: form
        after: options
        fields:
          news: {kind: consent, label: {en: News}}
          day: {kind: date, label: {en: Day}}
      second:
        kind: form
        after: summary
        fields:
"""

SAID = [
    ("{plan.ref: team}", "the plan is team"),
    ("{plan.ref: [team, pro]}", "the plan is team or pro"),
    ("{not: {plan.ref: [team, pro]}}", "the plan is not team or pro"),
    ("{customer.billing_complete: false}", "something that an invoice needs is missing"),
    ("{not: {customer.has_method: true}}", "no payment method is on file"),
    ("{customer.tags: [reseller, partner]}", "the customer is tagged reseller or partner"),
    ("{quote.due_now: {above: 0}}", "something is due now"),
    ('{quote.due_now: {at_least: "10.00 EUR"}}', "what is due now is at least 10.00 EUR"),
    ('{not: {quote.due_now: {at_least: "10.00 EUR"}}}', "what is due now is less than 10.00 EUR"),
    ("{all: [{customer.country: {known: true}}, {customer.country: FR}]}", "the country on the invoice is FR"),
    ("{customer.company: {known: false}}", "the company on the invoice is not known"),
    ("{any: [{plan.free: true}, {plan.trial: true}]}", "the plan costs nothing or the plan starts with a trial"),
    (
        "{not: {any: [{plan.free: true}, {plan.trial: true}]}}",
        "the plan costs something and the plan starts without a trial",
    ),
    (
        "{all: [{any: [{plan.free: true}, {plan.trial: true}]}, {plan.private: true}]}",
        "(the plan costs nothing or the plan starts with a trial) and the plan is reached by link only",
    ),
    ("{all: [{first.news: {known: true}}, {first.news: true}]}", "“News” is ticked"),
    ('{all: [{first.day: {known: true}}, {first.day: {above: "2026-12-31"}}]}', "“Day” is after 2026-12-31"),
]


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """One field for each condition, in one definition."""
    file = tmp_path_factory.mktemp("wording") / "workflows.yaml"
    deciding = "".join(
        f"          f{number}: {{kind: text, label: {{en: F}}, when: {when}}}\n"
        for number, (when, _) in enumerate(SAID)
    )
    file.write_text(HEAD + deciding, encoding="utf-8")
    site, problems = site_of(file, "workflows.yaml")
    assert site, problems
    return site.workflow("subscribe_to_plan").step("second").fields


@pytest.mark.parametrize("number", range(len(SAID)), ids=[when for when, _ in SAID])
def test_a_condition_is_said_in_words(fields, number):
    nouns = {"first.news": "News", "first.day": "Day"}

    assert only_where(fields[number].when, nouns) == f"only where {SAID[number][1]}"


def test_what_always_holds_goes_without_saying():
    assert only_where(ALWAYS) == ""
