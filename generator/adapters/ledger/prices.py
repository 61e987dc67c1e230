"""What the merchant sells at present, and how it is found: plans, changes between them, promotions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from generator.model.catalog import Catalog, Period, Plan, Table, Timing, Unit
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion

_WEIGHT: dict[Unit, int] = {"day": 16, "week": 7 * 16, "month": 487, "year": 12 * 487}
"""How long each unit is, in sixteenths of a day; a month is the twelfth part of 365.25 days."""


@dataclass(frozen=True)
class Prices(PriceList):
    """The price list, and what is asked of it when something is sold."""

    def promotion(self, typed: str) -> Promotion | None:
        """The promotion of this code, in capital letters or small ones, with or without spaces around."""
        code = typed.strip().casefold()
        return next((known for known in self.promotions if known.code.casefold() == code), None)

    def plan(self, ref: str) -> Plan | None:
        """The plan, where it can be subscribed to."""
        return next((plan for plan in self.catalog.plans if plan.ref == ref), None)

    @property
    def public(self) -> Catalog:
        """What anybody may choose from: no private plans, and no tables that held nothing else."""
        return self._shown(lambda plan: not plan.private)

    def changes(self, plan: Plan) -> Catalog:
        """The public plans that may be had instead: of its own tables, or of all where it is no longer sold."""
        own = [table.ref for table in self._tables_of(plan)]
        shown = self._shown(lambda other: not other.private and self.timing(plan, other) != "never")
        return replace(shown, tables=tuple(table for table in shown.tables if not own or table.ref in own))

    def timing(self, plan: Plan, other: Plan) -> Literal["now", "at_period_end", "never"]:
        """When the change from one plan to the other happens: as the pair's rule says, or their table's."""
        if other.ref == plan.ref or other.price.currency != plan.price.currency:
            return "never"
        for pair in self.catalog.changes:
            if (pair.before, pair.after) == (plan.ref, other.ref):
                return _by_price(pair.timing, plan, other)
        tables = self._tables_of(other)
        return _by_price(tables[0].changes if tables else "by_price", plan, other)

    def _tables_of(self, plan: Plan) -> list[Table]:
        return [table for table in self.catalog.tables if plan.ref in [sold.ref for sold in table.plans]]

    def _shown(self, wanted: Callable[[Plan], bool]) -> Catalog:
        tables = (
            replace(table, plans=tuple(plan for plan in table.plans if wanted(plan))) for table in self.catalog.tables
        )
        return replace(self.catalog, tables=tuple(table for table in tables if table.plans))


def _by_price(timing: Timing, plan: Plan, other: Plan) -> Literal["now", "at_period_end", "never"]:
    if timing != "by_price":
        return timing
    return "now" if dearer(plan, other) else "at_period_end"


def dearer(plan: Plan, other: Plan) -> bool:
    """Whether the other plan costs no less for the same time."""
    return other.price.minor * _length(plan.period) >= plan.price.minor * _length(other.period)


def _length(period: Period) -> int:
    return period.count * _WEIGHT[period.unit]
