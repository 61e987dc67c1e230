"""What was typed becomes typed answers, or what is wrong with each field."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pycountry
from email_validator import EmailNotValidError, validate_email
from stdnum import get_cc_module, luhn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from generator.model.problem import FieldFault, FieldProblem
from generator.model.quote import Answer
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.model.workflow import Field, FieldKind

Form = Mapping[str, str]
"""What a browser sent, by the field's name; a box that was not ticked is not in it."""


@dataclass(frozen=True)
class Reading:
    """The answers that are good, and what is wrong with the others."""

    answers: Answers
    problems: tuple[FieldProblem, ...]


def read(fields: Iterable[Field], form: Form, known: Known) -> Reading:
    """Read every field that applies. A field left empty has no answer."""
    answers: dict[str, Answer] = {}
    problems: list[FieldProblem] = []
    for field in applying(fields, known):
        try:
            answer = _read(field, form.get(field.id, ""))
        except _Faulty as faulty:
            problems.append(FieldProblem(field.id, faulty.fault))
            continue
        if answer is not None:
            answers[field.id] = answer
    return Reading(answers, tuple(problems))


def applying(fields: Iterable[Field], known: Known) -> tuple[Field, ...]:
    """The fields that this customer is asked."""
    return tuple(field for field in fields if field.when.holds(known))


def satisfied(fields: Iterable[Field], answers: Answers, known: Known) -> bool:
    """Whether everything required is answered, and everything answered would still be accepted."""
    asked = applying(fields, known)
    form = {name: written(answer) for name, answer in answers.items()}
    return not read(asked, form, known).problems


def written(answer: Answer) -> str:
    """An answer as its input shows it."""
    match answer:
        case bool():
            return "true" if answer else "false"
        case tuple():
            return ",".join(answer)
        case _:
            return str(answer)


class _Faulty(Exception):
    def __init__(self, fault: FieldFault) -> None:
        super().__init__(fault)
        self.fault: FieldFault = fault


def _read(field: Field, typed: str) -> Answer | None:
    if field.kind == "consent":
        return _consent(field, typed)
    words = _clean(field, typed)
    if not words:
        if field.required:
            raise _Faulty("required")
        return None
    if len(words) > field.max_length:
        raise _Faulty("too_long")
    return _READERS[field.kind](field, words)


def _clean(field: Field, typed: str) -> str:
    """One way of writing the same letters (NFC), and nothing that cannot be seen or turns what can be around."""
    words = unicodedata.normalize("NFC", typed).strip()
    if field.kind == "long_text":
        words = words.replace("\r\n", "\n")
    allowed = "\n\t" if field.kind == "long_text" else ""
    for letter in words:
        if letter not in allowed and (unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNING):
            raise _Faulty("malformed")
    return words


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of what follows: in a name they can only deceive."""


def _consent(field: Field, typed: str) -> bool:
    if typed != "true" and field.required:
        raise _Faulty("unticked")
    return typed == "true"


def _text(field: Field, words: str) -> str:
    """Card numbers belong on the gateway's page: here they would end up in our store."""
    digits = re.sub(r"[ -]", "", words)
    if re.fullmatch(r"[0-9]{13,19}", digits) and luhn.is_valid(digits):
        raise _Faulty("card_number")
    return words


def _email(field: Field, words: str) -> str:
    """One address in the shape of RFC 5322; whether somebody reads it is found out by mail."""
    try:
        return validate_email(words, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise _Faulty("malformed") from fault


def _integer(field: Field, words: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", words) or not words.isascii():
        raise _Faulty("not_a_number")
    number = int(words)
    if field.minimum is not None and number < field.minimum:
        raise _Faulty("too_small")
    if field.maximum is not None and number > field.maximum:
        raise _Faulty("too_large")
    return number


def _choice(field: Field, words: str) -> str:
    if words not in [option.id for option in field.options]:
        raise _Faulty("not_offered")
    return words


def _country(field: Field, words: str) -> str:
    if pycountry.countries.get(alpha_2=words) is None:
        raise _Faulty("not_offered")
    return words


def _vat_number(field: Field, words: str) -> str:
    """Format and check digits of the country that the number starts with; where we know no rule, any number is good."""
    number = re.sub(r"[\s.-]", "", words).upper()
    country = {"EL": "GR"}.get(number[:2], number[:2])
    rules = vat if country.lower() in vat.MEMBER_STATES else get_cc_module(country.lower(), "vat")
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,28}", number):
        raise _Faulty("malformed")
    if rules is None:
        return number
    try:
        rules.validate(number)
    except ValidationError as fault:
        raise _Faulty("malformed") from fault
    return number


_READERS: Mapping[FieldKind, Callable[[Field, str], Answer]] = {
    "text": _text,
    "long_text": _text,
    "email": _email,
    "integer": _integer,
    "choice": _choice,
    "country": _country,
    "vat_number": _vat_number,
}
