"""Where the rules of a market ask for it, a customer withdraws from a contract as easily as they made it."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """We have no such function yet: the merchant has one, and pages lead to it."""
    market = site.market("EU")
    if market and site.sells and "withdraw" not in site.urls:
        says = (
            f"the rules of {market.code} ask for a function by which a customer withdraws from a contract, "
            "and this definition does not show one: these pages have none"
        )
        hint = "make one on your own site, and name it under `site.urls`, `withdraw: https://…`: every page leads to it"
        yield Problem("missing-withdrawal", market.place, says, hint, "warning")
