"""What Alembic runs: on the connection, and inside the transaction, that `schema.upgrade` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
