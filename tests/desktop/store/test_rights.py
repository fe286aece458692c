"""Who leads a laptop takes data off it; nobody is kept from rescuing it, and evidence says who made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.store import audit, backup, enrolments, evidence, operators, purge, restoring, vault, wiping
from desktop.store.database import Store, check
from desktop.store.rights import NotLead
from desktop.store.vault import Role, Unlocked
from payung.bodies import Institution
from payung.retention import Retention
from tests.desktop.store.conftest import SetUp
from tests.desktop.store.officers import officer
from tests.laptops import OPERATOR, PASSPHRASE

CLERK, CLERKS = "Siti Benu", "gamelan angkut tenun rembulan"
WATCH, WATCHS = "Rani Tode", "perahu kemiri lontong sasando"
LATE = date(2099, 1, 1)


@pytest.fixture
def shared(folder: Path, unlocked: Unlocked) -> Path:
    """A laptop of three: ketua, operator, pengawas."""
    with Store.open(folder, unlocked) as store:
        operators.add(store, name=CLERK, role=Role.OPERATOR, passphrase=CLERKS)
        operators.add(store, name=WATCH, role=Role.PENGAWAS, passphrase=WATCHS)
        enrolments.save(store, officer())
    return folder


@pytest.fixture
def clerk(shared: Path) -> Iterator[Store]:
    """Opened by who does not lead it."""
    with Store.open(shared, vault.unlock(shared, operator=CLERK, passphrase=CLERKS)) as store:
        store.event = replace(store.event, retention=Retention(30, "rapat uji"))
        yield store


@pytest.fixture
def alone(set_up: SetUp, tmp_path: Path) -> Iterator[Store]:
    """A laptop whose only operator is no ketua."""
    folder = tmp_path / "sendiri"
    unlocked = vault.create(folder, operator=CLERK, role=Role.OPERATOR, passphrase=CLERKS)
    with Store.create(folder, unlocked, set_up.kit) as store:
        yield store


def test_an_operator_neither_purges_nor_wipes_but_may_count(clerk: Store) -> None:
    entries = check(clerk).audit_entries
    with pytest.raises(NotLead):
        purge.run(clerk, LATE)
    with pytest.raises(NotLead):
        wiping.people(clerk)
    assert purge.plan(clerk, LATE).kept["unreceived"] == 1
    assert check(clerk).audit_entries == entries


def test_the_policy_of_the_event_needs_no_role(clerk: Store) -> None:
    assert purge.by_policy(clerk, LATE) == 0
    assert (clerk.folder / purge.NOTE).exists()


@pytest.mark.parametrize(("institution", "may"), [(Institution.KPU, False), (Institution.BAWASLU, True)])
def test_the_pengawas_leads_where_the_laptop_is_bawaslus(shared: Path, institution: Institution, may: bool) -> None:
    with Store.open(shared, vault.unlock(shared, operator=WATCH, passphrase=WATCHS)) as store:
        store.laptop = replace(store.laptop, institution=institution.value)
        if may:
            assert purge.run(store, LATE).due == ()
            assert len(wiping.people(store).people) == 1
        else:
            with pytest.raises(NotLead):
                purge.run(store, LATE)


def test_the_roll_of_a_wipe_is_written_for_who_leads_alone(clerk: Store, unlocked: Unlocked, tmp_path: Path) -> None:
    path, folder = tmp_path / "daftar", clerk.folder
    clerk.close()
    with Store.open(folder, unlocked) as lead:
        roll = wiping.people(lead)
    siti = vault.unlock(folder, operator=CLERK, passphrase=CLERKS)
    with Store.open(folder, siti) as again, pytest.raises(NotLead):
        wiping.write_down(again, roll, path)
    assert not path.exists()


def test_whoever_is_alone_on_a_laptop_without_a_ketua_leads_it(alone: Store, tmp_path: Path) -> None:
    wiping.write_down(alone, wiping.people(alone), tmp_path / "daftar")

    assert (tmp_path / "daftar").exists()


def test_an_operator_rescues_the_laptop_as_well_as_the_ketua(clerk: Store, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.payung-backup"
    backup.make(clerk, copy)

    restored = restoring.restore(copy, tmp_path / "baru", operator=CLERK, passphrase=CLERKS)

    assert restored.manifest.vault == clerk.unlocked.vault_id


def test_evidence_says_which_of_several_operators_made_it(clerk: Store) -> None:
    record = enrolments.save(clerk, officer(nik="5371041508969902", tps=5)).id

    document = evidence.gather(clerk, record)

    with clerk.reading() as work:
        last = [entry.link for entry in audit.entries(work)][-1]
    assert (last.action, last.subject, last.operator) == ("shown", record.bytes, clerk.unlocked.operator_id)
    shown = document["audit"][-1]["entries"][-1]
    assert (shown["action"], shown["operator"]) == ("shown", str(clerk.unlocked.operator_id))
    names = {one["id"]: one["name"] for one in document["operators"]}
    assert names[shown["operator"]] == CLERK
    assert OPERATOR in names.values()
    assert PASSPHRASE not in evidence.encoded(document).decode()
