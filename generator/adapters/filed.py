"""Papers that were issued, on our own database: each file once, with the hash by which it is known to be the same."""

import hashlib
from datetime import datetime

from sqlalchemy import insert, select

from generator.adapters.sql.database import Database, won
from generator.adapters.sql.store_tables import papers


class SqlFiled:
    """A part of the store. What is kept is compared with its hash each time that it is read."""

    _database: Database

    def paper(self, number: str) -> bytes | None:
        with self._database.read() as connection:
            row = connection.execute(
                select(papers.c.file, papers.c.sha256).where(papers.c.number == number)
            ).one_or_none()
        if row is None:
            return None
        file = bytes(row.file)
        if hashlib.sha256(file).hexdigest() != row.sha256:
            raise ValueError(f"the file of {number} is not the one that was kept")
        return file

    def keep_paper(self, number: str, file: bytes, lacks: str, at: datetime) -> bytes:
        row = {"number": number, "made": at, "sha256": hashlib.sha256(file).hexdigest(), "lacks": lacks, "file": file}
        with self._database.write() as connection:
            if won(connection, insert(papers).values(row)):
                return file
            return bytes(connection.execute(select(papers.c.file).where(papers.c.number == number)).scalar_one())

    def papers_that_lack(self, most: int) -> tuple[tuple[str, str], ...]:
        lacking = select(papers.c.number, papers.c.lacks).where(papers.c.lacks != "")
        with self._database.read() as connection:
            found = connection.execute(lacking.order_by(papers.c.made.desc(), papers.c.number.desc()).limit(most))
            return tuple((row.number, row.lacks) for row in found)
