"""From an empty folder to the first officer saved, through the real window only, by keyboard."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.store import blank, enrolments, founding, header, vault
from desktop.store.database import Store
from desktop.ui import first_run_kit
from desktop.ui.first_run import OPERATOR, PRACTICE, RECOVERY, FirstRun
from desktop.ui.shell import Shell
from desktop.ui.widgets.code_edit import shape_code
from payung.enrolment import State
from sync import trust
from sync.kit import Kit, new_activation_code, seal_kit
from sync.trust import issue
from tests.desktop.ui.keyboard import ALT, Key, Keyboard
from tests.desktop.ui.test_access import focusable
from tests.laptops import PASSPHRASE, ROOTS, kit

NAME = "Marthen Ndolu"
WAIT = 20_000


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every try to reach another machine is written down and refused."""
    tries: list[object] = []

    def refuse(_self: socket.socket, address: object) -> None:
        tries.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "laptop"


@pytest.fixture
def program(qtbot: QtBot, folder: Path, speech: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[app.Program]:
    monkeypatch.setattr(first_run_kit, "_found", tuple)  # the sticks of the machine that runs the tests
    yield from shown(qtbot, folder)


def shown(qtbot: QtBot, folder: Path) -> Iterator[app.Program]:
    made = app.Program(folder, "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window), qtbot.waitSignal(made.window.painted, timeout=WAIT):
        made.open()
        made.window.activateWindow()
    yield made
    made.close()


def _found_one(steps: FirstRun) -> bool:
    return len(steps.kit.found) == 1


def _asks_for_code(steps: FirstRun) -> bool:
    return not steps.kit.code_field.isHidden()


def _is_open(program: app.Program) -> bool:
    return program.shell is not None


def _asks_for_passphrase(program: app.Program) -> bool:
    return program.doors.unlock is not None and program.doors.unlock.operator == NAME


class Office:
    """Kits on a stick, with their codes."""

    def __init__(self, stick: Path) -> None:
        stick.mkdir()
        self.stick = stick

    def gives(self, made: Kit | None = None, name: str = "oebobo.payung-kit") -> tuple[Path, str]:
        code = new_activation_code()
        path = self.stick / name
        path.write_bytes(seal_kit(made or kit(stations=10), code))
        return path, code


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "stick")


@pytest.fixture
def steps(program: app.Program) -> FirstRun:
    assert program.doors.first_run is not None
    return program.doors.first_run


@pytest.fixture
def hands(program: app.Program, qtbot: QtBot) -> Keyboard:
    def settle() -> None:
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=WAIT)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=WAIT)

    return Keyboard(settle, program.window)


def answer_dialog(path: Path) -> None:
    """Name the path in the next file dialog and press Enter, until the dialog has taken it."""
    seen: list[QWidget] = []

    def name() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            seen.append(dialog)
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(edit, QLineEdit)
            edit.setText(str(path))
            QTest.keyClick(edit, Qt.Key.Key_Return)
        if not seen or isinstance(QApplication.activeModalWidget(), QFileDialog):
            QTimer.singleShot(100, name)

    QTimer.singleShot(50, name)


def tab_to(hands: Keyboard, wanted: QWidget) -> None:
    for _ in range(20):
        if hands.focus() is wanted:
            return
        hands.press(Key.Key_Tab)
    raise AssertionError(f"{wanted} cannot be reached")


def choose_kit(hands: Keyboard, steps: FirstRun, path: Path) -> None:
    tab_to(hands, steps.kit.choose_button)
    answer_dialog(path)
    hands.enter()


def open_kit(hands: Keyboard, steps: FirstRun, given: tuple[Path, str]) -> None:
    choose_kit(hands, steps, given[0])
    hands.type(given[1].replace("-", "").lower())
    hands.enter()


def name_operator(hands: Keyboard, passphrase: str = PASSPHRASE) -> None:
    hands.type(NAME)
    hands.enter()
    hands.type(passphrase)
    hands.enter()
    hands.type(passphrase)
    hands.enter()


def keep_card(hands: Keyboard, path: Path) -> None:
    answer_dialog(path)
    hands.enter()
    hands.press(Key.Key_Space)
    hands.enter()


def to_the_card(hands: Keyboard, steps: FirstRun, office: Office) -> None:
    open_kit(hands, steps, office.gives())
    hands.enter()
    name_operator(hands)
    assert steps.place == RECOVERY, steps.operator.notice.text()


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


