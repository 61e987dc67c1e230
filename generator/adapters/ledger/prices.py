"""What the merchant sells at present: the plans and the one tax rate on them."""

from dataclasses import dataclass, replace

from generator.model.catalog import Catalog, Plan


@dataclass(frozen=True)
class Prices:
    """`catalog` holds private plans too; `tax_rate` is in hundredths of a percent, on top of every price."""

    catalog: Catalog
    tax_rate: int

    def plan(self, ref: str) -> Plan | None:
        """The plan, where it can be subscribed to."""
        return next((plan for plan in self.catalog.plans if plan.ref == ref), None)

    @property
    def public(self) -> Catalog:
        """What anybody may choose from: no private plans, and no tables that held nothing else."""
        shown = (
            replace(table, plans=tuple(plan for plan in table.plans if not plan.private))
            for table in self.catalog.tables
        )
        return Catalog(tuple(table for table in shown if table.plans))
