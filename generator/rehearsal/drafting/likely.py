"""Something that a customer may type into a field of any kind."""

from collections.abc import Iterable

from generator.engine import answers
from generator.model.rule import Known
from generator.model.workflow import Field

TYPED = (
    *(
        "a likely word",
        "word",
        "5",
        "1",
        "0.5",
        "0",
        "100",
        "2026-12-31",
        "true",
        "a@example.com",
        "+33123456789",
        "FR",
    ),
    *("FR-75C", "FR40303265045", "FR7630006000011234567890189"),
    *("75002", "1012", "1012 AB", "100-0001", "SW1A 1AA", "K1A 0B1", "1000-001", "00-001"),
    "long enough to be the answer to anything that is asked",
)
"""Something for fields of every kind, the likeliest first; at the end postal codes as some countries write them."""


NOTHING: answers.Form = {}


def typed(field: Field, known: Known, beside: Iterable[Field] = (), form: answers.Form = NOTHING) -> str | None:
    """Words that the field takes beside what stands in the others of its page; None where none of ours is."""
    chosen = [option.id for option in field.options]
    fields = tuple(beside) or (field,)
    for words in (*TYPED, *chosen, ",".join(chosen)):
        reading = answers.read(fields, {**form, field.id: words}, {"customer.country": "FR", **known})
        if field.id in reading.answers:
            return words
    return None
