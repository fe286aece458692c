from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import trust
from sync.errors import Expired, NotAuthorised, SyncError, Unreadable
from tests.sync import samples

SERVER_KEYS = trust.ServerKeys(
    intake_public=samples.INTAKE.public_key().public_bytes_raw(),
    reply_public=samples.REPLY_PUBLIC,
    not_before=samples.NOW,
    not_after=samples.NOW + timedelta(days=90),
    serial=3,
)


def test_an_issued_certificate_is_verified() -> None:
    made = samples.device_certificate()
    assert trust.verify(trust.issue(samples.ROOT, made), samples.ROOT.public, samples.NOW) == made


def test_a_printed_certificate_leaves_out_device_and_seal_key() -> None:
    made = samples.device_certificate()
    printed = trust.printed(trust.issue(samples.ROOT, made))
    right = trust.verify_printed(printed, samples.ROOT.public)

    assert (right.sign_key, right.serial, right.villages) == (made.sign_key, 17, (samples.VILLAGE,))
    assert made.device.bytes not in printed
    assert len(printed) < 180


def test_a_printed_certificate_is_none_for_the_exchange_and_the_other_way_round() -> None:
    whole = trust.issue(samples.ROOT, samples.device_certificate())
    with pytest.raises(Unreadable):
        trust.verify(trust.printed(whole), samples.ROOT.public, samples.NOW)
    with pytest.raises(Unreadable):
        trust.verify_printed(whole, samples.ROOT.public)


def test_a_certificate_of_another_root_is_not_authorised() -> None:
    made = trust.issue(trust.OfficeRoot(samples.STRANGER), samples.device_certificate())
    with pytest.raises(NotAuthorised):
        trust.verify(made, samples.ROOT.public, samples.NOW)


def test_another_root_cannot_take_the_name_of_ours() -> None:
    made = trust.issue(trust.OfficeRoot(samples.STRANGER), samples.device_certificate())
    hint = trust.hint_of(samples.ROOT.public)
    renamed = made.replace(trust.root_hint(made), hint)

    assert trust.root_hint(renamed) == hint
    with pytest.raises(NotAuthorised):
        trust.verify(renamed, samples.ROOT.public, samples.NOW)


@pytest.mark.parametrize("days", [-2, 30])
def test_out_of_its_time_a_certificate_has_expired(days: int) -> None:
    made = trust.issue(samples.ROOT, samples.device_certificate())
    with pytest.raises(Expired) as trouble:
        trust.verify(made, samples.ROOT.public, samples.NOW + timedelta(days=days))
    assert trouble.value.facts["not_after"] == "2029-02-19T08:30:15+00:00"


def test_the_time_need_not_be_asked() -> None:
    made = samples.device_certificate()
    assert trust.verify(trust.issue(samples.ROOT, made), samples.ROOT.public, None) == made


def test_server_keys_are_verified_and_are_no_device_certificate() -> None:
    made = trust.issue_server_keys(samples.ROOT, SERVER_KEYS)
    assert trust.verify_server_keys(made, samples.ROOT.public, samples.NOW) == replace(SERVER_KEYS)
    with pytest.raises(NotAuthorised):
        trust.verify(made, samples.ROOT.public, samples.NOW)
    with pytest.raises(NotAuthorised):
        trust.verify_server_keys(
            trust.issue(samples.ROOT, samples.device_certificate()), samples.ROOT.public, samples.NOW
        )


@settings(max_examples=150)
@given(st.data())
def test_no_changed_byte_of_a_certificate_is_accepted(data: st.DataObject) -> None:
    good = trust.issue(samples.ROOT, samples.device_certificate())
    bad = bytearray(good)
    at = data.draw(st.integers(0, len(good) - 1))
    bad[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((NotAuthorised, Unreadable)):
        trust.verify(bytes(bad), samples.ROOT.public, samples.NOW)


@given(st.binary(max_size=200))
def test_no_other_bytes_are_a_certificate(data: bytes) -> None:
    with pytest.raises(SyncError):
        trust.verify(data, samples.ROOT.public, samples.NOW)


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ("53.71.04.1001", True),
        ("53.71.04", True),
        ("53.71", True),
        ("53", True),
        ("53.71.04.1002", False),
        ("53.71.05", False),
        ("53.01.16", True),
        ("53.01.16.2001", True),
        ("53.01", True),
        ("53.01.17", False),
        ("53.7", False),
        ("53.71.04.1001.1", False),
        ("", False),
        ("53.71.04.100", False),
    ],
)
def test_a_device_writes_for_its_regions_what_lies_below_and_what_they_lie_in(place: str, covered: bool) -> None:
    assert trust.covers(("53.71.04.1001", "53.01.16"), place) is covered


@pytest.mark.parametrize("villages", [(), ("",), ("53.71.04.1001.",), ("5371041001",), ("٥٣",)])
def test_a_certificate_names_regions_by_their_dotted_codes(villages: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="region"):
        samples.device_certificate(villages=villages)


@pytest.mark.parametrize("region", ["53", "11.01", "53.71.04", "53.71.04.1001", "01.00.00.0001"])
def test_a_region_comes_back_from_its_number(region: str) -> None:
    assert trust.region_of(trust.region_number(region)) == region


@pytest.mark.parametrize("number", [0, 5371, 2_53_71, 1_53_7, -1_53, "153", None])
def test_other_numbers_are_no_region(number: object) -> None:
    with pytest.raises(Unreadable):
        trust.region_of(number)


def test_a_root_is_kept_as_thirty_two_bytes() -> None:
    root = trust.OfficeRoot.generate()
    assert trust.OfficeRoot.from_bytes(root.private_bytes()).public == root.public
