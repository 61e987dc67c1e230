"""A shop whose books are kept at Stripe, as far as the stand-in is it."""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stripe
from sqlalchemy import insert, select

from generator.adapters.clock import TravellingClock
from generator.adapters.sql.stripe_tables import stripe_things
from generator.adapters.stripe.account import Account
from generator.adapters.stripe_biller.biller import StripeBiller
from generator.model.catalog import Catalog
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.ports.biller import Biller
from tests.ports import fresh
from tests.ports.shop import MORNING, Shop
from tests.standin.server import KEY, StandIn, standing_in

_filled: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
"""What a price list is at the stand-in and in our table, by what it says: filling the same shelf again takes longer
than most tests."""


class Trader(StripeBiller):
    """As tests of every biller tell it what is sold."""

    stand_in: StandIn

    def put_catalog(self, catalog: Catalog, tax_rate: int, promotions: tuple[Promotion, ...] = ()) -> None:
        prices = PriceList(catalog, tax_rate, promotions)
        things, known = self.stand_in.books.things, repr(prices)
        if things:
            self.sell(prices)
        elif known in _filled:
            there, rows = _filled[known]
            things.update(deepcopy(there))
            with self._database.write() as connection:
                connection.execute(insert(stripe_things), rows or [])
            self._register.sell(prices)
        else:
            self.sell(prices)
            with self._database.read() as connection:
                rows = [dict(row) for row in connection.execute(select(stripe_things)).mappings()]
            _filled[known] = deepcopy(things), rows


@contextmanager
def stripe_shop(folder: Path) -> Iterator[Shop]:
    """With an account of its own at a stand-in that all of them share."""
    clock, stand_in = TravellingClock(MORNING), _shared()
    stand_in.anew(clock.now)
    with fresh.sqlite(folder) as database, pytest.MonkeyPatch.context() as hurry:
        hurry.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
        hurry.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
        biller = Trader(Account(KEY, base=stand_in.url, patience=20.0), database, clock, "Europe/Paris")
        biller.stand_in = stand_in
        whole: Biller = biller
        yield Shop(whole, clock)
    mistakes, stand_in.mistakes = stand_in.mistakes, []
    assert not mistakes, "\n".join(mistakes)


@cache
def _shared() -> StandIn:
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(standing_in())
