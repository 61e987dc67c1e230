"""The tables of a catalog, and the rules for changes between its plans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from generator.compiler.catalog.values import Values
from generator.compiler.link import words
from generator.compiler.node import Entry, List, Node
from generator.model.catalog import Plan, PlanChange, Table, Timing
from generator.model.nearest import mended, nearest, suggestion
from generator.model.problem import Problem, Related

_BY_PRICE: Timing = "by_price"


@dataclass(frozen=True)
class Tables:
    """Reads what is said of these plans."""

    plans: Mapping[str, Plan]
    values: Values

    def all(self, node: Node | None) -> Iterator[Table]:
        for entry in words.entries(node):
            yield self._table(entry)

    def _table(self, entry: Entry) -> Table:
        node = entry.node
        named = words.below(node, "plans")
        plans = tuple(self.named(named))
        if named is None:
            hint = "name the plans that it shows: `plans: [team, studio]`"
            self.values.missing(entry.key.place, f'table "{entry.name}" shows no plans', hint)
        shown = any(not plan.private for plan in plans)
        if shown and words.below(node, "title") is None:
            hint = "add `title: {en: Plans}`"
            self.values.missing(entry.key.place, f'table "{entry.name}" has no title', hint)
        title = self.values.words(words.below(node, "title"), f'the title of table "{entry.name}"')
        return Table(entry.name, title, plans, _timing(words.below(node, "changes")))

    def named(self, node: Node | None) -> Iterator[Plan]:
        """The plans of a list of names."""
        for item in node.items if isinstance(node, List) else ():
            if plan := self.plan(item):
                yield plan

    def plan(self, node: Node | None) -> Plan | None:
        """The plan of this name; that there is none is a problem."""
        name = words.string(node)
        if node is None or name in self.plans:
            return self.plans.get(name)
        edits = mended(name, self.plans, node.place)
        says = f'there is no plan "{name}"'
        hint = suggestion(name, self.plans)
        self.values.problems.append(Problem("unknown-plan", node.place, says, hint, edits=edits))
        return None

    def shown_nowhere(self, node: Node | None, tables: tuple[Table, ...], named: Node | None) -> None:
        """A plan that stands in no table: nobody could find it, and no rule says how it is changed.

        One that a table misspells is told of there.
        """
        written = {name for entry in words.entries(named) for name in words.strings(words.below(entry.node, "plans"))}
        meant = {nearest(name, self.plans) for name in written - set(self.plans)}
        shown = {plan.ref for table in tables for plan in table.plans}
        for entry in words.entries(node):
            if entry.name not in shown and entry.name not in meant:
                says = f'plan "{entry.name}" is in no table, so it is not sold'
                hint = "name it in one; with `private: true` only a link leads to it"
                self.values.problems.append(Problem("plan-in-no-table", entry.key.place, says, hint))

    def changes(self, node: Node | None) -> Iterator[PlanChange]:
        seen: dict[tuple[str, str], Node] = {}
        for item in node.items if isinstance(node, List) else ():
            said = {key: words.below(item, key) for key in ("from", "to", "timing")}
            for key in [key for key, value in said.items() if value is None]:
                hint = "write `{from: team, to: studio, timing: now}`"
                self.values.missing(item.place, f"the rule for a change has no `{key}`", hint)
            before, after = self.plan(said["from"]), self.plan(said["to"])
            if not before or not after:
                continue
            pair = (before.ref, after.ref)
            if first := seen.get(pair):
                says = f'there is a rule for the change from "{before.ref}" to "{after.ref}" already'
                related = (Related(first.place, "the first is here"),)
                problem = Problem("repeated", item.place, says, "remove one of the two", related=related)
                self.values.problems.append(problem)
            seen[pair] = item
            self._possible(before, after, said["to"] or item)
            yield PlanChange(before.ref, after.ref, _timing(said["timing"]))

    def _possible(self, before: Plan, after: Plan, node: Node) -> None:
        mine, theirs = before.price.currency, after.price.currency
        if before.ref == after.ref:
            says = f'plan "{after.ref}" does not change to itself'
        elif mine != theirs:
            says = f'"{before.ref}" is sold in {mine} and "{after.ref}" in {theirs}: nobody changes between them'
        else:
            return
        hint = "remove the rule; who wants the other plan ends the one and subscribes to the other"
        self.values.problems.append(Problem("impossible-change", node.place, says, hint))


def _timing(node: Node | None) -> Timing:
    return cast(Timing, words.string(node, _BY_PRICE))
