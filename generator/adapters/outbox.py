"""The outbox on our own database: a row for each thing and each channel by which it goes out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from generator import record
from generator.adapters.sql.database import Database, won
from generator.adapters.sql.store_tables import deliveries, endpoints, events
from generator.model.delivery import MAIL, Delivery, DeliveryState
from generator.model.endpoint import Endpoint
from generator.model.event import Event, Happening
from generator.model.mail import Mail

WAITS = deliveries.c.state == "waiting"


class SqlOutbox:
    """On SQLite one writer is in at a time; on PostgreSQL each takes what nobody else has locked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def post(self, mail: Mail) -> None:
        with self._database.write() as connection:
            post(connection, mail)

    def outbox(self, now: datetime, most: int) -> Sequence[Mail]:
        due = select(deliveries.c.record).where(WAITS, deliveries.c.channel == MAIL, deliveries.c.due <= now)
        with self._database.read() as connection:
            texts = connection.scalars(due.order_by(deliveries.c.due, deliveries.c.position).limit(most)).all()
        return [record.read(text, Mail) for text in texts]

    def publish(self, source: str, happening: Happening, ref: str, at: datetime) -> Event:
        with self._database.write() as connection:
            numbered = _numbered(connection, source, Event(0, at, ref, happening))
            if numbered is None:
                return record.read(connection.execute(_from(source)).scalar_one(), Event)
            for endpoint in _endpoints(connection):
                if endpoint.wants(happening.kind):
                    _bring(connection, endpoint.name, numbered, at)
        return numbered

    def take(self, now: datetime, until: datetime, besides: Collection[str] = ()) -> Delivery | None:
        ready = select(deliveries).where(WAITS, deliveries.c.due <= now, deliveries.c.channel.not_in(besides))
        first = ready.order_by(deliveries.c.due, deliveries.c.position).limit(1)
        with self._database.read() as connection:
            if connection.execute(first).one_or_none() is None:
                return None  # most often; whoever only looks keeps no writer waiting
        with self._database.write() as connection:
            row = connection.execute(first.with_for_update(skip_locked=True)).one_or_none()
            if row is None:
                return None
            begun = {"due": until, "tries": row.tries + 1}
            connection.execute(update(deliveries).where(deliveries.c.position == row.position).values(begun))
        return replace(_read(row), **begun)

    def brought(self, id: str, said: str = "") -> None:
        with self._database.write() as connection:
            connection.execute(_one(id).values(state="done", said=said))
            connection.execute(_one(id).where(deliveries.c.channel == MAIL).values(record=""))

    def put_off(self, id: str, until: datetime, said: str) -> None:
        with self._database.write() as connection:
            connection.execute(_one(id).where(WAITS).values(due=until, said=said))

    def give_up(self, id: str, said: str) -> None:
        with self._database.write() as connection:
            connection.execute(_one(id).where(WAITS).values(state="dead", said=said))

    def deliveries(self, state: DeliveryState, channel: str = "", most: int = 100) -> Sequence[Delivery]:
        found = select(deliveries).where(deliveries.c.state == state)
        if channel:
            found = found.where(deliveries.c.channel == channel)
        with self._database.read() as connection:
            return [_read(row) for row in connection.execute(found.order_by(deliveries.c.position.desc()).limit(most))]

    def revive(self, ids: Collection[str], now: datetime) -> int:
        dead = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.state == "dead")
        with self._database.write() as connection:
            return connection.execute(dead.values(state="waiting", due=now, tries=0)).rowcount

    def events(self, after: int, most: int) -> Sequence[Event]:
        found = select(events.c.record).where(events.c.number > after).order_by(events.c.number).limit(most)
        with self._database.read() as connection:
            return [record.read(text, Event) for text in connection.scalars(found)]

    def bring_again(self, endpoint: str, event: Event, now: datetime) -> None:
        with self._database.write() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.id == _id(endpoint, event)))
            _bring(connection, endpoint, event, now)

    def endpoints(self) -> Sequence[Endpoint]:
        with self._database.read() as connection:
            return _endpoints(connection)

    def put_endpoint(self, endpoint: Endpoint) -> None:
        with self._database.write() as connection:
            _keep(connection, endpoint)

    def switch_off(self, name: str, why: str) -> None:
        with self._database.write() as connection:
            for endpoint in _endpoints(connection):
                if endpoint.name == name:
                    _keep(connection, replace(endpoint, off=why))
            waiting = update(deliveries).where(deliveries.c.channel == name, WAITS)
            connection.execute(waiting.values(state="dead", said=why))

    def remove_endpoint(self, name: str) -> bool:
        with self._database.write() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.channel == name, WAITS))
            return connection.execute(delete(endpoints).where(endpoints.c.name == name)).rowcount == 1


