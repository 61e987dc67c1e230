"""A lower price under a code, and what of it was promised with a subscription."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.money import Money
from generator.model.text import Words


@dataclass(frozen=True)
class Promotion:
    """What a term costs less: `percent` of it, in hundredths of a percent, or where that is 0, a fixed `amount`.

    It lowers the plan and its options, never set-up or a fee, and never below nothing: what is left of an amount is
    lost. It lasts for so many `terms`, for ever where they are 0, and is for these `plans`, for all where there are
    none; it can be taken `until` that day, and by so many `uses` in all, without limit where they are 0. `new_only` is
    for who begins a subscription, not for who changes one.
    """

    code: str
    title: Words
    percent: int = 0
    amount: Money | None = None
    terms: int = 0
    plans: tuple[str, ...] = ()
    until: date | None = None
    uses: int = 0
    new_only: bool = False

    def suits(self, plan: str) -> bool:
        """Whether it is for this plan."""
        return not self.plans or plan in self.plans


PromotionFault = Literal["unknown", "expired", "used_up", "other_plan", "new_only", "had_already"]
"""Why a code lowers nothing: there is none of the name; its day is past; others have taken it; it is for another plan,
or takes nothing off this one; only for who begins; the subscription has it already."""


@dataclass(frozen=True)
class Discount:
    """A promotion as it was promised with a subscription: whatever becomes of the promotion, this stays.

    It lasts for `left` terms, the present one included, for ever where they are 0. While it `waits` it begins with the
    next term: a free trial, or a term that was paid for already, uses nothing of it up. `until` is the first day
    without it as the calendar stands, filled in by the biller where it tells of it.
    """

    promotion: Promotion
    left: int = 0
    waits: bool = False
    until: date | None = None
