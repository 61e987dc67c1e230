"""The ledger's tables: a record each, and the columns by which it is found and protected."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from generator.adapters.sql.metadata import Moment, metadata

customers = Table(
    "customers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ref", Text, nullable=False, unique=True),
    Column("email", Text, nullable=False, server_default="", index=True),  # of billing, as mail servers tell it apart
    Column("record", Text, nullable=False),
)

prices = Table(
    "prices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row: what is sold at present
    Column("record", Text, nullable=False),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False, index=True),
    Column("plan", Text, nullable=False),  # the record of the plan as it is sold by this quote, or empty
    Column("record", Text, nullable=False),
    Column("as_of", Moment, index=True),
)

orders = Table(
    "orders",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("quote", ForeignKey(quotes.c.id), nullable=False, index=True),
    Column(
        "subscription", Text, nullable=False, server_default=""
    ),  # the one that it starts; not there yet in old ones
    Column("settlement", Text),  # these two records come together, when the order is closed
    Column("closed", Text),
    UniqueConstraint("key", "shown"),
)

reservations = Table(
    "reservations",
    metadata,
    Column("thing", Text, primary_key=True),  # the subscription or invoice that an open order is about
    Column("key", Text, nullable=False, index=True),
    Column("until", Moment, nullable=False),
    Column("back_to", Text, nullable=False, server_default=""),  # the state it is in again where nothing comes of it
)

promotion_uses = Table(
    "promotion_uses",
    metadata,
    Column("code", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # which use of the promotion, from 1
    Column("key", Text, nullable=False, index=True),
    Column("until", Moment),  # while an order holds it; nothing once it is taken for good
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False, index=True),
    Column("payer", ForeignKey(customers.c.id), index=True),  # who pays, where that is another customer
    Column("due", Text, index=True),  # the day, YYYY-MM-DD, on which the calendar has something to do with it
    Column("record", Text, nullable=False),
)

invoices = Table(
    "invoices",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),  # the count in its number
    Column("id", Text, nullable=False, unique=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False, index=True),
    Column("subscription", ForeignKey(subscriptions.c.id), nullable=False, index=True),
    Column("unpaid", Boolean, nullable=False),  # whether it is in a state in which it is to be paid
    Column("charge_on", Text, index=True),  # the day, YYYY-MM-DD, on which it is charged by itself
    Column("late_on", Text, index=True),  # the day on which it is overdue, or patience with it ends
    Column("record", Text, nullable=False),
    Index("ix_invoices_listed", "customer", "unpaid", "position"),
    Index("ix_invoices_owed", "subscription", "unpaid", "position"),
)

letters = Table(  # what customers are to be told by mail, until it is in the outbox
    "letters",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)

happenings = Table(  # what became of something, until it is an event with a number
    "happenings",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)

credit_notes = Table(
    "credit_notes",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),  # the count in its number
    Column("id", Text, nullable=False, unique=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False, index=True),
    Column("invoice", ForeignKey(invoices.c.id), nullable=False, index=True),
    Column("record", Text, nullable=False),
)

refunds = Table(
    "refunds",
    metadata,
    Column("key", Text, primary_key=True),
    Column("invoice", ForeignKey(invoices.c.id), nullable=False, index=True),
    Column("closed", Boolean, nullable=False),
    Column("next_check", Moment, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_refunds_unsettled", "closed", "next_check"),
)

usages = Table(
    "usages",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False),
    Column("key", Text, nullable=False),  # the merchant's own name for the report
    Column("subscription", ForeignKey(subscriptions.c.id), nullable=False),
    Column("option", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("day", Text, nullable=False),  # YYYY-MM-DD by the merchant's calendar: decides the term that it counts in
    Column("record", Text, nullable=False),
    UniqueConstraint("customer", "key"),
    Index("ix_usages_counted", "subscription", "day"),
)

consents = Table(  # only ever added to
    "consents",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("customer", ForeignKey(customers.c.id), nullable=False, index=True),
    Column("record", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
