"""The promotions of a catalog."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compiler.catalog.tables import Tables
from generator.compiler.catalog.values import Values
from generator.compiler.link import words
from generator.compiler.node import Entry, Node
from generator.model.catalog import Plan
from generator.model.problem import Problem, Related
from generator.model.promotion import Promotion


@dataclass(frozen=True)
class Promotions:
    """Reads promotions for the plans of these tables."""

    tables: Tables
    values: Values

    def all(self, node: Node | None) -> Iterator[Promotion]:
        seen: dict[str, Entry] = {}
        for entry in words.entries(node):
            first = seen.setdefault(entry.name.casefold(), entry)
            if first is not entry:
                says = f'customers may type "{entry.name}" in small letters, and there is "{first.name}"'
                related = (Related(first.key.place, "the first is here"),)
                hint = "give one of the two another code"
                self.values.problems.append(Problem("same-code", entry.key.place, says, hint, related=related))
            yield self._promotion(entry)

    def _promotion(self, entry: Entry) -> Promotion:
        node, of = entry.node, f'promotion "{entry.name}"'
        values = self.values.among(words.below(node, "currency"))
        if words.below(node, "title") is None:
            values.missing(entry.key.place, f"{of} has no title", 'add `title: {en: "20% off"}`')
        percent, amount = words.below(node, "percent"), words.below(node, "amount")
        plans = tuple(self.tables.named(words.below(node, "plans")))
        promotion = Promotion(
            code=entry.name,
            title=values.words(words.below(node, "title"), f"the title of {of}"),
            percent=values.percent(percent),
            amount=values.amount(amount) if amount else None,
            terms=words.integer(words.below(node, "terms"), 0),
            plans=tuple(plan.ref for plan in plans),
            until=values.day(words.below(node, "until")),
            uses=words.integer(words.below(node, "uses"), 0),
            new_only=words.flag(words.below(node, "new_only")),
        )
        if (percent is None) is (amount is None):
            says = f"{of} takes off {'nothing' if percent is None else 'a percentage and an amount'}"
            hint = 'write one of the two: `percent: 20`, or `amount: "10.00"`'
            values.problems.append(Problem("percent-or-amount", entry.key.place, says, hint))
        elif amount:
            self._of_their_currency(promotion, plans, amount, values.currency)
        return promotion

    def _of_their_currency(self, promotion: Promotion, named: tuple[Plan, ...], node: Node, currency: str) -> None:
        """An amount lowers only what is sold in its currency."""
        plans = named or tuple(self.tables.plans.values())
        others = [plan for plan in plans if plan.price.currency != currency]
        if others and (named or len(others) == len(plans)):
            says = f'plan "{others[0].ref}" is sold in {others[0].price.currency}, and this amount is in {currency}'
            hint = "write a promotion of its own for each currency"
            self.values.problems.append(Problem("other-currency", node.place, says, hint))
