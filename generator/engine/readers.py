"""What each kind of field makes of the words in it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import phonenumbers
import pycountry
from dateutil.relativedelta import relativedelta
from email_validator import EmailNotValidError, validate_email
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import get_cc_module, luhn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from generator.engine.ground import Ground
from generator.engine.postal import areas, codes
from generator.engine.regions import region, regions
from generator.model.day import DayLimit
from generator.model.problem import FieldFault
from generator.model.quote import Answer
from generator.model.workflow import Field, FieldKind


class Faulty(Exception):
    """What was typed cannot be an answer."""

    def __init__(self, fault: FieldFault) -> None:
        super().__init__(fault)
        self.fault: FieldFault = fault


def day_of(limit: DayLimit | None, ground: Ground) -> date | None:
    """The day that a bound is; none where there is no bound, or none without knowing the day."""
    if limit is None or limit.day is not None:
        return limit.day if limit else None
    return ground.today + relativedelta(**{f"{limit.unit}s": limit.count}) if ground.today else None  # type: ignore[arg-type]


def _text(field: Field, words: str, ground: Ground) -> str:
    """Card numbers belong on the gateway's page: here they would end up in our store."""
    found = _CARDS.finditer(words) if field.kind == "long_text" else ()
    if _is_card(words) or any(_is_card(card[0]) for card in found):
        raise Faulty("card_number")
    if field.part == "postal_code":
        return _postal_code(words, ground)
    return words


def _postal_code(words: str, ground: Ground) -> str:
    """In its country's own way of writing, which nobody is told to keep to."""
    if found := codes.written(ground.country, words):
        return found
    raise Faulty("malformed")


_CARDS = re.compile(r"(?<![0-9])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])")


def _is_card(words: str) -> bool:
    digits = re.sub(r"[ .\u00a0-]", "", words)
    return re.fullmatch(r"[0-9]{13,19}", digits) is not None and luhn.is_valid(digits)


def _email(field: Field, words: str, ground: Ground) -> str:
    """One address in the shape of RFC 5322; whether somebody reads it is found out by mail."""
    try:
        return validate_email(words, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise _malformed(words) from fault


def _phone(field: Field, words: str, ground: Ground) -> str:
    """As E.164. Without a country code it is one of the customer's country; an extension would get lost."""
    try:
        number = phonenumbers.parse(words, ground.country or None)
    except phonenumbers.NumberParseException as fault:
        raise _malformed(words) from fault
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise _malformed(words)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _integer(field: Field, words: str, ground: Ground) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", words) or not words.isascii():
        raise _no_number(words)
    if _is_card(words):
        raise Faulty("card_number")
    number = int(words)
    _bounded(field, Decimal(number))
    return number


def _decimal(field: Field, words: str, ground: Ground) -> Decimal:
    """Exact. In the customer's own way of writing; the other point is understood where it can mean nothing else."""
    number = _in_own_way(words, ground)
    number = _in_the_other_way(words) if number is None else number
    if number is None:
        raise _no_number(words)
    if _is_card(words):
        raise Faulty("card_number")
    if -int(number.as_tuple().exponent) > field.digits:
        raise Faulty("too_many_digits")
    _bounded(field, number)
    return number


def _in_own_way(words: str, ground: Ground) -> Decimal | None:
    """`1,234.5` in English, `1 234,5` in French: thousands are all set apart, or none."""
    point = re.escape(ground.point)
    gaps = {ground.gap, *("\u202f\u00a0 " if ground.gap and ground.gap in "\u202f\u00a0 " else ground.gap)} - {""}
    gap = "|".join(re.escape(one) for one in gaps) or "(?!)"
    shape = rf"[+-]?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:(?:{gap})[0-9]{{3}}){{1,4}})(?:{point}[0-9]+)?|[+-]?{point}[0-9]+"
    if not re.fullmatch(shape, words):
        return None
    for one in gaps:
        words = words.replace(one, "")
    return Decimal(words.replace(ground.point, "."))


def _in_the_other_way(words: str) -> Decimal | None:
    """One point or comma, and not three digits behind it: that could be a thousand."""
    if not re.fullmatch(r"[+-]?[0-9]{1,15}[.,](?![0-9]{3}$)[0-9]+", words):
        return None
    return Decimal(words.replace(",", "."))


def _bounded(field: Field, number: Decimal) -> None:
    if field.minimum is not None and number < field.minimum:
        raise Faulty("too_small")
    if field.maximum is not None and number > field.maximum:
        raise Faulty("too_large")


def _choice(field: Field, words: str, ground: Ground) -> str:
    if words not in [option.id for option in field.options]:
        raise Faulty("not_offered")
    return words


def _choices(field: Field, words: str, ground: Ground) -> tuple[str, ...]:
    """Each of them once, in the order in which they are offered."""
    picked = words.split(",")
    if not set(picked) <= {option.id for option in field.options}:
        raise Faulty("not_offered")
    _bounded(field, Decimal(len(set(picked))))
    return tuple(option.id for option in field.options if option.id in picked)


def _date(field: Field, words: str, ground: Ground) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words) or not words.isascii():
        raise Faulty("malformed")
    try:
        day = date.fromisoformat(words)
    except ValueError as fault:
        raise Faulty("malformed") from fault
    earliest, latest = day_of(field.earliest, ground), day_of(field.latest, ground)
    if earliest is not None and day < earliest:
        raise Faulty("too_small")
    if latest is not None and day > latest:
        raise Faulty("too_large")
    return day


