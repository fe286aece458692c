"""Invented senders, keys and persons for the wire's tests; every secret here is a row of equal bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from payung.bodies import Institution
from payung.facts import Facts
from payung.person import Blood, Sex
from sync.batch import Batch, Health, batch_hash, sign_revisions
from sync.envelope import MessageKind, key_id, sign_and_seal, signer_id
from sync.exchange import Keys, Sealed
from sync.ledger import LedgerEvent, LedgerKind
from sync.reply import Receipt, Reply, Verdict, VerdictKind, sign_receipt
from sync.revision import Kind, Revision
from sync.trust import DeviceCertificate, OfficeRoot

NOW = datetime(2029, 1, 21, 8, 30, 15, 250_000, tzinfo=UTC)
DEVICE = UUID("019a0000-0000-7000-8000-00000000d001")
OPERATOR = UUID("019a0000-0000-7000-8000-00000000e001")
OTHER_OPERATOR = UUID("019a0000-0000-7000-8000-00000000e002")
VILLAGE = "53.71.04.1001"
EPOCH = bytes(range(16))

SIGN = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
SEAL = X25519PrivateKey.from_private_bytes(b"\x02" * 32)
INTAKE = X25519PrivateKey.from_private_bytes(b"\x03" * 32)
REPLY = Ed25519PrivateKey.from_private_bytes(b"\x04" * 32)
OPERATOR_KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
OTHER_OPERATOR_KEY = Ed25519PrivateKey.from_private_bytes(b"\x06" * 32)
ROOT = OfficeRoot.from_bytes(b"\x07" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)

REPLY_PUBLIC = REPLY.public_key().public_bytes_raw()
INTAKE_KEYS = {key_id(INTAKE.public_key().public_bytes_raw()): INTAKE}
KEYS = Keys(device=DEVICE, seal_private=SEAL, reply_public=(REPLY_PUBLIC,))


def knows_device(signer: bytes) -> Ed25519PublicKey | None:
    """The office's answer to who signs: it knows one device."""
    return SIGN.public_key() if signer == DEVICE.bytes else None


def facts(row: int = 1, **changes: Any) -> Facts:  # noqa: ANN401
    """One officer of TPS 1 and on, different in every row."""
    born = date(1970, 1, 1) + timedelta(days=211 * row)
    sex = Sex.P if row % 3 else Sex.L
    day = born.day + (40 if sex is Sex.P else 0)
    person = Facts(
        place=VILLAGE,
        post="kpps-anggota",
        tps=1 + row // 6,
        seat=2 + row % 6,
        nik=f"537104{day:02}{born.month:02}{born.year % 100:02}99{row % 100:02}",
        name=f"Maria Contoh {row}",
        birthplace="Kupang",
        birthdate=born,
        sex=sex,
        phone=f"+62812990{row:05}",
        rt=1 + row % 9,
        rw=2,
    )
    return replace(person, **changes)


def complete_facts() -> Facts:
    """Every field filled, some of them against the grain of the packing."""
    return facts(
        7,
        nik="5371 belum",
        phone="0380 12-34",
        address="Jl. Contoh No. 7\nbelakang gereja",
        mother="Yuliana Contoh",
        decree_number="04/PP.04.1-Kpt/5371042001/2029",
        decree_date=date(2029, 1, 20),
        married=True,
        blood=Blood.AB,
        postcode="85111",
        email="contoh@contoh.id",
        has_kpj=True,
        kpj="10012345678",
        asn=False,
        confirmed=("nik.birthdate", "age.max"),
    )


def revision(row: int = 1, **changes: Any) -> Revision:  # noqa: ANN401
    """The first version of the row's officer."""
    made = Revision(
        record=UUID(int=(0x019A_0000_0000 + row) << 80 | 0x7000_8000_0000_0000_0000 | row * 0x9E37_79B9),
        number=1,
        parent=None,
        kind=Kind.SAVED,
        at=NOW + timedelta(seconds=37 * row),
        operator=OPERATOR,
        facts=facts(row),
        event_version=3,
    )
    return replace(made, **changes)


def of_every_kind() -> tuple[Revision, ...]:
    """A first version, a later one, a withdrawal, an end of term with its successor, one of another operator."""
    first = revision(1)
    second = revision(1, number=2, parent=first.hash(), facts=complete_facts(), open_warnings=("age.max",))
    withdrawn = revision(2, number=2, parent=b"\x11" * 32, kind=Kind.WITHDRAWN, facts=None, reason="salah TPS")
    ended = revision(3, number=4, parent=b"\x12" * 32, kind=Kind.ENDED, reason="meninggal", successor=first.record)
    later = revision(4, operator=OTHER_OPERATOR, extra=b"\xa1\x18\x40\x01")
    return first, second, withdrawn, ended, later


