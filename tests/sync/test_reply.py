from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.canonical import canonical, decode_canonical
from sync.errors import NotAuthorised, SyncError, Unreadable
from sync.feed import FeedItem, FeedKind, decode_body, encode_body
from sync.news import (
    Body,
    Correction,
    CoverNews,
    DataFile,
    Decision,
    Kpj,
    LaterVerdict,
    Message,
    NewDeviceCertificate,
    NewServerKeys,
    Revocation,
    Revoked,
    TpsEntry,
    TpsList,
    Unknown,
)
from sync.reply import (
    FieldDifference,
    Receipt,
    Reply,
    SignedReceipt,
    Verdict,
    VerdictKind,
    sign_receipt,
    verify_receipt,
)
from tests.sync import samples

RECORD = samples.revision().record
NEWS: dict[FeedKind, Body] = {
    FeedKind.CORRECTION: Correction(record=RECORD, revision=2, fields=("name",), text="Sesuaikan KTP", by="Kantor"),
    FeedKind.DECISION: Decision(
        record=RECORD, decision="kept", number=3, head=b"\x21" * 32, facts=samples.facts(), text="", by="Kantor"
    ),
    FeedKind.KPJ: Kpj(record=RECORD, kpj="10012345678"),
    FeedKind.COVER_STATE: CoverNews(record=RECORD, state="terdaftar", on=date(2029, 2, 1), codes=("x",), text=""),
    FeedKind.REVOCATION: Revocation(what=Revoked.DEVICE, subject="17", at=samples.NOW, reason="hilang"),
    FeedKind.EVENT: DataFile(code="latihan", version=2, content=b"{}"),
    FeedKind.TARIFF: DataFile(code="tarif", version=1, content=b"{}"),
    FeedKind.TPS: TpsList(
        village=samples.VILLAGE,
        version=2,
        entries=(
            TpsEntry(village=samples.VILLAGE, number=1, special=False, address=""),
            TpsEntry(village=samples.VILLAGE, number=901, special=True, address="Lapas", voters=280),
        ),
    ),
    FeedKind.MESSAGE: Message(at=samples.NOW, sender="Kantor", text="Batas kirim 25 Januari", urgent=True),
    FeedKind.DEVICE_CERTIFICATE: NewDeviceCertificate(certificate=b"\x01"),
    FeedKind.SERVER_KEYS: NewServerKeys(certificate=b"\x02"),
    FeedKind.VERDICT: LaterVerdict(
        record=RECORD, revision_number=2, hash=b"\x22" * 32, kind=1, code="", detail={"tps": "3"}
    ),
}


def of_every_verdict() -> Reply:
    """One revision of each fate."""
    made = samples.batch()
    first, second, third, fourth, fifth = samples.reply(made).verdicts
    difference = FieldDifference(field="phone", ours="0812", theirs="0813")
    return samples.reply(
        made,
        verdicts=(
            first,
            replace(second, kind=VerdictKind.ALREADY),
            replace(third, kind=VerdictKind.WAITING),
            replace(fourth, kind=VerdictKind.CONFLICT, fields=(difference,), head=b"\x23" * 32),
            replace(fifth, kind=VerdictKind.REFUSED, code="place.foreign", detail={"field": "place", "place": "x"}),
        ),
        feed=tuple(FeedItem(cursor=45 + kind, kind=kind, body=body) for kind, body in NEWS.items()),
        cursor=58,
        more=True,
    )


def test_a_reply_with_every_verdict_and_all_news_comes_back() -> None:
    made = of_every_verdict()
    assert Reply.decode(made.encode(), of=samples.batch().keys()) == made


def test_there_is_news_of_every_kind() -> None:
    assert NEWS.keys() == set(FeedKind)


@pytest.mark.parametrize("kind", list(FeedKind))
def test_news_comes_back_from_its_body(kind: FeedKind) -> None:
    assert decode_body(kind, encode_body(kind, NEWS[kind])) == NEWS[kind]


def test_a_kind_of_news_of_a_later_version_is_kept() -> None:
    content = canonical({1: "apa pun"})
    item = FeedItem(cursor=7, kind=99, body=decode_body(99, content))
    made = samples.reply(samples.batch(), feed=(item,))

    assert item.body == Unknown(content=content)
    assert Reply.decode(made.encode(), of=samples.batch().keys()).feed == (item,)


