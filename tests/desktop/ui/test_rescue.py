"""A store that does not open: what is wrong is said, and a backup, what is undamaged, or the office leads on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store import archive, backup, enrolments, header, seating
from desktop.store.database import Store, check
from desktop.store.errors import DatabaseMissing, NotSetUp, TooNew
from desktop.store.vault import DATABASE_NAME
from desktop.tasks import Tasks
from desktop.ui import rescuing
from desktop.ui.messages import Messages
from desktop.ui.rescue_page import RescuePage
from desktop.ui.session import Session, enter
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from sync import trust
from sync.kit import Kit, new_activation_code, seal_kit
from tests.desktop.store.officers import officers
from tests.desktop.ui.conftest import SetUp
from tests.desktop.ui.test_access import focusable
from tests.laptops import OPERATOR, PASSPHRASE, ROOTS, VILLAGE, kit

PAGE = 4096
Settle = Callable[[], None]
Damage = Callable[[Path], None]


class Desk:
    """Who opened what, and the files that are chosen."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, int]] = []
        self.asked: list[str] = []
        self.file: Path | None = None
        self.kit: Path | None = None

    def take(self, session: Session) -> None:
        self.opened.append((session.unlocked.operator, sum(enrolments.counts(session.store).values())))
        session.close()

    def a_backup(self, _over: QWidget) -> Path | None:
        return self.file

    def a_kit(self, _over: QWidget) -> Path | None:
        return self.kit


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def worked(folder: Path, set_up: SetUp) -> Path:
    """Forty officers, then a backup, then one more."""
    session = enter(folder, set_up.unlocked, "id")
    people = list(officers(41))
    enrolments.save_many(session.store, people[:40])
    backup.make_here(session.store)
    enrolments.save(session.store, people[40])
    session.close()
    return folder


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, tasks: Tasks, worked: Path, settle: Settle, desk: Desk) -> RescuePage:
    made = RescuePage(
        theme, tasks, worked, Messages("id"), operator=OPERATOR, choose_backup=desk.a_backup, choose_kit=desk.a_kit
    )
    made.opened.connect(desk.take)
    made.office_wanted.connect(desk.asked.append)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def flipped(folder: Path) -> None:
    path = folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[-PAGE + 100 : -PAGE + 600] = bytes(500)
    path.write_bytes(content)


def cut(folder: Path) -> None:
    path = folder / DATABASE_NAME
    path.write_bytes(path.read_bytes()[: -3 * PAGE])


def emptied(folder: Path) -> None:
    (folder / DATABASE_NAME).write_bytes(b"")


def gone(folder: Path) -> None:
    (folder / DATABASE_NAME).unlink()


def without_keys(folder: Path) -> None:
    for name in (header.NAME, header.OLDER):
        (folder / name).unlink(missing_ok=True)


def fresh_kit(store: Store) -> Kit:
    """Another laptop's kit of the same office."""
    laptop, made = store.laptop, kit()
    before = trust.verify(laptop.device_certificate, laptop.root_public, None)
    keys = trust.verify(made.device_certificate, made.root_public, None)
    certificate = replace(before, device=uuid4(), tag="9QRT", sign_key=keys.sign_key, seal_key=keys.seal_key, serial=2)
    return replace(
        made,
        root_public=laptop.root_public,
        intake_public=laptop.intake_public,
        reply_public=laptop.reply_public,
        device_certificate=trust.issue(ROOTS[laptop.root_public], certificate),
    )


def texts(page: RescuePage) -> str:
    return page.parts.diagnosis.text()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (flipped, "1 halaman berkas data rusak."),
        (cut, "Berkas data terpotong"),
        (emptied, "Berkas data (payung.db) kosong."),
        (gone, "Berkas data (payung.db) tidak ada."),
        (without_keys, "Berkas kunci (vault.json) tidak ada."),
    ],
)
def test_what_is_wrong_is_said_and_the_newest_backup_offered(
    page: RescuePage, worked: Path, settle: Settle, damage: Damage, said: str
) -> None:
    damage(worked)
    page.prepare(PASSPHRASE)
    settle()

    assert texts(page).startswith(said)
    assert "40 petugas, di laptop ini." in page.parts.offered.text()
    assert page.parts.restore_button.isEnabled()


