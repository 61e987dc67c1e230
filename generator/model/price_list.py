"""All that a merchant sells and on what terms: what `catalog.yaml` says, as one value."""

from dataclasses import dataclass

from generator.model.catalog import Catalog
from generator.model.promotion import Promotion


@dataclass(frozen=True)
class PriceList:
    """`catalog` holds private plans too; `tax_rate` is in hundredths of a percent, on top of every price.

    Of `promotions` nobody is told who has not their code.
    """

    catalog: Catalog
    tax_rate: int = 0
    promotions: tuple[Promotion, ...] = ()


NOTHING_SOLD = PriceList(Catalog(()))
