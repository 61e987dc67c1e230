"""What may be unknown is read only after asking whether it is known."""

from collections.abc import Iterator

from generator.model.customer import BILLING_FIELDS
from generator.model.facts import FACTS
from generator.model.problem import Problem
from generator.model.rule import ALWAYS, All, Any, Compare, Is, IsKnown, Not, Rule
from generator.model.site import Site
from generator.model.workflow import AnyStep, Workflow

ONLY_IF_INCOMPLETE = Is("customer.billing_complete", (False,))


def check(site: Site) -> Iterator[Problem]:
    """A condition that reads an unknown name would have to guess, and this one decides about money."""
    for workflow in site.workflows:
        optional = {name for name, fact in FACTS.items() if fact.optional} | set(_unsure_answers(workflow))
        for step in workflow.steps:
            for rule in step.rules if step.origin == workflow.id else ():
                yield from _unguarded(rule, optional, frozenset())
            optional -= set(_known_after(step))
    optional = {name for name, fact in FACTS.items() if fact.optional}
    for section in site.portal.sections:
        for rule in section.rules:
            yield from _unguarded(rule, optional, frozenset())


def _unsure_answers(workflow: Workflow) -> Iterator[str]:
    """Answers that not every customer gives: the field or its whole step depends on something, or may stay empty."""
    for step in workflow.steps:
        for field in step.fields:
            if step.when != ALWAYS or field.when != ALWAYS or not field.required:
                yield f"{step.id}.{field.id}"


def _known_after(step: AnyStep) -> Iterator[str]:
    """Billing info that everybody has given by now, be it here or long ago."""
    for field in step.fields if step.kind == "billing_info" else ():
        asked = field.required and field.when == ALWAYS
        long_known = step.when == ONLY_IF_INCOMPLETE and field.id in BILLING_FIELDS
        if asked and (step.when == ALWAYS or long_known):
            yield f"customer.{field.id}"


def _unguarded(rule: Rule, optional: set[str], known: frozenset[str]) -> Iterator[Problem]:
    match rule:
        case All():
            for part in rule.rules:
                yield from _unguarded(part, optional, known)
                known |= _known_where(part)
        case Any():
            for part in rule.rules:
                yield from _unguarded(part, optional, known)
        case Not():
            yield from _unguarded(rule.rule, optional, known)
        case Is() | Compare() if rule.name in optional - known:
            says = f'"{rule.name}" may be unknown when this is asked'
            hint = f"ask first: `all: [{{{rule.name}: {{known: true}}}}, {{{rule.name}: …}}]`"
            yield Problem("unguarded-name", rule.place, says, hint)


def _known_where(rule: Rule) -> frozenset[str]:
    """What is known wherever the rule holds."""
    match rule:
        case IsKnown(wanted=True) | Is() | Compare():
            return frozenset({rule.name})
        case All():
            return frozenset().union(*map(_known_where, rule.rules))
        case Any():
            return frozenset.intersection(*map(_known_where, rule.rules))
    return frozenset()
