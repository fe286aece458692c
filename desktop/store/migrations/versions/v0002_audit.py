"""A bin for drafts, a manifest for each batch, and an audit that names laptop and program and is only added to."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_STEPS = (
    """CREATE TABLE bin (
    id INTEGER NOT NULL,
    place TEXT NOT NULL,
    tps INTEGER NOT NULL,
    post TEXT NOT NULL,
    seat INTEGER NOT NULL,
    fields TEXT NOT NULL,
    focus TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    binned_at INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE manifest (
    sequence INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    audit_head BLOB NOT NULL,
    operator BLOB NOT NULL,
    hashes BLOB NOT NULL,
    signature BLOB,
    PRIMARY KEY (sequence),
    FOREIGN KEY(sequence) REFERENCES batch (sequence)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE audit_key (
    id INTEGER NOT NULL,
    "key" BLOB NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_audit_key_one CHECK (id = 1)
)
 STRICT""",
    "ALTER TABLE audit RENAME TO audit_of_0001",
    """CREATE TABLE audit (
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    operator BLOB NOT NULL,
    action TEXT NOT NULL,
    subject BLOB NOT NULL,
    detail BLOB NOT NULL,
    device BLOB,
    program TEXT,
    head BLOB NOT NULL,
    signature BLOB,
    PRIMARY KEY (number)
)
 STRICT""",
    """INSERT INTO audit (number, at, operator, action, subject, detail, head, signature)
SELECT number, at, operator, action, subject, detail, head, signature FROM audit_of_0001""",
    "DROP TABLE audit_of_0001",
    """CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END""",
    """CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END""",
    """CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END""",
)


def upgrade() -> None:
    """Make them; the audit's entries are carried over as they are."""
    for statement in _STEPS:
        op.execute(statement)
