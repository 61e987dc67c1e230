"""Something that a customer may type into a field of any kind."""

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
    "long enough to be the answer to anything that is asked",
)
"""Something for fields of every kind, the likeliest first."""


def typed(field: Field, known: Known) -> str | None:
    """Words that the field takes; None where none of ours is."""
    chosen = [option.id for option in field.options]
    for words in (*TYPED, *chosen, ",".join(chosen)):
        reading = answers.read([field], {field.id: words}, {"customer.country": "FR", **known})
        if not reading.problems and field.id in reading.answers:
            return words
    return None
