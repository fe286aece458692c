"""The office's way into a laptop: only for the laptop, the request and the office it was made for."""

from __future__ import annotations

import contextlib
import os
import random
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import recovery
from sync.envelope import key_id
from sync.errors import SyncError
from sync.recovery import AnswerForeign, OtherOffice, RecoveryUnreadable, Request, SlotForeign

VAULT, DEVICE = UUID(int=7), UUID(int=8)
INTAKE, REPLY, FRESH = X25519PrivateKey.generate(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
MASTERS = (os.urandom(32), os.urandom(32))
AT = datetime(2029, 1, 20, 3, 4, 5, tzinfo=UTC)


def raw(private: X25519PrivateKey | Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def request(**changes: object) -> bytes:
    said: dict[str, object] = {
        "vault": VAULT,
        "device": DEVICE,
        "operator": "Siti Benu",
        "office": key_id(raw(INTAKE)),
        "sealed": recovery.seal_slot(MASTERS, to=raw(INTAKE), vault=VAULT, device=DEVICE),
        "ephemeral": raw(FRESH),
        "at": AT,
    }
    return Request(**(said | changes)).encode()  # type: ignore[arg-type]


def answer(asked: bytes, *, intake: X25519PrivateKey = INTAKE, reply: Ed25519PrivateKey = REPLY) -> bytes:
    return recovery.answer(asked, intake=intake, reply=reply, at=AT)


def opened(data: bytes, asked: bytes, *, fresh: X25519PrivateKey = FRESH) -> tuple[bytes, ...]:
    return recovery.open_answer(data, request=asked, ephemeral=fresh, reply_public=raw(REPLY))


def test_the_office_gives_the_keys_back_to_who_asked() -> None:
    asked = request()

    assert opened(answer(asked), asked) == MASTERS
    assert recovery.read_request(asked).operator == "Siti Benu"
    assert len(asked) < 400
    assert len(answer(asked)) < 400


def test_request_and_answer_travel_as_text_too() -> None:
    asked = request()
    text = recovery.to_text(asked)

    assert text.startswith("PYR1:")
    assert recovery.read_request(f"{text}\n".encode()) == recovery.read_request(asked)
    replied = answer(text.encode())
    assert opened(recovery.to_text(replied).encode(), asked) == MASTERS


def test_the_code_is_the_same_on_both_sides_and_another_for_another_request() -> None:
    asked, other = request(), request()

    assert recovery.code(asked) == recovery.code(recovery.bytes_of(recovery.to_text(asked).encode()))
    assert recovery.code(asked) != recovery.code(other)
    assert len(recovery.code(asked)) == 9


def test_neither_keys_nor_slot_stand_in_clear() -> None:
    asked = request()
    replied = answer(asked)

    assert not any(master in part for master in MASTERS for part in (asked, replied))


def test_another_office_cannot_answer() -> None:
    with pytest.raises(OtherOffice):
        answer(request(), intake=X25519PrivateKey.generate())


@pytest.mark.parametrize(
    "changes",
    [
        {"vault": uuid4()},
        {"device": uuid4()},
        {"sealed": b""},
        {"sealed": os.urandom(80)},
        {"sealed": recovery.seal_slot(MASTERS, to=raw(INTAKE), vault=VAULT, device=uuid4())},
    ],
)
def test_a_slot_under_another_laptops_name_is_not_opened(changes: dict[str, object]) -> None:
    with pytest.raises(SlotForeign):
        answer(request(**changes))


def test_an_answer_serves_its_own_request_only() -> None:
    asked, other = request(), request(operator="Domi Lay")

    with pytest.raises(AnswerForeign):
        opened(answer(asked), other)
    with pytest.raises(AnswerForeign):
        opened(answer(asked), request(device=uuid4()))
    with pytest.raises(AnswerForeign):
        opened(answer(asked), asked, fresh=X25519PrivateKey.generate())


def test_an_answer_nobody_of_the_office_signed_is_refused() -> None:
    asked = request()

    with pytest.raises(AnswerForeign):
        opened(answer(asked, reply=Ed25519PrivateKey.generate()), asked)


@pytest.mark.parametrize(
    "broken", [b"", b"PYRQ", b"PYRA" + bytes(200), b"PYR1:", b"PYR1:###", b"x" * 100_000, "PYR1:é".encode()]
)
def test_what_is_no_request_is_told(broken: bytes) -> None:
    with pytest.raises(RecoveryUnreadable):
        recovery.read_request(broken)
    with pytest.raises(RecoveryUnreadable):
        opened(broken.replace(b"PYRA", b"PYRQ"), request())


def test_a_fresh_key_that_is_no_key_makes_no_answer() -> None:
    with pytest.raises(RecoveryUnreadable):
        answer(request(ephemeral=bytes(32)))


@pytest.mark.parametrize("masters", [(), (b"short",), (bytes(32),) * 65])
def test_a_slot_holds_whole_keys_only(masters: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        recovery.seal_slot(masters, to=raw(INTAKE), vault=VAULT, device=DEVICE)


def test_changed_bytes_are_never_taken_and_never_break_the_program() -> None:
    chance = random.Random(20290120)
    asked = request()
    replied = answer(asked)
    taken = 0
    for _ in range(3000):
        changed = bytearray(replied)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        cut = bytes(changed[: chance.randint(0, len(changed))]) if chance.random() < 0.2 else bytes(changed)
        try:
            opened(cut, asked)
            taken += cut != replied
        except SyncError:
            pass
        mixed = bytearray(asked)
        mixed[chance.randrange(len(mixed))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(SyncError):
            answer(bytes(mixed))

    assert taken == 0


def test_a_scanned_text_may_be_pasted_by_any_editor() -> None:
    asked = request()
    text = recovery.to_text(asked)

    for pasted in (f"\ufeff{text}\r\n", f"\n  {text}\n\n", text):
        assert recovery.bytes_of(pasted.encode()) == asked
