"""Amounts as Stripe counts them: mostly as we do, and for some currencies in other units."""

from generator.locale.money import digits
from generator.model.money import Money

# https://docs.stripe.com/currencies: what has no minor unit there, what has three places, and all others have two,
# the Icelandic króna and the Ugandan shilling too, though nobody has coins for them.
_NO_PLACES = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF")
)
_THREE_PLACES = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))


class NotChargeable(ValueError):
    """Stripe cannot take exactly this amount."""


def theirs(money: Money) -> int:
    """The amount in Stripe's units. Raises `NotChargeable` where it is no whole number of them."""
    amount, rest = _shifted(money.minor, _places(money.currency) - digits(money.currency))
    # What has three places is taken in tens.
    if rest or (money.currency in _THREE_PLACES and amount % 10):
        raise NotChargeable(f"Stripe cannot take {money.minor} of the smallest unit of {money.currency}")
    return amount


def ours(amount: int, currency: str) -> Money:
    """What Stripe says. Raises `NotChargeable` where it is no whole number of our units."""
    code = currency.upper()
    minor, rest = _shifted(amount, digits(code) - _places(code))
    if rest:
        raise NotChargeable(f"{amount} in Stripe's units is no amount of {code}")
    return Money(minor, code)


def _shifted(amount: int, places: int) -> tuple[int, int]:
    """The decimal point moved to the right, or with less than nothing to the left; and what falls off."""
    factor = int(10 ** abs(places))
    return (amount * factor, 0) if places >= 0 else divmod(amount, factor)


def _places(currency: str) -> int:
    return 0 if currency in _NO_PLACES else 3 if currency in _THREE_PLACES else 2