def _country(field: Field, words: str, ground: Ground) -> str:
    if pycountry.countries.get(alpha_2=words) is None:
        raise Faulty("not_offered")
    return words


def _region(field: Field, words: str, ground: Ground) -> str:
    """One of the country's; where it has no list, or no country is known, what was typed.

    In an address it is what addresses of the country have: an Italian one has its province and not its region.
    """
    known, meant = (areas.areas(ground.country, ""), areas.area) if field.part else (regions(ground.country), region)
    if not known:
        return _text(field, words, ground)
    if found := meant(ground.country, words):
        return found
    raise Faulty("not_offered")


def _vat_number(field: Field, words: str, ground: Ground) -> str:
    """Format and check digits of the country that the number starts with; where we know no rule, any number is good."""
    number = re.sub(r"[\s.-]", "", words).upper()
    country = {"EL": "GR"}.get(number[:2], number[:2])
    rules = vat if country.lower() in vat.MEMBER_STATES else get_cc_module(country.lower(), "vat")
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,28}", number):
        raise _malformed(words)
    if rules is None:
        return number
    try:
        rules.validate(number)
    except ValidationError as fault:
        raise Faulty("malformed") from fault
    return number


def _iban(field: Field, words: str, ground: Ground) -> str:
    """Length, shape and check digits of its country."""
    try:
        return str(IBAN(re.sub(r"[\s-]", "", words).upper()))
    except SchwiftyException as fault:
        raise _malformed(words) from fault


def _hidden(field: Field, words: str, ground: Ground) -> Answer:
    return READERS[field.holds](field, words, ground)


def _malformed(words: str) -> Faulty:
    """Who types a card's number where it does not belong is told so, whatever the field is for."""
    return Faulty("card_number" if _is_card(words) else "malformed")


def _no_number(words: str) -> Faulty:
    return Faulty("card_number" if _is_card(words) else "not_a_number")


READERS: Mapping[FieldKind, Callable[[Field, str, Ground], Answer]] = {
    "text": _text,
    "long_text": _text,
    "email": _email,
    "phone": _phone,
    "integer": _integer,
    "decimal": _decimal,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "country": _country,
    "region": _region,
    "vat_number": _vat_number,
    "iban": _iban,
    "hidden": _hidden,
}
"""All but the consent, which is ticked and not typed."""