@pytest.mark.parametrize("damage", [flipped, cut, emptied, gone, without_keys])
def test_the_newest_backup_brings_the_laptop_back(
    page: RescuePage, worked: Path, settle: Settle, desk: Desk, damage: Damage
) -> None:
    damage(worked)
    page.prepare(PASSPHRASE)
    settle()
    page.parts.passphrase.setText(PASSPHRASE)

    QTest.keyClick(page.parts.restore_button, Qt.Key.Key_Return)
    assert not page.parts.confirm.isHidden()
    assert page.parts.confirm.answers[0].hasFocus()
    QTest.keyClick(page.parts.confirm.answers[0], Qt.Key.Key_Space)
    settle()
    assert "Dipulihkan: 40 petugas." in texts(page)
    assert "Minta berkas penyiapan baru" in texts(page)
    QTest.keyClick(page.parts.open_button, Qt.Key.Key_Return)
    settle()

    assert desk.opened == [(OPERATOR, 40)]


def test_who_does_not_confirm_changes_nothing(page: RescuePage, worked: Path, settle: Settle) -> None:
    flipped(worked)
    before = (worked / DATABASE_NAME).read_bytes()
    page.prepare(PASSPHRASE)
    settle()
    page.parts.restore_button.click()
    page.parts.confirm.answers[1].click()
    settle()

    assert page.parts.confirm.isHidden()
    assert (worked / DATABASE_NAME).read_bytes() == before


def test_what_is_undamaged_is_looked_at_and_saved_in_place(
    page: RescuePage, worked: Path, settle: Settle, desk: Desk, set_up: SetUp
) -> None:
    flipped(worked)
    before = (worked / DATABASE_NAME).read_bytes()
    page.prepare(PASSPHRASE)
    settle()
    page.parts.look_button.click()
    settle()
    seen = len(page.parts.lines.stringList())
    assert seen > 20
    assert (worked / DATABASE_NAME).read_bytes() == before
    assert not list(worked.glob(".*"))

    page.parts.save_button.click()
    settle()
    assert f"{seen} petugas diselamatkan" in texts(page)
    page.parts.open_button.click()
    settle()
    session = enter(worked, set_up.unlocked, "id")
    report = check(session.store)
    session.close()

    assert desk.opened == [(OPERATOR, seen)]
    assert report.sound
    (aside,) = worked.glob("rusak-*")
    assert (aside / DATABASE_NAME).read_bytes() == before


def test_with_a_fresh_kit_the_laptop_may_send_at_once(
    page: RescuePage, worked: Path, settle: Settle, desk: Desk, set_up: SetUp, tmp_path: Path
) -> None:
    session = enter(worked, set_up.unlocked, "id")
    code = new_activation_code()
    desk.kit = tmp_path / "baru.payung-kit"
    desk.kit.write_bytes(seal_kit(fresh_kit(session.store), code))
    session.close()
    flipped(worked)
    page.prepare(PASSPHRASE)
    settle()
    page.parts.kit.button.click()
    page.parts.save_button.click()
    assert page.parts.kit.code.hasFocus()
    page.parts.kit.code.setText(code)
    page.parts.save_button.click()
    settle()

    assert "diselamatkan" in texts(page)
    assert "berkas penyiapan baru" not in texts(page)


