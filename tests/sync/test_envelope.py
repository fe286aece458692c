from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from sync import envelope
from sync.compression import deflate, inflate
from sync.envelope import MessageKind, Opened
from sync.errors import (
    DeviceRevoked,
    NotAuthorised,
    Refused,
    SequenceForked,
    SyncError,
    TooLarge,
    Unreadable,
    VersionTooOld,
)
from tests.sync import samples

HEADER = 15


def opened(sealed: bytes) -> Opened:
    """What the office's intake reads."""
    return envelope.open_sealed(sealed, kind=MessageKind.BATCH, keys=samples.INTAKE_KEYS, verifier=samples.knows_device)


def test_a_sealed_batch_is_opened_by_the_office() -> None:
    made = samples.batch()
    assert opened(samples.sealed(made)) == Opened(made.encode(), samples.DEVICE.bytes)


def test_nothing_stands_in_the_clear_but_the_header() -> None:
    sealed = samples.sealed(samples.batch())
    other = samples.sealed(samples.batch())

    assert sealed[:HEADER] == b"PYNG\x01\x01\x01" + next(iter(samples.INTAKE_KEYS))
    assert sealed[HEADER:] != other[HEADER:]
    assert samples.DEVICE.bytes not in sealed
    assert b"Contoh" not in sealed


def test_another_office_cannot_open_it() -> None:
    sealed = samples.sealed(samples.batch())
    stranger = X25519PrivateKey.from_private_bytes(b"\x09" * 32)
    for keys in ({}, {sealed[HEADER - 8 : HEADER]: stranger}):
        with pytest.raises(Unreadable):
            envelope.open_sealed(sealed, kind=MessageKind.BATCH, keys=keys, verifier=samples.knows_device)


def test_an_unknown_device_is_not_authorised() -> None:
    sealed = samples.sealed(samples.batch())
    with pytest.raises(NotAuthorised):
        envelope.open_sealed(sealed, kind=MessageKind.BATCH, keys=samples.INTAKE_KEYS, verifier=lambda _signer: None)


def test_a_batch_signed_by_another_key_is_not_authorised() -> None:
    made = samples.batch().encode()
    sealed = envelope.sign_and_seal(
        made,
        kind=MessageKind.BATCH,
        signer=samples.STRANGER,
        signer_id=samples.DEVICE.bytes,
        to=samples.INTAKE.public_key(),
    )
    with pytest.raises(NotAuthorised):
        opened(sealed)


def test_a_reply_is_no_batch_and_a_batch_no_reply() -> None:
    made = samples.batch().encode()
    for kind in (MessageKind.REPLY, MessageKind.BATCH):
        sealed = envelope.sign_and_seal(
            made, kind=kind, signer=samples.SIGN, signer_id=samples.DEVICE.bytes, to=samples.INTAKE.public_key()
        )
        other = MessageKind.BATCH if kind is MessageKind.REPLY else MessageKind.REPLY
        with pytest.raises(Unreadable):
            envelope.open_sealed(sealed, kind=other, keys=samples.INTAKE_KEYS, verifier=samples.knows_device)


def test_a_message_sealed_anew_by_its_reader_for_a_third_is_not_authorised() -> None:
    """The signature names the recipient: an office cannot pass a laptop's batch on as sent to another office."""
    third = X25519PrivateKey.from_private_bytes(b"\x0a" * 32)
    content = unsealed(samples.sealed(samples.batch()))
    header = b"PYNG\x01\x01\x01" + envelope.key_id(third.public_key().public_bytes_raw())
    forwarded = header + hpke().encrypt(content, third.public_key(), info=b"payung message 1\x00" + header)
    with pytest.raises(NotAuthorised):
        envelope.open_sealed(
            forwarded, kind=MessageKind.BATCH, keys={header[-8:]: third}, verifier=samples.knows_device
        )


def test_caps_hold_before_and_after_inflation() -> None:
    sealed = samples.sealed(samples.batch())
    with pytest.raises(TooLarge):
        envelope.open_sealed(
            sealed,
            kind=MessageKind.BATCH,
            keys=samples.INTAKE_KEYS,
            verifier=samples.knows_device,
            cap=len(sealed) - 1,
        )
    with pytest.raises(TooLarge):
        opened(signed(deflated(bytes(envelope.INFLATED_CAP + 1))))
    with pytest.raises(ValueError, match="8 MiB"):
        envelope.sign_and_seal(
            bytes(envelope.INFLATED_CAP + 1),
            kind=MessageKind.BATCH,
            signer=samples.SIGN,
            signer_id=samples.DEVICE.bytes,
            to=samples.INTAKE.public_key(),
        )


def test_a_hundred_megabytes_of_nothing_are_stopped_at_the_cap() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    with pytest.raises(TooLarge):
        inflate(bomb, cap=envelope.INFLATED_CAP)


@pytest.mark.parametrize("spoil", [lambda d: d[:-1], lambda d: d + b"\x00", lambda _d: b"", lambda d: b"\xff" + d])
def test_a_signed_stream_that_is_cut_or_trailed_is_unreadable(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Unreadable):
        opened(signed(spoil(deflated(b"contoh" * 50))))


@given(st.binary(max_size=3000))
def test_whatever_is_deflated_inflates_again(data: bytes) -> None:
    assert inflate(deflate(data), cap=3000) == data


