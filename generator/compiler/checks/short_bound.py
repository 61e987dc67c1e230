"""A bound leaves room for what the field is for."""

from collections.abc import Iterator, Mapping

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Field

KINDS: Mapping[str, int] = {"vat_number": 14, "email": 40, "phone": 15, "iban": 34}
"""How long values of a kind are at least allowed to be: the longest VAT number of the EU has 14 signs, an IBAN 34, a
telephone number 15 (E.164)."""

NAMES: Mapping[str, int] = {"postal_code": 10, "city": 20, "name": 20, "address_line1": 20, "company": 20}
"""The same of billing info, by the field: the longest postal codes have ten signs."""


def check(site: Site) -> Iterator[Problem]:
    """Whoever has a longer one could not go on. Each field once, however many steps share it."""
    seen: set[Field] = set()
    for field in (field for fields in site.forms for field in fields):
        least = max(KINDS.get(field.kind, 0), NAMES.get(field.id, 0))
        if field.max_length < least and field not in seen:
            seen.add(field)
            says = f'"{field.id}" takes {field.max_length} characters, and there are longer ones of its kind'
            hint = f"let `max_length` be {least} at least, or leave it out"
            yield Problem("short-bound", field.place, says, hint, "warning")
