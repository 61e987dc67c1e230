"""What can be subscribed to."""

from dataclasses import dataclass
from typing import Literal

from generator.model.day import Unit as Unit
from generator.model.money import Money
from generator.model.place import Place, written_at
from generator.model.text import Words

OptionKind = Literal["switch", "quantity", "consumption"]


@dataclass(frozen=True)
class Period:
    """A length of time by the calendar: 1 month, 14 days."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Tier:
    """What units cost up to and with the one that is number `up_to`; the last tier has no such end.

    `price` for each `increment` of them, a begun one too, and `flat` once where any of them is had.
    """

    price: Money
    up_to: int | None = None
    increment: int = 1
    flat: Money | None = None

    @property
    def free(self) -> bool:
        return not self.price and not self.flat


TierRule = Literal["graduated", "volume"]
"""`graduated`: each unit costs what its own tier says. `volume`: all cost what the tier of the last one says."""


@dataclass(frozen=True)
class Scale:
    """A price that goes by how many: tiers in rising order, of one currency. What is included is in none of them."""

    tiers: tuple[Tier, ...]
    rule: TierRule = "graduated"


@dataclass(frozen=True)
class Option:
    """A feature of a plan whose use a customer decides.

    `switch`: on or off, `price` each period when on. `quantity`: `price` for each unit above `included`; choosable from
    `minimum` to `maximum` in steps of `step`. `consumption`: not chosen but used and then reported by the merchant;
    `price` for each unit above `included` in a term, charged by whole steps of `step`, a begun one too. A price that is
    a scale has tiers for the units above `included`, and they say by what increments they are charged.
    """

    ref: str
    kind: OptionKind
    title: Words
    price: Money | Scale
    description: Words | None = None
    included: int = 0
    minimum: int = 0
    maximum: int = 1
    step: int = 1

    @property
    def scale(self) -> Scale:
        """Its price as tiers: an amount is the short form of a single one."""
        if isinstance(self.price, Scale):
            return self.price
        increment = 1 if self.chosen else self.step
        return Scale((Tier(self.price * increment, increment=increment),))

    @property
    def free(self) -> bool:
        """Whether it costs nothing, however much is had of it."""
        return all(tier.free for tier in self.scale.tiers)

    @property
    def chosen(self) -> bool:
        """Whether a customer chooses it: what is consumed is counted instead."""
        return self.kind != "consumption"


@dataclass(frozen=True)
class Plan:
    """What a subscription costs and gives; amounts are before tax, and all of one currency.

    `trial` is time before the first term, free or for a `trial_price`, which is paid when it begins; options cost
    nothing in it. `commitment` counts the periods that cannot be left early; `termination` is what leaving costs,
    charged when it is asked for, or invoiced when the subscription ends, as `termination_at` says. After so many
    `terms` it ends by itself; 0 are without end.
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
    trial_price: Money | None = None
    termination_at: Literal["request", "end"] = "request"
    place: Place = written_at()

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
        return not self.price and not self.setup and not self.trial_price


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
