"""What laptop and office say to each other: `Batch` and `Reply`, canonical, versioned and frozen.

A batch is answered revision by revision (`Verdict`), and as a whole by a signed `Receipt`. The formats are final: later
versions only add, in the key range for additions (`sync.shape.ADDITIVE`) or in `Revision.extra`.
"""

from __future__ import annotations

from sync.batch import (
    EPOCH_LENGTH,
    Batch,
    Health,
    OperatorSignature,
    batch_hash,
    sign_revisions,
    verify_operators,
)
from sync.feed import (
    Body,
    Correction,
    CoverNews,
    DataFile,
    Decision,
    FeedItem,
    FeedKind,
    Kpj,
    LaterVerdict,
    Message,
    NewDeviceCertificate,
    NewServerKeys,
    Revocation,
    Revoked,
    TpsEntry,
    TpsList,
    Unknown,
    decode_body,
    encode_body,
)
from sync.ledger import LedgerEvent, LedgerKind
from sync.reply import (
    FieldDifference,
    Receipt,
    Reply,
    SignedReceipt,
    Verdict,
    VerdictKind,
    sign_receipt,
    verify_receipt,
)
from sync.revision import HASH_LENGTH, Kind, Revision, RevisionKey

__all__ = [
    "EPOCH_LENGTH",
    "HASH_LENGTH",
    "Batch",
    "Body",
    "Correction",
    "CoverNews",
    "DataFile",
    "Decision",
    "FeedItem",
    "FeedKind",
    "FieldDifference",
    "Health",
    "Kind",
    "Kpj",
    "LaterVerdict",
    "LedgerEvent",
    "LedgerKind",
    "Message",
    "NewDeviceCertificate",
    "NewServerKeys",
    "OperatorSignature",
    "Receipt",
    "Reply",
    "Revision",
    "RevisionKey",
    "Revocation",
    "Revoked",
    "SignedReceipt",
    "TpsEntry",
    "TpsList",
    "Unknown",
    "Verdict",
    "VerdictKind",
    "batch_hash",
    "decode_body",
    "encode_body",
    "sign_receipt",
    "sign_revisions",
    "verify_operators",
    "verify_receipt",
]
