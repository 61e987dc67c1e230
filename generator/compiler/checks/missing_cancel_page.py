"""Where the rules of a market ask for it, anybody can end a contract on a page that needs no sign-in."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """Our own way out knows its customer, by a link or a code in a mail: such a page is the merchant's."""
    market = site.market("DE")
    if market and site.sells and "cancel" not in site.urls:
        says = (
            f"the rules of {market.code} ask for a page on which a contract is ended without signing in, "
            "and this definition does not show one: these pages ask who it is"
        )
        hint = "make one on your own site, and name it under `site.urls`, `cancel: https://…`: every page leads to it"
        yield Problem("missing-cancel-page", market.place, says, hint, "warning")
