"""The page Pengaturan: every section does what it says, by keyboard, and keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

import payung
from desktop import crash, settings
from desktop.store import archive, backup, enrolments, operators, vault
from desktop.store.errors import WrongPassphrase
from desktop.store.vault import Role
from desktop.tasks import Tasks
from desktop.ui.need import Alone, Choose, Rescue
from desktop.ui.page import Errand
from desktop.ui.sections.backups import Backups
from desktop.ui.sections.device import Device
from desktop.ui.sections.people import People
from desktop.ui.sections.report import Report
from desktop.ui.session import Session
from desktop.ui.settings_page import SettingsPage
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from sync.kit import new_activation_code, seal_kit
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer
from tests.desktop.ui.test_access import LEAST, focusable
from tests.desktop.ui.test_rescue import fresh_kit
from tests.laptops import OPERATOR, PASSPHRASE

Settle = Callable[[], None]
COLLEAGUE, WORDS = "Adriana Bria", "bambu kolam pelita senja"
FRESH = "delima kereta pantai rumput"
SECTIONS = ("appearance", "people", "backups", "locking", "enrolling", "device", "practice", "report", "about")


class Needs:
    """What the window was asked for."""

    def __init__(self) -> None:
        self.heard: list[Choose | Alone | Rescue] = []

    def take(self, need: Choose | Alone | Rescue) -> None:
        self.heard.append(need)

    @property
    def settings(self) -> settings.Settings:
        (need,) = self.heard
        assert isinstance(need, Choose)
        return need.settings


@pytest.fixture
def needs() -> Needs:
    return Needs()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, needs: Needs) -> SettingsPage:
    made = SettingsPage(theme, tasks, session)
    made.needed.connect(needs.take)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.shown()
    settle()
    return made


def people_of(page: SettingsPage) -> People:
    found = page.sections["people"]
    assert isinstance(found, People)
    return found


def backups_of(page: SettingsPage) -> Backups:
    found = page.sections["backups"]
    assert isinstance(found, Backups)
    return found


def show(page: SettingsPage, name: str, settle: Settle) -> None:
    page.visit(Errand("settings", field=name))
    settle()
    assert page.front == name


def test_the_arrow_keys_lead_through_the_sections(page: SettingsPage, settle: Settle) -> None:
    seen = [page.front]
    for _ in SECTIONS[1:]:
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        settle()
        seen.append(page.front)

    assert tuple(seen) == SECTIONS


def test_in_a_narrow_window_a_box_takes_the_lists_place(page: SettingsPage, settle: Settle) -> None:
    page.resize(640, 600)
    page.adapt(640, 600)
    settle()
    page.box.setCurrentIndex(3)
    settle()

    assert (page.list.isVisible(), page.box.isVisible(), page.front) == (False, True, "locking")


def test_text_size_and_colours_are_kept_and_told(
    page: SettingsPage, settle: Settle, needs: Needs, folder: Path
) -> None:
    section = page.sections["appearance"]
    QTest.keyClick(section.text_size.buttons[0], Qt.Key.Key_Right)  # type: ignore[attr-defined]
    settle()
    assert needs.settings == settings.load(folder) == settings.Settings(text_size=125)
    needs.heard.clear()
    section.colours.buttons[2].click()  # type: ignore[attr-defined]
    settle()

    assert needs.settings == settings.Settings(text_size=125, theme=settings.Theme.SYSTEM)


def test_the_minutes_until_the_lock_are_kept(page: SettingsPage, settle: Settle, needs: Needs, folder: Path) -> None:
    show(page, "locking", settle)
    section = page.sections["locking"]
    section.minutes.setValue(500)  # type: ignore[attr-defined]
    assert section.minutes.value() == 60  # type: ignore[attr-defined]
    section.minutes.setValue(3)  # type: ignore[attr-defined]
    section.keep_button.click()  # type: ignore[attr-defined]
    settle()

    assert needs.settings.lock_minutes == settings.load(folder).lock_minutes == 3
    assert section.notice.text() == "Payung terkunci setelah 3 menit."


def test_a_ketua_adds_somebody_who_then_opens_the_laptop(page: SettingsPage, settle: Settle, folder: Path) -> None:
    show(page, "people", settle)
    section = people_of(page)
    QTest.keyClicks(section.name, COLLEAGUE)
    QTest.keyClicks(section.pair.fresh, WORDS)
    QTest.keyClicks(section.pair.again, WORDS)
    QTest.keyClick(section.pair.again, Qt.Key.Key_Return)
    settle()

    assert section.notice.text() == "Adriana Bria sekarang dapat membuka laptop ini."
    assert section._names.stringList() == [f"{OPERATOR}  ·  ketua (Anda)", "Adriana Bria  ·  petugas"]
    assert vault.unlock(folder, operator=COLLEAGUE, passphrase=WORDS).role is Role.OPERATOR
    assert section.pair.fresh.text() == ""


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("12345678", "12345678", "Angka saja mudah ditebak."),
        ("pendek", "pendek", "Kata sandi terlalu pendek."),
        (WORDS, FRESH, "Keduanya berbeda."),
    ],
)
def test_a_poor_passphrase_or_two_that_differ_add_nobody(
    page: SettingsPage, settle: Settle, folder: Path, first: str, again: str, said: str
) -> None:
    section = people_of(page)
    section.name.setText(COLLEAGUE)
    section.pair.fresh.setText(first)
    section.pair.again.setText(again)
    section.add_button.click()
    settle()

    assert section.pair.message.startswith(said)
    assert len(vault.operators(folder)) == 1


def test_a_name_there_is_already_is_told(page: SettingsPage, settle: Settle) -> None:
    section = people_of(page)
    section.name.setText(OPERATOR.upper())
    section.pair.fresh.setText(WORDS)
    section.pair.again.setText(WORDS)
    section.add_button.click()
    settle()

    assert "sudah ada di laptop ini" in section.notice.text()


def test_removing_asks_first_and_then_wants_the_store_alone(
    page: SettingsPage, session: Session, settle: Settle, needs: Needs, folder: Path
) -> None:
    operators.add(session.store, name=COLLEAGUE, role=Role.OPERATOR, passphrase=WORDS)
    show(page, "people", settle)
    section = people_of(page)
    section.remove_button.click()
    assert section.notice.text().startswith("Anda belum dapat menghapus diri sendiri.")
    section.list.setCurrentIndex(section._names.index(1))
    section.remove_button.click()
    assert section.confirm.answers[1].hasFocus()
    section.confirm.answers[1].click()
    assert needs.heard == []
    section.remove_button.click()
    section.confirm.answers[0].click()
    (need,) = needs.heard
    assert isinstance(need, Alone)

    need.work(session.store).close()
    assert [one.name for one in vault.operators(folder)] == [OPERATOR]
    assert need.said == "Adriana Bria tidak dapat lagi membuka laptop ini. Buka dengan kata sandi Anda."


def test_one_changes_ones_own_passphrase(page: SettingsPage, settle: Settle, folder: Path) -> None:
    show(page, "people", settle)
    section = people_of(page)
    section.old.setText("bukan yang benar ini")
    section.own_pair.fresh.setText(FRESH)
    section.own_pair.again.setText(FRESH)
    section.change_button.click()
    settle()
    assert section.notice.text().startswith("Kata sandi belum cocok.")
    section.old.setText(PASSPHRASE)
    section.change_button.click()
    settle()

    assert section.notice.text() == "Kata sandi baru Anda berlaku mulai sekarang."
    assert section.old.text() == section.own_pair.fresh.text() == ""
    assert vault.unlock(folder, passphrase=FRESH).operator == OPERATOR
    with pytest.raises(WrongPassphrase):
        vault.unlock(folder, passphrase=PASSPHRASE)


def test_who_is_no_ketua_only_changes_the_own_passphrase(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle
) -> None:
    clerk = replace(session, unlocked=replace(session.unlocked, role=Role.OPERATOR))
    section = People(theme, tasks, clerk)
    qtbot.addWidget(section)
    section.show()
    section.shown()
    settle()

    assert not section.add_button.isVisible()
    assert not section.remove_button.isVisible()
    assert section.change_button.isVisible()


def test_a_backup_is_made_here_and_on_the_stick_and_both_are_shown(
    page: SettingsPage, session: Session, settle: Settle, tmp_path: Path, folder: Path, needs: Needs
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    enrolments.save(session.store, officer())
    show(page, "backups", settle)
    section = backups_of(page)
    assert section.here.text() == "Belum ada cadangan di laptop ini."
    section._choose = lambda _over: stick
    section.choose_button.click()
    settle()
    assert needs.settings.backup_folder == str(stick)
    section.now_button.click()
    settle()

    assert section.notice.text() == "Cadangan sudah dibuat, di laptop dan di flashdisk. Flashdisk boleh dicabut."
    assert section.here.text().endswith("1 petugas.")
    assert section.there.text().startswith(f"{stick}\nCadangan terakhir: ")
    (carried,) = stick.glob("*.payung-backup")
    assert carried.read_bytes() == (folder / "backups" / carried.name).read_bytes()


def test_a_stick_that_is_missing_or_full_is_said_with_the_next_step(
    page: SettingsPage, settle: Settle, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    settings.change(folder, backup_folder=str(stick))
    show(page, "backups", settle)
    section = backups_of(page)
    assert (
        section.there.text() == f"{stick} belum terpasang. Pasang flashdisk; cadangan berikutnya juga ditulis ke sana."
    )
    stick.mkdir()
    carry = backup.carry

    def full(made: archive.Backup, place: Path, *, tag: str) -> Path | None:
        monkeypatch.setattr("desktop.store.room.free", lambda _folder: 100)
        return carry(made, place, tag=tag)

    monkeypatch.setattr(backup, "carry", full)
    section.now_button.click()
    settle()

    assert section.notice.text().startswith("Cadangan di laptop sudah dibuat, tetapi flashdisk penuh.")
    assert section.here.text().startswith("Cadangan terakhir:")


def test_restoring_leads_to_the_rescue_page(page: SettingsPage, needs: Needs) -> None:
    backups_of(page).restore_button.click()

    assert needs.heard == [Rescue()]


def test_the_laptop_says_what_the_office_asks_for(page: SettingsPage, settle: Settle) -> None:
    show(page, "device", settle)
    told = [one.text() for one in page.sections["device"].findChildren(QLabel)]

    for fact in ("KPU Kota Kupang", "0380-123456", "Kel. Oebobo", "7K3M", payung.__version__):
        assert fact in told


def test_a_fresh_kit_is_put_to_use(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, needs: Needs, tmp_path: Path
) -> None:
    code, file = new_activation_code(), tmp_path / "baru.payung-kit"
    file.write_bytes(seal_kit(fresh_kit(session.store), code))
    section = Device(theme, tasks, session, lambda _over: file)
    section.needed.connect(needs.take)
    qtbot.addWidget(section)
    section.show()
    section.adopt_button.click()
    assert section.notice.text() == "Pilih berkas penyiapannya dulu."
    section.kit.button.click()
    section.kit.code.setText("0000-0000-0000-0000")
    section.adopt_button.click()
    settle()
    assert section.notice.text().startswith("Kode aktivasi tidak cocok")
    section.kit.code.setText(code)
    section.adopt_button.click()
    settle()
    (need,) = needs.heard
    assert isinstance(need, Alone)

    need.work(session.store)
    assert session.store.laptop.tag == "9QRT"


def test_the_recovery_card_is_saved_again(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, tmp_path: Path
) -> None:
    section = Device(theme, tasks, session, choose_folder=lambda _over: tmp_path)
    qtbot.addWidget(section)
    section.card_button.click()
    settle()

    assert str(tmp_path / "kartu-pemulihan-7K3M.pdf") in section.notice.text()
    assert (tmp_path / "kartu-pemulihan-7K3M.pdf").read_bytes().startswith(b"%PDF")


def test_a_report_names_nobody_and_is_whole(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, tmp_path: Path, folder: Path
) -> None:
    enrolments.save(session.store, officer())
    crash.write(ValueError(NIK), folder=folder, doing="window")
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs" / "payung.log").write_text(f"2026-11-22 INFO desktop {NIK}\n")
    section = Report(theme, tasks, session, lambda _over: tmp_path)
    qtbot.addWidget(section)
    section.show()
    section.write_button.click()
    settle()
    (file,) = tmp_path.glob("payung-laporan-*.txt")
    text = file.read_text()

    assert str(file) in section.notice.text()
    assert payung.__version__ in text
    assert "ValueError" in text
    for secret in (NIK, NAME, MOTHER, OPERATOR, str(folder.parent)):
        assert secret not in text


def test_a_report_that_cannot_be_written_says_so(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, tmp_path: Path
) -> None:
    section = Report(theme, tasks, session, lambda _over: tmp_path / "missing")
    qtbot.addWidget(section)
    section.write_button.click()
    settle()

    assert section.notice.text().startswith("Laporan belum tertulis di sana.")


def test_the_licences_of_payung_and_its_parts_are_told(page: SettingsPage, settle: Settle) -> None:
    show(page, "about", settle)
    text = page.sections["about"].licences.toPlainText()  # type: ignore[attr-defined]

    for part in ("Apache License", "SIL OPEN FONT LICENSE", "ISC", "PySide6", "SQLAlchemy", "resources/regions"):
        assert part in text


def test_the_lock_takes_what_is_secret(page: SettingsPage) -> None:
    section = people_of(page)
    section.old.setText(PASSPHRASE)
    section.pair.fresh.setText(WORDS)
    page.leave()

    assert section.old.text() == section.pair.fresh.text() == ""


@pytest.mark.parametrize("name", SECTIONS)
def test_everything_has_a_name_and_can_be_hit(page: SettingsPage, settle: Settle, name: str) -> None:
    show(page, name, settle)
    found = list(focusable(page))

    assert [widget for widget in found if not widget.accessibleName()] == []
    assert [widget for widget in found if min(widget.width(), widget.height()) < LEAST] == []


@pytest.mark.parametrize("name", SECTIONS)
def test_nothing_is_cut_off_in_the_narrowest_window_with_the_largest_text(
    qtbot: QtBot, speech: None, tasks: Tasks, session: Session, settle: Settle, name: str
) -> None:
    page = SettingsPage(Theme(factor=1.5), tasks, session)
    qtbot.addWidget(page)
    page.resize(574, 500)
    page.adapt(574 / 1.5, 500 / 1.5)
    page.show()
    show(page, name, settle)
    card = page.sections[name]
    beyond = [one for one in card.findChildren(QWidget) if one.isVisible() and right(one, page) > page.width()]

    assert beyond == []


def right(one: QWidget, page: QWidget) -> int:
    return one.mapTo(page, QPoint(one.width(), 0)).x()


def test_alt_7_brings_the_page(shell: Shell, settle: Settle) -> None:
    QTest.keyClick(shell, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    settle()
    assert shell.front == "settings"
    found = shell.page("settings")
    assert isinstance(found, SettingsPage)

    assert shell.focusWidget() is found.list
