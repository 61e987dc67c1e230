"""Who has a VAT number invoices businesses, and their machines want to know in which country the seller is."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """Nothing is made up: without it invoices are PDF that only people can read."""
    market, seller = site.market("EU"), site.seller
    if market and seller.vat_number and seller.legal_name and not seller.country:
        says = "electronic invoices (EN 16931) say in which country the seller is, and this definition does not"
        yield Problem("incomplete-seller", market.place, says, "add `site.seller.country`, such as `FR`", "warning")
