"""What was used, as it is kept: reports are added, never changed."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, func, insert, select

from generator import record
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import usages
from generator.model.subscription import Subscription
from generator.model.usage import Usage


def add(connection: Connection, usage: Usage, day: date) -> bool:
    """Whether this was the first report of its key."""
    row = {
        "customer": usage.customer,
        "key": usage.key,
        "subscription": usage.subscription,
        "option": usage.option,
        "amount": usage.amount,
        "day": day.isoformat(),
        "record": record.write(usage),
    }
    return won(connection, insert(usages).values(row))


def with_key(connection: Connection, customer: str, key: str) -> Usage | None:
    text = connection.scalar(select(usages.c.record).where(usages.c.customer == customer, usages.c.key == key))
    return record.read(text, Usage) if text else None


def in_term(connection: Connection, subscription: Subscription) -> Mapping[str, int]:
    """How much was used of each option in the subscription's present term."""
    counted = (
        select(usages.c.option, func.sum(usages.c.amount))
        .where(
            usages.c.subscription == subscription.id,
            usages.c.day >= subscription.period_start.isoformat(),
            usages.c.day < subscription.period_end.isoformat(),
        )
        .group_by(usages.c.option)
    )
    return {option: int(amount) for option, amount in connection.execute(counted)}


def reports(connection: Connection, subscription: str, after: int, most: int) -> tuple[tuple[int, Usage], ...]:
    """Reports in the order in which they came, each with its position, from the one after that position on."""
    found = (
        select(usages.c.position, usages.c.record)
        .where(usages.c.subscription == subscription, usages.c.position > after)
        .order_by(usages.c.position)
        .limit(most)
    )
    return tuple((position, record.read(text, Usage)) for position, text in connection.execute(found))
