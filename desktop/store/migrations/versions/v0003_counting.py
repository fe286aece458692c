"""An index that holds all that screens count, so that counting reads no record."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make it."""
    op.execute(
        "CREATE INDEX ix_record_place_tps_post_state_exchange_withdrawn"
        " ON record (place, tps, post, state, exchange, withdrawn)"
    )
