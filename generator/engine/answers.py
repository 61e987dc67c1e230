"""What was typed becomes typed answers, or what is wrong with each field."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.engine.ground import PLAIN, Ground
from generator.engine.postal import asking
from generator.engine.readers import READERS, Faulty
from generator.model.problem import FieldProblem
from generator.model.quote import Answer
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.model.workflow import Field

Form = Mapping[str, str]
"""What a browser sent, by the field's name; a box that was not ticked is not in it."""


@dataclass(frozen=True)
class Reading:
    """The answers that are good, and what is wrong with the others."""

    answers: Answers
    problems: tuple[FieldProblem, ...]


def read(fields: Iterable[Field], form: Form, known: Known, ground: Ground = PLAIN) -> Reading:
    """Read every field that applies. A field left empty has no answer, nor has what the customer's country does not
    ask for, whatever was typed there before."""
    answers: dict[str, Answer] = {}
    problems: list[FieldProblem] = []
    asked = applying(fields, known)
    kept = held(asked, known, ground)
    ground = ground.below(asked, {**form, **{name: written(answer) for name, answer in kept.items()}}, known)
    for field in (field for field in asked if asking.asks(ground.country, field)):
        try:
            answer = kept[field.id] if field.id in kept else _read(field, _typed(field, form), ground)
        except Faulty as faulty:
            problems.append(FieldProblem(field.id, faulty.fault))
            continue
        if answer is not None:
            answers[field.id] = answer
    return Reading(answers, tuple(problems))


def held(fields: Iterable[Field], known: Known, ground: Ground) -> Answers:
    """What the customer cannot change: of fields that are locked or hidden, what is known and good."""
    found: dict[str, Answer] = {}
    for field in applying(fields, known):
        if (field.locked or field.kind == "hidden") and (words := ground.held.get(field.id)):
            try:
                answer = _read(field, words, replace(PLAIN, country=ground.country))
            except Faulty:
                continue
            if answer is not None:
                found[field.id] = answer
    return found


def applying(fields: Iterable[Field], known: Known) -> tuple[Field, ...]:
    """The fields that this customer is asked."""
    return tuple(field for field in fields if field.when.holds(known))


def satisfied(fields: Iterable[Field], answers: Answers, known: Known) -> bool:
    """Whether everything required is answered, and everything answered would still be accepted."""
    form = {name: written(answer) for name, answer in answers.items()}
    return not read(fields, form, known).problems


def written(answer: Answer) -> str:
    """An answer as it is written down, in no language."""
    match answer:
        case bool():
            return "true" if answer else "false"
        case tuple():
            return ",".join(answer)
        case date():
            return answer.isoformat()
        case _:
            return str(answer)


def _typed(field: Field, form: Form) -> str:
    """What was typed into a field; of several boxes, those that were ticked."""
    if field.kind == "hidden":
        return ""
    ticked = (option.id for option in field.options if form.get(field.input_of(option)) == "true")
    return form.get(field.id) or (",".join(ticked) if field.kind == "choices" else "")


def _read(field: Field, typed: str, ground: Ground) -> Answer | None:
    if field.kind == "consent":
        return _consent(field, typed)
    words = _clean(field, typed)
    if not words:
        if asking.needs(ground.country, field):
            raise Faulty("required")
        return None
    if len(words) > field.max_length and field.kind != "choices":
        raise Faulty("too_long")
    if len(words) < field.min_length:
        raise Faulty("too_short")
    return READERS[field.kind](field, words, ground)


def _clean(field: Field, typed: str) -> str:
    """One way of writing the same letters (NFC), and nothing that cannot be seen or turns what can be around."""
    words = unicodedata.normalize("NFC", typed).strip()
    if field.kind == "long_text":
        words = words.replace("\r\n", "\n")
    allowed = "\n\t" if field.kind == "long_text" else ""
    for letter in words:
        if letter not in allowed and (unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNING):
            raise Faulty("malformed")
    return words


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of what follows: in a name they can only deceive."""


def _consent(field: Field, typed: str) -> bool:
    if typed != "true" and field.required:
        raise Faulty("unticked")
    return typed == "true"
