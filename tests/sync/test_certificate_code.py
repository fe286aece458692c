from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import certificate as numbers
from sync import base45, certificate_code, trust
from sync.canonical import canonical, decode_canonical
from sync.certificate_code import Claims, Genuine
from sync.errors import CodeError, CodeExpired, CodeForged, CodeRevoked, CodeUnknownIssuer
from tests.sync import samples

CERTIFICATE = trust.issue(samples.ROOT, samples.device_certificate())


def claims(**changes: Any) -> Claims:  # noqa: ANN401
    """What a certificate of TPS 4 says."""
    made = Claims(
        number=numbers.number("7K3M", 29),
        name="Maria Contoh Panjang Namanya",
        nik4="0012",
        place=samples.VILLAGE,
        post="kpps-anggota",
        programmes=certificate_code.JKK | certificate_code.JKM,
        status=certificate_code.PROPOSED,
        issued=samples.NOW,
        expires=samples.NOW + timedelta(days=60),
        tps=4,
        seat=3,
        start=date(2029, 1, 25),
        end=date(2029, 2, 25),
    )
    return replace(made, **changes)


def code(**changes: Any) -> str:  # noqa: ANN401
    return certificate_code.encode(claims(**changes), sign=samples.SIGN, certificate=CERTIFICATE)


def verified(text: str, **revoked: Any) -> Genuine:  # noqa: ANN401
    return certificate_code.verify(text, samples.ROOT.public, samples.NOW, **revoked)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_the_examples_of_rfc_9285(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=100))
