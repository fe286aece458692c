from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from payung import dates
from payung.facts import Facts
from payung.person import Blood, Sex
from sync.batch import Batch, sign_revisions, verify_operators
from sync.canonical import canonical, decode_canonical
from sync.errors import NotAuthorised, SyncError, Unreadable, VersionTooOld
from sync.packing import pack_revisions, unpack_revisions
from sync.revision import Kind, Revision
from tests.sync import samples

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31)) | st.none()
SMALL = st.integers(-3, 400) | st.none()
FLAGS = st.booleans() | st.none()
NIKS = st.from_regex(r"[0-9]{16}", fullmatch=True) | TEXT
PHONES = st.from_regex(r"(\+62|0)[0-9]{4,14}", fullmatch=True) | TEXT
FACTS = st.builds(
    Facts,
    place=TEXT,
    post=TEXT,
    tps=SMALL,
    seat=SMALL,
    nik=NIKS,
    name=TEXT,
    birthplace=TEXT,
    birthdate=DAYS,
    sex=st.sampled_from(Sex) | st.none(),
    phone=PHONES,
    rt=SMALL,
    rw=SMALL,
    address=TEXT,
    mother=TEXT,
    decree_number=TEXT,
    decree_date=DAYS,
    married=FLAGS,
    blood=st.sampled_from(Blood) | st.none(),
    postcode=TEXT,
    email=TEXT,
    has_kpj=FLAGS,
    kpj=TEXT,
    asn=FLAGS,
    confirmed=st.lists(TEXT, max_size=2).map(tuple),
)
REVISIONS = st.builds(
    Revision,
    record=st.uuids(),
    number=st.integers(1, 70),
    parent=st.binary(min_size=32, max_size=32) | st.none(),
    kind=st.sampled_from(Kind),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    operator=st.sampled_from([samples.OPERATOR, samples.OTHER_OPERATOR]),
    facts=FACTS | st.none(),
    reason=TEXT,
    successor=st.uuids() | st.none(),
    day=st.dates() | st.none(),
    event_version=st.integers(0, 300),
    open_warnings=st.lists(TEXT, max_size=2).map(tuple),
    extra=st.sampled_from([b"", canonical({65: "later"})]),
)


@given(REVISIONS)
def test_a_revision_comes_back_from_its_body(revision: Revision) -> None:
    assert Revision.decode(revision.body()) == revision


@settings(max_examples=80)
@given(st.lists(REVISIONS, max_size=6))
def test_packed_revisions_come_back_with_the_same_hashes(revisions: list[Revision]) -> None:
    back = unpack_revisions(decode_canonical(canonical(pack_revisions(revisions))))

    assert back == tuple(revisions)
    assert [one.hash() for one in back] == [one.hash() for one in revisions]


def test_a_batch_of_every_kind_comes_back() -> None:
    made = samples.batch(ledger=samples.ledger())
    assert Batch.decode(made.encode()) == made


def test_a_batch_with_nothing_in_it_comes_back() -> None:
    made = samples.batch((), previous=None, epoch=None, cursor=0)
    assert Batch.decode(made.encode()) == made


def test_every_field_of_the_facts_travels() -> None:
    full = samples.complete_facts()
    usual = Facts(place="", post="")
    assert all(getattr(full, field.name) != getattr(usual, field.name) for field in fields(Facts))
    assert unpack_revisions(pack_revisions([samples.revision(facts=full)]))[0].facts == full


@pytest.mark.parametrize("field", [field.name for field in fields(Facts)])
def test_every_field_of_the_facts_changes_the_hash(field: str) -> None:
    full = samples.complete_facts()
    without: dict[str, Any] = {field: getattr(Facts(place="", post=""), field)}
    assert samples.revision(facts=replace(full, **without)).hash() != samples.revision(facts=full).hash()


def test_a_time_finer_than_a_millisecond_does_not_change_the_hash() -> None:
    revision = samples.revision()
    assert replace(revision, at=revision.at + timedelta(microseconds=999)).hash() == revision.hash()


def test_what_a_later_version_adds_to_a_revision_is_kept_and_hashed() -> None:
    later = samples.revision(extra=canonical({70: ["baru"]}))
    (back,) = unpack_revisions(pack_revisions([later]))

    assert back.extra == later.extra
    assert back.hash() == later.hash() != samples.revision().hash()


def test_what_a_later_version_adds_to_a_batch_is_ignored() -> None:
    made = samples.batch()
    value = decode_canonical(made.encode())
    assert isinstance(value, dict)
    assert Batch.decode(canonical(value | {65: "later"})) == made


@pytest.mark.parametrize("change", [{10: 1}, {63: 1}, {2: -1}, {5: "x"}, {1: b"short"}, {9: {}}, {13: []}, {12: []}])
def test_a_batch_that_is_not_as_it_must_be_is_unreadable(change: dict[int, object]) -> None:
    value = decode_canonical(samples.batch().encode())
    assert isinstance(value, dict)
    with pytest.raises(Unreadable):
        Batch.decode(canonical(value | change))