def test_four_pages_and_the_first_officer_without_mouse_or_network(
    program: app.Program,
    steps: FirstRun,
    hands: Keyboard,
    office: Office,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    no_network: list[object],
) -> None:
    began = time.monotonic()
    card = tmp_path / "stick" / "kartu.pdf"
    open_kit(hands, steps, office.gives())
    said = " ".join(one.text() for one in steps.kit.said.findChildren(type(steps.kit.notice)))
    assert "KPU Kota Kupang" in said
    assert "Kel. Oebobo" in said
    assert "10 TPS" in said
    assert "Latihan" in said
    hands.enter()
    name_operator(hands)
    assert blank.is_blank(folder)
    keep_card(hands, card)
    assert steps.place == PRACTICE
    assert NAME not in words(card)
    assert str(vault.current(header.read(folder)).vault) in words(card)

    hands.type("5371044107959917")
    hands.enter()
    hands.type("YOSEPHINA LAY")
    hands.enter()
    hands.type("Kupang")
    hands.enter()
    assert steps.practice.tried, steps.practice.notice.text()
    assert not steps.practice.picture.pixmap().isNull()
    assert hands.focus() is steps.next_button
    assert [address for address in no_network if not isinstance(address, (str, bytes))] == []
    hands.enter()
    qtbot.waitUntil(lambda: program.shell is not None, timeout=WAIT)
    shell = program.shell
    assert isinstance(shell, Shell)
    assert not (folder / "latihan").exists()

    hands.press(Key.Key_2, ALT)
    shell.enrolment.list.view.setFocus()
    qtbot.waitUntil(lambda: shell.enrolment.desk.view is not None, timeout=WAIT)
    shell.enrolment.form.go_to("nik")
    for text in ("5371040802909902", "MARTHA BULU LAKA", "Kupang"):
        hands.type(text)
        if QApplication.activePopupWidget() is not None:
            hands.press(Key.Key_Escape)
        hands.enter()
    hands.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: enrolments.counts(shell._session.store).get(State.READY) == 1, timeout=WAIT)

    assert time.monotonic() - began < 5 * 60
    assert hands.strokes < 400


@pytest.mark.parametrize("wrong", ["code", "short", "letters"])
def test_a_code_that_does_not_fit_is_told_in_one_sentence(
    steps: FirstRun, hands: Keyboard, office: Office, wrong: str
) -> None:
    path, code = office.gives()
    typed = {"code": "0000-0000-0000-0000", "short": code[:9], "letters": "UUUU" + code[4:]}[wrong]
    choose_kit(hands, steps, path)
    hands.type(typed)
    hands.enter()

    said = steps.kit.code_field.message
    assert said.startswith(
        {"code": "Kode aktivasi tidak membuka", "short": "Kode terdiri atas 16", "letters": "Ini tidak"}[wrong]
    )
    assert hands.focus() is steps.kit.code
    steps.kit.code.clear()
    hands.type(code)
    hands.enter()
    assert steps.kit.offer is not None


def altered(made: Kit) -> Kit:
    return replace(made, root_public=kit().root_public)


def timed(made: Kit, begin: int, end: int) -> Kit:
    certificate = trust.verify(made.device_certificate, made.root_public, None)
    now = datetime.now(UTC)
    fresh = replace(certificate, not_before=now + timedelta(days=begin), not_after=now + timedelta(days=end))
    return replace(made, device_certificate=issue(ROOTS[made.root_public], fresh))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (altered, "Isi berkas penyiapan tidak cocok"),
        (lambda made: timed(made, -30, -2), "Berkas penyiapan ini berlaku sampai"),
        (lambda made: timed(made, 2, 30), "Berkas penyiapan ini berlaku mulai"),
    ],
)
def test_a_kit_that_does_not_hold_is_told_before_anything_is_made(
    steps: FirstRun, hands: Keyboard, office: Office, folder: Path, change: Callable[[Kit], Kit], said: str
) -> None:
    open_kit(hands, steps, office.gives(change(kit())))

    assert steps.kit.code_field.message.startswith(said)
    assert blank.is_blank(folder)
    assert not folder.exists() or not (folder / founding.STAGING).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04 bukan kit", "Ini bukan berkas penyiapan"), (b"PYKIT\x01", "Berkas penyiapan tidak utuh")],
)
def test_a_file_that_is_no_kit_or_cut_off_is_told_before_its_code_is_typed(
    steps: FirstRun, hands: Keyboard, office: Office, content: bytes, said: str
) -> None:
    path = office.stick / "x.payung-kit"
    path.write_bytes(content)
    choose_kit(hands, steps, path)

    assert steps.kit.notice.text().startswith(said)
    assert hands.focus() is steps.kit.choose_button


