"""The store's tables: a record each, and the columns by which it is found and protected."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from generator.adapters.sql.metadata import Moment, metadata

walks = Table(
    "walks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("workflow", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),  # open, ended or dropped
    Column("record", Text, nullable=False),
    Column("bundle", Text, nullable=False, server_default=""),  # the one that it began with, or was replayed on
    Column("touched", Moment, index=True),
    Index("ix_walks_bundle", "bundle", "state"),
)
Index(
    "one_open_walk",
    walks.c.customer,
    walks.c.workflow,
    walks.c.subject,
    unique=True,
    sqlite_where=walks.c.state == "open",
    postgresql_where=walks.c.state == "open",
)

intents = Table(
    "intents",
    metadata,
    Column("key", Text, primary_key=True),
    Column("walk", ForeignKey(walks.c.id), index=True),  # nothing where it is charged by itself
    Column("customer", Text, nullable=False, server_default=""),
    Column("closed", Boolean, nullable=False),
    Column("next_check", Moment, nullable=False),
    Column("declined", Moment),  # when a bank said no
    Column("record", Text, nullable=False),
    Index("ix_intents_unsettled", "closed", "next_check"),
    Index("ix_intents_declined", "customer", "declined"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),  # `mail`, or the name of an endpoint
    Column("about", Text, nullable=False),
    Column("written", Moment, nullable=False),
    Column("state", Text, nullable=False),  # waiting, done or dead
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("said", Text, nullable=False),  # what they answered last, cut short
    Column("record", Text, nullable=False),  # of a mail nothing, once they have it
    Index("ix_deliveries_waiting", "state", "due"),
    Index("ix_deliveries_channel", "channel", "state", "position"),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False, unique=True),  # what it is called where it happened
    Column("at", Moment, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

papers = Table(  # only ever added to
    "papers",
    metadata,
    Column("number", Text, primary_key=True),  # of the invoice or credit note
    Column("made", Moment, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("lacks", Text, nullable=False),  # what was not known that machines want to read
    Column("file", LargeBinary, nullable=False),
)

endpoints = Table(
    "endpoints",
    metadata,
    Column("name", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("caller", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("status", Integer, nullable=False),  # 0 while it is worked on
    Column("body", Text, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)

used_links = Table(
    "used_links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)

revocations = Table(
    "revocations",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

hints = Table(
    "hints",
    metadata,
    Column("id", Text, primary_key=True),
    Column("heard", Moment, nullable=False),
    Column("state", Text, nullable=False),  # waiting, heeded, or why nobody acts on it
    Column("record", Text, nullable=False),
    Index("ix_hints_state", "state", "heard"),
)

codes = Table(
    "codes",
    metadata,
    Column("address", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # empty once it is used
    Column("until", Moment, nullable=False),
    Column("tries", Integer, nullable=False),  # that are left
    Column("since", Moment, nullable=False, index=True),  # how many were asked for from then on
    Column("asked", Integer, nullable=False),
)

bundles = Table(
    "bundles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("format", Integer, nullable=False),
    Column("served", Moment, nullable=False, index=True),  # when a host last said that it serves it
    Column("parcel", LargeBinary, nullable=False),
)

bundle_assets = Table(
    "bundle_assets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("bundle", ForeignKey(bundles.c.id), primary_key=True, index=True),
)
