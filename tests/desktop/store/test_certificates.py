"""Certificate numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from desktop.store import certificates, enrolments
from desktop.store.database import Store, check
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from payung import certificate
from sync.ledger import LedgerKind
from sync.trust import verify
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.offices import Office

DAY = date(2026, 11, 22)


def ledger(store: Store, unlocked: Unlocked, office: Office) -> list[tuple[str, LedgerKind, int]]:
    """What the office would hear about certificates."""
    sealed = StoreOutbox(store, unlocked).next_batch(100)
    assert sealed is not None
    device = verify(store.laptop.device_certificate, store.laptop.root_public, None)
    batch, _ = office.open(sealed.data, device)
    return [(event.number, event.kind, event.copy) for event in batch.ledger]


def test_numbers_are_given_once_and_in_order(store: Store) -> None:
    ids = [
        saved.id for saved in enrolments.save_many(store, officers(5), on=DAY) if isinstance(saved, enrolments.Saved)
    ]

    first = certificates.allocate(store, ids[:3])
    second = certificates.allocate(store, ids[3:])

    numbers = [one.number for one in (*first, *second)]
    assert numbers == [certificate.number(store.laptop.tag, sequence) for sequence in range(1, 6)]
    assert all(certificate.check(number) for number in numbers)
    assert [one.facts.nik for one in first] == [facts.nik for facts in officers(3)]


def test_a_reprint_keeps_its_number_and_counts_the_copy(store: Store, unlocked: Unlocked, office: Office) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    (first,) = certificates.allocate(store, [saved.id])
    (again,) = certificates.allocate(store, [saved.id])

    assert (again.number, again.issued_at) == (first.number, first.issued_at)
    assert (first.copy, again.copy) == (1, 2)
    assert ledger(store, unlocked, office) == [
        (first.number, LedgerKind.ALLOCATED, 1),
        (first.number, LedgerKind.PRINTED, 1),
        (first.number, LedgerKind.PRINTED, 2),
    ]


def test_a_newer_version_gets_a_new_number_and_voids_the_old(store: Store, unlocked: Unlocked, office: Office) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    (first,) = certificates.allocate(store, [saved.id])
    enrolments.save(store, replace(officer(), phone="081200000001", seat=saved.seat), record_id=saved.id, on=DAY)

    (second,) = certificates.allocate(store, [saved.id])

    assert second.number != first.number
    assert (second.revision, second.copy) == (2, 1)
    assert (first.number, LedgerKind.VOID, 1) in ledger(store, unlocked, office)


def test_a_withdrawn_record_has_no_certificate_any_more(store: Store, unlocked: Unlocked, office: Office) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    (first,) = certificates.allocate(store, [saved.id])
    enrolments.withdraw(store, saved.id, "meninggal")

    assert certificates.allocate(store, [saved.id]) == ()
    assert ledger(store, unlocked, office)[-1] == (first.number, LedgerKind.VOID, 1)


def test_what_gets_none_is_told_with_its_reason(store: Store) -> None:
    draft = enrolments.save(store, officer(name=""), on=DAY)
    gone = enrolments.save(store, officer(), on=DAY)
    enrolments.withdraw(store, gone.id, "")
    unknown = uuid4()
    ready = enrolments.save(store, officer(tps=7), on=DAY)
    ids = [draft.id, gone.id, unknown, ready.id]

    reasons = {left.id: left.reason for left in certificates.left_out(store, ids)}

    assert reasons == {
        draft.id: "certificate.draft",
        gone.id: "certificate.withdrawn",
        unknown: "certificate.unknown",
    }
    assert [one.record for one in certificates.allocate(store, ids)] == [ready.id]
    assert certificates.ready(store) == (ready.id,)


def test_printing_leaves_a_sound_store(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    certificates.allocate(store, [saved.id])

    assert check(store).sound