def test_a_backup_from_a_stick_is_chosen_and_a_wrong_file_refused(
    page: RescuePage, worked: Path, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    newest = archive.newest(worked / archive.FOLDER_NAME)
    assert newest is not None
    desk.file = tmp_path / f"dari-flashdisk{archive.SUFFIX}"
    newest.path.rename(desk.file)
    gone(worked)
    page.prepare(PASSPHRASE)
    settle()
    assert not page.parts.restore_button.isEnabled()

    page.parts.other_button.click()
    settle()
    assert "40 petugas, di flashdisk." in page.parts.offered.text()
    desk.file.write_bytes(b"bukan cadangan")
    page.parts.other_button.click()
    settle()

    assert page.parts.notice.text().startswith("Berkas ini bukan cadangan Payung.")


def test_lost_keys_lead_to_the_office(page: RescuePage, worked: Path, settle: Settle, desk: Desk) -> None:
    without_keys(worked)
    page.prepare()
    settle()
    assert not page.parts.asking.isHidden()
    page.parts.office_button.click()

    assert desk.asked == [OPERATOR]


def test_without_a_passphrase_it_is_asked_for(page: RescuePage, worked: Path, settle: Settle) -> None:
    flipped(worked)
    page.prepare()
    settle()
    assert page.parts.passphrase.hasFocus()
    QTest.keyClicks(page.parts.passphrase, "bukan kata sandi ini")
    QTest.keyClick(page.parts.passphrase, Qt.Key.Key_Return)
    settle()
    assert page.parts.passphrase_field.message.startswith("Kata sandi belum cocok.")
    page.parts.passphrase.setText(PASSPHRASE)
    QTest.keyClick(page.parts.passphrase, Qt.Key.Key_Return)
    settle()

    assert "halaman berkas data rusak" in texts(page)
    assert not page.parts.saving.isHidden()


def test_a_sound_laptop_is_said_to_be_one_and_opened(page: RescuePage, settle: Settle, desk: Desk) -> None:
    page.prepare(PASSPHRASE)
    settle()
    assert texts(page) == "Semua data utuh."
    page.parts.open_button.click()
    settle()

    assert desk.opened == [(OPERATOR, 41)]


def test_escape_leads_back_and_leaving_forgets_what_is_secret(
    page: RescuePage, qtbot: QtBot, worked: Path, settle: Settle
) -> None:
    flipped(worked)
    page.prepare(PASSPHRASE)
    settle()
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page.parts.restore_button, Qt.Key.Key_Escape)
    page.forget()

    assert page.parts.passphrase.text() == ""
    assert page.parts.saving.isHidden()


def test_everything_on_the_page_has_a_name_and_is_high_enough(page: RescuePage, worked: Path, settle: Settle) -> None:
    flipped(worked)
    page.prepare(PASSPHRASE)
    settle()
    page.parts.look_button.click()
    settle()
    found = list(focusable(page))

    assert len(found) > 6
    assert [widget for widget in found if not widget.accessibleName()] == []
    assert [widget for widget in found if min(widget.width(), widget.height()) < 24] == []


@pytest.mark.parametrize("damage", [flipped, emptied, gone, without_keys])
def test_the_unlock_page_leads_there(
    qtbot: QtBot, theme: Theme, tasks: Tasks, worked: Path, settle: Settle, damage: Damage
) -> None:
    damage(worked)
    if damage is flipped:
        path = worked / DATABASE_NAME
        path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    unlock = UnlockPage(theme, tasks, worked, Messages("id"))
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.prepare()
    settle()
    unlock.passphrase.setText(PASSPHRASE)
    unlock.submit()
    settle()
    assert not unlock.rescue_button.isHidden()

    with qtbot.waitSignal(unlock.broken) as told:
        unlock.rescue_button.click()
    assert told.args is not None
    assert told.args[1] == PASSPHRASE


def test_help_is_offered_where_there_is_some(worked: Path, tmp_path: Path) -> None:
    assert rescuing.helps(worked, DatabaseMissing())
    assert rescuing.helps(worked, NotSetUp())
    assert not rescuing.helps(tmp_path / "elsewhere", NotSetUp())
    assert not rescuing.helps(worked, TooNew())


def test_a_look_names_officers_by_place(worked: Path, set_up: SetUp) -> None:
    session = enter(worked, set_up.unlocked, "id")
    row = seating.roster(session.store, VILLAGE, 1)[0]
    session.close()
    look = rescuing.look(worked, set_up.unlocked)

    assert rescuing.Line("TPS 001, Kel. Oebobo", row.label, row.name) in look.lines
    assert look.lost == 0
