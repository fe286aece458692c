"""Full data go when the office has them and the term is over, and then nothing of them is left in any page."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import audit, backup, certificates, clearing, drafts, enrolments, purge
from desktop.store.database import Store, check
from desktop.store.errors import Purged
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.vault import DATABASE_NAME, Unlocked
from payung.retention import Retention
from sync import exchange
from sync.feed import Correction, FeedItem, FeedKind, Kpj
from sync.reply import Verdict, VerdictKind
from sync.revision import Revision
from sync.trust import verify
from tests.desktop.store import pages
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer, officers
from tests.desktop.store.offices import Line, Office, verdict
from tests.laptops import VILLAGE

DAY = date(2026, 11, 22)
END = date(2029, 2, 25)
AFTER = END + timedelta(days=31)
PHONE = "081299887766"
MARKS = tuple(mark.encode() for mark in (NIK, NAME, MOTHER, PHONE, "RAHASIA"))


@pytest.fixture
def kept(store: Store) -> Store:
    """A store whose event keeps full data for thirty days after the term."""
    store.event = dataclasses.replace(store.event, retention=Retention(30, "rapat uji"))
    return store


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    return Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))


def send(store: Store, line: Line) -> None:
    exchange.run(StoreOutbox(store, store.unlocked), line, exchange_keys(store), clock=store.clock)


def enrolled(store: Store) -> UUID:
    return enrolments.save(store, officer(phone=PHONE, address="JALAN RAHASIA"), on=DAY).id


def inside(store: Store) -> bytes:
    """Everything the store's files hold, deciphered, the copies too."""
    key = store.unlocked.database_key
    files = [store.folder / DATABASE_NAME, *(store.folder / "backups").glob("*.db")]
    found = b"".join(pages.of_database(path, key) for path in files)
    return found + pages.of_journal(store.folder / (DATABASE_NAME + "-wal"), key)


