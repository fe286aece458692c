from __future__ import annotations

import random
import re
import struct
from functools import cache

import pytest

from sync import kit, trust
from sync.errors import KitCodeWrong, KitError, KitTooNew, KitUnreadable
from sync.feed import TpsEntry
from sync.kit import Kit
from tests.sync import samples

CODE = "7K3M-PYG0-2029-ABCD"


def a_kit(**changes: object) -> Kit:
    """A kit for one village of five polling stations."""
    content: dict[str, object] = {
        "server_url": "https://payung.contoh.go.id",
        "office_name": "KPU Kota Contoh",
        "office_contact": "0380 000000",
        "root_public": samples.ROOT.public,
        "intake_public": samples.INTAKE.public_key().public_bytes_raw(),
        "reply_public": samples.REPLY_PUBLIC,
        "device_certificate": trust.issue(samples.ROOT, samples.device_certificate()),
        "sign_private": samples.SIGN.private_bytes_raw(),
        "seal_private": samples.SEAL.private_bytes_raw(),
        "event_json": b'{"code": "latihan"}',
        "tps": tuple(
            TpsEntry(village=samples.VILLAGE, number=number, special=number == 5, address="", voters=280)
            for number in range(1, 6)
        ),
        "made_at": samples.NOW,
        **changes,
    }
    return Kit(**content)  # type: ignore[arg-type]


@cache
def sealed() -> bytes:
    return kit.seal_kit(a_kit(), CODE)


def test_a_kit_is_opened_by_its_code() -> None:
    assert kit.open_kit(sealed(), CODE) == a_kit()


@pytest.mark.parametrize("typed", ["7k3mpyg02029abcd", " 7K3M PYG0 2029 ABCD\n", "7K3M-PYGO-2O29-ABCD"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert kit.open_kit(sealed(), typed).office_name == "KPU Kota Contoh"


@pytest.mark.parametrize("typed", ["7K3M-PYG0-2029-ABCE", "", "7K3M-PYG0-2029", "7K3M-PYG0-2029-ABC!", "U" * 16])
def test_another_code_does_not_open_it(typed: str) -> None:
    with pytest.raises(KitCodeWrong):
        kit.open_kit(sealed(), typed)


def test_codes_are_four_groups_of_four_and_never_the_same() -> None:
    codes = {kit.new_activation_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)


def test_nothing_of_a_kit_can_be_read_without_its_code() -> None:
    for secret in (a_kit().sign_private, a_kit().seal_private, b"Contoh", b"latihan", samples.DEVICE.bytes):
        assert secret not in sealed()


def test_a_kit_does_not_show_its_keys_when_printed() -> None:
    assert a_kit().sign_private.hex() not in repr(a_kit())
    assert "sign_private" not in repr(a_kit())


@pytest.mark.parametrize("data", [b"", b"PYKIT", b"PK\x03\x04 a zip", bytes(100)])
def test_another_file_is_no_kit(data: bytes) -> None:
    with pytest.raises(KitUnreadable):
        kit.open_kit(data, CODE)


def test_a_kit_of_a_newer_server_is_named_as_newer() -> None:
    with pytest.raises(KitTooNew):
        kit.open_kit(b"PYKIT\x02" + sealed()[6:], CODE)


@pytest.mark.parametrize(
    ("memory", "passes", "lanes"), [(1024, 3, 4), (4 << 20, 3, 4), (65536, 1, 4), (65536, 255, 4), (65536, 3, 0)]
)
def test_a_file_cannot_make_the_derivation_cheap_or_a_bomb(memory: int, passes: int, lanes: int) -> None:
    header = struct.pack(">IBB", memory, passes, lanes)
    with pytest.raises(KitUnreadable):
        kit.open_kit(sealed()[:6] + header + sealed()[12:], CODE)


def test_a_spoilt_kit_is_never_opened() -> None:
    chance = random.Random(3)
    for at in (0, 4, 5, 7, 9, 11, 15, 30, 45, *chance.sample(range(40, len(sealed())), 4)):
        bad = bytearray(sealed())
        bad[at] ^= 1 << chance.randrange(8)
        with pytest.raises(KitError):
            kit.open_kit(bytes(bad), CODE)
    for length in (41, len(sealed()) - 1):
        with pytest.raises(KitError):
            kit.open_kit(sealed()[:length], CODE)


def test_a_kit_of_four_thousand_polling_stations_stays_small() -> None:
    many = tuple(
        TpsEntry(village=f"53.71.0{1 + n % 6}.10{n % 50:02}", number=n % 90, special=False, address="")
        for n in range(4000)
    )
    made = kit.seal_kit(a_kit(tps=many), CODE)
    assert kit.open_kit(made, CODE).tps == many
    assert len(made) < 64 * 1024


def test_a_kit_is_not_sealed_under_something_that_is_no_code() -> None:
    with pytest.raises(ValueError, match="sixteen"):
        kit.seal_kit(a_kit(), "1234")
