"""The bank's books: one SQLite file that survives the death of everybody who reads it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from generator import record
from generator.adapters.sandbox.entry import Back, Entry, Filed
from generator.model.payment import Key

_TABLES = (
    "create table if not exists entry (key text primary key, token text not null unique, written text not null)",
    "create table if not exists filed (id text primary key, customer text not null, written text not null)",
    "create table if not exists back (key text primary key, charge text not null, written text not null)",
)


class Book:
    """The books while nobody else writes in them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entry(self, key: Key) -> Entry | None:
        found = self._texts("select written from entry where key = ?", key)
        return record.read(found[0], Entry) if found else None

    def entry_at(self, token: str) -> Entry | None:
        """The entry whose page is at this address."""
        found = self._texts("select written from entry where token = ?", token)
        return record.read(found[0], Entry) if found else None

    def entries(self) -> tuple[Entry, ...]:
        """All there ever were, the oldest first."""
        return tuple(record.read(text, Entry) for text in self._texts("select written from entry order by rowid"))

    def keep(self, entry: Entry) -> Entry:
        self._connection.execute(
            "insert into entry (key, token, written) values (?, ?, ?)"
            " on conflict (key) do update set written = excluded.written",
            (entry.key, entry.token, record.write(entry)),
        )
        return entry

    def back(self, key: Key) -> Back | None:
        found = self._texts("select written from back where key = ?", key)
        return record.read(found[0], Back) if found else None

    def backs(self, charge: Key) -> tuple[Back, ...]:
        """All that was asked back of a charge."""
        texts = self._texts("select written from back where charge = ? order by rowid", charge)
        return tuple(record.read(text, Back) for text in texts)

    def keep_back(self, back: Back) -> Back:
        self._connection.execute(
            "insert into back (key, charge, written) values (?, ?, ?)"
            " on conflict (key) do update set written = excluded.written",
            (back.key, back.charge, record.write(back)),
        )
        return back

    def filed(self, customer: str) -> tuple[Filed, ...]:
        """What the customer has on file, the oldest first."""
        texts = self._texts("select written from filed where customer = ? order by rowid", customer)
        return tuple(record.read(text, Filed) for text in texts)

    def file(self, filed: Filed) -> Filed:
        self._connection.execute(
            "insert into filed (id, customer, written) values (?, ?, ?)"
            " on conflict (id) do update set written = excluded.written",
            (filed.id, filed.customer, record.write(filed)),
        )
        return filed

    def strike(self, id: str) -> None:
        """No longer on file."""
        self._connection.execute("delete from filed where id = ?", (id,))

    def _texts(self, query: str, *values: str) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(query, values)]


class Books:
    """Opened by one at a time; what was written is on the disk when the book is closed."""

    def __init__(self, database: Path) -> None:
        self._database = database
        database.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            for table in _TABLES:
                connection.execute(table)

    @contextmanager
    def open(self) -> Iterator[Book]:
        """All that is written in it is kept, or with an exception nothing."""
        with self._connected() as connection:
            connection.execute("begin immediate")
            yield Book(connection)
            connection.execute("commit")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database, timeout=10, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = full")
            yield connection
