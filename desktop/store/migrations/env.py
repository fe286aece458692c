"""What Alembic runs to upgrade: the connection comes from `desktop.store.migration`, which also holds the transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