def test_a_newer_batch_is_named_as_newer() -> None:
    value = decode_canonical(samples.batch().encode())
    assert isinstance(value, dict)
    with pytest.raises(VersionTooOld) as trouble:
        Batch.decode(canonical(value | {0: 2}))
    assert trouble.value.facts == {"found": "2", "known": "1"}


@settings(max_examples=150)
@given(st.data())
def test_a_changed_byte_of_a_body_is_refused_or_read_as_just_that(data: st.DataObject) -> None:
    body = bytearray(samples.batch(ledger=samples.ledger()).encode())
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = Batch.decode(bytes(body))
    except SyncError:
        return
    assert read.encode() == bytes(body)


def test_ten_thousand_rows_are_the_most() -> None:
    with pytest.raises(ValueError, match="too many"):
        pack_revisions([samples.revision()] * 10_001)
    with pytest.raises(Unreadable):
        unpack_revisions({0: 10_001})


def test_operators_sign_their_own_revisions() -> None:
    verify_operators(samples.batch())


def test_a_revision_no_operator_signed_is_not_authorised() -> None:
    made = samples.batch()
    with pytest.raises(NotAuthorised):
        verify_operators(replace(made, signatures=made.signatures[:1]))


def test_a_signature_for_another_device_is_not_authorised() -> None:
    with pytest.raises(NotAuthorised):
        verify_operators(samples.batch(device=UUID(int=1)))


def test_a_revision_changed_after_signing_is_not_authorised() -> None:
    made = samples.batch()
    changed = (replace(made.revisions[0], reason="lain"), *made.revisions[1:])
    with pytest.raises(NotAuthorised):
        verify_operators(replace(made, revisions=changed))


def test_a_second_signature_of_one_operator_is_not_authorised() -> None:
    made = samples.batch()
    again = sign_revisions(samples.OPERATOR, samples.STRANGER, device=samples.DEVICE, revisions=made.revisions)
    with pytest.raises(NotAuthorised):
        verify_operators(replace(made, signatures=(*made.signatures, again)))


def test_a_hundred_different_persons_of_a_real_list_cost_under_fifty_bytes_each(data: Path) -> None:
    """The budget is 100 with seal and signatures; half of it leaves room for addresses and mothers' names."""
    people = list(_listed(data / "workbooks" / "oebobo-kpps-linmas.xlsx"))[:100]
    size = len(samples.sealed(samples.batch(_typed_one_by_one(people))))
    assert len(people) == 100
    assert size / 100 < 50


def test_a_hundred_persons_with_everything_bpjs_wants_cost_under_seventy_bytes_each(data: Path) -> None:
    people = [
        replace(
            person,
            mother=f"{person.name.split()[-1]} Contoh",
            address=f"Jl. Contoh {row * 7 % 90} RT 00{row % 9}",
            postcode="85111",
            married=row % 3 > 0,
            blood=list(Blood)[row % 4],
            decree_number="04/PP.04.1-Kpt/5371042001/2029",
            decree_date=date(2029, 1, 20),
        )
        for row, person in enumerate(_listed(data / "workbooks" / "oebobo-kpps-linmas.xlsx"))
    ][:100]
    assert len(samples.sealed(samples.batch(_typed_one_by_one(people)))) / 100 < 70


def test_an_exchange_with_nothing_to_say_stays_under_a_kibibyte() -> None:
    made = samples.batch(())
    assert len(samples.sealed(made)) + len(samples.sealed_reply(samples.reply(made))) < 1024


def _typed_one_by_one(people: list[Facts]) -> tuple[Revision, ...]:
    """Record ids and times as far apart as typing is: random tails do not compress."""
    started = 0x019A_0000_0000
    return tuple(
        samples.revision(
            row + 1,
            record=UUID(int=(started + row * 97_531) << 80 | 0x7 << 76 | 0x2 << 62 | hash_like(row)),
            at=samples.NOW + timedelta(milliseconds=97_531 * row + 61_003 + row * row % 977),
            facts=person,
        )
        for row, person in enumerate(people)
    )


def hash_like(row: int) -> int:
    """Sixty-two bits without a pattern a compressor could use."""
    return int.from_bytes(samples.revision(row + 1).hash()[:8], "big") >> 2


def _listed(path: Path) -> list[Facts]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    people: list[Facts] = []
    for row in rows[7:]:
        name, nik, sex, born, rt, rw, post, phone = map(str, row[2:])
        written = re.fullmatch(r"(.+), (\d+ \w+ \d{4})", born)
        if not (name and re.fullmatch(r"\d{16}", nik) and written):
            continue
        people.append(
            Facts(
                place=samples.VILLAGE,
                post="linmas" if "Ketertiban" in post else "kpps-anggota",
                tps=1 + len(people) // 9,
                seat=1 + len(people) % 9,
                nik=nik,
                name=name,
                birthplace=written[1],
                birthdate=dates.read(written[2]),
                sex=Sex(sex),
                phone=phone and f"+62{phone[1:]}",
                rt=int(rt),
                rw=int(rw),
            )
        )
    return people
