"""Tax on an amount: the one place where money is rounded."""

from generator.model.money import Money


def tax_on(net: Money, rate: int) -> Money:
    """The tax at this rate, in hundredths of a percent, to whole minor units.

    Half a unit and more is rounded up. A negative amount is rounded like its positive twin, so that what is credited
    is what was charged. It is taken once, on the sum: rounding line by line would add up to something else.
    """
    parts = abs(net.minor) * rate
    minor = (2 * parts + 10_000) // 20_000
    return Money(minor if net.minor >= 0 else -minor, net.currency)
