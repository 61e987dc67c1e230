"""Where the rules of a market ask for it, pages say who sells, where they are, and how they are reached."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """A VAT number is shown where there is one: not everybody has to have it."""
    market = site.market("EU", "GB", "CH", "NO", "IS", "LI")
    said = {
        "`site.seller.legal_name`": site.seller.legal_name,
        "`site.seller.address`": site.seller.address,
        "`site.urls.support`": site.urls.get("support", ""),
    }
    missing = [key for key, value in said.items() if not value]
    if market and missing:
        says = (
            f"the rules of {market.code} ask who sells, where, and how to reach them; this definition does not show it"
        )
        yield Problem("unnamed-seller", market.place, says, f"add {', '.join(missing)}", "warning")
