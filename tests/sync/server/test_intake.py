"""What the intake promises about every batch, on a real PostgreSQL under the application role."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.batch import sign_revisions
from sync.errors import DeviceRevoked, NotAuthorised, Refused, SequenceForked, Unreadable
from sync.feed import LaterVerdict
from sync.ledger import LedgerEvent, LedgerKind
from sync.reply import Reply, VerdictKind, verify_receipt
from sync.revision import Kind
from sync.server import devices
from tests.central import KUPANG, OKU, SULAMU, Central, Laptop, officer, officers

RECORD_TABLES = ("enrolment", "revision", "backlog", "quarantine", "batch", "ledger")


def kinds(reply: Reply) -> list[VerdictKind]:
    return [verdict.kind for verdict in reply.verdicts]


def counted(central: Central) -> list[int]:
    return [central.count(table) for table in RECORD_TABLES]


def test_a_batch_is_kept_and_receipted(central: Central) -> None:
    laptop = central.laptop()
    reply = laptop.exchange(central, *(laptop.saved(facts) for facts in officers(3)))
    receipt = verify_receipt(reply.receipt, [laptop.kit.reply_public])
    assert kinds(reply) == [VerdictKind.ACCEPTED] * 3
    assert (receipt.device, receipt.sequence, receipt.count) == (laptop.device, 1, 3)
    assert receipt.batch_hash == laptop.previous
    assert central.count("enrolment", device=laptop.device) == 3


def test_eight_at_once_are_one(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(*(laptop.saved(facts) for facts in officers(20)))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(central.take, [sealed] * 8))
    replies = [laptop.read(answer, of=sealed) for answer in answers]
    assert {reply.receipt for reply in replies} == {replies[0].receipt}
    assert all(kinds(reply) == [VerdictKind.ACCEPTED] * 20 for reply in replies)
    assert central.count("revision", device=laptop.device) == 20
    assert central.count("batch", device=laptop.device) == 1


def test_the_same_batch_later_gets_the_same_reply(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved())
    first_batch = laptop.last
    first = laptop.read(central.take(sealed), of=sealed)
    laptop.exchange(central, laptop.saved())
    again = laptop.read(central.take(sealed), of=sealed, batch=first_batch)
    assert again == first
    assert central.count("revision", device=laptop.device) == 2


def test_the_same_record_in_another_batch_is_already_there(central: Central) -> None:
    laptop = central.laptop()
    saved = laptop.saved()
    laptop.exchange(central, saved)
    reply = laptop.exchange(central, saved)
    assert kinds(reply) == [VerdictKind.ALREADY]
    assert central.count("revision", device=laptop.device) == 1


def test_one_changed_bit_stores_nothing(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved())
    before = counted(central)
    for place in range(0, len(sealed), 7):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        with pytest.raises((Refused, Unreadable)):
            laptop.read(central.take(changed), of=changed)
    assert counted(central) == before


@pytest.mark.parametrize("cut", [0, 1, 14, 40, 200, -1])
def test_a_cut_message_stores_nothing(central: Central, cut: int) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved())[:cut]
    before = counted(central)
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "unreadable"
    assert counted(central) == before


def test_another_key_stores_nothing(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.seal(laptop.batch([laptop.saved()]), signer=Ed25519PrivateKey.generate())
    before = counted(central)
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "signature"
    assert counted(central) == before


def test_a_laptop_the_office_never_issued_stores_nothing(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.seal(laptop.batch([laptop.saved()]), as_device=uuid.uuid4())
    before = counted(central)
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "device"
    assert counted(central) == before


def test_a_laptop_cannot_speak_for_another(central: Central) -> None:
    laptop, other = central.laptop(), central.laptop()
    sealed = laptop.seal(laptop.batch([laptop.saved()], device=other.device))
    before = counted(central)
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "signature"
    assert counted(central) == before


def test_a_batch_no_operator_signed_stores_nothing(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved(), signatures=())
    before = counted(central)
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "signature"
    assert counted(central) == before


def test_an_operator_whose_key_changed_is_not_believed(central: Central) -> None:
    laptop = central.laptop()
    laptop.exchange(central, laptop.saved())
    laptop.operator_key = Ed25519PrivateKey.generate()
    before = counted(central)
    sealed = laptop.sealed(laptop.saved())
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "signature"
    assert counted(central) == before


def test_a_revoked_laptop_is_told_so(central: Central) -> None:
    laptop = central.laptop()
    laptop.exchange(central, laptop.saved())
    with central.engine.begin() as connection:
        devices.revoke(connection, str(laptop.device))
    sealed = laptop.sealed(laptop.saved())
    before = counted(central)
    with pytest.raises(DeviceRevoked):
        laptop.read(central.take(sealed), of=sealed)
    assert counted(central) == before


def test_what_a_lapsed_laptop_enrolled_is_taken_all_the_same(central: Central) -> None:
    laptop = Laptop(central.kit(now=datetime.now(UTC) - devices.TERM - timedelta(days=2)))
    sealed = laptop.sealed(laptop.saved())
    (verdict,) = laptop.read(central.take(sealed), of=sealed).verdicts
    assert verdict.kind is VerdictKind.ACCEPTED


def test_a_batch_for_another_event_is_refused(central: Central) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved(), event="pilkada-2024")
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "event"


def test_a_copied_laptop_is_recognised_and_its_history_kept(central: Central) -> None:
    laptop = central.laptop()
    laptop.exchange(central, laptop.saved())
    copy = Laptop(laptop.kit, operator=laptop.operator, operator_key=laptop.operator_key)
    sealed = copy.sealed(copy.saved())
    with pytest.raises(SequenceForked):
        copy.read(central.take(sealed), of=sealed)
    with pytest.raises(SequenceForked):
        copy.read(central.take(sealed), of=sealed)
    assert central.count("revision", device=laptop.device) == 1
    assert central.count("incident", device=laptop.device) == 1


def test_a_batch_that_follows_another_history_is_recognised(central: Central) -> None:
    laptop = central.laptop()
    laptop.exchange(central, laptop.saved())
    sealed = laptop.sealed(laptop.saved(), previous=b"x" * 32)
    with pytest.raises(SequenceForked):
        laptop.read(central.take(sealed), of=sealed)


def test_batches_may_come_in_any_order(central: Central) -> None:
    laptop = central.laptop()
    sealed, batches = [], []
    for _ in range(3):
        sealed.append(laptop.sealed(laptop.saved()))
        batches.append(laptop.last)
    for place in (2, 0, 1):
        reply = laptop.read(central.take(sealed[place]), of=sealed[place], batch=batches[place])
        assert kinds(reply) == [VerdictKind.ACCEPTED]
    assert central.count("enrolment", device=laptop.device) == 3


def test_three_versions_in_one_batch_are_one_officer(central: Central) -> None:
    laptop = central.laptop()
    first = laptop.saved()
    assert first.facts is not None
    second = laptop.saved(replace(first.facts, phone="+6281234567890"), after=first)
    third = laptop.saved(replace(first.facts, phone="+6281234567899"), after=second)
    reply = laptop.exchange(central, third, first, second)
    assert kinds(reply) == [VerdictKind.ACCEPTED] * 3
    assert central.count("enrolment", device=laptop.device) == 1
    rows = central.app_rows(f"SELECT number FROM enrolment WHERE id = '{first.record}'", device_scope=KUPANG)
    assert rows == [(3,)]


def test_an_edit_before_its_parent_waits_and_is_applied(central: Central) -> None:
    laptop = central.laptop()
    first = laptop.saved()
    second = laptop.saved(after=first, kind=Kind.SAVED)
    assert kinds(laptop.exchange(central, second)) == [VerdictKind.WAITING]
    assert kinds(laptop.exchange(central, second)) == [VerdictKind.WAITING]
    assert central.count("backlog", device=laptop.device) == 1
    reply = laptop.exchange(central, first)
    news = [item.body for item in reply.feed]
    assert kinds(reply) == [VerdictKind.ACCEPTED]
    assert [(body.hash, body.kind) for body in news if isinstance(body, LaterVerdict)] == [
        (second.hash(), VerdictKind.ACCEPTED)
    ]
    assert central.count("backlog", device=laptop.device) == 0
    assert not laptop.exchange(central).feed


def test_a_later_edit_moves_the_head(central: Central) -> None:
    laptop = central.laptop()
    first = laptop.saved()
    laptop.exchange(central, first)
    assert first.facts is not None
    second = laptop.saved(replace(first.facts, tps=9), after=first)
    assert kinds(laptop.exchange(central, second)) == [VerdictKind.ACCEPTED]
    rows = central.app_rows(f"SELECT number, tps, head FROM enrolment WHERE id = '{first.record}'", device_scope=KUPANG)
    assert rows == [(2, 9, second.hash())]


def test_two_edits_of_one_version_are_both_kept(central: Central) -> None:
    laptop, other = central.laptop(), central.laptop()
    first = laptop.saved()
    laptop.exchange(central, first)
    ours = laptop.saved(after=first)
    theirs = other.saved(officer(), after=first)
    assert kinds(laptop.exchange(central, ours)) == [VerdictKind.ACCEPTED]
    reply = other.exchange(central, theirs)
    assert kinds(reply) == [VerdictKind.CONFLICT]
    assert reply.verdicts[0].head == ours.hash()
    rows = central.app_rows(
        f"SELECT conflict FROM revision WHERE record = '{first.record}' ORDER BY 1", device_scope=KUPANG
    )
    assert rows == [(False,), (False,), (True,)]


def test_a_withdrawn_record_takes_no_edit(central: Central) -> None:
    laptop = central.laptop()
    first = laptop.saved()
    gone = laptop.saved(after=first, kind=Kind.WITHDRAWN, reason="salah orang")
    gone = replace(gone, facts=None)
    assert kinds(laptop.exchange(central, first, gone)) == [VerdictKind.ACCEPTED] * 2
    reply = laptop.exchange(central, laptop.saved(first.facts, after=gone))
    assert [(one.kind, one.code) for one in reply.verdicts] == [(VerdictKind.REFUSED, "record.withdrawn")]
    rows = central.app_rows(f"SELECT state, tps FROM enrolment WHERE id = '{first.record}'", device_scope=KUPANG)
    assert first.facts is not None
    assert rows == [("withdrawn", first.facts.tps)]


@pytest.mark.parametrize("together", [True, False])
def test_whoever_is_replaced_serves_until_the_last_day_and_the_next_from_the_day_after(
    central: Central, *, together: bool
) -> None:
    laptop = central.laptop()
    first, next_one = laptop.saved(), laptop.saved(reason="pengganti", day=date(2029, 2, 4))
    ending: dict[str, Any] = {
        "kind": Kind.ENDED,
        "reason": "mundur",
        "successor": next_one.record,
        "day": date(2029, 2, 3),
    }
    gone = replace(laptop.saved(after=first, **ending), facts=None)
    mended = laptop.saved(after=next_one)
    for revisions in [[first, next_one, gone, mended]] if together else [[first], [gone, next_one], [mended]]:
        assert set(kinds(laptop.exchange(central, *revisions))) == {VerdictKind.ACCEPTED}

    query = "SELECT state, term_start, term_end FROM enrolment WHERE id = '{}'"
    (before,) = central.app_rows(query.format(first.record), device_scope=KUPANG)
    (after,) = central.app_rows(query.format(next_one.record), device_scope=KUPANG)
    assert before == ("ended", date(2029, 1, 25), date(2029, 2, 3))
    assert after == ("active", date(2029, 2, 4), date(2029, 2, 25))


def test_a_bad_record_goes_to_quarantine_and_blocks_no_other(central: Central) -> None:
    laptop = central.laptop()
    bad = laptop.saved(officer(nik="123"))
    foreign = laptop.saved(officer(SULAMU))
    good = laptop.saved()
    reply = laptop.exchange(central, bad, foreign, good)
    assert [(one.kind, one.code) for one in reply.verdicts] == [
        (VerdictKind.REFUSED, "nik.length"),
        (VerdictKind.REFUSED, "place.foreign"),
        (VerdictKind.ACCEPTED, ""),
    ]
    assert reply.verdicts[0].detail["field"] == "nik"
    assert central.count("quarantine", device=laptop.device) == 2
    assert central.count("enrolment", device=laptop.device) == 1


def test_a_record_of_a_newer_event_is_refused(central: Central) -> None:
    laptop = central.laptop()
    reply = laptop.exchange(central, laptop.saved(event_version=99))
    assert [(one.kind, one.code) for one in reply.verdicts] == [(VerdictKind.REFUSED, "event.newer")]


def test_another_villages_record_cannot_be_taken_over(central: Central) -> None:
    laptop, other = central.laptop(KUPANG), central.laptop(OKU)
    first = laptop.saved()
    laptop.exchange(central, first)
    root = other.saved(officer(OKU), record=first.record)
    edit = other.saved(officer(OKU), after=first)
    reply = other.exchange(central, root, other.saved(officer(OKU)))
    assert [(one.kind, one.code) for one in reply.verdicts] == [
        (VerdictKind.REFUSED, "record.foreign"),
        (VerdictKind.ACCEPTED, ""),
    ]
    assert kinds(other.exchange(central, edit)) != [VerdictKind.ACCEPTED]
    rows = central.app_rows(f"SELECT place, head FROM enrolment WHERE id = '{first.record}'", device_scope=KUPANG)
    assert rows == [(KUPANG, first.hash())]


def test_the_same_person_elsewhere_is_kept_and_flagged(central: Central) -> None:
    laptop, other = central.laptop(KUPANG), central.laptop(SULAMU)
    facts = officer(KUPANG, tps=7)
    laptop.exchange(central, laptop.saved(facts))
    reply = other.exchange(central, other.saved(replace(facts, place=SULAMU, tps=2)))
    (verdict,) = reply.verdicts
    assert (verdict.kind, verdict.code) == (VerdictKind.DUPLICATE, "nik.taken")
    assert dict(verdict.detail) == {"place": KUPANG, "tps": "7", "post": "kpps-anggota"}
    assert central.count("enrolment", device=other.device) == 1


def test_the_same_person_twice_in_one_batch_is_flagged(central: Central) -> None:
    laptop = central.laptop()
    facts = officer()
    reply = laptop.exchange(central, laptop.saved(facts), laptop.saved(replace(facts, seat=7)))
    assert kinds(reply) == [VerdictKind.DUPLICATE] * 2


def test_two_posts_one_after_the_other_are_no_duplicate(central: Central) -> None:
    laptop = central.laptop()
    facts = officer(post="pantarlih", seat=None)
    later = replace(facts, post="kpps-anggota", seat=3)
    reply = laptop.exchange(central, laptop.saved(replace(facts, seat=1)), laptop.saved(later))
    assert kinds(reply) == [VerdictKind.ACCEPTED] * 2


def test_the_sweep_finds_whom_two_batches_brought_at_once(central: Central) -> None:
    laptop = central.laptop()
    facts = officer()
    laptop.exchange(central, laptop.saved(facts), laptop.saved(facts))
    with central.database.connect_owner() as connection:
        connection.execute("DELETE FROM duplicate")
    with central.database.connect_app() as connection:
        found = connection.execute("SELECT payung_sweep_duplicates('2020-01-01')").fetchone()
    assert found is not None
    assert found[0] >= 1


def test_certificate_events_are_kept_once(central: Central) -> None:
    laptop = central.laptop()
    saved = laptop.saved()
    printed = LedgerEvent(
        number="PYG-7K3M-0001X",
        kind=LedgerKind.PRINTED,
        record=saved.record,
        revision=1,
        at=datetime.now(UTC),
        operator=laptop.operator,
    )
    laptop.exchange(central, saved, ledger=(printed,))
    laptop.exchange(central, ledger=(printed,))
    assert central.count("ledger", device=laptop.device) == 1


def test_an_empty_batch_tells_that_the_laptop_lives(central: Central) -> None:
    laptop = central.laptop()
    assert laptop.exchange(central).verdicts == ()
    with central.engine.begin() as connection:
        (found,) = [one for one in devices.every(connection) if one.id == laptop.device]
    assert (found.state, found.sequence) == ("active", 1)
    assert found.last_contact is not None


def test_nothing_of_a_person_stands_in_clear(central: Central) -> None:
    laptop = central.laptop()
    facts = officer(name="Yohanes Rahasia Ndolu", birthplace="Sulamu Rahasia", phone="+6281299887766")
    laptop.exchange(central, laptop.saved(facts), laptop.saved(replace(facts, nik="12")))
    secrets = (facts.nik, "Rahasia", "81299887766")
    with central.database.connect_owner() as connection:
        for table in (*RECORD_TABLES, "device", "feed", "incident"):
            rows = connection.execute(f"SELECT t::text FROM {table} t").fetchall()
            text = "\n".join(row[0] for row in rows)
            hexed = [secret.encode().hex() for secret in secrets]
            assert not [secret for secret in (*secrets, *hexed) if secret in text]


def test_signatures_of_others_do_not_count(central: Central) -> None:
    laptop = central.laptop()
    saved = laptop.saved()
    forged = sign_revisions(laptop.operator, Ed25519PrivateKey.generate(), device=laptop.device, revisions=[])
    sealed = laptop.sealed(saved, signatures=(forged,))
    with pytest.raises(Refused) as refused:
        laptop.read(central.take(sealed), of=sealed)
    assert refused.value.reason == "signature"
    with pytest.raises(NotAuthorised):
        verify_receipt(laptop.exchange(central).receipt, [bytes(32)])
