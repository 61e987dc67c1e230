"""What stands on the shelf: the merchant's prices, as they are kept."""

from sqlalchemy import Connection, insert, select, update

from generator import record
from generator.adapters.ledger.prices import Prices
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import prices
from generator.model.catalog import Catalog
from generator.model.price_list import NOTHING_SOLD, PriceList


def present(connection: Connection) -> Prices:
    """What is sold now: nothing before the merchant has said what."""
    text = connection.scalar(select(prices.c.record))
    return record.read(text, Prices) if text else Prices(Catalog(()))


def written(connection: Connection) -> PriceList:
    """The same as the merchant wrote it."""
    text = connection.scalar(select(prices.c.record))
    return record.read(text, PriceList) if text else NOTHING_SOLD


def fill(connection: Connection, by: PriceList) -> None:
    """Sell this from now on, and nothing else."""
    text = record.write(by)
    if not won(connection, insert(prices).values(id=1, record=text)):
        connection.execute(update(prices).values(record=text))
