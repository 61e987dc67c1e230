"""Where the rules of a market ask for it, pages lead to the terms of sale and to the privacy policy."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site

DOCUMENTS = {"terms": "the terms of sale", "privacy": "the privacy policy"}


def check(site: Site) -> Iterator[Problem]:
    """Both stand at the foot of every page, once the site has them."""
    market = site.market("EU", "GB", "CH", "NO", "IS", "LI")
    missing = [key for key in DOCUMENTS if key not in site.urls]
    if market and missing:
        said = " and ".join(DOCUMENTS[key] for key in missing)
        says = f"the rules of {market.code} ask that customers can read {said}, and this definition does not show where"
        hint = f"add {' and '.join(f'`{key}: https://…`' for key in missing)} under `site.urls`"
        yield Problem("missing-document", market.place, says, hint, "warning")
