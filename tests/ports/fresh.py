"""A fresh database for each test: brought to our tables once, then copied, which is thirty times faster."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.adapters.sql.database import Database
from generator.adapters.sql.schema import upgrade


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """A database in a file of this folder, with our tables and nothing in them."""
    file = folder / "data.db"
    file.write_bytes(upgraded())
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@cache
def upgraded() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.db")
        database = Database(f"sqlite:///{file}")
        upgrade(database)
        database.close()
        return file.read_bytes()
