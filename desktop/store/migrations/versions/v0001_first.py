"""The first tables."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    """CREATE TABLE audit (
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    operator BLOB NOT NULL,
    action TEXT NOT NULL,
    subject BLOB NOT NULL,
    detail BLOB NOT NULL,
    head BLOB NOT NULL,
    signature BLOB,
    PRIMARY KEY (number)
)
 STRICT""",
    """CREATE TABLE batch (
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    sealed BLOB,
    sealed_hash BLOB NOT NULL,
    count INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    receipt BLOB,
    receipt_signature BLOB,
    settled_at INTEGER,
    PRIMARY KEY (sequence)
)
 STRICT""",
    """CREATE TABLE data_file (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (kind, code, version)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE draft (
    place TEXT NOT NULL,
    tps INTEGER NOT NULL,
    post TEXT NOT NULL,
    seat INTEGER NOT NULL,
    fields TEXT NOT NULL,
    focus TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (place, tps, post, seat)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE feed (
    cursor INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    body BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (cursor)
)
 STRICT""",
    """CREATE TABLE laptop (
    id INTEGER NOT NULL,
    sentinel TEXT NOT NULL,
    vault BLOB NOT NULL,
    device BLOB NOT NULL,
    tag TEXT NOT NULL,
    villages TEXT NOT NULL,
    institution TEXT NOT NULL,
    event TEXT NOT NULL,
    server_url TEXT NOT NULL,
    office_name TEXT NOT NULL,
    office_contact TEXT NOT NULL,
    root_public BLOB NOT NULL,
    intake_public BLOB NOT NULL,
    reply_public BLOB NOT NULL,
    device_certificate BLOB NOT NULL,
    sign_private BLOB NOT NULL,
    seal_private BLOB NOT NULL,
    kit_made_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_laptop_one CHECK (id = 1)
)
 STRICT""",
    """CREATE TABLE ledger (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind INTEGER NOT NULL,
    record BLOB NOT NULL,
    revision INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    operator BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE operator_key (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    public_key BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE progress (
    id INTEGER NOT NULL,
    batch_number INTEGER NOT NULL,
    batch_head BLOB,
    certificate_number INTEGER NOT NULL,
    cursor INTEGER NOT NULL,
    epoch BLOB,
    receipt_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_progress_one CHECK (id = 1)
)
 STRICT""",
    """CREATE TABLE record (
    id BLOB NOT NULL,
    place TEXT NOT NULL,
    tps INTEGER,
    post TEXT NOT NULL,
    seat INTEGER,
    nik TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    exchange TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB,
    parent BLOB,
    problems TEXT NOT NULL,
    verdict_code TEXT,
    verdict_detail TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_record_nik ON record (nik) WHERE nik <> ''",
    "CREATE INDEX ix_record_place_tps ON record (place, tps)",
    """CREATE TABLE tps (
    village TEXT NOT NULL,
    number INTEGER NOT NULL,
    special INTEGER NOT NULL,
    address TEXT NOT NULL,
    voters INTEGER,
    PRIMARY KEY (village, number)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE certificate (
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    record BLOB NOT NULL,
    revision INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    voided_at INTEGER,
    PRIMARY KEY (sequence),
    FOREIGN KEY(record) REFERENCES record (id)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_certificate_record ON certificate (record)",
    """CREATE TABLE revision (
    record BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    number INTEGER NOT NULL,
    for_office INTEGER NOT NULL,
    operator BLOB NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    verdict TEXT,
    verdict_code TEXT,
    verdict_detail TEXT,
    verdict_at INTEGER,
    PRIMARY KEY (record, ordinal),
    FOREIGN KEY(record) REFERENCES record (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE outbox (
    id INTEGER NOT NULL,
    record BLOB,
    ordinal INTEGER,
    ledger INTEGER,
    batch INTEGER,
    queued_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(record, ordinal) REFERENCES revision (record, ordinal),
    FOREIGN KEY(ledger) REFERENCES ledger (id),
    FOREIGN KEY(batch) REFERENCES batch (sequence)
)
 STRICT""",
    "CREATE INDEX ix_outbox_batch ON outbox (batch) WHERE batch IS NOT NULL",
)


def upgrade() -> None:
    """Make them."""
    for statement in _TABLES:
        op.execute(statement)