def test_a_kit_can_be_dropped(steps: FirstRun, hands: Keyboard, office: Office, qtbot: QtBot) -> None:
    path, code = office.gives()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    steps.kit.dropEvent(event)
    qtbot.waitUntil(lambda: not steps.kit.code_field.isHidden(), timeout=WAIT)
    hands.type(code)
    hands.enter()

    assert steps.kit.offer is not None


def test_kits_on_sticks_are_offered(
    qtbot: QtBot, office: Office, folder: Path, speech: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = office.gives()
    monkeypatch.setattr(first_run_kit, "_found", lambda: (path,))
    for program in shown(qtbot, folder):
        steps = program.doors.first_run
        assert steps is not None
        qtbot.waitUntil(partial(_found_one, steps), timeout=WAIT)
        assert "oebobo.payung-kit" in steps.kit.found[0].text()
        QTest.keyClick(steps.kit.found[0], Qt.Key.Key_Return)
        qtbot.waitUntil(partial(_asks_for_code, steps), timeout=WAIT)


def test_a_pin_and_a_second_one_that_differs_are_refused(
    steps: FirstRun, hands: Keyboard, office: Office, folder: Path
) -> None:
    open_kit(hands, steps, office.gives())
    hands.enter()
    hands.type(NAME)
    hands.enter()
    hands.type("19901231")
    assert steps.operator.pair.strength.text() == "Kekuatan: terlalu lemah, belum diterima"
    hands.enter()
    hands.enter()
    assert steps.operator.pair.message == "Angka saja mudah ditebak. Pakai beberapa kata."
    steps.operator.pair.fresh.clear()
    hands.type(PASSPHRASE)
    assert steps.operator.pair.strength.text() == "Kekuatan: kuat"
    hands.enter()
    hands.type("lain")
    hands.enter()
    assert steps.place == OPERATOR
    assert not (folder / founding.STAGING).exists()


def test_back_and_forth_keeps_what_was_typed_and_another_name_makes_another_laptop(
    steps: FirstRun, hands: Keyboard, office: Office, folder: Path, tmp_path: Path
) -> None:
    to_the_card(hands, steps, office)
    staged = steps._staged
    hands.press(Key.Key_Left, ALT)
    assert (steps.place, steps.operator.name.text()) == (OPERATOR, NAME)
    hands.press(Key.Key_Right, ALT)
    assert steps.place == RECOVERY
    assert steps._staged is staged

    hands.press(Key.Key_Left, ALT)
    steps.operator.name.setText("Siti Aminah")
    hands.press(Key.Key_Right, ALT)
    keep_card(hands, tmp_path / "kartu.pdf")
    assert [one.name for one in vault.operators(folder)] == ["Siti Aminah"]
    assert not steps.operator.pair.fresh.text()

    hands.press(Key.Key_Left, ALT)
    assert steps.place == RECOVERY
    hands.press(Key.Key_Left, ALT)
    assert steps.place == RECOVERY, "once the laptop stands, its operator is changed in the settings"


def test_without_the_card_nobody_goes_on(
    steps: FirstRun, hands: Keyboard, office: Office, folder: Path, tmp_path: Path
) -> None:
    to_the_card(hands, steps, office)
    hands.press(Key.Key_Right, ALT)
    assert steps.card.notice.text() == "Simpan kartu dahulu."
    answer_dialog(tmp_path / "kartu.pdf")
    hands.enter()
    hands.press(Key.Key_Right, ALT)
    assert steps.card.notice.text().startswith("Nyatakan bahwa kartu")
    assert blank.is_blank(folder)


def test_closed_on_the_third_page_it_begins_anew(
    program: app.Program, steps: FirstRun, hands: Keyboard, office: Office, folder: Path, qtbot: QtBot
) -> None:
    to_the_card(hands, steps, office)
    program.close()
    assert [path.name for path in folder.iterdir() if path.name != "lock"] == []
    for again in shown(qtbot, folder):
        assert again.doors.first_run is not None
        assert again.doors.unlock is None


def test_closed_on_the_last_page_the_laptop_stands_and_opens(
    program: app.Program, steps: FirstRun, hands: Keyboard, office: Office, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    to_the_card(hands, steps, office)
    keep_card(hands, tmp_path / "kartu.pdf")
    program.close()
    for again in shown(qtbot, folder):
        assert again.doors.first_run is None
        assert again.doors.unlock is not None
        again.doors.unlock.passphrase.setText(PASSPHRASE)
        again.doors.unlock.submit()
        qtbot.waitUntil(partial(_is_open, again), timeout=WAIT)


def test_left_alone_before_the_card_it_begins_anew_and_after_it_is_locked(
    program: app.Program, steps: FirstRun, hands: Keyboard, office: Office, folder: Path, tmp_path: Path
) -> None:
    to_the_card(hands, steps, office)
    program.lock()
    assert (steps.place, steps.kit.code.text(), steps.operator.pair.fresh.text()) == (0, "", "")
    assert not (folder / founding.STAGING).exists()

    steps.kit.code.setFocus()
    open_kit(hands, steps, office.gives(name="lagi.payung-kit"))
    hands.enter()
    steps.operator.name.clear()
    steps.operator.name.setFocus()
    name_operator(hands)
    keep_card(hands, tmp_path / "kartu.pdf")
    program.lock()
    assert program.doors.first_run is None
    assert program.doors.unlock is not None


@pytest.mark.parametrize("name", ["vault.json", "payung.db", "recovery.slot", "backups/a.payung-backup"])
def test_where_anything_of_a_laptop_stands_it_is_never_offered(
    qtbot: QtBot, folder: Path, speech: None, name: str
) -> None:
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"?")
    for program in shown(qtbot, folder):
        assert program.doors.first_run is None
        assert program.doors.unlock is not None


def test_a_power_cut_while_the_files_are_moved_in_is_finished_at_the_next_start(
    qtbot: QtBot, folder: Path, speech: None
) -> None:
    founding.stage(folder, operator=NAME, passphrase=PASSPHRASE, kit=kit()).close()
    (folder / founding.STAGING / "whole").write_bytes(b"1\n")
    for program in shown(qtbot, folder):
        assert program.doors.unlock is not None
        program.doors.unlock.prepare()
        qtbot.waitUntil(partial(_asks_for_passphrase, program), timeout=WAIT)
    with Store.open(folder, vault.unlock(folder, operator=NAME, passphrase=PASSPHRASE)):
        pass


def test_everything_on_the_four_pages_is_named_and_high_enough(
    steps: FirstRun, hands: Keyboard, office: Office, tmp_path: Path
) -> None:
    def judged() -> None:
        QApplication.processEvents()
        found = list(focusable(steps))
        assert [one for one in found if not one.accessibleName()] == []
        assert [one for one in found if min(one.width(), one.height()) < 24] == []

    judged()
    open_kit(hands, steps, office.gives())
    judged()
    hands.enter()
    judged()
    name_operator(hands)
    judged()
    keep_card(hands, tmp_path / "kartu.pdf")
    judged()


def test_a_code_is_grouped_while_it_is_typed_with_look_alikes_read_as_figures() -> None:
    assert shape_code("oi7k 3m") == "017K-3M"
    assert shape_code("abcd-efgh-jkmn-pqrs") == "ABCD-EFGH-JKMN-PQRS"


def test_who_has_a_backup_is_led_to_it_and_back(
    program: app.Program, steps: FirstRun, hands: Keyboard, folder: Path
) -> None:
    tab_to(hands, steps.kit.restore_button)
    hands.enter()
    assert program.doors.rescue is not None
    program.doors.rescue.closed.emit()
    assert program.doors.first_run is not None
    assert blank.is_blank(folder)


def test_at_the_smallest_window_nothing_is_cut_off_at_the_side(
    program: app.Program, steps: FirstRun, hands: Keyboard, office: Office, tmp_path: Path
) -> None:
    program.window.resize(640, 400)
    open_kit(hands, steps, office.gives())
    bar = steps._scroll.horizontalScrollBar()
    assert steps.kit.offer is not None
    widths = [bar.maximum()]
    hands.enter()
    widths.append(bar.maximum())
    name_operator(hands)
    widths.append(bar.maximum())
    keep_card(hands, tmp_path / "kartu.pdf")
    steps.practice.sample_button.click()
    hands.enter()
    assert steps.practice.tried
    QApplication.processEvents()
    assert [*widths, bar.maximum()] == [0, 0, 0, 0]


def test_the_practice_entry_tells_what_is_wrong_at_its_field(
    steps: FirstRun, hands: Keyboard, office: Office, tmp_path: Path, folder: Path
) -> None:
    to_the_card(hands, steps, office)
    keep_card(hands, tmp_path / "kartu.pdf")
    hands.type("537104410795")
    hands.enter()
    hands.type("YOSEPHINA LAY")
    hands.enter()
    hands.type("Kupang")
    hands.enter()
    assert steps.practice.fields["nik"].message == "NIK harus 16 angka, sekarang 12. Periksa lagi di KTP."
    assert (folder / "latihan").exists()
    steps.leave()
    assert not (folder / "latihan").exists()
