"""Who was on a laptop, as it travels to the office."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import roll as rolls
from sync.canonical import canonical, decode_canonical
from sync.envelope import MessageKind, key_id, peek
from sync.errors import NotAuthorised, Unreadable
from sync.roll import Custody, Listed, Roll, Typed

OFFICE, DEVICE = X25519PrivateKey.generate(), Ed25519PrivateKey.generate()
ROLL = Roll(
    device=UUID(int=7),
    at=datetime(2026, 11, 22, 3, tzinfo=UTC),
    operator=UUID(int=8),
    people=(
        Listed(
            record=UUID(int=9),
            place="53.71.04.1001",
            tps=4,
            post="linmas",
            name="Mar’ia",
            nik_end="9901",
            custody=Custody.UNRECEIVED,
            bodies=(b"a", b"b"),
        ),
    ),
    typed=(Typed(place="53.71.04.1001", tps=None, post="pps-ketua", fields={"name": "Yo"}),),
)


def unsealed(sealed: bytes) -> Roll:
    keys = {key_id(OFFICE.public_key().public_bytes_raw()): OFFICE}
    known: dict[bytes, Ed25519PublicKey] = {ROLL.device.bytes: DEVICE.public_key()}
    return rolls.unseal(sealed, keys=keys, verifier=known.get)


def test_it_comes_back_as_it_was() -> None:
    sealed = rolls.seal(ROLL, signer=DEVICE, to=OFFICE.public_key())

    assert unsealed(sealed) == ROLL
    assert peek(sealed).kind is MessageKind.ROLL
    assert b"Mar" not in sealed


def test_only_the_laptop_it_is_of_may_have_made_it() -> None:
    sealed = rolls.seal(ROLL, signer=Ed25519PrivateKey.generate(), to=OFFICE.public_key())

    with pytest.raises(NotAuthorised):
        unsealed(sealed)


@pytest.mark.parametrize(
    "change", [{4: [{}]}, {4: "x"}, {5: [{4: {"a": 1}}]}, {2: -1}, {9: 1}, {4: [{1: bytes(16), 7: 9}]}, {4: [{8: 1}]}]
)
def test_what_is_not_as_it_must_be_is_unreadable(change: dict[int, object]) -> None:
    value = decode_canonical(ROLL.encode())
    assert isinstance(value, dict)

    with pytest.raises(Unreadable):
        Roll.decode(canonical(value | change))
