"""What contradicts itself is told where it is written, whatever it stands at."""

import pytest

from generator.compiler.build import site_of

NEVER = {
    "a step": """
      call: {kind: message, after: start, title: {en: A, fr: B}, text: {en: C, fr: D},
             when: {all: [{plan.ref: team}, {plan.ref: solo}]}}""",
    "a field": """
      billing_info: {fields: {company: {when: {customer.has_method: true, not: {customer.has_method: true}}}}}""",
}


@pytest.mark.parametrize("words", NEVER.values(), ids=NEVER)
def test_a_condition_whose_parts_contradict_each_other_is_told(words, tmp_path):
    file = tmp_path / "workflows.yaml"
    text = f"version: 1\nextends: default\nworkflows:\n  subscribe_to_plan:\n    steps:{words}\n"
    file.write_text(text, encoding="utf-8")
    (problem,) = site_of(file, "workflows.yaml")[1]

    assert problem.code == "never-true"
    assert problem.place.file == "workflows.yaml"
    assert problem.place.line > 5
