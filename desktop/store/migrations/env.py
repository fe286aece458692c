"""What Alembic runs to upgrade. Connection and transaction are those of `desktop.store.migration`."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
