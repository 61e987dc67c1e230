"""How a catalog says that sales are taxed."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compiler.catalog.values import Values
from generator.compiler.link import words
from generator.compiler.node import Entry, Map, Node, Scalar
from generator.model import countries
from generator.model.problem import Problem
from generator.model.tax import CustomerKind, TaxRate, TaxRules

KINDS: tuple[CustomerKind, ...] = ("business", "consumer")


@dataclass(frozen=True)
class Taxes:
    """Reads the rules; `values` read the rates."""

    values: Values

    def rules(self, node: Node | None) -> TaxRules | None:
        """Nothing where nothing was written: then there is no tax."""
        if not isinstance(node, Map):
            return None
        seller, outside = words.below(node, "seller"), words.below(node, "outside")
        reverse = words.below(node, "reverse_charge")
        if seller is None and (outside is not None or reverse is not None):
            hint = "add `seller: FR`, the country from which you sell"
            self.values.missing((outside or reverse or node).place, "it is not said where the seller is", hint)
        return TaxRules(
            default=self.values.percent(words.below(node, "rate")),
            inclusive=words.flag(words.below(node, "inclusive")),
            seller=self._country(words.string(seller), seller) if seller else "",
            rates=tuple(self._rates(words.below(node, "rates"))),
            outside=self.values.percent(outside) if outside else None,
            reverse_charge=not (isinstance(reverse, Scalar) and reverse.value is False),
        )

    def _rates(self, node: Node | None) -> Iterator[TaxRate]:
        for entry in words.entries(node):
            yield from self._of_country(entry)

    def _of_country(self, entry: Entry) -> Iterator[TaxRate]:
        """One rate for all, or one for a kind of customer."""
        country = self._country(entry.name, entry.key)
        if not isinstance(entry.node, Map):
            yield TaxRate(country, self.values.percent(entry.node))
            return
        for said in words.entries(entry.node):
            kind = next((kind for kind in KINDS if kind == said.name), None)
            yield TaxRate(country, self.values.percent(said.node), kind)

    def _country(self, code: str, node: Node) -> str:
        if code not in countries.CODES:
            says, hint = f'"{code}" is no country', "write its ISO 3166-1 code, such as `FR`"
            self.values.problems.append(Problem("unknown-country", node.place, says, hint))
        return code
