"""Numbers without gaps: invoices and credit notes are each counted by themselves."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection, update

from generator.adapters.sql.ledger_tables import counters

Series = Literal["invoice", "credit_note"]

PREFIX: Mapping[Series, str] = {"invoice": "INV-", "credit_note": "CN-"}


def take(connection: Connection, series: Series) -> tuple[int, str]:
    """The next count of the series, and the number that it makes.

    The count is raised in the same transaction: one that is undone gives its number back, so there is never a gap.
    The others wait for it, so nothing slow may follow.
    """
    raised = update(counters).where(counters.c.name == series).values(last=counters.c.last + 1)
    count: int = connection.execute(raised.returning(counters.c.last)).scalar_one()
    return count, f"{PREFIX[series]}{count:06}"


def count_in(number: str, series: Series) -> int | None:
    """The count that this number was made of; None where it is no number of the series."""
    digits = number.removeprefix(PREFIX[series])
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        return None
    return int(digits) if number == f"{PREFIX[series]}{int(digits):06}" else None
