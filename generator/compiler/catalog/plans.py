"""The plans of a catalog, with their options and tiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from generator.compiler.catalog.values import LONGEST, Values
from generator.compiler.link import words
from generator.compiler.node import Entry, List, Map, Node
from generator.model.catalog import Option, OptionKind, Period, Plan, Scale, Tier, TierRule
from generator.model.money import Money
from generator.model.problem import Problem

MOST_YEARS = 100
"""A plan that lasts or binds longer ends where the calendar does."""

FOR_KIND: dict[OptionKind, tuple[str, ...]] = {
    "switch": (),
    "quantity": ("included", "minimum", "maximum", "step"),
    "consumption": ("included", "step"),
}
"""What else may be said of each kind of option."""


@dataclass(frozen=True)
class Plans:
    """Reads plans; `values` has the currency of the file."""

    values: Values

    def all(self, node: Node | None) -> Iterator[Plan]:
        for entry in words.entries(node):
            yield self._plan(entry)

    def _plan(self, entry: Entry) -> Plan:
        node, of = entry.node, f'plan "{entry.name}"'
        values = self.values.among(words.below(node, "currency"))
        for key, example in (("title", "{en: Team}"), ("price", '"12.50"'), ("period", "month")):
            if words.below(node, key) is None:
                values.missing(entry.key.place, f"{of} has no {key}", f"add `{key}: {example}`")
        period = values.period(words.below(node, "period")) or Period(1, "month")
        termination, tried = words.below(node, "termination"), words.below(node, "trial_price")
        if tried and words.below(node, "trial") is None:
            values.missing(entry.key.place, f"{of} has a price for a trial, and no trial", "add `trial: 14 days`")
        for key in ("terms", "commitment"):
            self._not_for_ever(entry, key, period)
        return Plan(
            ref=entry.name,
            title=values.words(words.below(node, "title"), f"the title of {of}"),
            description=values.words(words.below(node, "description"), f"the description of {of}"),
            price=values.amount(words.below(node, "price")),
            period=period,
            setup=values.amount(words.below(node, "setup")),
            trial=values.period(words.below(node, "trial")),
            commitment=words.integer(words.below(node, "commitment"), 0),
            highlights=tuple(self._highlights(values, words.below(node, "highlights"), of)),
            options=tuple(Options(values, of).all(words.below(node, "options"))),
            private=words.flag(words.below(node, "private")),
            termination=values.amount(termination) if termination else None,
            trial_price=values.amount(tried) if tried else None,
            termination_at="end" if words.string(words.below(node, "termination_at")) == "end" else "request",
            terms=words.integer(words.below(node, "terms"), 0),
            place=entry.key.place,
        )

    def _highlights(self, values: Values, node: Node | None, of: str) -> Iterator[dict[str, str]]:
        for item in node.items if isinstance(node, List) else ():
            yield dict(values.words(item, f"a highlight of {of}"))

    def _not_for_ever(self, entry: Entry, key: str, period: Period) -> None:
        node = words.below(entry.node, key)
        if node is not None and words.integer(node, 0) * period.count * 10 > MOST_YEARS * LONGEST[period.unit]:
            says = f'the {key} of plan "{entry.name}" are longer than {MOST_YEARS} years'
            self.values.problems.append(Problem("out-of-bounds", node.place, says, "write fewer"))


@dataclass(frozen=True)
class Options:
    """Reads the options of one plan, in its currency."""

    values: Values
    plan: str

    def all(self, node: Node | None) -> Iterator[Option]:
        for entry in words.entries(node):
            yield self._option(entry)

    def _option(self, entry: Entry) -> Option:
        node, of = entry.node, f'option "{entry.name}" of {self.plan}'
        for key, example in (("kind", "quantity"), ("title", "{en: Seats}"), ("price", '"8.00"')):
            if words.below(node, key) is None:
                self.values.missing(entry.key.place, f"{of} has no {key}", f"add `{key}: {example}`")
        kind = cast(OptionKind, words.string(words.below(node, "kind"), "switch"))
        if words.below(node, "kind") is not None:
            self._only_for(kind, node)
        if kind == "switch" and isinstance(words.below(node, "price"), Map):
            says = "a switch is on or off, and has no tiers"
            place = (words.below(node, "price") or node).place
            self.values.problems.append(Problem("not-for-this-kind", place, says, "write one amount"))
        if kind == "quantity" and words.below(node, "maximum") is None:
            hint = "add `maximum: 100`, so that nobody orders a million by a slip"
            self.values.missing(entry.key.place, f"{of} has no maximum", hint)
        numbers = {name: words.integer(words.below(node, name), 0) for name in ("included", "minimum")}
        option = Option(
            ref=entry.name,
            kind=kind,
            title=self.values.words(words.below(node, "title"), f"the title of {of}"),
            price=self._price(words.below(node, "price"), of),
            description=self.values.words(words.below(node, "description"), f"the description of {of}") or None,
            maximum=words.integer(words.below(node, "maximum"), 1),
            step=words.integer(words.below(node, "step"), 1),
            **numbers,
        )
        if kind == "quantity" and words.below(node, "maximum") is not None:
            self._fits(option, node)
        return option

    def _price(self, node: Node | None, of: str) -> Money | Scale:
        """One amount for each unit, or a scale of tiers."""
        if not isinstance(node, Map):
            return self.values.amount(node)
        entry = node.entries.get("tiers")
        items = entry.node.items if entry and isinstance(entry.node, List) else ()
        if not entry or not items:
            self.values.missing(node.place, f"the price of {of} has no tiers", "add `tiers:`, or write one amount")
            return self.values.nothing()
        tiers = tuple(self._tier(item, of) for item in items)
        self._rising(tiers, items)
        return Scale(tiers, cast(TierRule, words.string(words.below(node, "rule"), "graduated")))

    def _tier(self, node: Node, of: str) -> Tier:
        up_to, flat = words.below(node, "up_to"), words.below(node, "flat")
        if words.below(node, "price") is None:
            self.values.missing(node.place, f"a tier of {of} has no price", 'add `price: "0.10"`')
        return Tier(
            price=self.values.amount(words.below(node, "price")),
            up_to=words.integer(up_to, 0) if up_to else None,
            increment=words.integer(words.below(node, "increment"), 1),
            flat=self.values.amount(flat) if flat else None,
        )

    def _rising(self, tiers: tuple[Tier, ...], nodes: tuple[Node, ...]) -> None:
        """Each tier begins where the one before it ends, and the last one has no end."""
        below = 0
        for tier, node in zip(tiers, nodes, strict=True):
            last = tier is tiers[-1]
            place = (words.below(node, "up_to") or node).place
            if tier.up_to is None and not last:
                says, hint = "this tier has no end, so nothing is left for those behind it", "add `up_to`"
            elif tier.up_to is not None and last:
                says = f"what is above {tier.up_to} has no price"
                hint = "take `up_to` away from the last tier, or add one behind it"
            elif tier.up_to is not None and tier.up_to <= below:
                says, hint = (
                    f"tiers must rise: this one ends at {tier.up_to}, behind one that ends at {below}",
                    "write them in rising order",
                )
            else:
                below = tier.up_to or below
                continue
            self.values.problems.append(Problem("wrong-tiers", place, says, hint))
            return

    def _only_for(self, kind: OptionKind, node: Node) -> None:
        for name in FOR_KIND["quantity"]:
            entry = node.entries.get(name) if isinstance(node, Map) else None
            if entry and name == "step" and kind == "consumption" and isinstance(words.below(node, "price"), Map):
                says = '"step" means nothing where there are tiers'
                hint = "take it away, and write `increment` in each tier"
                self.values.problems.append(Problem("not-for-this-kind", entry.key.place, says, hint))
            elif entry and name not in FOR_KIND[kind]:
                says = f'"{name}" means nothing for a {kind}'
                kinds = " or ".join(f"`{other}`" for other, keys in FOR_KIND.items() if name in keys)
                hint = f"take it away; it is for an option of kind {kinds}"
                self.values.problems.append(Problem("not-for-this-kind", entry.key.place, says, hint))

    def _fits(self, option: Option, node: Node) -> None:
        """What is included can be chosen: it is what a customer has who chooses nothing."""
        least = max(option.minimum, option.included)
        if option.minimum > option.maximum:
            says, at = f"the minimum, {option.minimum}, is above the maximum, {option.maximum}", "minimum"
            hint = "write a smaller minimum or a larger maximum"
        elif option.included > option.maximum:
            says, at = f"{option.included} are included, and no more than {option.maximum} can be had", "included"
            hint = "write a larger maximum"
        elif (least - option.minimum) % option.step:
            says = (
                f"{option.included} are included; from {option.minimum} in steps of {option.step} they cannot be chosen"
            )
            at, hint = "included", "let the minimum be what is included, or the step a part of what lies between"
        else:
            return
        place = words.below(node, at) or node
        self.values.problems.append(Problem("wrong-quantity", place.place, says, hint))
