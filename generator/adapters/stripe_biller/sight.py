"""What a quote is asked for with, and how it is written down; nothing is worked out here but days."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from generator.adapters.ledger.drafting import VALID_FOR, AsOf
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.tax import treatment
from generator.adapters.stripe.account import Said
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.promotion import Discount, PromotionFault
from generator.model.quote import Later, Line, Quote, Request
from generator.model.subscription import Subscription
from generator.model.tax import Tax

Fault = PromotionFault | Literal[""]

Phase = tuple[date, tuple[Line, ...]]
"""From this day on each term has these lines."""


@dataclass(frozen=True)
class Sight:
    """All that a quote is asked for with. `object` is the id of the subscription at Stripe, `theirs` how it stands
    there; `owner` is who pays, at Stripe, empty where they were never heard of there. `recipient` is who has it, where
    that is somebody else; `used_up` is whether others have taken the promotion whose code was typed, and `owes` whether
    an invoice of the subscription is to be paid that is to go on."""

    customer: Customer
    prices: Prices
    as_of: AsOf
    owner: str = ""
    recipient: Customer | None = None
    subscription: Subscription | None = None
    object: str = ""
    theirs: Said | None = None
    invoice: Invoice | None = None
    used_up: bool = False
    owes: bool = False

    @property
    def tax(self) -> Tax:
        return treatment(self.prices.rules, self.customer.billing)

    @property
    def whose(self) -> dict[str, Any]:
        """Who was never heard of at Stripe stays so while they only look."""
        if self.owner:
            return {"customer": self.owner}
        country = self.customer.billing.country
        return {"customer_details": {"address": {"country": country}} if country else {}}


@dataclass(frozen=True)
class Promised:
    """The discounts of the subscription as it will be, and why a code that was typed is none of them. `coupon` and
    `code` are what one that was typed is at Stripe."""

    discounts: tuple[Discount, ...] = ()
    coupon: str = ""
    code: str = ""
    fault: Fault = ""

    @property
    def said(self) -> list[Said]:
        return [{"coupon": self.coupon}] if self.coupon else []


def quoted(
    id: str,
    request: Request,
    sight: Sight,
    now: tuple[Line, ...],
    later: tuple[Phase, ...],
    currency: str,
    *,
    method_required: bool | None = None,
    **said: Any,
) -> Quote:
    """The quote. A later charge of nothing is none: what is then due later is due when a discount has come to its
    end."""
    nothing = Money.zero(currency)
    next_term = later[0][0] if later else None
    priced = [(first, lines, sum((line.amount for line in lines), nothing)) for first, lines in later]
    while priced and not priced[0][2]:
        del priced[0]
    first, lines, due_later = priced[0] if priced else (None, (), nothing)
    due_now = sum((line.amount for line in now), nothing)
    needed = bool(due_now or due_later) and not sight.customer.terms
    days = {"period": None, "trial_until": None, "committed_until": None, **said}
    return Quote(
        id=id,
        request=request,
        as_of=sight.as_of.moment,
        valid_until=sight.as_of.moment + VALID_FOR,
        lines_now=now,
        lines_later=lines,
        due_now=due_now,
        due_later=due_later,
        later_on=first,
        method_required=needed if method_required is None else method_required,
        next_term=next_term,
        afterwards=tuple(Later(day, due) for day, _, due in priced[1:]),
        **days,
    )
