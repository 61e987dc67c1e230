"""An answer as its input shows it: in the customer's own way of writing, so that it reads back as the same answer."""

from decimal import Decimal

import phonenumbers
from phonenumbers import PhoneNumberFormat

from generator.engine.answers import written
from generator.engine.ground import Ground
from generator.model.quote import Answer
from generator.model.workflow import Field


def shown(field: Field, answer: Answer | None, ground: Ground) -> str:
    """What stands in the input; nothing where there is no answer."""
    if answer is None:
        return ""
    match field.kind, answer:
        case "decimal", Decimal():
            return f"{answer:f}".replace(".", ground.point)
        case "phone", str():
            return _phone(answer, ground.country)
        case "iban", str():
            return " ".join(answer[at : at + 4] for at in range(0, len(answer), 4))
        case _:
            return written(answer)


def _phone(number: str, country: str) -> str:
    """As people of its country write it, for one of them; with the country code for everybody else."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    near = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    if country and phonenumbers.region_code_for_number(parsed) == country:
        again = phonenumbers.parse(near, country)
        if phonenumbers.format_number(again, PhoneNumberFormat.E164) == number:
            return near
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
