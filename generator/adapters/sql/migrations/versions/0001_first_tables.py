"""The first tables: walks, intents and mails of the store; the whole of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _store()
    _customers_and_prices()
    _orders()
    _books()


def _store() -> None:
    op.create_table(
        "walks",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("workflow", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_walks"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "one_open_walk",
        "walks",
        ["customer", "workflow", "subject"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "intents",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("walk", sa.Text, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("next_check", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_intents"),
        sa.ForeignKeyConstraint(["walk"], ["walks.id"], name="fk_intents_walk"),
    )
    op.create_index("ix_intents_walk", "intents", ["walk"])
    op.create_index("ix_intents_unsettled", "intents", ["closed", "next_check"])
    op.create_table(
        "mails",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
    )
    op.create_index("ix_mails_outbox", "mails", ["sent", "try_at"])


def _customers_and_prices() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        sa.UniqueConstraint("ref", name="uq_customers_ref"),
    )
    op.create_table(
        "prices",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_prices"),
    )


def _orders() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], name="fk_quotes_customer"),
    )
    op.create_index("ix_quotes_customer", "quotes", ["customer"])
    op.create_table(
        "orders",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("settlement", sa.Text),
        sa.Column("closed", sa.Text),
        sa.PrimaryKeyConstraint("position", name="pk_orders"),
        sa.UniqueConstraint("id", name="uq_orders_id"),
        sa.UniqueConstraint("key", "shown", name="uq_orders_key_shown"),
        sa.ForeignKeyConstraint(["quote"], ["quotes.id"], name="fk_orders_quote"),
    )
    op.create_index("ix_orders_quote", "orders", ["quote"])


def _books() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_subscriptions"),
        sa.UniqueConstraint("id", name="uq_subscriptions_id"),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], name="fk_subscriptions_customer"),
    )
    op.create_index("ix_subscriptions_customer", "subscriptions", ["customer"])
    op.create_table(
        "invoices",
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("subscription", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_invoices"),
        sa.UniqueConstraint("id", name="uq_invoices_id"),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], name="fk_invoices_customer"),
        sa.ForeignKeyConstraint(["subscription"], ["subscriptions.id"], name="fk_invoices_subscription"),
    )
    op.create_index("ix_invoices_customer", "invoices", ["customer"])
    op.create_index("ix_invoices_subscription", "invoices", ["subscription"])
    counters = op.create_table(
        "counters",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.bulk_insert(counters, [{"name": "invoice", "last": 0}])