def test_what_is_received_and_over_leaves_only_its_outline(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    send(kept, line)

    made = purge.run(kept, AFTER)

    assert made.due == (record,)
    (row,) = [row for row in enrolments.roster(kept, VILLAGE, 4) if row.record == record]
    assert (row.name, row.nik, row.state.value) == ("M. X.", "•••• 9901", "sent")
    with pytest.raises(Purged):
        enrolments.get(kept, record)
    assert check(kept).sound, check(kept).findings


def test_no_page_of_database_or_journal_holds_the_person_any_more(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    enrolments.save_many(kept, officers(60), on=DAY)
    enrolments.save(kept, officer(phone=PHONE, address="GANG RAHASIA", seat=2), record_id=record, on=DAY)
    drafts.keep(kept, VILLAGE, 4, "kpps-anggota", 2, {"name": NAME, "mother": MOTHER, "nik": NIK}, "name")
    drafts.discard(kept, VILLAGE, 4, "kpps-anggota", 2)
    drafts.keep(kept, VILLAGE, 4, "kpps-anggota", 2, {"name": NAME}, "name")
    line.feed = (
        FeedItem(
            cursor=1,
            kind=FeedKind.CORRECTION,
            body=Correction(record=record, revision=1, fields=("name",), text=NAME, by=""),
        ),
        FeedItem(cursor=2, kind=FeedKind.KPJ, body=Kpj(record=record, kpj="12345678901")),
    )
    send(kept, line)
    before = inside(kept)
    assert [mark for mark in MARKS if mark not in before] == []

    purge.run(kept, AFTER)

    after = inside(kept)
    assert [mark for mark in MARKS if mark in after] == []
    kept.close()
    assert [mark for mark in MARKS if mark in inside(kept)] == []


def test_copies_of_the_store_are_replaced_by_one_without_the_person(kept: Store, line: Line) -> None:
    enrolled(kept)
    before = backup.run(kept)
    assert before is not None
    send(kept, line)

    purge.run(kept, AFTER)

    (copy,) = (kept.folder / "backups").iterdir()
    assert copy != before.here.path
    assert backup.newest(kept) is not None


@pytest.mark.parametrize(
    "kind", [VerdictKind.REFUSED, VerdictKind.CONFLICT, VerdictKind.WAITING, VerdictKind.DUPLICATE]
)
def test_what_the_office_has_not_accepted_is_never_taken(kept: Store, line: Line, kind: VerdictKind) -> None:
    def judge(revision: Revision) -> Verdict:
        return verdict(revision, kind, "nik.taken")

    record = enrolled(kept)
    line.judge = judge
    send(kept, line)

    assert purge.run(kept, AFTER).kept["unreceived"] == 1
    assert enrolments.get(kept, record).facts.name == NAME


def test_a_change_the_office_has_not_seen_keeps_the_whole_record(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    send(kept, line)
    enrolments.save(kept, officer(phone="081200000001", seat=2), record_id=record, on=DAY)

    assert purge.run(kept, AFTER).due == ()
    enrolments.save(kept, officer(nik="", seat=2), record_id=record, on=DAY)
    assert purge.run(kept, AFTER).due == ()


def test_a_draft_and_what_was_never_sent_stay(kept: Store) -> None:
    enrolments.save(kept, officer(nik=""), on=DAY)
    enrolments.save(kept, officer(nik="5371041508969902", tps=5), on=DAY)

    made = purge.run(kept, AFTER)

    assert made.due == ()
    assert made.kept["unreceived"] == 2


def test_nothing_goes_before_its_day_or_without_a_rule_of_the_event(store: Store, line: Line) -> None:
    enrolled(store)
    send(store, line)

    assert purge.run(store, date(2099, 1, 1)).kept["never"] == 1

    store.event = dataclasses.replace(store.event, retention=Retention(30, "rapat uji"))
    assert purge.plan(store, END + timedelta(days=30)).kept["term"] == 1
    assert len(purge.plan(store, AFTER).due) == 1


def test_a_plan_changes_nothing_and_a_second_purge_finds_nothing(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    send(kept, line)
    entries = check(kept).audit_entries

    assert purge.plan(kept, AFTER).due == (record,)
    assert check(kept).audit_entries == entries

    purge.run(kept, AFTER)
    again = purge.run(kept, AFTER)

    assert (again.due, again.kept["done"]) == ((), 1)


def test_the_audit_keeps_who_was_enrolled_by_hash_and_who_purged(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    send(kept, line)
    before = check(kept).audit_entries
    purge.run(kept, AFTER)

    with kept.reading() as work:
        last = [entry.link for entry in audit.entries(work)][-1]

    assert check(kept).audit_entries == (before or 0) + 1
    assert (last.action, last.subject) == ("purged", record.bytes)
    assert audit.verify(kept).broken_at is None


def test_who_was_purged_gets_no_new_paper_and_no_new_version(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    send(kept, line)
    purge.run(kept, AFTER)

    assert [one.reason for one in certificates.left_out(kept, [record])] == ["certificate.purged"]
    assert certificates.allocate(kept, [record]) == ()
    with pytest.raises(Purged):
        enrolments.save(kept, officer(phone="0812", seat=2), record_id=record, on=DAY)
    with pytest.raises(Purged):
        enrolments.withdraw(kept, record, "salah")


def test_a_person_purged_may_serve_again(kept: Store, line: Line) -> None:
    enrolled(kept)
    send(kept, line)
    purge.run(kept, AFTER)

    again = enrolments.save(kept, officer(tps=5), on=DAY)

    assert again.state.value == "ready"


def test_a_wiped_body_without_its_purge_is_damage(kept: Store, unlocked: Unlocked, folder: Path) -> None:
    enrolled(kept)
    with kept.writing() as work:
        work.driver.execute("UPDATE revision SET body = x''")

    assert "check.revision" in {finding.code for finding in check(kept).findings}


def notes(store: Store) -> bytes:
    """What is kept of when it was last looked after."""
    path = store.folder / purge.NOTE
    return path.read_bytes() if path.exists() else b""


def test_by_itself_nothing_is_looked_at_where_the_event_names_no_days_or_no_term_is_over(
    store: Store, line: Line
) -> None:
    enrolled(store)
    send(store, line)

    assert purge.by_policy(store, date(2099, 1, 1)) == 0
    store.event = dataclasses.replace(store.event, retention=Retention(30, "rapat uji"))
    assert purge.by_policy(store, DAY) == 0

    assert notes(store) == b""
    assert purge.by_policy(store, END + timedelta(days=30)) == 0


def test_by_itself_it_takes_what_is_due_and_looks_once_a_day(kept: Store, line: Line) -> None:
    record = enrolled(kept)
    assert purge.by_policy(kept, AFTER) == 0
    send(kept, line)

    assert purge.by_policy(kept, AFTER) == 0
    assert enrolments.get(kept, record).facts.name == NAME
    assert purge.by_policy(kept, AFTER + timedelta(days=1)) == 1

    with pytest.raises(Purged):
        enrolments.get(kept, record)
    before = notes(kept)
    assert purge.by_policy(kept, AFTER + timedelta(days=1)) == 0
    assert purge.by_policy(kept, AFTER + timedelta(days=2)) == 0
    assert notes(kept) != before
    assert check(kept).sound


@pytest.mark.parametrize("step", ["rewrite", "renew_copies"])
def test_a_purge_broken_off_goes_on_by_itself_though_nobody_is_due_any_more(
    kept: Store, line: Line, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def broken(_store: Store) -> None:
        raise KeyboardInterrupt

    enrolled(kept)
    backup.run(kept)
    send(kept, line)
    with monkeypatch.context() as cut:
        cut.setattr(clearing, step, broken)
        with pytest.raises(KeyboardInterrupt):
            purge.by_policy(kept, AFTER)
    assert [mark for mark in MARKS if mark in inside(kept)] != [] or step == "renew_copies"
    copies = {path.name for path in (kept.folder / "backups").iterdir()}

    assert purge.by_policy(kept, AFTER) == 0

    assert [mark for mark in MARKS if mark in inside(kept)] == []
    assert copies.isdisjoint(path.name for path in (kept.folder / "backups").iterdir())
    standing = notes(kept)
    assert purge.by_policy(kept, AFTER) == 0
    assert notes(kept) == standing


def test_a_note_that_cannot_be_read_means_looking_once_more(kept: Store, line: Line) -> None:
    enrolled(kept)
    send(kept, line)
    for content in (b"", b"[]", b'{"day": 7}', b"{" * 5000, b'{"day": "kemarin"}'):
        (kept.folder / purge.NOTE).write_bytes(content)
        assert purge._noted(kept.folder) == purge._Note()

    assert purge.by_policy(kept, AFTER) == 1
