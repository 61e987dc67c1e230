"""The store on our own database: what must survive us, each a record and the columns that protect it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, delete, exists, func, insert, not_, or_, select, update

from generator import record
from generator.adapters import hints, outbox
from generator.adapters.filed import SqlFiled
from generator.adapters.hints import SqlHints
from generator.adapters.outbox import SqlOutbox
from generator.adapters.sql.database import won
from generator.adapters.sql.store_tables import codes, intents, replies, revocations, used_links, walks
from generator.model.code import COUNTED_FOR, MOST_ASKED, TRIES, Code
from generator.model.mail import Mail
from generator.model.payment import Declined, Intent, Key, New, Saved
from generator.model.reply import Reply
from generator.model.terms import CoolDown
from generator.model.walk import Ended, Held, Subject, Walk
from generator.ports.trouble import Conflict, TooMany, Unavailable

ASKED_WITHIN = timedelta(minutes=1)
"""Longer than it takes to ask a gateway: until then nobody else asks about the same payment."""

KEPT = timedelta(days=90)
"""How long it is known what went out, and what became of something."""


class SqlStore(SqlOutbox, SqlHints, SqlFiled):
    """Keeps what must survive us, on SQLite or PostgreSQL."""

    def walk(self, id: str) -> Walk | None:
        with self._database.read() as connection:
            text = connection.scalar(select(walks.c.record).where(walks.c.id == id))
        return record.read(text, Walk) if text else None

    def open_walk(self, customer: str, workflow: str, subject: Subject) -> Walk | None:
        with self._database.read() as connection:
            return _open_walk(connection, customer, workflow, subject)

    def held(self, customer: str) -> Sequence[Walk]:
        """Of the open ones, which are few, those whose record says so."""
        own = select(walks.c.record).where(walks.c.customer == customer, walks.c.state == "open")
        with self._database.read() as connection:
            texts = connection.scalars(own).all()
        found = (record.read(text, Walk) for text in texts)
        return sorted((walk for walk in found if isinstance(walk.standing, Held)), key=lambda walk: walk.touched)

    def begin(self, walk: Walk) -> Walk:
        with self._database.write() as connection:
            if won(connection, insert(walks).values(_walk_row(walk))):
                return walk
            winner = _open_walk(connection, walk.customer, walk.workflow, walk.subject)
        if winner is None:
            raise Unavailable("the walk that was open has ended at this very moment")
        return winner

    def save(self, walk: Walk, intent: Intent | None = None, unless: CoolDown | None = None) -> Walk:
        saved = replace(walk, version=walk.version + 1)
        as_read = (walks.c.id == walk.id, walks.c.version == walk.version, walks.c.state != "dropped")
        with self._database.write() as connection:
            if intent is not None and unless is not None and _tried(connection, intent, unless) >= unless.declines:
                raise TooMany(f"{walk.customer} has tried {unless.declines} times")
            if connection.execute(update(walks).where(*as_read).values(_walk_row(saved))).rowcount != 1:
                raise Conflict(f"walk {walk.id} is no longer at version {walk.version}")
            if intent is not None:
                _keep(connection, intent)
        return saved

    def drop(self, walk: Walk) -> None:
        with self._database.write() as connection:
            row = connection.execute(
                select(walks.c.version, walks.c.state, walks.c.record).where(walks.c.id == walk.id).with_for_update()
            ).one()
            if row.state != "open" or _money_in_flight(connection, record.read(row.record, Walk)):
                return
            if row.version != walk.version:
                raise Conflict(f"walk {walk.id} is no longer at version {walk.version}")
            connection.execute(update(walks).where(walks.c.id == walk.id).values(state="dropped"))

    def open_walks(self, customer: str) -> Sequence[Walk]:
        found = select(walks.c.record).where(walks.c.customer == customer, walks.c.state == "open")
        with self._database.read() as connection:
            read = [record.read(text, Walk) for text in connection.scalars(found).all()]
        return sorted(read, key=lambda walk: (walk.opened, walk.id), reverse=True)

    def declines(self, customer: str, since: datetime) -> Sequence[datetime]:
        found = select(intents.c.declined).where(intents.c.customer == customer, intents.c.declined > since)
        with self._database.read() as connection:
            return connection.scalars(found.order_by(intents.c.declined)).all()

    def intent(self, key: Key) -> Intent | None:
        with self._database.read() as connection:
            text = connection.scalar(select(intents.c.record).where(intents.c.key == key))
        return record.read(text, Intent) if text else None

    def begin_intent(self, intent: Intent) -> bool:
        row = {"key": intent.key, "customer": intent.customer, "closed": intent.closed}
        first = insert(intents).values(**row, next_check=intent.next_check, record=record.write(intent))
        with self._database.write() as connection:
            return won(connection, first)

    def keep_intent(self, intent: Intent) -> None:
        with self._database.write() as connection:
            _keep(connection, intent)

    def unsettled(self, now: datetime, most: int) -> Sequence[Intent]:
        waits = (intents.c.closed.is_(False), intents.c.next_check <= now)
        due = select(intents.c.key, intents.c.record).where(*waits)
        with self._database.read() as connection:
            if connection.execute(due.limit(1)).one_or_none() is None:
                return []  # most often; whoever only looks keeps no writer waiting
        first = due.order_by(intents.c.next_check, intents.c.key).limit(most).with_for_update(skip_locked=True)
        with self._database.write() as connection:
            rows = connection.execute(first).all()
            taken = intents.c.key.in_([row.key for row in rows])
            connection.execute(update(intents).where(taken).values(next_check=now + ASKED_WITHIN))
        return [record.read(row.record, Intent) for row in rows]

    def claim(self, reply: Reply, now: datetime) -> Reply | None:
        with self._database.write() as connection:
            connection.execute(delete(replies).where(replies.c.until < now))
            if won(connection, insert(replies).values(vars(reply))):
                return None
            found = connection.execute(select(replies).where(*_same(reply))).one_or_none()
        if found is None:
            raise Unavailable("somebody else has given up the same request at this very moment")
        return Reply(found.caller, found.key, found.asked, found.until, found.status, found.body)

    def answer(self, reply: Reply) -> None:
        said = {"status": reply.status, "body": reply.body, "until": reply.until}
        with self._database.write() as connection:
            connection.execute(update(replies).where(*_same(reply)).values(said))

    def release(self, reply: Reply) -> None:
        with self._database.write() as connection:
            connection.execute(delete(replies).where(*_same(reply), replies.c.status == 0))

    def use_link(self, id: str, by: str, until: datetime) -> bool:
        with self._database.write() as connection:
            if won(connection, insert(used_links).values(id=id, by=by, until=until)):
                return True
            return connection.scalar(select(used_links.c.by).where(used_links.c.id == id)) == by

    def link_used(self, id: str) -> bool:
        with self._database.read() as connection:
            return connection.scalar(select(used_links.c.id).where(used_links.c.id == id)) is not None

    def revoke_links(self, customer: str, at: datetime) -> None:
        with self._database.write() as connection:
            if not won(connection, insert(revocations).values(customer=customer, at=at)):
                later = (revocations.c.customer == customer, revocations.c.at < at)
                connection.execute(update(revocations).where(*later).values(at=at))

    def links_revoked(self, customer: str) -> datetime | None:
        with self._database.read() as connection:
            return connection.scalar(select(revocations.c.at).where(revocations.c.customer == customer))

    def keep_code(self, code: Code, mails: Sequence[Mail]) -> bool:
        mine, fresh = codes.c.address == code.address, {"digest": code.digest, "until": code.until, "tries": TRIES}
        with self._database.write() as connection:
            if not won(connection, insert(codes).values(address=code.address, since=code.asked, asked=1, **fresh)):
                before = connection.execute(select(codes.c.since, codes.c.asked).where(mine).with_for_update()).one()
                since, asked = (
                    (before.since, before.asked) if code.asked < before.since + COUNTED_FOR else (code.asked, 0)
                )
                if asked >= MOST_ASKED:
                    return False
                connection.execute(update(codes).where(mine).values(since=since, asked=asked + 1, **fresh))
            for mail in mails:
                outbox.post(connection, mail)
        return True

    def try_code(self, address: str, now: datetime) -> str:
        good = (codes.c.address == address, codes.c.tries > 0, codes.c.until > now, codes.c.digest != "")
        with self._database.write() as connection:
            if connection.execute(update(codes).where(*good).values(tries=codes.c.tries - 1)).rowcount != 1:
                return ""
            return str(connection.scalar(select(codes.c.digest).where(codes.c.address == address)))

    def use_code(self, address: str, digest: str) -> bool:
        right = (codes.c.address == address, codes.c.digest == digest)
        with self._database.write() as connection:
            return connection.execute(update(codes).where(*right).values(digest="")).rowcount == 1

    def waiting(self) -> Mapping[str, int]:
        with self._database.read() as connection:
            payments = connection.scalar(select(func.count()).where(intents.c.closed.is_(False))) or 0
            return {"payments": payments, **outbox.waiting(connection)}

    def forget(self, before: datetime, most: int) -> int:
        asked = exists().where(intents.c.walk == walks.c.id, intents.c.closed.is_(False))
        over = select(walks.c.id, walks.c.record).where(walks.c.touched < before, not_(asked))
        some = over.order_by(walks.c.touched, walks.c.id).limit(most).with_for_update(skip_locked=True)
        with self._database.write() as connection:
            found = [(id, record.read(text, Walk)) for id, text in connection.execute(some)]
            ids = [id for id, walk in found if not isinstance(walk.standing, Held)]
            connection.execute(update(intents).where(intents.c.walk.in_(ids)).values(walk=None))
            connection.execute(delete(walks).where(walks.c.id.in_(ids)))
        return len(ids)

    def tidy(self, now: datetime) -> None:
        with self._database.write() as connection:
            hints.forget(connection, now - hints.REPEATED_FOR)
            connection.execute(delete(used_links).where(used_links.c.until < now))
            connection.execute(delete(codes).where(codes.c.since < now - COUNTED_FOR, codes.c.until < now))
            outbox.forget(connection, now - KEPT)


def _same(reply: Reply) -> tuple[Any, ...]:
    return (replies.c.caller == reply.caller, replies.c.key == reply.key)


def _walk_row(walk: Walk) -> dict[str, Any]:
    return {
        "id": walk.id,
        "customer": walk.customer,
        "workflow": walk.workflow,
        "subject": _written(walk.subject),
        "version": walk.version,
        "state": "ended" if isinstance(walk.standing, Ended) else "open",
        "record": record.write(walk),
        "bundle": walk.bundle,
        "touched": walk.touched,
    }


def _open_walk(connection: Connection, customer: str, workflow: str, subject: Subject) -> Walk | None:
    about = (walks.c.customer == customer, walks.c.workflow == workflow, walks.c.subject == _written(subject))
    text = connection.scalar(select(walks.c.record).where(*about, walks.c.state == "open"))
    return record.read(text, Walk) if text else None


def _money_in_flight(connection: Connection, walk: Walk) -> bool:
    unsettled = select(intents.c.key).where(intents.c.walk == walk.id, intents.c.closed.is_(False)).limit(1)
    return isinstance(walk.standing, Held) or connection.scalar(unsettled) is not None


def _keep(connection: Connection, intent: Intent) -> bool:
    """Whether it is the first of its key.

    Two may have asked the gateway at once: what one has closed, the older view of the other does not reopen.
    """
    refused = isinstance(intent.result, Declined) and intent.result.counts
    row = {
        "walk": intent.walk or None,
        "customer": intent.customer,
        "closed": intent.closed,
        "next_check": intent.next_check,
        "declined": intent.decided if refused else None,
        "record": record.write(intent),
    }
    known = connection.scalar(select(intents.c.key).where(intents.c.key == intent.key))
    if known is None and won(connection, insert(intents).values(**row, key=intent.key)):
        return True
    connection.execute(update(intents).where(intents.c.key == intent.key, intents.c.closed.is_(False)).values(row))
    return False


def _tried(connection: Connection, intent: Intent, within: CoolDown) -> int:
    """How many of the customer's tries were declined lately, or are under way and may still be.

    Locking the customer's walks lets two windows count one after the other.
    """
    connection.execute(
        select(walks.c.id).where(walks.c.customer == intent.customer).order_by(walks.c.id).with_for_update()
    )
    since = intent.asked - within.span
    lately = or_(intents.c.declined > since, intents.c.closed.is_(False))
    texts = connection.scalars(select(intents.c.record).where(intents.c.customer == intent.customer, lately)).all()
    tries = [record.read(text, Intent) for text in texts]
    return sum(one.key != intent.key and isinstance(one.choice, Saved | New) and _weighs(one, since) for one in tries)


def _weighs(tried: Intent, since: datetime) -> bool:
    if isinstance(tried.result, Declined):
        return tried.result.counts and tried.decided is not None and tried.decided > since
    return tried.decided is None and tried.asked > since


def _written(subject: Subject) -> str:
    """`plan=team`: what a walk is about, as a column that can be asked for."""
    return urlencode(subject.said)