def test_news_with_an_addition_is_read_without_it() -> None:
    content = canonical({1: RECORD.bytes, 2: "10012345678", 64: "later"})
    assert decode_body(FeedKind.KPJ, content) == NEWS[FeedKind.KPJ]


def test_news_this_version_cannot_read_is_kept_whole() -> None:
    content = canonical({1: RECORD.bytes, 2: "10012345678", 3: "later"})
    assert decode_body(FeedKind.KPJ, content) == Unknown(content=content)


def test_a_reply_is_read_only_against_the_batch_it_answers() -> None:
    body = samples.reply(samples.batch()).encode()
    for others in (samples.batch().keys()[:-1], (), samples.batch((samples.revision(9),)).keys()):
        with pytest.raises(Unreadable):
            Reply.decode(body, of=others)


def test_a_reply_without_verdicts_is_no_answer_to_revisions() -> None:
    body = samples.reply(samples.batch(), verdicts=()).encode()
    with pytest.raises(Unreadable):
        Reply.decode(body, of=samples.batch().keys())


@pytest.mark.parametrize("kinds", [b"\x01\x01\x01\x01\x00", b"\x01\x01\x01\x01\x07", b"\x01\x01\x01\x01"])
def test_a_verdict_of_no_known_kind_is_unreadable(kinds: bytes) -> None:
    value = decode_canonical(samples.reply(samples.batch()).encode())
    assert isinstance(value, dict)
    value[4][1] = kinds
    with pytest.raises(Unreadable):
        Reply.decode(canonical(value), of=samples.batch().keys())


@pytest.mark.parametrize(
    "remarks",
    [
        [{1: 5, 2: "x"}],
        [{1: 0, 2: "x"}, {1: 0, 2: "y"}],
        [{1: 1, 2: "x"}, {1: 0, 2: "y"}],
        [{1: 0}],
        [{1: 0, 2: 7}],
        [1],
        "x",
    ],
)
def test_remarks_that_fit_no_row_are_unreadable(remarks: object) -> None:
    value = decode_canonical(samples.reply(samples.batch()).encode())
    assert isinstance(value, dict)
    value[4][2] = remarks
    with pytest.raises(Unreadable):
        Reply.decode(canonical(value), of=samples.batch().keys())


@settings(max_examples=150)
@given(st.data())
def test_a_changed_byte_of_a_reply_is_refused_or_read_as_just_that(data: st.DataObject) -> None:
    body = bytearray(of_every_verdict().encode())
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = Reply.decode(bytes(body), of=samples.batch().keys())
    except SyncError:
        return
    assert read.encode() == bytes(body)


def test_a_receipt_is_known_by_its_signature() -> None:
    receipt = samples.receipt(samples.batch())
    signed = sign_receipt(receipt, samples.REPLY)

    assert verify_receipt(signed, [samples.ROOT.public, samples.REPLY_PUBLIC]) == receipt
    assert sign_receipt(receipt, samples.REPLY) == signed


def test_a_receipt_under_another_key_is_not_authorised() -> None:
    signed = sign_receipt(samples.receipt(samples.batch()), samples.STRANGER)
    with pytest.raises(NotAuthorised):
        verify_receipt(signed, [samples.REPLY_PUBLIC])


def test_a_changed_receipt_is_not_authorised() -> None:
    signed = sign_receipt(samples.receipt(samples.batch()), samples.REPLY)
    other = SignedReceipt(data=samples.receipt(samples.batch(), sequence=13).encode(), signature=signed.signature)
    with pytest.raises(NotAuthorised):
        verify_receipt(other, [samples.REPLY_PUBLIC])


def test_a_receipt_comes_back_from_its_bytes() -> None:
    receipt = samples.receipt(samples.batch())
    assert Receipt.decode(receipt.encode()) == receipt


def test_a_verdict_names_its_revision() -> None:
    key = samples.revision().key()
    verdict = Verdict(record=key.record, revision_number=1, hash=key.hash, kind=VerdictKind.ACCEPTED)
    assert verdict.key == key
    assert isinstance(verdict.record, UUID)
