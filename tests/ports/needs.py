"""What a case needs that not every biller can: with one that cannot it is not run, by the table that `check` reads."""

from collections.abc import Collection

import pytest

from generator.model.capability import STRIPE, Capabilities, why_not

needs = pytest.mark.needs
"""On a case, or on some of its values: what it asks for, as the table calls it."""

TABLES: dict[str, Capabilities] = {"stripe_shop": STRIPE}
"""By what tests call an adapter. One that is not here can do everything."""


def runs(adapter: str, needed: Collection[str]) -> bool:
    """Whether a case that needs this is run with this adapter. What no table knows nobody needs."""
    unknown = [what for what in needed if what not in STRIPE]
    assert not unknown, f"no capability is called {unknown}"
    return not any(why_not(TABLES.get(adapter, {}), what) for what in needed)