def test_every_byte_string_comes_back_from_base45(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize("text", ["GGW", ":::", "::", "A", "ab8", "B\n8", "É00"])
def test_other_text_is_no_base45(text: str) -> None:
    with pytest.raises(ValueError, match="base45"):
        base45.decode(text)


def test_a_genuine_code_says_what_was_signed() -> None:
    genuine = verified(code())
    assert genuine.claims == claims()
    assert (genuine.device.serial, genuine.device.villages) == (17, (samples.VILLAGE,))


@pytest.mark.parametrize(
    "changes", [{"tps": None, "seat": None, "start": None, "end": None}, {"place": "53.71.04"}, {"nik4": "9999"}]
)
def test_what_a_post_has_not_is_left_out(changes: dict[str, Any]) -> None:
    assert verified(code(**changes)).claims == claims(**changes)


def test_a_code_fits_a_qr_symbol_of_forty_five_millimetres() -> None:
    """Version 18 with error correction Q holds 574 characters of this alphabet (ISO/IEC 18004 table 7)."""
    text = code(name="Q" * 50)
    assert len(text) <= 574
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_the_same_claims_give_the_same_code() -> None:
    assert code() == code()


def test_a_long_name_is_cut_not_refused() -> None:
    assert verified(code(name="N" * 90)).claims.name == "N" * 60


def test_a_code_of_another_office_is_of_an_unknown_issuer() -> None:
    with pytest.raises(CodeUnknownIssuer):
        certificate_code.verify(code(), trust.OfficeRoot(samples.STRANGER).public, samples.NOW)


def test_a_code_signed_by_another_laptop_is_forged() -> None:
    parts = decode_canonical(base45.decode(code()[4:]))
    assert isinstance(parts, list)
    signed = canonical(["Signature1", parts[0], b"", parts[2]])
    forged = "PY1:" + base45.encode(canonical([*parts[:3], samples.STRANGER.sign(signed)]))
    with pytest.raises(CodeForged):
        verified(forged)


@pytest.mark.parametrize("algorithm", [canonical({1: -7}), canonical({}), b"", canonical({1: -8, 4: b"x"})])
def test_another_algorithm_is_forged(algorithm: bytes) -> None:
    parts = decode_canonical(base45.decode(code()[4:]))
    assert isinstance(parts, list)
    signature = samples.SIGN.sign(canonical(["Signature1", algorithm, b"", parts[2]]))
    with pytest.raises(CodeForged):
        verified("PY1:" + base45.encode(canonical([algorithm, parts[1], parts[2], signature])))


@pytest.mark.parametrize(
    "own",
    [
        {4: 15371041002},  # another village's place
        {1: "0002Y"},  # a number that does not check
        {3: 10_000},
        {3: -1},
        {6: "JKK"},
        {12: "more"},
        {2: None},
    ],
)
def test_claims_the_laptop_may_not_make_are_forged_even_when_signed(own: dict[int, object]) -> None:
    parts = decode_canonical(base45.decode(code()[4:]))
    assert isinstance(parts, list)
    said = decode_canonical(parts[2])
    assert isinstance(said, dict)
    payload = canonical(said | {-65537: said[-65537] | own})
    signature = samples.SIGN.sign(canonical(["Signature1", parts[0], b"", payload]))
    with pytest.raises(CodeForged):
        verified("PY1:" + base45.encode(canonical([parts[0], parts[1], payload, signature])))


def test_a_code_dated_outside_the_certificates_time_is_forged() -> None:
    late = samples.device_certificate(not_before=samples.NOW + timedelta(hours=1))
    parts = decode_canonical(base45.decode(code()[4:]))
    assert isinstance(parts, list)
    parts[1] = {33: trust.printed(trust.issue(samples.ROOT, late))}
    with pytest.raises(CodeForged):
        verified("PY1:" + base45.encode(canonical(parts)))


def test_after_its_time_a_genuine_code_has_expired() -> None:
    with pytest.raises(CodeExpired) as trouble:
        certificate_code.verify(code(), samples.ROOT.public, samples.NOW + timedelta(days=61))
    assert trouble.value.claims == claims()


@pytest.mark.parametrize("revoked", [{"revoked_numbers": {claims().number}}, {"revoked_devices": {17}}])
def test_a_revoked_number_or_laptop_is_told(revoked: dict[str, Any]) -> None:
    with pytest.raises(CodeRevoked) as trouble:
        verified(code(), **revoked)
    assert trouble.value.claims == claims()


@pytest.mark.parametrize(
    "changes",
    [
        {"number": numbers.number("8K3M", 1)},
        {"place": "53.71.04.1002"},
        {"issued": samples.NOW - timedelta(days=2)},
    ],
)
def test_a_laptop_does_not_sign_what_its_certificate_does_not_cover(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"tag|place|time"):
        code(**changes)


def test_a_laptop_does_not_sign_with_a_key_that_is_not_its_certificates() -> None:
    with pytest.raises(ValueError, match="key"):
        certificate_code.encode(claims(), sign=samples.STRANGER, certificate=CERTIFICATE)


@pytest.mark.parametrize("changes", [{"number": "PYG-7K3M-0001A"}, {"nik4": "12"}, {"nik4": "٠٠١٢"}])
def test_claims_that_cannot_be_are_not_made(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"number|NIK"):
        claims(**changes)


@pytest.mark.parametrize("text", ["", "PY1:", "PY2:ABC", "HC1:ABC", "py1:ABC", "PY1:" + "0" * 3000, "PY1:FGW"])
def test_other_texts_are_forged(text: str) -> None:
    with pytest.raises(CodeForged):
        verified(text)


def test_three_thousand_spoilt_codes_are_all_refused() -> None:
    chance = random.Random(45)
    good = code()
    raw = base45.decode(good[4:])
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    accepted = 0
    for round_ in range(3000):
        if round_ % 2:
            at = chance.randrange(len(good))
            bad = good[:at] + chance.choice(alphabet) + good[at + chance.randrange(3) :]
        else:
            spoilt = bytearray(raw)
            spoilt[chance.randrange(len(raw))] = chance.randrange(256)
            bad = "PY1:" + base45.encode(bytes(spoilt))
        if bad == good:
            continue
        try:
            verified(bad)
        except CodeError:
            continue
        accepted += 1
    assert accepted == 0
