"""What a person said about a certificate: to whom it went, why it is spoiled or void."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Give every entry of the ledger room for it."""
    op.execute("ALTER TABLE ledger ADD COLUMN note TEXT")
