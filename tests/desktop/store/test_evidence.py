"""One person's evidence proves when he was enrolled and received, and every change of it shows."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop.store import audit, certificates, enrolments, evidence, proof, vault
from desktop.store.database import Store, check
from desktop.store.errors import UnknownRecord
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.proof import Proven, Verdict
from payung.bodies import Institution
from sync import exchange
from sync.trust import DeviceCertificate, OfficeRoot, ServerKeys, issue, issue_server_keys, verify
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer, officers
from tests.desktop.store.offices import Line, Office
from tests.laptops import DEVICE, OPERATOR, PASSPHRASE, kit

ROOT = OfficeRoot.generate()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def store(tmp_path: Path, office: Office) -> Any:  # noqa: ANN401
    """A laptop whose office vouches for its own reply key."""
    now = datetime.now(UTC)
    plain = kit()
    from_kit = verify(plain.device_certificate, plain.root_public, None)
    certificate = issue(ROOT, from_kit)
    server = ServerKeys(
        intake_public=office.intake_public,
        reply_public=office.reply_public,
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=30),
        serial=1,
    )
    made = replace(
        plain,
        root_public=ROOT.public,
        intake_public=office.intake_public,
        reply_public=office.reply_public,
        device_certificate=certificate,
        server_certificate=issue_server_keys(ROOT, server),
    )
    unlocked = vault.create(tmp_path / "data", operator=OPERATOR, passphrase=PASSPHRASE)
    with Store.create(tmp_path / "data", unlocked, made) as opened:
        yield opened


@pytest.fixture
def record(store: Store, office: Office) -> UUID:
    """Enrolled among others, printed, sent, changed, sent again."""
    enrolments.save_many(store, officers(5))
    saved = enrolments.save(store, officer(tps=9))
    certificates.allocate(store, [saved.id])
    send(store, office)
    enrolments.save(store, officer(tps=9, seat=saved.seat, phone="081200000001"), record_id=saved.id)
    send(store, office)
    return saved.id


def send(store: Store, office: Office) -> None:
    line = Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))
    exchange.run(StoreOutbox(store, store.unlocked), line, exchange_keys(store), clock=store.clock)


def judged(document: dict[str, Any], *, root: bytes = ROOT.public) -> Proven:
    return proof.verify(evidence.encoded(document), root_public=root)


def resigned(store: Store, document: dict[str, Any]) -> dict[str, Any]:
    """As a laptop that lies would sign it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    key = Ed25519PrivateKey.from_private_bytes(store.laptop.sign_private)
    return document | {"signature": b64encode(key.sign(proof.signed(document))).decode()}


def test_it_proves_with_the_root_alone_when_who_was_enrolled_and_received(store: Store, record: UUID) -> None:
    before = datetime.now(UTC)

    proven = judged(evidence.gather(store, record))

    assert (proven.verdict, proven.findings, proven.record) == (Verdict.GENUINE, (), record)
    assert len(proven.enrolled) == 2
    assert [one.revision for one in proven.received] == [1, 2]
    assert all(before - timedelta(minutes=1) < one.at <= before for one in proven.received)
    assert proven.unproven == 0


def test_it_names_nobody_else_and_no_mother_in_clear(store: Store, record: UUID) -> None:
    document = evidence.gather(store, record)
    text = evidence.encoded(document).decode()

    assert NAME in text
    assert NIK in text
    assert MOTHER not in text
    assert "PETUGAS" not in text
    bodies = [b64decode(one["body"]) for one in document["revisions"]]
    assert all(MOTHER.encode() in body for body in bodies)
    assert all(b"PETUGAS" not in body for body in bodies)


def test_prints_and_who_signed_are_in_it_and_making_it_is_audited(store: Store, record: UUID) -> None:
    document = evidence.gather(store, record)

    assert [one["kind"] for one in document["prints"]] == ["allocated", "printed"]
    (operator,) = document["operators"]
    assert operator["name"] == OPERATOR
    actions = [entry["action"] for action in document["audit"] for entry in action["entries"] if "number" in entry]
    assert actions == ["saved", "certified", "sealed", "settled", "saved", "sealed", "settled", "shown"]
    entries = [entry for action in document["audit"] for entry in action["entries"] if "number" in entry]
    assert {(entry["device"], entry["program"]) for entry in entries} == {(str(DEVICE), audit.program())}
    assert check(store).sound


