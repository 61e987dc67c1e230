"""What browsers may fill in is said in the words that browsers know."""

from collections.abc import Iterator

from generator.model.nearest import suggestion
from generator.model.problem import Problem
from generator.model.site import Site

FIELDS = (
    "name honorific-prefix given-name additional-name family-name honorific-suffix nickname username "
    "new-password current-password one-time-code organization-title organization street-address address-line1 "
    "address-line2 address-line3 address-level4 address-level3 address-level2 address-level1 country "
    "country-name postal-code cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month "
    "cc-exp-year cc-csc cc-type transaction-currency transaction-amount language bday bday-day bday-month "
    "bday-year sex url photo tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix "
    "tel-local-suffix tel-extension email impp"
)
"""Of the HTML standard, 4.10.18.7.1."""

ALONE = ("on", "off")
BEFORE = ("shipping", "billing", "home", "work", "mobile", "fax", "pager")


def check(site: Site) -> Iterator[Problem]:
    """A word that no browser knows fills in nothing, and tells nobody what the field is for (WCAG 1.3.5)."""
    for fields in site.forms:
        for field in fields:
            *before, last = [word for word in field.autocomplete.split() if word != "webauthn"] or [""]
            wrong = [word for word in before if word not in BEFORE and not word.startswith("section-")]
            if last and last not in FIELDS.split() and (last not in ALONE or before):
                wrong.append(last)
            for word in wrong:
                says = f'"{word}" is no word of the HTML standard for what is typed into "{field.id}"'
                yield Problem("unknown-autocomplete", field.place, says, suggestion(word, FIELDS.split()), "warning")
