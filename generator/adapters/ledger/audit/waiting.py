"""What has waited too long: nothing is wrong in the books yet, and nobody is at it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select

from generator import record
from generator.adapters.ledger.holding import HELD_FOR
from generator.adapters.sql.ledger_tables import orders, quotes, subscriptions
from generator.adapters.sql.store_tables import deliveries, intents
from generator.model.delivery import MAIL
from generator.model.finding import Finding
from generator.model.payment import Intent
from generator.model.quote import Quote

WORKER = "start the worker: `hosted-pages worker`, or `hosted-pages serve` without --no-worker; it catches up by itself"

LATE = timedelta(hours=2)
"""A worker looks every few seconds: what it has not done for so long it does not do."""


def findings(connection: Connection, now: datetime, today: date) -> Iterator[Finding]:
    """By what nobody has done. `today` is the day in the merchant's zone."""
    yield from _calendar(connection, today)
    yield from _payments(connection, now)
    yield from _orders(connection, now)
    yield from _deliveries(connection, now)


def _calendar(connection: Connection, today: date) -> Iterator[Finding]:
    """A day is left to whoever starts the worker in the morning."""
    past = subscriptions.c.due < (today - timedelta(days=1)).isoformat()
    count, first = connection.execute(select(func.count(), func.min(subscriptions.c.due)).where(past)).one()
    if count:
        says = f"{count} of them should have been renewed or ended by now, the first on {first}"
        yield Finding("calendar-late", "subscriptions", says, WORKER)


def _payments(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Payments that nobody asks about, and those about which no bank ever says anything."""
    open_ = select(intents.c.record, intents.c.next_check).where(intents.c.closed.is_(False))
    unasked = 0
    for row in connection.execute(open_.order_by(intents.c.next_check, intents.c.key)):
        unasked += row.next_check < now - LATE
        intent = record.read(row.record, Intent)
        if intent.asked < now - HELD_FOR:
            says = f"it has been open since {intent.asked:%Y-%m-%d}, longer than any bank takes"
            do = "look for its key at the bank, and ask them what became of it"
            yield Finding("payment-open-long", intent.key, says, do)
    if unasked:
        yield Finding("payments-unasked", "payments", f"{unasked} of them should have been asked about by now", WORKER)


def _orders(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Orders whose payment was never begun: a server died in that moment, or its disk is an older one."""
    found = select(orders.c.id, orders.c.key, quotes.c.record).join(quotes, quotes.c.id == orders.c.quote)
    begun = select(intents.c.key)
    for row in connection.execute(found.where(orders.c.closed.is_(None), orders.c.key.not_in(begun))):
        quote = record.read(row.record, Quote)
        if quote.as_of < now - HELD_FOR:
            says = f"it has been open since {quote.as_of:%Y-%m-%d}, and no payment of it was ever begun"
            do = f"look for the key {row.key} at the bank: if there is none, nothing is to be done"
            yield Finding("order-open-long", row.id, says, do)


def _deliveries(connection: Connection, now: datetime) -> Iterator[Finding]:
    """What does not go out, by the channel by which it should; what is dead, too."""
    written, channel = deliveries.c.written, deliveries.c.channel
    found = select(channel, deliveries.c.state, func.count(), func.min(written)).group_by(channel, deliveries.c.state)
    late = or_(deliveries.c.state == "dead", and_(deliveries.c.state == "waiting", written < now - LATE))
    for name, state, count, first in connection.execute(found.where(late).order_by(channel, deliveries.c.state)):
        what, where = ("mail", "mails") if name == MAIL else ("webhook", f"webhooks to {name}")
        since = f"the first since {first:%Y-%m-%d %H:%M} UTC"
        if state == "dead":
            do = "see why: `hosted-pages jobs dead`; when that is mended: `hosted-pages jobs retry`"
            yield Finding(f"{what}-dead", where, f"{count} of them are tried no more, {since}", do)
        else:
            do = f"see why: `hosted-pages jobs waiting`; if nothing was tried, {WORKER}"
            yield Finding(f"{what}-waiting", where, f"{count} of them have not gone out, {since}", do)
