"""The archive on our own database: a bundle is a row, and each of its assets leads to it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, insert, not_, select, update

from generator.adapters.sql.database import Database, won
from generator.adapters.sql.store_tables import bundle_assets, bundles, walks


class SqlArchive:
    """Keeps bundles, on SQLite or PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def serving(self, bundle: str, now: datetime) -> bool:
        with self._database.write() as connection:
            served = update(bundles).where(bundles.c.id == bundle).values(served=now)
            return connection.execute(served).rowcount == 1

    def bring(self, bundle: str, format: int, assets: Collection[str], parcel: bytes, now: datetime) -> None:
        with self._database.write() as connection:
            if won(connection, insert(bundles).values(id=bundle, format=format, served=now, parcel=parcel)) and assets:
                connection.execute(insert(bundle_assets), [{"name": name, "bundle": bundle} for name in assets])

    def parcel(self, bundle: str, format: int) -> bytes | None:
        with self._database.read() as connection:
            found = select(bundles.c.parcel).where(bundles.c.id == bundle, bundles.c.format == format)
            return connection.scalar(found)

    def with_asset(self, name: str, format: int) -> str | None:
        same = bundles.c.id == bundle_assets.c.bundle
        found = select(bundles.c.id).join(bundle_assets, same).where(bundle_assets.c.name == name)
        with self._database.read() as connection:
            newest = found.where(bundles.c.format == format).order_by(bundles.c.served.desc()).limit(1)
            return connection.scalar(newest)

    def forget(self, before: datetime) -> None:
        walked = exists().where(walks.c.bundle == bundles.c.id, walks.c.state == "open")
        over = select(bundles.c.id).where(bundles.c.served < before, not_(walked)).with_for_update()
        with self._database.write() as connection:
            ids = connection.scalars(over).all()
            connection.execute(delete(bundle_assets).where(bundle_assets.c.bundle.in_(ids)))
            connection.execute(delete(bundles).where(bundles.c.id.in_(ids)))