@pytest.mark.parametrize(
    ("header", "trouble"),
    [
        (b"PYNG\x02\x01\x01", VersionTooOld),
        (b"PYNG\x00\x01\x01", Unreadable),
        (b"PYNG\x01\x02\x01", Unreadable),
        (b"PYNG\x01\x00\x01", Unreadable),
        (b"PYNG\x01\x01\x09", Unreadable),
        (b"PYNH\x01\x01\x01", Unreadable),
        (b"", Unreadable),
        (b"PYNG", Unreadable),
    ],
)
def test_headers_of_others_are_told_apart(header: bytes, trouble: type[SyncError]) -> None:
    with pytest.raises(trouble):
        envelope.peek(header + bytes(8) if len(header) > 4 else header)


def test_three_thousand_spoilt_messages_are_all_refused() -> None:
    """Bits, bytes, cuts, joins, swaps; before the seal and, with a right seal, behind it."""
    chance = random.Random(20290214)
    sealed = samples.sealed(samples.batch())
    content = unsealed(sealed)
    accepted = others = 0
    for _ in range(3000):
        try:
            if chance.random() < 0.5:
                opened(spoilt(sealed, chance))
            else:
                opened(resealed(spoilt(content, chance)))
        except (Unreadable, NotAuthorised, VersionTooOld):
            continue
        except Exception:  # noqa: BLE001 - whatever else it is must be counted
            others += 1
        else:
            accepted += 1
    assert (accepted, others) == (0, 0)


@pytest.mark.parametrize(
    ("reason", "trouble"), [("revoked", DeviceRevoked), ("fork", SequenceForked), ("event", Refused)]
)
def test_a_signed_refusal_names_its_reason(reason: str, trouble: type[Refused]) -> None:
    sealed = samples.sealed(samples.batch())
    answer = envelope.refuse(sealed, reason=reason, at=samples.NOW, reply_key=samples.REPLY)
    refusal = envelope.read_refusal(answer, of=sealed, reply_keys={b"": samples.REPLY.public_key()})

    assert type(refusal) is trouble
    assert refusal.reason == reason


def test_a_refusal_of_another_batch_or_by_another_key_does_not_count() -> None:
    sealed = samples.sealed(samples.batch())
    answer = envelope.refuse(sealed, reason="revoked", at=samples.NOW, reply_key=samples.REPLY)
    with pytest.raises(Unreadable):
        envelope.read_refusal(answer, of=sealed + b"\x00", reply_keys={b"": samples.REPLY.public_key()})
    with pytest.raises(NotAuthorised):
        envelope.read_refusal(answer, of=sealed, reply_keys={b"": samples.STRANGER.public_key()})


def test_spoilt_refusals_are_all_refused() -> None:
    chance = random.Random(7)
    sealed = samples.sealed(samples.batch())
    answer = envelope.refuse(sealed, reason="fork", at=samples.NOW, reply_key=samples.REPLY)
    for _ in range(500):
        with pytest.raises((Unreadable, NotAuthorised, VersionTooOld)):
            envelope.read_refusal(spoilt(answer, chance), of=sealed, reply_keys={b"": samples.REPLY.public_key()})


def hpke() -> Suite:
    """The suite of the wire, from outside."""
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def unsealed(sealed: bytes) -> bytes:
    """Signer id, signature and deflated body."""
    return hpke().decrypt(sealed[HEADER:], samples.INTAKE, info=b"payung message 1\x00" + sealed[:HEADER])


def resealed(content: bytes) -> bytes:
    """A right seal around whatever it is."""
    header = b"PYNG\x01\x01\x01" + next(iter(samples.INTAKE_KEYS))
    return header + hpke().encrypt(content, samples.INTAKE.public_key(), info=b"payung message 1\x00" + header)


def signed(packed: bytes, *, signer: Ed25519PrivateKey = samples.SIGN) -> bytes:
    """A right signature and seal around whatever is said to be deflated."""
    header = b"PYNG\x01\x01\x01" + next(iter(samples.INTAKE_KEYS))
    device = samples.DEVICE.bytes
    return resealed(device + signer.sign(b"payung message 1\x00" + header + device + packed) + packed)


def deflated(data: bytes) -> bytes:
    """A plain stream, without the dictionary."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one fault, never the same bytes."""
    at = chance.randrange(len(data))
    match chance.randrange(6):
        case 0:
            made = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case 1:
            made = data[:at]
        case 2:
            made = data[:at] + chance.randbytes(1 + at % 5) + data[at:]
        case 3:
            made = data[:at] + data[at + 1 + chance.randrange(9) :]
        case 4:
            made = data + chance.randbytes(1 + at % 40)
        case _:
            made = data[at:] + data[:at]
    return made if made != data else data + b"\x00"


def test_a_reply_is_opened_by_its_device() -> None:
    made = samples.reply(samples.batch())
    device = {envelope.key_id(samples.SEAL.public_key().public_bytes_raw()): samples.SEAL}
    server = envelope.signer_id(samples.REPLY_PUBLIC)
    found = envelope.open_sealed(
        samples.sealed_reply(replace(made, cursor=9)),
        kind=MessageKind.REPLY,
        keys=device,
        verifier={server: samples.REPLY.public_key()}.get,
    )
    assert found == Opened(replace(made, cursor=9).encode(), server)
