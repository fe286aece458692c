"""The tables as queries see them. Migrations make them; a test holds that both say the same.

No name and no NIK stands in any column: bodies are sealed with a key from the key folder, a NIK is an HMAC.
"""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_MOMENT = DateTime(timezone=True)
_NOW = text("now()")

installation = Table(
    "installation",
    metadata,
    Column("one", SmallInteger, CheckConstraint("one = 1", name="installation_one_check"), primary_key=True),
    Column("epoch", LargeBinary, nullable=False),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
)
event = Table(
    "event",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
)
office = Table(
    "office",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("region", Text, nullable=False),
    Column("institution", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False, server_default=text("''")),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
    UniqueConstraint("region", "institution", name="office_place_key"),
)
account = Table(
    "account",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("office", Uuid, ForeignKey("office.id", name="account_office_fkey"), nullable=False),
    Column("login", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("locked_until", _MOMENT),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
    UniqueConstraint("login", name="account_login_key"),
)
session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account", Uuid, ForeignKey("account.id", name="session_account_fkey", ondelete="CASCADE"), nullable=False),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
    Column("seen_at", _MOMENT, nullable=False, server_default=_NOW),
    Column("ends_at", _MOMENT, nullable=False),
)
tps = Table(
    "tps",
    metadata,
    Column("event", Text, ForeignKey("event.code", name="tps_event_fkey"), primary_key=True),
    Column("village", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("special", Boolean, nullable=False),
    Column("address", Text, nullable=False, server_default=text("''")),
    Column("voters", Integer),
)
device = Table(
    "device",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tag", Text, nullable=False),
    Column("event", Text, ForeignKey("event.code", name="device_event_fkey"), nullable=False),
    Column("institution", Text, nullable=False),
    Column("villages", ARRAY(Text), nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("sign_key", LargeBinary, nullable=False),
    Column("seal_key", LargeBinary, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'issued'")),
    Column("sequence", BigInteger, nullable=False, server_default=text("0")),
    Column("head", LargeBinary),
    Column("feed_cursor", BigInteger, nullable=False, server_default=text("0")),
    Column("health", JSONB),
    Column("skew_seconds", Integer),
    Column("issued_at", _MOMENT, nullable=False, server_default=_NOW),
    Column("first_contact", _MOMENT),
    Column("last_contact", _MOMENT),
    UniqueConstraint("tag", name="device_tag_key"),
)
batch = Table(
    "batch",
    metadata,
    Column("device", Uuid, ForeignKey("device.id", name="batch_device_fkey"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("previous", LargeBinary),
    Column("count", Integer, nullable=False),
    Column("device_at", _MOMENT, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("signatures", LargeBinary, nullable=False),
)
enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("event", Text, nullable=False),
    Column("place", Text(collation="C"), nullable=False),
    Column("tps", Integer),
    Column("post", Text, nullable=False),
    Column("seat", Integer),
    Column("institution", Text, nullable=False),
    Column("nik", LargeBinary),
    Column("term_start", Date),
    Column("term_end", Date),
    Column("number", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("device", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("flags", Integer, nullable=False, server_default=text("0")),
    Column("received_at", _MOMENT, nullable=False),
    Column("changed_at", _MOMENT, nullable=False),
)
Index("enrolment_place", enrolment.c.place)
Index("enrolment_nik", enrolment.c.nik)
revision = Table(
    "revision",
    metadata,
    Column("record", Uuid, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("parent", LargeBinary),
    Column("kind", Text, nullable=False),
    Column("conflict", Boolean, nullable=False),
    Column("at", _MOMENT, nullable=False),
    Column("operator", Uuid, nullable=False),
    Column("device", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
)
backlog = Table(
    "backlog",
    metadata,
    Column("record", Uuid, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("device", Uuid, ForeignKey("device.id", name="backlog_device_fkey"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("villages", ARRAY(Text), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("record", Uuid, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("device", Uuid, ForeignKey("device.id", name="quarantine_device_fkey"), primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
)
ledger = Table(
    "ledger",
    metadata,
    Column("device", Uuid, ForeignKey("device.id", name="ledger_device_fkey"), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("copy", Integer, primary_key=True),
    Column("record", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("operator", Uuid, nullable=False),
    Column("at", _MOMENT, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
)
feed = Table(
    "feed",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("device", Uuid, ForeignKey("device.id", name="feed_device_fkey"), nullable=False),
    Column("cursor", BigInteger),
    Column("kind", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", _MOMENT, nullable=False, server_default=_NOW),
    UniqueConstraint("device", "cursor", name="feed_cursor_key"),
)
duplicate = Table(
    "duplicate",
    metadata,
    Column("first", Uuid, ForeignKey("enrolment.id", name="duplicate_first_fkey"), primary_key=True),
    Column("second", Uuid, ForeignKey("enrolment.id", name="duplicate_second_fkey"), primary_key=True),
    Column("found_at", _MOMENT, nullable=False, server_default=_NOW),
    Column("decided_at", _MOMENT),
)
incident = Table(
    "incident",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("device", Uuid, ForeignKey("device.id", name="incident_device_fkey"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", _MOMENT, nullable=False),
    UniqueConstraint("device", "sequence", "hash", name="incident_batch_key"),
)
operator = Table(
    "operator",
    metadata,
    Column("device", Uuid, ForeignKey("device.id", name="operator_device_fkey"), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("first_seen", _MOMENT, nullable=False),
)
