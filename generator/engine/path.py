"""The steps that a customer walks, computed from what is known: nothing remembers where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.engine import answers, options
from generator.engine.ground import PLAIN
from generator.model.customer import BILLING_FIELDS
from generator.model.quote import Answer, Quote
from generator.model.rule import UnknownName, Value
from generator.model.walk import Answers, Ended, Walk
from generator.model.workflow import AnyStep, Workflow

SHOWN = "shown"
"""The answer to a summary that says which quote the customer agreed to."""

PLAN = "plan"
"""The answer to a catalog."""


def path(workflow: Workflow, walk: Walk) -> tuple[AnyStep, ...]:
    """The steps this customer walks, as far as the answers so far decide; the last one is where they stand."""
    return tuple(step for step, _ in _passed(workflow, walk) if not step.silent)


def _passed(workflow: Workflow, walk: Walk) -> Iterator[tuple[AnyStep, Mapping[str, Value]]]:
    """The steps of the path, those that ask nobody anything too, and what is known when the customer comes to each."""
    known = at_start(walk)
    for step in workflow.steps:
        if not step.when.holds(known):
            continue
        yield step, dict(known)
        if not complete(step, walk, known):
            break
        known.update(learned(step, walk, known))


def known_at(workflow: Workflow, walk: Walk, step: AnyStep) -> Mapping[str, Value]:
    """All that is known when the customer comes to this step, or to the end of their path."""
    known: Mapping[str, Value] = at_start(walk)
    for passed, known_there in _passed(workflow, walk):
        if passed.id == step.id:
            return known_there
        known = {**known_there, **learned(passed, walk, known_there)}
    return known


def expected(workflow: Workflow, walk: Walk) -> tuple[AnyStep, ...]:
    """The path and what is likely to follow: a step that depends on what is not known yet is counted in."""
    walked = path(workflow, walk)
    known = dict(known_at(workflow, walk, walked[-1])) if walked else at_start(walk)
    rest = workflow.steps[workflow.steps.index(walked[-1]) + 1 :] if walked else ()
    return (*walked, *(step for step in rest if not step.silent and _may_hold(step, known)))


def complete(step: AnyStep, walk: Walk, known: Mapping[str, Value]) -> bool:
    """Whether nothing is left to do in this step."""
    given = walk.answers.get(step.id)
    if step.silent:
        return True
    if step.kind == "payment":
        return isinstance(walk.standing, Ended)
    if given is None:
        return False
    match step.kind:
        case "catalog":
            return given.get(PLAN) == walk.facts.get("plan.ref")
        case "options":
            return given.get(options.FOR_PLAN) == walk.facts.get("plan.ref")
        case "summary" | "confirm":
            agreed = walk.quote is not None and given.get(SHOWN) == walk.quote.shown
            return agreed and answers.satisfied(step.fields, given, known)
        case _:
            return answers.satisfied(step.fields, given, known)


def given_to(step: AnyStep, walk: Walk) -> Mapping[str, str]:
    """What the link gave to the fields of a step, by field."""
    before = f"{step.id}."
    return {name.removeprefix(before): value for name, value in walk.given.items() if name.startswith(before)}


def answered(step: AnyStep, walk: Walk, known: Mapping[str, Value]) -> Answers:
    """The answers to a step; what the link that was opened last gave counts before all else."""
    by_link = answers.held(step.fields, known, replace(PLAIN, held=given_to(step, walk)))
    return {**walk.answers.get(step.id, {}), **by_link}


def learned(step: AnyStep, walk: Walk, known: Mapping[str, Value]) -> Mapping[str, Value]:
    """What a step's answers are known as; billing info is what we know of the customer from now on."""
    given = answered(step, walk, known)
    found = {f"{step.id}.{name}": _value(answer) for name, answer in given.items()}
    if step.kind == "billing_info":
        for name in BILLING_FIELDS:
            value = given.get(name, "")
            if isinstance(value, str) and value:
                found[f"customer.{name}"] = value
    return found


def at_start(walk: Walk) -> dict[str, Value]:
    """What is known before the first step: facts, and the quote where there is one."""
    return {**walk.facts, **(quote_facts(walk.quote) if walk.quote else {})}


def quote_facts(quote: Quote) -> Mapping[str, Value]:
    """What conditions may read of a quote."""
    return {
        "quote.due_now": quote.due_now,
        "quote.due_later": quote.due_later,
        "quote.method_required": quote.method_required,
    }


def answers_on_path(workflow: Workflow, walk: Walk) -> Mapping[str, Answers]:
    """What counts of the answers: those to steps that are walked, and what links gave."""
    passed = _passed(workflow, walk)
    return {step.id: answered(step, walk, known) for step, known in passed if step.silent or step.id in walk.answers}


def _value(answer: Answer) -> Value:
    """What a condition reads of an answer: several choices are a set."""
    return frozenset(answer) if isinstance(answer, tuple) else answer


def _may_hold(step: AnyStep, known: Mapping[str, Value]) -> bool:
    try:
        return step.when.holds(known)
    except UnknownName:
        return True
