"""Stripe's own library, as a merchant uses it, pointed at the stand-in."""

import stripe

from tests.standin.server import KEY, StandIn


def client(stand_in: StandIn, key: str = KEY, **more: object) -> stripe.StripeClient:
    """Stripe's own library, talking to the stand-in."""
    settings = {"base_addresses": {"api": stand_in.url}, "max_network_retries": 0, **more}
    return stripe.StripeClient(key, **settings)  # type: ignore[arg-type]
