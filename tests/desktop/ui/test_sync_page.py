"""The page of sending: the true state, the two roads, what became of every batch, and the way to what is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import settings, stick
from desktop.store import enrolments
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.sync_page import SyncPage
from desktop.ui.sync_reading import PacketState
from sync import folder
from sync.reply import Verdict, VerdictKind
from sync.revision import Revision
from tests.desktop.store.officers import officers
from tests.desktop.store.offices import verdict
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.keyboard import ALT, Key
from tests.desktop.ui.test_access import LEAST, focusable

Settle = Callable[[], None]


@pytest.fixture
def page(shell: Shell, settle: Settle) -> SyncPage:
    shell.go("sync")
    settle()
    found = shell.page("sync")
    assert isinstance(found, SyncPage)
    return found


@pytest.fixture
def root(tmp_path: Path, page: SyncPage) -> Path:
    """A stick that was used before."""
    made = tmp_path / "KINGSTON"
    made.mkdir()
    page._remembered = str(made)
    return made


def enrol(session: Session, count: int = 3) -> list[enrolments.Saved]:
    saved = enrolments.save_many(session.store, list(officers(count)))
    return [one for one in saved if isinstance(one, enrolments.Saved)]


def answer(root: Path, network: Network) -> None:
    """What the office does with a stick."""
    for _tag, own in folder.folders(root):
        for letter in folder.letters(own):
            sealed = folder.read_batch(letter)
            assert sealed is not None
            folder.lay(letter.answer, network._line.exchange(sealed))


def send(shell: Shell, network: Network, settle: Settle, qtbot: QtBot) -> None:
    network.up = True
    shell.sending.now()
    settle()
    qtbot.waitUntil(lambda: shell.strip.words[0] == "Tersambung")
    settle()


def test_without_a_line_it_says_that_nothing_is_lost(
    page: SyncPage, shell: Shell, session: Session, settle: Settle
) -> None:
    enrol(session)
    page.changed.emit()
    page.refresh()
    settle()

    title, text = page.hero.words
    assert title == "3 data menunggu dikirim"
    assert text.startswith("Sedang tidak ada internet. Data aman di laptop ini")
    assert "Dicoba lagi sendiri pukul" in page.internet.text.text()
    assert "KB" in page.internet.text.text()
    assert shell.navigation.badges["sync"].text() == "3"
    assert not shell.navigation.badges["sync"].isHidden()
    (row,) = page.outbox.rows
    assert (row.packet.title, row.packet.content) == ("Paket berikut", "3 petugas · TPS 001")
    assert row.packet.state is PacketState.WAITING


def test_the_button_sends_and_the_batch_shows_its_receipt(
    page: SyncPage, shell: Shell, session: Session, network: Network, settle: Settle, qtbot: QtBot
) -> None:
    enrol(session, 16)
    network.up = True
    assert page.hero.button.hasFocus()
    QTest.keyClick(page.hero.button, Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page.view is not None and page.view.status.pending == 0)
    settle()

    assert page.hero.words[0] == "Semua data sudah diterima kantor"
    (row,) = page.outbox.rows
    assert row.packet.title == f"Paket {row.packet.number:04}"
    assert row.packet.content == "16 petugas · TPS 001–003"
    assert row.packet.note.startswith("Tanda terima ")
    assert row.packet.state is PacketState.RECEIVED
    assert shell.navigation.badges["sync"].isHidden()


def test_details_list_who_is_in_a_batch_and_lead_there(
    page: SyncPage, shell: Shell, session: Session, settle: Settle
) -> None:
    enrol(session)
    page.refresh()
    settle()
    (row,) = page.outbox.rows
    row.button.click()
    settle()

    assert [made.accessibleName().split(" · ")[1:] for made in row.officers] == [
        ["Ketua KPPS, TPS 001", "Siap kirim"],
        ["Anggota 2, TPS 001", "Siap kirim"],
        ["Anggota 3, TPS 001", "Siap kirim"],
    ]
    row.officers[1].click()
    settle()
    assert shell.front == "enrolment"
    assert shell.enrolment.form.fields.editor("name").text() == "PETUGAS B"


def test_a_conflict_is_listed_and_leads_to_its_record(
    page: SyncPage, shell: Shell, session: Session, network: Network, settle: Settle, qtbot: QtBot
) -> None:
    first, second, _ = enrol(session)

    def judge(revision: Revision) -> Verdict:
        kinds = {first.id: VerdictKind.CONFLICT, second.id: VerdictKind.REFUSED}
        return verdict(revision, kinds.get(revision.record, VerdictKind.ACCEPTED))

    network._line.judge = judge
    send(shell, network, settle, qtbot)

    assert page.view is not None
    assert [matter.deed for matter in page.view.matters] == ["Bandingkan", "Perbaiki"]
    (row,) = page.outbox.rows
    assert (row.packet.state, row.packet.note) == (PacketState.PARTLY, "1 diterima · 2 perlu perbaikan")
    assert row.button.accessibleName().startswith("Perbaiki: ")
    page.matters.buttons[1].click()
    settle()
    assert shell.front == "enrolment"
    assert shell.enrolment.form.fields.editor("name").text() == "PETUGAS B"


def test_a_stick_is_written_carried_and_read(
    page: SyncPage, session: Session, network: Network, root: Path, settle: Settle
) -> None:
    enrol(session)
    page.stick.write_button.click()
    assert not page.stick.write_button.isEnabled()
    settle()

    assert page.stick.pill.accessibleName() == "Boleh dicabut"
    assert "1 paket (3 data)" in page.stick.notice.accessibleName()
    assert settings.load(session.folder).stick_folder == str(root)
    (row,) = page.outbox.rows
    assert (row.packet.content, row.packet.state) == ("3 petugas · TPS 001", PacketState.WAITING)

    answer(root, network)
    page.stick.read_button.click()
    settle()
    settle()

    assert "3 data diterima" in page.stick.notice.accessibleName()
    assert page.hero.words[0] == "Semua data sudah diterima kantor"
    assert not list(root.rglob("*.payung"))


def test_a_foreign_stick_is_named_and_what_it_carries_waits_for_a_line(
    page: SyncPage, session: Session, root: Path, settle: Settle
) -> None:
    stick.write(session.store, session.unlocked, root)
    (root / f"PAYUNG-{session.store.laptop.tag}").rename(root / "PAYUNG-9ABC")  # to this laptop it is a stranger's
    page.stick.read_button.click()
    settle()
    settle()

    said = page.stick.notice.accessibleName()
    assert "Flashdisk ini milik laptop 9ABC" in said
    assert "belum terantar" in said
    assert len(list(root.rglob("*.payung"))) == 1
    assert page.stick.pill.accessibleName() == "Boleh dicabut"


def test_a_stick_that_was_pulled_is_told_and_everything_stays(
    page: SyncPage, session: Session, root: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(session)
    really = stick.write

    def pulled(*arguments: object, **named: object) -> stick.Written:
        shutil.rmtree(root)
        return really(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(stick, "write", pulled)
    page.stick.write_button.click()
    settle()

    assert "sudah dicabut" in page.stick.notice.accessibleName()
    assert page.stick.write_button.isEnabled()
    assert page.view is not None
    assert page.view.status.pending == 3
    assert not root.exists()


def test_the_strip_leads_to_the_stick(shell: Shell, settle: Settle) -> None:
    shell.strip.stick_button.click()
    settle()

    assert shell.front == "sync"
    found = shell.page("sync")
    assert isinstance(found, SyncPage)
    assert found.stick.write_button.hasFocus()


def test_everything_on_the_page_is_named_high_enough_and_reached_by_tab(
    page: SyncPage, shell: Shell, session: Session, network: Network, settle: Settle, qtbot: QtBot
) -> None:
    enrol(session, 8)
    network._line.judge = lambda revision: verdict(revision, VerdictKind.DUPLICATE, "verdict.duplicate")
    send(shell, network, settle, qtbot)
    controls = [widget for widget in focusable(page) if widget.isEnabled()]

    assert [widget for widget in controls if not widget.accessibleName()] == []
    assert [widget for widget in controls if min(widget.width(), widget.height()) < LEAST] == []
    page.hero.button.setFocus()
    reached = set()
    for _ in range(len(controls) + 20):
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(focused, QPushButton) and page.isAncestorOf(focused):
            reached.add(focused)
        QTest.keyClick(focused, Key.Key_Tab)
    assert set(controls) - reached - {page.area} == set()


@pytest.mark.parametrize("width", [640, 779, 999, 1366])
def test_the_page_gives_way_without_a_bar_at_its_foot(
    page: SyncPage, shell: Shell, session: Session, settle: Settle, width: int
) -> None:
    enrol(session, 8)
    page.refresh()
    shell.resize(width, 600)
    settle()

    inside = page.area.widget()
    assert inside is not None
    assert inside.width() <= page.area.viewport().width()
    assert inside.minimumSizeHint().width() <= page.area.viewport().width()


def test_its_key_brings_the_page(shell: Shell, settle: Settle) -> None:
    QTest.keyClick(shell, Key.Key_4, ALT)
    settle()

    assert shell.front == "sync"
