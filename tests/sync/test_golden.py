"""Bytes of version 1 as they were first shipped (tests/data/wire): what laptops hold in flight must be read for ever.

When one of these fails the format has drifted. Do not make the files anew: a changed format is a new version beside it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

import resources
from sync import certificate_code, envelope, exchange, kit, trust
from sync.batch import Batch
from sync.envelope import MessageKind
from sync.errors import SequenceForked
from sync.exchange import Sealed
from sync.reply import Receipt, Reply
from sync.revision import Revision
from tests.sync import samples
from tests.sync.test_certificate_code import claims
from tests.sync.test_kit import CODE, a_kit
from tests.sync.test_reply import of_every_verdict
from tests.sync.test_trust import SERVER_KEYS


@pytest.fixture
def wire(data: Path) -> Path:
    return data / "wire"


def test_the_dictionary_is_the_shipped_one() -> None:
    found = sha256(resources.read("wire", "records-1.dict")).hexdigest()
    assert found == "ef62e7696d0209b09f9a4d7bf60f71122f17fcf86d33044a2af4906addf30ba3"


def test_a_revision_is_hashed_as_ever() -> None:
    full = samples.revision(facts=samples.complete_facts(), open_warnings=("age.max",))
    assert full.hash().hex() == "b8e3589b6f91d6501e1713a6411557806083c3590eac8eb449aa36f50a9387ca"


def test_a_batch_is_written_and_read_as_ever(wire: Path) -> None:
    shipped = (wire / "batch-1.cbor").read_bytes()
    made = samples.batch(ledger=samples.ledger())

    assert made.encode() == shipped
    assert Batch.decode(shipped) == made


def test_a_revisions_body_is_written_and_read_as_ever(wire: Path) -> None:
    shipped = (wire / "revision-1.cbor").read_bytes()
    made = samples.revision(facts=samples.complete_facts())

    assert made.body() == shipped
    assert Revision.decode(shipped) == made


def test_a_reply_is_written_and_read_as_ever(wire: Path) -> None:
    shipped = (wire / "reply-1.cbor").read_bytes()
    made = of_every_verdict()

    assert made.encode() == shipped
    assert Reply.decode(shipped, of=samples.batch().keys()) == made


def test_a_receipt_is_written_and_read_as_ever(wire: Path) -> None:
    shipped = (wire / "receipt-1.cbor").read_bytes()
    assert samples.receipt(samples.batch()).encode() == shipped
    assert Receipt.decode(shipped) == samples.receipt(samples.batch())


def test_a_sealed_batch_is_opened_as_ever(wire: Path) -> None:
    opened = envelope.open_sealed(
        (wire / "batch-1.payung").read_bytes(),
        kind=MessageKind.BATCH,
        keys=samples.INTAKE_KEYS,
        verifier=samples.knows_device,
    )
    assert opened.body == (wire / "batch-1.cbor").read_bytes()


def test_a_sealed_reply_is_opened_as_ever(wire: Path) -> None:
    flight = samples.in_flight(samples.batch())
    reply = exchange.open_reply((wire / "reply-1.payung").read_bytes(), flight, samples.KEYS)
    assert reply == of_every_verdict()


def test_a_refusal_is_read_as_ever(wire: Path) -> None:
    answer = (wire / "refusal-1.payung").read_bytes()
    refused = (wire / "batch-1.payung").read_bytes()
    refusal = envelope.read_refusal(answer, of=refused, reply_keys={b"": samples.REPLY.public_key()})

    assert envelope.refuse(refused, reason="fork", at=samples.NOW, reply_key=samples.REPLY) == answer
    assert isinstance(refusal, SequenceForked)


def test_certificates_are_written_and_read_as_ever(wire: Path) -> None:
    device = (wire / "device-1.cert").read_bytes()
    server = (wire / "server-1.cert").read_bytes()

    assert trust.issue(samples.ROOT, samples.device_certificate()) == device
    assert trust.verify(device, samples.ROOT.public, samples.NOW) == samples.device_certificate()
    assert trust.issue_server_keys(samples.ROOT, SERVER_KEYS) == server
    assert trust.verify_server_keys(server, samples.ROOT.public, samples.NOW) == SERVER_KEYS


def test_a_kit_is_opened_as_ever(wire: Path) -> None:
    assert kit.open_kit((wire / "kit-1.payung-kit").read_bytes(), CODE) == a_kit()


def test_a_printed_code_is_written_and_read_as_ever(wire: Path) -> None:
    shipped = (wire / "code-1.txt").read_text(encoding="ascii")
    certificate = (wire / "device-1.cert").read_bytes()

    assert certificate_code.encode(claims(), sign=samples.SIGN, certificate=certificate) == shipped
    assert certificate_code.verify(shipped, samples.ROOT.public, samples.NOW).claims == claims()


def test_a_batch_in_flight_is_named_by_what_it_says_not_by_its_seal() -> None:
    made = samples.batch()
    first, second = samples.in_flight(made), samples.in_flight(made)

    assert isinstance(first, Sealed)
    assert first.data != second.data
    assert first.batch_hash == second.batch_hash
