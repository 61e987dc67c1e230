"""What an address is asked for in each country, what it cannot do without, and whether one is complete."""

from collections.abc import Iterable

from generator.engine.postal.formats import format_of
from generator.model.customer import AddressName, AddressPart, BillingInfo
from generator.model.workflow import Field

ALWAYS_NEEDED = ("email", "name", "country")
"""What an invoice cannot do without, wherever it goes."""


def asks(country: str, field: Field) -> bool:
    """Whether it is asked in this country: nobody in Dubai has a postal code."""
    return not field.part or field.part in format_of(country).parts


def needs(country: str, field: Field) -> bool:
    """Whether it must be answered there. What the definition does not require is never needed."""
    return field.required and (not field.part or field.part in format_of(country).needed)


def called(country: str, part: AddressPart) -> AddressName:
    """What the country calls it, where that is not as usual: `zip`, `prefecture`."""
    return format_of(country).names.get(part, "")


def ordered(country: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields of an address in the order in which the country writes them; what it does not ask for comes last."""
    parts = format_of(country).parts
    return tuple(sorted(fields, key=lambda one: parts.index(one.part) if one.part in parts else len(parts)))


def complete(billing: BillingInfo) -> bool:
    """Whether an invoice can be made out with this. Which state or province it is nobody waits for."""
    needed = (*ALWAYS_NEEDED, *(format_of(billing.country).needed - {"region"}))
    return all(getattr(billing, name) for name in needed)
