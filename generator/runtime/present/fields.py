"""Inputs: what was typed, is known, or is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.engine import answers, regions
from generator.engine.ground import Ground
from generator.engine.readers import day_of
from generator.engine.writing import shown
from generator.locale import speech
from generator.model.live.parts import FieldView, RegionView
from generator.model.problem import FieldProblem
from generator.model.quote import Answer
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.model.workflow import Field


def views(
    fields: Iterable[Field],
    known: Known,
    given: Answers,
    ground: Ground,
    language: str,
    typed: Mapping[str, str] | None = None,
    problems: Iterable[FieldProblem] = (),
) -> Mapping[str, FieldView]:
    """Every input of a form. What was typed is shown as it was typed, right or wrong; else what was given before."""
    fields = tuple(fields)
    held = answers.held(fields, known, ground)
    given = {**given, **held}
    before = {name: answers.written(answer) for name, answer in given.items()}
    ground = ground.below(
        fields, before if typed is None else {**typed, **{name: before[name] for name in held}}, known
    )
    applying = {field.id for field in answers.applying(fields, known)}
    faults = {problem.field: problem.fault for problem in problems}
    found: dict[str, FieldView] = {}
    for field in fields:
        answer = given.get(field.id)
        for name, value in _inputs(field, answer, ground, None if field.id in held else typed):
            found[name] = FieldView(
                shown=field.id in applying,
                value=value,
                fault=faults.get(name, ""),
                locked=field.id in held,
                said=_said(field, answer, ground, language),
                earliest=day_of(field.earliest, ground),
                latest=day_of(field.latest, ground),
                regions=tuple(_regions(field, value, ground.country)),
                listed=field.kind == "region" and bool(regions.regions(ground.country)),
            )
    return found


def _inputs(
    field: Field, answer: Answer | None, ground: Ground, typed: Mapping[str, str] | None
) -> Iterator[tuple[str, str]]:
    """What stands in each input of a field, by the input's name."""
    picked = answer if isinstance(answer, tuple) else ()
    if typed is not None:
        yield from ((name, typed.get(name, "")) for name in field.inputs)
        return
    yield field.id, shown(field, answer, ground)
    for option in field.options if field.kind == "choices" else ():
        yield field.input_of(option), "true" if option.id in picked else ""


def _said(field: Field, answer: Answer | None, ground: Ground, language: str) -> str:
    match field.kind, answer:
        case "country", str():
            return speech.formats(language)["country"](answer)
        case "date", date():
            return speech.formats(language)["date"](answer)
        case "region", str():
            return regions.name(ground.country, answer)
        case _:
            return shown(field, answer, ground)


def _regions(field: Field, value: str, country: str) -> Iterator[RegionView]:
    """All that may be chosen; one that was typed by its name is chosen by it."""
    if field.kind != "region":
        return
    chosen = regions.region(country, value) if value else ""
    for code, name in regions.regions(country):
        yield RegionView(code, name, code == chosen)
