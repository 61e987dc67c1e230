"""What we asked of Stripe: which customer is whose, and the object at Stripe that belongs to each key of ours."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text

from generator.adapters.sql.metadata import Moment, metadata

stripe_customers = Table(
    "stripe_customers",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("id", Text, nullable=False),
)

stripe_charges = Table(
    "stripe_charges",
    metadata,
    Column("key", Text, primary_key=True),
    Column("charge", Text, nullable=False),  # the record, as it was asked first; empty where it was given up before
    Column("object", Text, nullable=False, index=True),  # empty until Stripe has made one
    Column("payment", Text, nullable=False, index=True),  # what a page of Checkout made; empty until it has
    Column("ended", Text, nullable=False),  # why Stripe will never have one; empty where it may
)

stripe_refunds = Table(
    "stripe_refunds",
    metadata,
    Column("key", Text, primary_key=True),
    Column("charge", Text, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("object", Text, nullable=False, index=True),
    Column("refused", Text, nullable=False),  # why nothing goes back; empty where something may
)

stripe_things = Table(
    "stripe_things",
    metadata,
    Column("what", Text, primary_key=True),  # a digest of what it says there: another price is another thing
    Column("id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),  # what it is called on a line, by language
)

stripe_sales = Table(
    "stripe_sales",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer", Text, nullable=False, index=True),
    Column("payer", Text, nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("object", Text, nullable=False, index=True),  # empty until Stripe has one
    Column("record", Text, nullable=False),  # the subscription, as it was sold
    Column("then", Text, nullable=False),  # what it becomes at the end of its term; empty where it stays
)

stripe_credits = Table(
    "stripe_credits",
    metadata,
    Column("key", Text, primary_key=True),
    Column("invoice", Text, nullable=False, index=True),  # its id at Stripe
    Column("closed", Boolean, nullable=False),
    Column("next_check", Moment, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_stripe_credits_unsettled", "closed", "next_check"),
)