def test_the_office_of_another_root_is_not_believed(store: Store, record: UUID) -> None:
    assert judged(evidence.gather(store, record), root=OfficeRoot.generate().public).verdict is Verdict.UNKNOWN_OFFICE


def test_a_laptop_the_root_never_signed_is_not_believed(store: Store, record: UUID) -> None:
    document = evidence.gather(store, record)
    now = datetime.now(UTC)
    own = DeviceCertificate(
        device=DEVICE,
        tag="7K3M",
        villages=("53.71.04.1001",),
        institution=Institution.KPU,
        event="latihan",
        sign_key=verify(store.laptop.device_certificate, ROOT.public, None).sign_key,
        seal_key=bytes(32),
        not_before=now,
        not_after=now + timedelta(days=9),
        serial=2,
    )
    forged = b64encode(issue(OfficeRoot.generate(), own)).decode()
    document["device"] = {"id": str(DEVICE), "certificate": forged}

    assert judged(resigned(store, document)).verdict is Verdict.UNKNOWN_OFFICE


def _set(*path: Any) -> Callable[[dict[str, Any]], None]:  # noqa: ANN401
    *way, last, value = path

    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in way:
            place = place[step]
        place[last] = value(place[last]) if callable(value) else value

    return change


def _flipped(text: str) -> str:
    content = bytearray(b64decode(text))
    content[-1] ^= 1
    return b64encode(bytes(content)).decode()


LIES = {
    "an earlier time": (_set("audit", 0, "entries", 0, "at", lambda at: at - 86_400_000), "evidence.audit"),
    "another operator's entry": (_set("audit", 0, "signature", _flipped), "evidence.audit"),
    "another body": (_set("revisions", 0, "hash", "00" * 32), "evidence.revision"),
    "a forged receipt": (_set("batches", 0, "receipt_signature", _flipped), "evidence.receipt"),
    "the receipt of another batch": (_set("batches", 0, "hash", "11" * 32), "evidence.batch"),
    "a revision that was not in the batch": (
        _set("batches", 0, "revisions", lambda hashes: [*hashes[:-1], "22" * 32]),
        "evidence.batch",
    ),
    "no entry of the saving": (_set("audit", lambda _: []), "evidence.unsigned"),
    "another reply key": (
        _set("office", lambda office: office | {"certificate": "", "certificates": []}),
        "evidence.reply_key",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_found_though_the_laptop_signs_it(store: Store, record: UUID, lie: str) -> None:
    change, finding = LIES[lie]
    document = deepcopy(evidence.gather(store, record))
    change(document)

    proven = judged(resigned(store, document))

    assert proven.verdict is Verdict.ALTERED
    assert finding in proven.findings


def test_a_change_after_it_was_signed_is_found(store: Store, record: UUID) -> None:
    document = evidence.gather(store, record)
    document["person"]["name"] = "ORANG LAIN"

    assert judged(document) == Proven(verdict=Verdict.ALTERED, record=record, findings=("evidence.signature",))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"payung_evidence": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_evidence_is_said_to_be_none(content: bytes) -> None:
    assert proof.verify(content, root_public=ROOT.public).verdict is Verdict.UNREADABLE


def test_nothing_of_the_shape_of_evidence_is_ever_an_error(store: Store, record: UUID) -> None:
    document = evidence.gather(store, record)
    for name in document:
        wrongs: tuple[Any, ...] = (None, 7, "x", [], {}, [{}], [None])
        for wrong in wrongs:
            text = json.dumps(document | {name: wrong}).encode()
            assert proof.verify(text, root_public=ROOT.public).verdict is not Verdict.GENUINE


def test_nobody_unknown_has_evidence(store: Store) -> None:
    with pytest.raises(UnknownRecord):
        evidence.gather(store, UUID(int=7))


def test_one_row_of_an_import_is_proven_without_the_others(store: Store, office: Office) -> None:
    saved = enrolments.save_many(store, officers(40))
    send(store, office)
    chosen = saved[17]
    assert isinstance(chosen, enrolments.Saved)

    document = evidence.gather(store, chosen.id)

    assert judged(document).verdict is Verdict.GENUINE
    (action, *_) = document["audit"]
    assert sum("number" in entry for entry in action["entries"]) == 1
    assert sum("digest" in entry for entry in action["entries"]) == 39
