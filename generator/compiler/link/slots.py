"""What is said on every page reads only what every page knows: who the merchant is."""

from collections.abc import Iterator

from generator.compiler.link import words
from generator.compiler.link.texts import text
from generator.compiler.node import Node
from generator.compiler.sentence import BadPhrase, Hole, parts
from generator.model.nearest import suggestion
from generator.model.problem import Problem
from generator.model.slots import Slots
from generator.model.text import Phrase

KNOWN = (
    "site.name",
    "site.seller.legal_name",
    "site.seller.address",
    "site.seller.vat_number",
    "site.seller.registration",
)
"""What such a text may read."""


def slots(node: Node | None, problems: list[Problem]) -> Slots:
    """Each where it is said; what only some pages know goes to `problems`."""
    said = Slots(*(text(words.below(node, name)) for name in ("header", "help", "footer")))
    for one in said.texts:
        for phrase in one.phrases:
            problems += _unknown(phrase)
    return said


def _unknown(phrase: Phrase) -> Iterator[Problem]:
    try:
        holes = [part.name for part in parts(phrase.says) if isinstance(part, Hole)]
    except BadPhrase:
        return  # told where it is said
    for name in holes:
        if name not in KNOWN:
            says = f'this text stands on every page, and reads "{name}", which not every page knows'
            near = suggestion(name, KNOWN)
            hint = near if near.startswith("did you mean") else "take it away; every page knows {site.name}"
            yield Problem("unknown-placeholder", phrase.place, says, hint)
