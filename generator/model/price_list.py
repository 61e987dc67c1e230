"""All that a merchant sells and on what terms: what `catalog.yaml` says, as one value."""

from dataclasses import dataclass

from generator.model.catalog import Catalog
from generator.model.dunning import USUAL, Dunning
from generator.model.promotion import Promotion
from generator.model.tax import TaxRules


@dataclass(frozen=True)
class PriceList:
    """`catalog` holds private plans too; `tax_rate` is in hundredths of a percent, on top of every price.

    It is the short form of `tax`, which says more and comes first. Of `promotions` nobody is told who has not their
    code. `dunning` is what happens to who does not pay.
    """

    catalog: Catalog
    tax_rate: int = 0
    promotions: tuple[Promotion, ...] = ()
    tax: TaxRules | None = None
    dunning: Dunning = USUAL

    @property
    def rules(self) -> TaxRules:
        """How sales are taxed."""
        return self.tax or TaxRules(self.tax_rate)


NOTHING_SOLD = PriceList(Catalog(()))
