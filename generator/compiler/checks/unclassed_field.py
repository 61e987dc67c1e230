"""A field that asks for personal data says so: whoever looks for such data finds it by its class."""

import re
from collections.abc import Iterator, Mapping

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import PersonalData

WORDS: Mapping[PersonalData, str] = {
    "contact": (
        "address adresse street strasse rue zip postcode postal plz phone telephone telefon mobile handy fax email "
        "mail courriel"
    ),
    "identity": (
        "birth birthday birthdate birthplace dob geburtstag geburtsdatum naissance first_name last_name full_name "
        "surname firstname lastname vorname nachname prenom passport ssn social_security national_id id_number id_card "
        "tax_id steuernummer gender nationality vat siret siren"
    ),
    "financial": "iban bic account_number card_number salary income",
}
"""What fields are called that ask for it, in the languages of our merchants."""

ASKED = ("text", "long_text", "integer", "decimal", "date", "hidden")
"""Kinds that may hold anything. A choice offers what the merchant wrote, and the others have their class."""


def check(site: Site) -> Iterator[Problem]:
    """By the name of the field. `pii: none` is an answer, too."""
    for fields in site.forms:
        for field in fields:
            kind = _kind(field.id)
            if kind and field.pii == "unsaid" and field.kind in ASKED:
                says = f'the field "{field.id}" seems to ask for personal data, and does not say so'
                hint = f"add `pii: {kind}`, or `pii: none` where it asks for something else"
                yield Problem("unclassed-field", field.place, says, hint, "warning")


_COUNTED = re.compile(r"_(?:number|no|nr|nummer|code|line_?[0-9]?)$")


def _kind(id: str) -> PersonalData | None:
    """By what the name ends in: a `delivery_address` is one, and a `mobile_app` is no mobile."""
    return next((kind for kind, words in WORDS.items() if any(_is(id, word) for word in words.split())), None)


def _is(id: str, word: str) -> bool:
    return any(f"_{name}".endswith(f"_{word}") for name in (id, _COUNTED.sub("", id)))
