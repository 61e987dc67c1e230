"""Which tax a sale bears, and how much that is: the one place where tax is rounded."""

from stdnum.eu import vat

from generator.adapters.ledger.rounding import share
from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.tax import EU, CustomerKind, Tax, TaxRules

_PREFIX = {"GR": "EL"}
"""How VAT numbers of a country begin, where they do not with its code."""


def treatment(rules: TaxRules, billing: BillingInfo) -> Tax:
    """The tax on what is sold to who is billed like this."""
    if _accounts_itself(rules, billing):
        return Tax(0, rules.inclusive, "reverse_charge")
    kind: CustomerKind = "business" if billing.company or billing.vat_number else "consumer"
    rate = rules.rate(billing.country, kind)
    return Tax(rate, rules.inclusive, "outside" if not rate and rules.abroad(billing.country) else "")


def _accounts_itself(rules: TaxRules, billing: BillingInfo) -> bool:
    """By form and check digits of the number, offline: no service is asked, so none can stand in the way of a sale."""
    country = billing.country
    across = rules.reverse_charge and {rules.seller, country} <= EU and country != rules.seller
    return across and _number_of(country, billing.vat_number)


def _number_of(country: str, number: str) -> bool:
    """Whether it is a VAT number of this country; its prefix may be left out."""
    prefix = _PREFIX.get(country, country)
    compact = "".join(letter for letter in number.upper() if letter.isalnum())
    return bool(compact) and vat.is_valid(f"{prefix}{compact.removeprefix(prefix)}")


def tax_on(net: Money, rate: int) -> Money:
    """The tax at this rate, in hundredths of a percent, to whole minor units.

    Half a unit and more is rounded up. A negative amount is rounded like its positive twin, so that what is credited
    is what was charged. It is taken once, on the sum: rounding line by line would add up to something else.
    """
    return _rounded(net, rate, 10_000)


def tax_within(gross: Money, rate: int) -> Money:
    """The tax that a price already holds, rounded in the same way: what is left of the price is the net amount."""
    return _rounded(gross, rate, 10_000 + rate)


def _rounded(amount: Money, parts: int, of: int) -> Money:
    minor = share(abs(amount.minor), parts, of)
    return Money(minor if amount.minor >= 0 else -minor, amount.currency)
