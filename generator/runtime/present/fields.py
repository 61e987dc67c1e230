"""Inputs: what was typed, is known, or is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.engine import answers, regions
from generator.engine.ground import Ground
from generator.engine.postal import areas, asking, codes
from generator.engine.readers import day_of
from generator.engine.writing import shown
from generator.locale import speech
from generator.model.live.parts import AddressView, FieldView, RegionView
from generator.model.problem import FieldProblem
from generator.model.quote import Answer
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.model.workflow import Field
from generator.model.workflow import address as arranged


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
    ground = _here(fields, known, given, held, ground, typed)
    applying = {field.id for field in answers.applying(fields, known)}
    faults = {problem.field: problem.fault for problem in problems}
    found: dict[str, FieldView] = {}
    for field in fields:
        answer = given.get(field.id)
        for name, value in _inputs(field, answer, ground, None if field.id in held else typed):
            found[name] = FieldView(
                shown=field.id in applying and asking.asks(ground.country, field),
                value=value,
                fault=faults.get(name, ""),
                locked=field.id in held,
                said=_said(field, answer, ground, language),
                earliest=day_of(field.earliest, ground),
                latest=day_of(field.latest, ground),
                regions=tuple(_regions(field, value, ground.country, language)),
                listed=field.kind == "region" and bool(_offered(field, ground.country, language)),
                needed=asking.needs(ground.country, field),
                called=asking.called(ground.country, field.part) if field.part else "",
                example=codes.example(ground.country) if field.part == "postal_code" else "",
            )
    return found


def address(
    fields: Iterable[Field],
    known: Known,
    given: Answers,
    ground: Ground,
    typed: Mapping[str, str] | None = None,
) -> tuple[AddressView, ...]:
    """The parts of the address that apply to this customer, in the order of the country that they are in."""
    fields = tuple(fields)
    held = answers.held(fields, known, ground)
    country = _here(fields, known, {**given, **held}, held, ground, typed).country
    parts = answers.applying(arranged(fields), known)
    return tuple(
        AddressView(field.part, asking.asks(country, field)) for field in asking.ordered(country, parts) if field.part
    )


def _here(
    fields: tuple[Field, ...],
    known: Known,
    given: Answers,
    held: Answers,
    ground: Ground,
    typed: Mapping[str, str] | None,
) -> Ground:
    """The ground in the country that was typed, or was given before."""
    before = {name: answers.written(answer) for name, answer in given.items()}
    said = before if typed is None else {**typed, **{name: before[name] for name in held}}
    return ground.below(fields, said, known)


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
            return dict(_offered(field, ground.country, language)).get(answer, answer)
        case _:
            return shown(field, answer, ground)


def _regions(field: Field, value: str, country: str, language: str) -> Iterator[RegionView]:
    """All that may be chosen; one that was typed by its name is chosen by it."""
    if field.kind != "region":
        return
    meant = areas.area if field.part else regions.region
    chosen = meant(country, value) if value else ""
    for code, name in _offered(field, country, language):
        yield RegionView(code, name, code == chosen)


def _offered(field: Field, country: str, language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each region: in an address, of those that stand in the country's addresses."""
    return areas.areas(country, language) if field.part else regions.regions(country)