def post(connection: Connection, mail: Mail) -> None:
    """Put a mail in, as a part of something else."""
    _wait(connection, mail.id, MAIL, mail.about, mail.written, mail)


def waiting(connection: Connection) -> dict[str, int]:
    """How much of each kind has not gone out: mail, and whatever else."""
    counted = select(deliveries.c.channel, func.count()).where(WAITS).group_by(deliveries.c.channel)
    found: dict[str, int] = dict(connection.execute(counted).all())
    mails = found.pop(MAIL, 0)
    return {"mails": mails, "webhooks": sum(found.values())}


def forget(connection: Connection, before: datetime) -> None:
    """What they have, or will never have, and events, from before this moment."""
    connection.execute(delete(deliveries).where(deliveries.c.state != "waiting", deliveries.c.written < before))
    last = select(func.max(events.c.number)).scalar_subquery()
    # The last one stays, or the next would have its number.
    connection.execute(delete(events).where(events.c.at < before, events.c.number < last))


def _bring(connection: Connection, endpoint: str, event: Event, now: datetime) -> None:
    _wait(connection, _id(endpoint, event), endpoint, event.kind, now, event)


def _id(endpoint: str, event: Event) -> str:
    return f"{event.id}@{endpoint}"


def _wait(connection: Connection, id: str, channel: str, about: str, now: datetime, thing: Mail | Event) -> None:
    row = {"id": id, "channel": channel, "about": about, "written": now, "due": now, "state": "waiting"}
    won(connection, insert(deliveries).values(**row, tries=0, said="", record=record.write(thing)))


def _numbered(connection: Connection, source: str, event: Event) -> Event | None:
    """The event with the next number; None where this source has one already. Who comes second takes the one after."""
    while connection.execute(_from(source)).first() is None:
        last = connection.scalar(select(func.max(events.c.number))) or 0
        numbered = replace(event, number=last + 1)
        row = {"number": numbered.number, "source": source, "at": event.at, "record": record.write(numbered)}
        if won(connection, insert(events).values(row)):
            return numbered
    return None


def _from(source: str) -> Any:
    return select(events.c.record).where(events.c.source == source)


def _endpoints(connection: Connection) -> list[Endpoint]:
    texts = connection.scalars(select(endpoints.c.record).order_by(endpoints.c.name))
    return [record.read(text, Endpoint) for text in texts]


def _keep(connection: Connection, endpoint: Endpoint) -> None:
    text = record.write(endpoint)
    if not won(connection, insert(endpoints).values(name=endpoint.name, record=text)):
        connection.execute(update(endpoints).where(endpoints.c.name == endpoint.name).values(record=text))


def _one(id: str) -> Any:
    return update(deliveries).where(deliveries.c.id == id)


def _read(row: Any) -> Delivery:
    kind: Any = Mail if row.channel == MAIL else Event
    thing = record.read(row.record, kind) if row.record else None
    said = {name: getattr(row, name) for name in ("id", "channel", "about", "written", "due", "state", "tries", "said")}
    return Delivery(**said, thing=thing)
