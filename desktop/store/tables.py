"""The tables of the encrypted database, as typed declarative models.

Every table is STRICT. Moments are whole milliseconds since 1970 UTC, ids 16 bytes, truth 0 or 1. A change here needs a
migration; a test compares a fresh database with a migrated one.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.columns import BY_KEY, STRICT, Schema

__all__ = ["SCHEMA", "Schema"]

SCHEMA = 4  # the newest migration's number, kept in the file as user_version


class Laptop(Schema):
    """The one row that says whose database this is: the device, its keys and its office, as the kit gave them."""

    __tablename__ = "laptop"
    __table_args__ = (CheckConstraint("id = 1", name="one"), STRICT)
    id: Mapped[int] = mapped_column(primary_key=True)
    sentinel: Mapped[str]
    vault: Mapped[UUID]
    device: Mapped[UUID]
    tag: Mapped[str]
    villages: Mapped[str]  # codes, separated by blanks
    institution: Mapped[str]
    event: Mapped[str]
    server_url: Mapped[str]
    office_name: Mapped[str]
    office_contact: Mapped[str]
    root_public: Mapped[bytes]
    intake_public: Mapped[bytes]
    reply_public: Mapped[bytes]
    device_certificate: Mapped[bytes]
    sign_private: Mapped[bytes]
    seal_private: Mapped[bytes]
    kit_made_at: Mapped[datetime]
    made_at: Mapped[datetime]


class Progress(Schema):
    """The one row of counters: sequences, chain of batches, and how far the office's feed was read."""

    __tablename__ = "progress"
    __table_args__ = (CheckConstraint("id = 1", name="one"), STRICT)
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_number: Mapped[int]
    batch_head: Mapped[bytes | None]
    certificate_number: Mapped[int]
    cursor: Mapped[int]
    epoch: Mapped[bytes | None]
    receipt_at: Mapped[datetime | None]


class DataFile(Schema):
    """An election event or a tariff as the office published it; every version that was ever in force is kept."""

    __tablename__ = "data_file"
    __table_args__ = (BY_KEY,)
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    taken_at: Mapped[datetime]


class Tps(Schema):
    """A polling station of the laptop's villages."""

    __tablename__ = "tps"
    __table_args__ = (BY_KEY,)
    village: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    special: Mapped[bool]
    address: Mapped[str]
    voters: Mapped[int | None]


class OperatorKey(Schema):
    """Who has worked here, with the public key his signatures verify by."""

    __tablename__ = "operator_key"
    __table_args__ = (BY_KEY,)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    public_key: Mapped[bytes]
    added_at: Mapped[datetime]


