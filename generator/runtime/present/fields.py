"""Inputs: what was typed, is known, or is wrong with it."""

from collections.abc import Iterable, Mapping

from generator.engine import answers
from generator.model.live.parts import FieldView
from generator.model.problem import FieldProblem
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.model.workflow import Field


def views(
    fields: Iterable[Field],
    known: Known,
    given: Answers,
    typed: Mapping[str, str] | None = None,
    problems: Iterable[FieldProblem] = (),
) -> Mapping[str, FieldView]:
    """Every field of a form. What was typed is shown as it was typed, right or wrong; else what was given before."""
    fields = tuple(fields)
    applying = {field.id for field in answers.applying(fields, known)}
    faults = {problem.field: problem.fault for problem in problems}
    return {
        field.id: FieldView(
            shown=field.id in applying,
            value=typed.get(field.id, "") if typed is not None else answers.written(given.get(field.id, "")),
            fault=faults.get(field.id, ""),
        )
        for field in fields
    }
