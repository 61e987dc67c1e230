"""A shop whose books are kept at Stripe, as far as the stand-in is it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stripe

from generator.adapters.clock import TravellingClock
from generator.adapters.stripe.account import Account
from generator.adapters.stripe_biller.biller import StripeBiller
from generator.model.catalog import Catalog
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.ports.biller import Biller
from tests.ports import fresh
from tests.ports.test_biller import MORNING, Shop
from tests.standin.server import KEY, StandIn, standing_in


class Trader(StripeBiller):
    """As tests of every biller tell it what is sold."""

    stand_in: StandIn

    def put_catalog(self, catalog: Catalog, tax_rate: int, promotions: tuple[Promotion, ...] = ()) -> None:
        self.sell(PriceList(catalog, tax_rate, promotions))


@contextmanager
def stripe_shop(folder: Path) -> Iterator[Shop]:
    clock = TravellingClock(MORNING)
    with (
        standing_in(clock=clock.now) as stand_in,
        fresh.sqlite(folder) as database,
        pytest.MonkeyPatch.context() as hurry,
    ):
        hurry.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
        hurry.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
        biller = Trader(Account(KEY, base=stand_in.url, patience=20.0), database, clock, "Europe/Paris")
        biller.stand_in = stand_in
        whole: Biller = biller
        yield Shop(whole, clock)