class Record(Schema):
    """An enrolment as it stands: what lists and standing checks ask for. Its facts are in its newest revision.

    `ordinal` counts every save; `number` and `hash` are those of the newest revision meant for the office (0 and None
    before the first); `parent` is what the next one will follow: the same, unless the office refused or decided.
    `exchange` says how far that one came: see `desktop.store.enrolments.Exchange`.
    """

    __tablename__ = "record"
    __table_args__ = (
        Index(None, "nik", sqlite_where=text("nik <> ''")),
        Index(None, "place", "tps"),
        Index(None, "place", "tps", "post", "state", "exchange", "withdrawn"),  # all that is counted, and nothing else
        BY_KEY,
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[str]
    tps: Mapped[int | None]
    post: Mapped[str]
    seat: Mapped[int | None]
    nik: Mapped[str]
    name: Mapped[str]
    state: Mapped[str]
    exchange: Mapped[str]
    withdrawn: Mapped[bool]
    ordinal: Mapped[int]
    number: Mapped[int]
    hash: Mapped[bytes | None]
    parent: Mapped[bytes | None]
    problems: Mapped[str]  # JSON, see desktop.store.revisions
    verdict_code: Mapped[str | None]
    verdict_detail: Mapped[str | None]  # JSON
    changed_at: Mapped[datetime]


class SavedRevision(Schema):
    """One saved version of a record, never changed afterwards but for the office's verdict on it."""

    __tablename__ = "revision"
    __table_args__ = (ForeignKeyConstraint(["record"], ["record.id"]), BY_KEY)
    record: Mapped[UUID] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    for_office: Mapped[bool]
    operator: Mapped[UUID]
    hash: Mapped[bytes]
    body: Mapped[bytes]
    verdict: Mapped[str | None]
    verdict_code: Mapped[str | None]
    verdict_detail: Mapped[str | None]
    verdict_at: Mapped[datetime | None]


class Waiting(Schema):
    """What the office has not yet given a verdict or receipt for; `batch` is set while it is sealed for the way."""

    __tablename__ = "outbox"
    __table_args__ = (
        ForeignKeyConstraint(["record", "ordinal"], ["revision.record", "revision.ordinal"]),
        ForeignKeyConstraint(["ledger"], ["ledger.id"]),
        ForeignKeyConstraint(["batch"], ["batch.sequence"]),
        Index(None, "batch", sqlite_where=text("batch IS NOT NULL")),
        STRICT,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[UUID | None]
    ordinal: Mapped[int | None]
    ledger: Mapped[int | None]
    batch: Mapped[int | None]
    queued_at: Mapped[datetime]


class SealedBatch(Schema):
    """A batch as it was sealed; the bytes are kept until it is settled and are the same at every attempt."""

    __tablename__ = "batch"
    __table_args__ = (STRICT,)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes]
    sealed: Mapped[bytes | None]
    sealed_hash: Mapped[bytes]
    count: Mapped[int]
    made_at: Mapped[datetime]
    receipt: Mapped[bytes | None]
    receipt_signature: Mapped[bytes | None]
    settled_at: Mapped[datetime | None]


class Manifest(Schema):
    """What a batch held, by hashes alone, and how far the audit was when it was sealed: its receipt vouches for both.

    `hashes` are those of its revisions in their order, 32 bytes each; `signature` is `operator`'s over them, as it
    travelled in the batch.
    """

    __tablename__ = "manifest"
    __table_args__ = (ForeignKeyConstraint(["sequence"], ["batch.sequence"]), BY_KEY)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    counter: Mapped[int]
    audit_head: Mapped[bytes]
    operator: Mapped[UUID]
    hashes: Mapped[bytes]
    signature: Mapped[bytes | None]


class CertificateNumber(Schema):
    """A certificate number given to one version of a record; numbers are never given twice."""

    __tablename__ = "certificate"
    __table_args__ = (ForeignKeyConstraint(["record"], ["record.id"]), Index(None, "record"), BY_KEY)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    record: Mapped[UUID]
    revision: Mapped[int]
    copies: Mapped[int]
    issued_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class LedgerEntry(Schema):
    """One thing that happened to a certificate number, in order; never changed.

    `note` is what a person said of it, to whom it went or why it is void: it stays here, and goes with the data of
    the officer.
    """

    __tablename__ = "ledger"
    __table_args__ = (STRICT,)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[int]
    record: Mapped[UUID]
    revision: Mapped[int]
    copy: Mapped[int]
    operator: Mapped[UUID]
    at: Mapped[datetime]
    note: Mapped[str | None]


class Draft(Schema):
    """What has been typed for one seat and not yet saved, field by field as typed. 0 stands for no TPS, no seat."""

    __tablename__ = "draft"
    __table_args__ = (BY_KEY,)
    place: Mapped[str] = mapped_column(primary_key=True)
    tps: Mapped[int] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[str]  # JSON
    focus: Mapped[str]
    kept_at: Mapped[datetime]


class BinnedDraft(Schema):
    """A draft the clerk threw away; it can be taken back for some days. 0 stands for no TPS, no seat."""

    __tablename__ = "bin"
    __table_args__ = (STRICT,)
    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]
    tps: Mapped[int]
    post: Mapped[str]
    seat: Mapped[int]
    fields: Mapped[str]  # JSON
    focus: Mapped[str]
    kept_at: Mapped[datetime]
    binned_at: Mapped[datetime]


class AuditEntry(Schema):
    """Who did what to which subject, on which laptop, with which program; triggers let it only be added to.

    `head` chains it to the entry before; `signature` closes one person's action. Entries of the first schema name
    neither device nor program.
    """

    __tablename__ = "audit"
    __table_args__ = (STRICT,)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    operator: Mapped[UUID]
    action: Mapped[str]
    subject: Mapped[bytes]
    detail: Mapped[bytes]
    device: Mapped[UUID | None]
    program: Mapped[str | None]
    head: Mapped[bytes]
    signature: Mapped[bytes | None]


class AuditKey(Schema):
    """The key the heads of the first schema's entries were made with, kept for when the vault gets a new master key."""

    __tablename__ = "audit_key"
    __table_args__ = (CheckConstraint("id = 1", name="one"), STRICT)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes]


class FeedEntry(Schema):
    """One item of the office's feed, kept as it came."""

    __tablename__ = "feed"
    __table_args__ = (STRICT,)
    cursor: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[int]
    body: Mapped[bytes]
    taken_at: Mapped[datetime]
