"""Money that is to go back for invoices at Stripe, as it is kept here before anybody is asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from generator import record
from generator.adapters.sql.database import won
from generator.adapters.sql.stripe_tables import stripe_credits as kept
from generator.model.credit import Refund
from generator.model.payment import Key, NotRefunded


def enter(connection: Connection, refund: Refund) -> bool:
    """Money is to go back. False where another invoice's goes back with this key."""
    return won(connection, insert(kept).values(key=refund.key, invoice=refund.invoice, **_row(refund)))


def keep(connection: Connection, refund: Refund) -> None:
    """What is new of it."""
    connection.execute(update(kept).where(kept.c.key == refund.key).values(_row(refund)))


def with_key(connection: Connection, key: Key) -> Refund | None:
    text = connection.scalar(select(kept.c.record).where(kept.c.key == key))
    return record.read(text, Refund) if text else None


def of_invoice(connection: Connection, invoice: str) -> tuple[Refund, ...]:
    """All that went back, or still may."""
    texts = connection.scalars(select(kept.c.record).where(kept.c.invoice == invoice))
    return tuple(one for one in _read(texts) if not isinstance(one.result, NotRefunded))


def unsettled(connection: Connection, now: datetime) -> Iterable[Refund]:
    """Those that are to be looked after by now, the one that waits longest first."""
    due = (kept.c.closed.is_(False), kept.c.next_check <= now)
    return _read(connection.scalars(select(kept.c.record).where(*due).order_by(kept.c.next_check)))


def _read(texts: Iterable[str]) -> Iterable[Refund]:
    return (record.read(text, Refund) for text in texts)


def _row(refund: Refund) -> dict[str, object]:
    return {"closed": refund.closed, "next_check": refund.next_check, "record": record.write(refund)}
