"""How a merchant's sales are taxed, as data: by country, by kind of customer, on top of prices or within them."""

from dataclasses import dataclass
from typing import Literal

from generator.model.countries import EU as EU

CustomerKind = Literal["business", "consumer"]
"""A business is who gave a company or a VAT number."""

TaxNote = Literal["", "reverse_charge", "outside"]
"""Why there is no tax: the recipient accounts for it, or they are outside the area in which it is owed."""


@dataclass(frozen=True)
class TaxRate:
    """The rate in one country, in hundredths of a percent; for one kind of customer, where it says so."""

    country: str
    rate: int
    kind: CustomerKind | None = None


@dataclass(frozen=True)
class TaxRules:
    """`default` is the rate where nothing else says one, and for who has not said yet where they are.

    Prices are before tax, or `inclusive`: then what they say is paid, whatever the rate is. `seller` is the merchant's
    country, ISO 3166-1. Where that is in the EU, a business in another EU country with a valid VAT number of that
    country pays no tax and accounts for it itself, unless `reverse_charge` is off. `outside` is the rate outside of the
    area of the seller: the EU, or its own country; without, the default applies there.
    """

    default: int = 0
    inclusive: bool = False
    seller: str = ""
    rates: tuple[TaxRate, ...] = ()
    outside: int | None = None
    reverse_charge: bool = True

    def rate(self, country: str, kind: CustomerKind) -> int:
        """The rate in this country; what is said of a kind of customer comes before what is said of all."""
        own = [rate for rate in self.rates if rate.country == country and rate.kind in (kind, None)]
        if own:
            return min(own, key=lambda rate: rate.kind is None).rate
        return self.outside if self.outside is not None and self.abroad(country) else self.default

    def abroad(self, country: str) -> bool:
        """Whether it is outside of the area of the seller; where nobody knows, it is not."""
        area = EU if self.seller in EU else {self.seller}
        return bool(country) and bool(self.seller) and country not in area


@dataclass(frozen=True)
class Tax:
    """How one sale is taxed: at this rate in hundredths of a percent, on top of its lines or within them."""

    rate: int
    inclusive: bool = False
    note: TaxNote = ""
