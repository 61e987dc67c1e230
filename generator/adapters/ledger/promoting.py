"""Whether a code lowers what is asked for, and what is promised by it."""

from dataclasses import replace
from typing import Literal

from generator.adapters.ledger.discounting import Discounts, carried, reduced
from generator.adapters.ledger.drafting import Promised, Sight
from generator.model.catalog import Plan
from generator.model.promotion import Discount, Promotion, PromotionFault
from generator.model.quote import Options, Request, Start, Subscribe


def granted(
    request: Request, sight: Sight, plan: Plan, options: Options, had: Discounts, *, waits: bool = False
) -> Promised:
    """The discounts that the subscription will have, those that it had and that suit the plan first; and why the code
    that was typed adds none. A discount that `waits` begins with the next term."""
    kept = carried(had, plan)
    if not request.promotion:
        return Promised(kept)
    promotion = sight.promotion
    if promotion is None:
        return Promised(kept, "unknown")
    fault = _fault(promotion, request, sight, plan, had)
    if fault:
        return Promised(kept, fault)
    with_it = (*kept, Discount(promotion, promotion.terms, waits))
    if _lowest(plan, options, with_it) == _lowest(plan, options, kept):
        return Promised(kept, "other_plan")
    return Promised(with_it)


def _fault(
    promotion: Promotion, request: Request, sight: Sight, plan: Plan, had: Discounts
) -> PromotionFault | Literal[""]:
    if promotion.until and sight.as_of.day > promotion.until:
        return "expired"
    if not promotion.suits(plan.ref) or (promotion.amount and promotion.amount.currency != plan.price.currency):
        return "other_plan"
    if promotion.new_only and not isinstance(request.change, Subscribe | Start):
        return "new_only"
    if promotion.code in [discount.promotion.code for discount in had]:
        return "had_already"
    return "used_up" if sight.used_up else ""


def _lowest(plan: Plan, options: Options, discounts: Discounts) -> int:
    """What a term costs when none of them waits any more."""
    return reduced(plan, options, tuple(replace(discount, waits=False) for discount in discounts)).minor