def batch(revisions: tuple[Revision, ...] | None = None, **changes: Any) -> Batch:  # noqa: ANN401
    """A signed-by-operators batch of these revisions (of every kind when not given)."""
    rows = of_every_kind() if revisions is None else revisions
    people = {OPERATOR: OPERATOR_KEY, OTHER_OPERATOR: OTHER_OPERATOR_KEY}
    made = Batch(
        device=DEVICE,
        sequence=12,
        previous=b"\x13" * 32,
        event="latihan",
        at=NOW,
        counter=512,
        cursor=44,
        epoch=EPOCH,
        health=Health(app_version="0.1.0", free_bytes=10**11, counts={"draft": 3, "ready": 9}, oldest_unsent=NOW),
        revisions=rows,
        signatures=tuple(
            sign_revisions(operator, key, device=DEVICE, revisions=rows)
            for operator, key in people.items()
            if any(row.operator == operator for row in rows)
        ),
    )
    return replace(made, **changes)


def ledger() -> tuple[LedgerEvent, ...]:
    """A certificate's events: of a record of the batch, and of one that is not in it."""
    record = revision(1).record
    other = UUID("019a0000-0000-7000-8000-00000000f001")
    return (
        LedgerEvent(
            number="PYG-7K3M-0001X", kind=LedgerKind.ALLOCATED, record=record, revision=1, at=NOW, operator=OPERATOR
        ),
        LedgerEvent(
            number="PYG-7K3M-0001X",
            kind=LedgerKind.PRINTED,
            record=record,
            revision=1,
            at=NOW,
            operator=OPERATOR,
            copy=2,
        ),
        LedgerEvent(
            number="PYG-7K3M-00029", kind=LedgerKind.SPOILED, record=other, revision=5, at=NOW, operator=OTHER_OPERATOR
        ),
    )


def sealed(made: Batch) -> bytes:
    """The batch as the laptop seals it."""
    return sign_and_seal(
        made.encode(), kind=MessageKind.BATCH, signer=SIGN, signer_id=DEVICE.bytes, to=INTAKE.public_key()
    )


def in_flight(made: Batch) -> Sealed:
    """The batch as the outbox keeps it until it is settled."""
    return Sealed(
        data=sealed(made), sequence=made.sequence, batch_hash=batch_hash(made.encode()), revisions=made.keys()
    )


def receipt(made: Batch, **changes: Any) -> Receipt:  # noqa: ANN401
    """What the office writes for the batch."""
    plain = Receipt(
        device=made.device,
        batch_hash=batch_hash(made.encode()),
        sequence=made.sequence,
        count=len(made.revisions),
        at=NOW,
        epoch=EPOCH,
    )
    return replace(plain, **changes)


def reply(made: Batch, **changes: Any) -> Reply:  # noqa: ANN401
    """The office's answer: all accepted."""
    keys = made.keys()
    plain = Reply(
        at=NOW,
        epoch=EPOCH,
        receipt=sign_receipt(receipt(made), REPLY),
        verdicts=tuple(
            Verdict(record=key.record, revision_number=key.number, hash=key.hash, kind=VerdictKind.ACCEPTED)
            for key in keys
        ),
        cursor=44,
    )
    return replace(plain, **changes)


def sealed_reply(made: Reply, *, key: Ed25519PrivateKey = REPLY, to: X25519PrivateKey = SEAL) -> bytes:
    """The reply as the server seals it."""
    return sign_and_seal(
        made.encode(),
        kind=MessageKind.REPLY,
        signer=key,
        signer_id=signer_id(key.public_key().public_bytes_raw()),
        to=to.public_key(),
    )


def device_certificate(**changes: Any) -> DeviceCertificate:  # noqa: ANN401
    """The laptop's right to write for one village."""
    made = DeviceCertificate(
        device=DEVICE,
        tag="7K3M",
        villages=(VILLAGE,),
        institution=Institution.KPU,
        event="latihan",
        sign_key=SIGN.public_key().public_bytes_raw(),
        seal_key=SEAL.public_key().public_bytes_raw(),
        not_before=NOW - timedelta(days=1),
        not_after=NOW + timedelta(days=29),
        serial=17,
    )
    return replace(made, **changes)
