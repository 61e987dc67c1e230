"""What a customer chose of a plan's options."""

from generator.engine.answers import Form, Reading
from generator.model.catalog import Option, Plan
from generator.model.problem import FieldFault, FieldProblem
from generator.model.quote import Answer, Options
from generator.model.walk import Answers

PREFIX = "option."
"""What an option's input is called, before its ref: a plan cannot clash with our own fields."""

FOR_PLAN = "plan"
"""The answer that says which plan the others are about: those to another plan are ignored."""


def read(plan: Plan, form: Form) -> Reading:
    """Read every option of the plan."""
    answers: dict[str, Answer] = {FOR_PLAN: plan.ref}
    problems: list[FieldProblem] = []
    for option in plan.choices:
        typed = form.get(PREFIX + option.ref, "").strip()
        if option.kind == "switch":
            answers[PREFIX + option.ref] = typed == "true"
        elif fault := quantity_fault(option, typed):
            problems.append(FieldProblem(option.ref, fault))
        else:
            answers[PREFIX + option.ref] = int(typed)
    return Reading(answers, tuple(problems))


def quantity_fault(option: Option, typed: str) -> FieldFault | None:
    """Why the option cannot be had in this quantity."""
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        return "not_a_number"
    quantity = int(typed)
    if quantity < option.minimum:
        return "too_small"
    if quantity > option.maximum:
        return "too_large"
    return "not_a_step" if (quantity - option.minimum) % option.step else None


def carried(plan: Plan, options: Options) -> Options:
    """What of the options of one plan can be had with another: of the same name, kind and quantity."""
    return {
        option.ref: value
        for option in plan.choices
        if (value := options.get(option.ref)) is not None
        and isinstance(value, bool) is (option.kind == "switch")
        and (option.kind == "switch" or not quantity_fault(option, str(value)))
    }


def chosen(plan: Plan, answers: Answers) -> Options:
    """The options as the biller takes them; none where the answers are about another plan."""
    if answers.get(FOR_PLAN) != plan.ref:
        return {}
    options: dict[str, bool | int] = {}
    for option in plan.choices:
        answer = answers.get(PREFIX + option.ref)
        if isinstance(answer, (bool, int)):
            options[option.ref] = answer
    return options
