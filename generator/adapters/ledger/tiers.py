"""What so many units cost by a scale of tiers."""

from collections.abc import Iterator

from generator.model.catalog import Scale, Tier
from generator.model.money import Money


def cost(scale: Scale, units: int) -> Money:
    """What the first so many units cost that are not included. None at all cost nothing, whatever is `flat`.

    Graduated, a tier charges its own units by its own increments: one that a ceiling cuts short is begun, too.
    """
    nothing = Money.zero(scale.tiers[0].price.currency)
    filled = [(tier, inside) for tier, inside in _filled(scale, units) if inside]
    if scale.rule == "volume":
        filled = [(tier, units) for tier, _ in filled[-1:]]
    return sum((_charged(tier, inside) for tier, inside in filled), nothing)


def _filled(scale: Scale, units: int) -> Iterator[tuple[Tier, int]]:
    """How many units lie in each tier; the last one has no end."""
    ceilings = (*(tier.up_to for tier in scale.tiers[:-1]), None)
    below = 0
    for tier, ceiling in zip(scale.tiers, ceilings, strict=True):
        top = units if ceiling is None else min(units, ceiling)
        yield tier, max(top - below, 0)
        below = max(below, top)


def _charged(tier: Tier, units: int) -> Money:
    begun = -(-units // tier.increment)
    return tier.price * begun + (tier.flat or Money.zero(tier.price.currency))
