"""What can be subscribed to."""

from dataclasses import dataclass
from typing import Literal

from generator.model.money import Money
from generator.model.text import Words

Unit = Literal["day", "week", "month", "year"]

OptionKind = Literal["switch", "quantity", "consumption"]


@dataclass(frozen=True)
class Period:
    """A length of time by the calendar: 1 month, 14 days."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Option:
    """A feature of a plan whose use a customer decides.

    `switch`: on or off, `price` each period when on. `quantity`: `price` for each unit above `included`; choosable from
    `minimum` to `maximum` in steps of `step`. `consumption`: not chosen but used and then reported by the merchant;
    `price` for each unit above `included` in a term, charged by whole steps of `step`, a begun one too.
    """

    ref: str
    kind: OptionKind
    title: Words
    price: Money
    description: Words | None = None
    included: int = 0
    minimum: int = 0
    maximum: int = 1
    step: int = 1

    @property
    def chosen(self) -> bool:
        """Whether a customer chooses it: what is consumed is counted instead."""
        return self.kind != "consumption"


@dataclass(frozen=True)
class Plan:
    """What a subscription costs and gives; amounts are before tax.

    `trial` is free time before the first charge; `commitment` counts the periods that cannot be left early;
    `termination` is what leaving costs, charged when it is asked for. After so many `terms` it ends by itself; 0 are
    without end.
    """

    ref: str
    title: Words
    description: Words
    price: Money
    period: Period
    setup: Money
    trial: Period | None = None
    commitment: int = 0
    highlights: tuple[Words, ...] = ()
    options: tuple[Option, ...] = ()
    private: bool = False
    termination: Money | None = None
    terms: int = 0

    def option(self, ref: str) -> Option | None:
        """The option of this name, if the plan has it."""
        return next((option for option in self.options if option.ref == ref), None)

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options that a customer chooses."""
        return tuple(option for option in self.options if option.chosen)

    @property
    def consumptions(self) -> tuple[Option, ...]:
        """The options whose use is counted."""
        return tuple(option for option in self.options if not option.chosen)

    @property
    def free(self) -> bool:
        """Nothing to pay, ever, unless a paid option is switched on."""
        return not self.price and not self.setup


Timing = Literal["by_price", "now", "at_period_end", "never"]
"""When a change of plan happens. `by_price`: to a dearer plan now, to a cheaper one when the present term is over."""


@dataclass(frozen=True)
class Table:
    """Plans shown side by side. `changes` is the rule for changes between them."""

    ref: str
    title: Words
    plans: tuple[Plan, ...]
    changes: Timing = "by_price"


@dataclass(frozen=True)
class PlanChange:
    """The rule for one pair of plans, which their table's does not touch."""

    before: str
    after: str
    timing: Timing


@dataclass(frozen=True)
class Catalog:
    """The tables of plans that anybody may choose from."""

    tables: tuple[Table, ...]
    changes: tuple[PlanChange, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(plan for table in self.tables for plan in table.plans)
