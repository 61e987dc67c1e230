"""How a catalog says what happens to who does not pay."""

from dataclasses import dataclass
from typing import get_args

from generator.compiler.catalog.values import Values
from generator.compiler.link import words
from generator.compiler.node import List, Map, Node
from generator.model.dunning import USUAL, Dunning, Then

THENS: tuple[Then, ...] = get_args(Then)


@dataclass(frozen=True)
class Schedule:
    """Reads the schedule; what is not said is as usual."""

    values: Values

    def dunning(self, node: Node | None) -> Dunning:
        if not isinstance(node, Map):
            return USUAL
        retries, above = words.below(node, "retries"), words.below(node, "above")
        then = words.string(words.below(node, "then"), USUAL.then)
        values = self.values.among(words.below(node, "currency"))
        return Dunning(
            retries=tuple(words.integer(one, 0) for one in retries.items)
            if isinstance(retries, List)
            else USUAL.retries,
            grace=words.integer(words.below(node, "grace"), USUAL.grace),
            patience=words.integer(words.below(node, "patience"), USUAL.patience),
            above=values.amount(above) if above is not None else None,
            then=next((known for known in THENS if known == then), USUAL.then),
        )
