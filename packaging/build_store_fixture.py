"""Make tests/data/store/<schema>/: a laptop's folder as this version of the program writes it, for tests of upgrades.

usage: python packaging/build_store_fixture.py
Run once for every new schema, before the next one is begun; a folder that is there is never made anew.
Every person is invented; the NIKs carry serials 99xx.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.store import certificates, drafts, enrolments, outbox, vault  # noqa: E402
from desktop.store.database import Store, check  # noqa: E402
from desktop.store.tables import SCHEMA  # noqa: E402
from sync import exchange  # noqa: E402
from sync.trust import verify  # noqa: E402
from tests.desktop.store.officers import officer, officers  # noqa: E402
from tests.desktop.store.offices import Line, Office  # noqa: E402
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE, kit  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "store" / f"{SCHEMA:04}"


def main() -> None:
    """Write the folder, with what was done in it as expected.json."""
    FOLDER.mkdir(parents=True)
    (FOLDER / "passphrase.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    office = Office()
    made = replace(kit(), intake_public=office.intake_public, reply_public=office.reply_public)
    unlocked = vault.create(FOLDER / "data", operator=OPERATOR, passphrase=PASSPHRASE)
    with Store.create(FOLDER / "data", unlocked, made) as store:
        expected = filled(store, office)
    expected |= {
        "operator": OPERATOR,
        "intake_private": office.intake.private_bytes_raw().hex(),
        "reply_private": office.reply.private_bytes_raw().hex(),
        "epoch": office.epoch.hex(),
    }
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (FOLDER / "data" / "lock").unlink(missing_ok=True)


def filled(store: Store, office: Office) -> dict[str, object]:
    """Put officers, drafts, certificates, a settled and an unsettled batch into the store; what is there then."""
    saved = enrolments.save_many(store, officers(12))
    ids = [one.id for one in saved if isinstance(one, enrolments.Saved)]
    given = certificates.allocate(store, ids[:3])
    sending = outbox.StoreOutbox(store, store.unlocked)
    line = Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))
    exchange.run(sending, line, outbox.exchange_keys(store), clock=store.clock)
    changed = enrolments.save(
        store, replace(enrolments.get(store, ids[0]).facts, phone="081200009901"), record_id=ids[0]
    )
    enrolments.withdraw(store, ids[1], "Mengundurkan diri")
    half = enrolments.save(store, officer(nik="", tps=9, post="linmas"))
    sealed = sending.next_batch(100)
    assert sealed is not None
    assert changed.changed
    waiting = enrolments.save(store, officer(nik="5371041508969902", tps=9, name="PETUGAS SUSULAN"))
    drafts.keep(store, VILLAGE, 9, "kpps-anggota", 3, {"name": "Mariana Dr", "nik": "5371 0415"}, "nik")
    drafts.keep(store, VILLAGE, None, "pps-ketua", None, {"name": "Yoh"}, "name")
    report = check(store)
    assert report.sound, report
    return {
        "records": report.records,
        "audit_entries": report.audit_entries,
        "unsettled": sealed.sequence,
        "sealed_hash": sealed.batch_hash.hex(),
        "pending": sending.pending(),
        "counts": enrolments.counts(store),
        "accepted": str(ids[2]),
        "changed": str(ids[0]),
        "withdrawn": str(ids[1]),
        "draft_record": str(half.id),
        "waiting": str(waiting.id),
        "certificates": [one.number for one in given],
        "drafts": 2,
    }


if __name__ == "__main__":
    main()
