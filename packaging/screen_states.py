"""The states that are drawn, in the order in which one leads to the next. Each brings a window there and shoots."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from screen_laptop import DRAWN_SEAT, Laptop, given

from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.ui import pages
from desktop.ui.first_run import FirstRun
from desktop.ui.messages import Messages
from desktop.ui.recovery_page import RecoveryPage
from desktop.ui.rescue_page import RescuePage
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from payung.roster import Place
from sync.kit import new_activation_code, seal_kit
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE

ROOT = Path(__file__).resolve().parent.parent
WORKBOOK = ROOT / "tests" / "data" / "workbooks" / "oebobo-kpps-linmas.xlsx"
PATIENCE = 60_000  # milliseconds


@dataclass
class Studio:
    """What every picture needs: the look, the lanes, the laptop, the window's size, and where pictures go."""

    theme: Theme
    settings: Settings
    tasks: Tasks
    laptop: Laptop
    folder: Path
    size: tuple[int, int]
    wanted: Callable[[str], bool]
    out: Path

    def show(self, page: QWidget) -> None:
        """A window of the asked size."""
        page.resize(*self.size)
        page.show()
        page.activateWindow()
        self.settle()

    def settle(self, milliseconds: int = 250) -> None:
        """Let the lanes answer and the window paint."""
        watch = QElapsedTimer()
        watch.start()
        while watch.elapsed() < milliseconds or (self.tasks.busy and watch.elapsed() < PATIENCE):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def shoot(self, name: str, page: QWidget) -> None:
        """Write the picture, if it is wanted."""
        self.settle()
        self.settle(120)  # what was read last finds its room
        if self.wanted(name):
            self.out.mkdir(parents=True, exist_ok=True)
            page.grab().save(str(self.out / f"{name}.png"))
            print(self.out.name, name, flush=True)


def everything(studio: Studio) -> None:
    """All states."""
    locked(studio)
    shell = Shell(studio.theme, studio.tasks, studio.laptop.session, studio.laptop.exchange)
    studio.show(shell)
    shell.start("home")
    for state in (home, enrolment, certificates, importing, recap, sending, sections, searching, helping):
        state(studio, shell)
    shell.leave()
    shell.hide()
    studio.settle()
    forgotten(studio)
    broken(studio)
    first_steps(studio)


def locked(studio: Studio) -> None:
    """The door, and a wrong passphrase."""
    page = UnlockPage(studio.theme, studio.tasks, studio.laptop.session.folder, Messages("id"))
    page.prepare()
    studio.show(page)
    studio.shoot("buka-kunci", page)
    page.passphrase.setText("bukan ini")
    page.submit()
    studio.shoot("buka-kunci-keliru", page)
    page.help.show()
    studio.shoot("buka-kunci-bantuan", page)
    page.hide()


def home(studio: Studio, shell: Shell) -> None:
    """What is to be done now."""
    studio.settle(600)
    studio.shoot("beranda", shell)


def enrolment(studio: Studio, shell: Shell) -> None:
    """A village's units, a half typed officer with a question, errors, a replacement."""
    shell.go("enrolment")
    studio.settle()
    page = shell.enrolment
    page.go_to_unit(page._units[0])  # noqa: SLF001
    studio.shoot("pendaftaran-desa", shell)
    to_station(studio, shell, 4)
    typed(studio, shell)
    studio.shoot("pendaftaran", shell)
    page.form.fields.editor("phone").setText("0812 3765")
    page.form.fields.editor("name").setText("")
    page.form.submitted.emit()
    studio.shoot("pendaftaran-kesalahan", shell)
    page.form.left.emit()
    to_station(studio, shell, 6)
    studio.shoot("pendaftaran-nik-ganda", shell)
    to_station(studio, shell, 2)
    page.roster.view.setFocus()
    page.roster.view.selectRow(page.roster.model.lines.index(page.roster.model.seats()[2]))
    studio.settle()
    page.roster.act_wanted.emit("replace")
    studio.shoot("pendaftaran-paw", shell)
    page.roster.reason.keep_button.click()
    studio.settle()


def to_station(studio: Studio, shell: Shell, tps: int) -> None:
    """Go to a polling station."""
    page = shell.enrolment
    page.go_to_unit(next(unit for unit in page._units if unit.place == Place("tps", VILLAGE, tps)))  # noqa: SLF001
    studio.settle()


def typed(studio: Studio, shell: Shell) -> None:
    """Type the officer of the picture: a birth date that differs from the NIK."""
    page = shell.enrolment
    fields = page.form.fields
    seats = page.roster.model.seats()
    line = next(line for line in seats if line.post.code == "kpps-anggota" and line.seat == DRAWN_SEAT)
    page.roster.entered.emit(line)
    studio.settle()
    for name, text in (
        ("nik", "5371041408969903"),
        ("name", "DOMINGGUS FRANS MANU"),
        ("birthplace", "KUPANG"),
        ("phone", "081237654012"),
        ("rt_rw", "007002"),
    ):
        editor = fields.editor(name)
        editor.setFocus()
        QTest.keyClicks(editor, text)
        studio.settle(20)
        fields.completing("birthplace").completer().popup().hide()
    editor = fields.editor("birthdate")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "14-08-1995")
    studio.settle(1500)
    fields.editor("name").setFocus()
    studio.settle()


def certificates(studio: Studio, shell: Shell) -> None:
    """The sheets before they are printed."""
    if any(kind.name == "certificates" for kind in pages.KINDS):
        shell.go("certificates")
        studio.settle(1500)
        studio.shoot("sertifikat", shell)


def importing(studio: Studio, shell: Shell) -> None:
    """Before a list is chosen, matched, checked, taken in."""
    shell.go("import")
    studio.shoot("impor", shell)
    page = shell.page("import")
    page.open_file(WORKBOOK)  # type: ignore[attr-defined]
    studio.shoot("impor-periksa", shell)
    page.columns.fold.click()  # type: ignore[attr-defined]
    studio.shoot("impor-kolom", shell)
    page.columns.fold.click()  # type: ignore[attr-defined]
    page._take_in()  # type: ignore[attr-defined]  # noqa: SLF001
    studio.shoot("impor-selesai", shell)


def recap(studio: Studio, shell: Shell) -> None:
    """The figures by body."""
    shell.go("recap")
    studio.shoot("rekap", shell)


def sending(studio: Studio, shell: Shell) -> None:
    """What waits and what the office asks, without a line; a batch opened."""
    shell.sending.now()
    shell.go("sync")
    studio.shoot("sinkronisasi", shell)
    page = shell.page("sync")
    page.outbox.rows[0].button.click()  # type: ignore[attr-defined]
    studio.shoot("sinkronisasi-rincian", shell)


def sections(studio: Studio, shell: Shell) -> None:
    """Every section of the settings."""
    shell.go("settings")
    studio.settle()
    page = shell.page("settings")
    for number, name in enumerate(page.sections):  # type: ignore[attr-defined]
        page._go(number)  # type: ignore[attr-defined]  # noqa: SLF001
        studio.shoot(f"pengaturan-{name}", shell)


def searching(studio: Studio, shell: Shell) -> None:
    """The list under the search field."""
    shell.go("home")
    studio.settle()
    shell.activateWindow()
    shell.search.open()
    QTest.keyClicks(shell.search.editor, "mar")
    studio.shoot("cari", shell)
    shell.search.close_list()


def helping(studio: Studio, shell: Shell) -> None:
    """The help beside the work, and its map of keys at the end."""
    shell.go("enrolment")
    studio.settle()
    shell.help.show()
    studio.shoot("bantuan", shell)
    panel = shell.help.panel
    assert panel is not None
    panel.text.moveCursor(QTextCursor.MoveOperation.End)
    studio.shoot("bantuan-tombol", shell)
    panel.leave()


def forgotten(studio: Studio) -> None:
    """A passphrase forgotten: the request stands, as a code to be scanned."""
    folder = copied(studio, "lupa")
    page = RecoveryPage(
        studio.theme, studio.tasks, folder, Messages("id"), operator=OPERATOR, choose_folder=lambda _over: studio.folder
    )
    studio.show(page)
    page.prepare()
    studio.shoot("pemulihan", page)
    page.ask_button.click()
    studio.settle()
    page.show_button.click()
    studio.shoot("pemulihan-kode", page)
    page.hide()


def broken(studio: Studio) -> None:
    """A store that does not open, and its newest backup."""
    folder = copied(studio, "rusak")
    store = folder / "payung.db"
    store.write_bytes(store.read_bytes()[:-12288])
    page = RescuePage(studio.theme, studio.tasks, folder, Messages("id"), operator=OPERATOR)
    studio.show(page)
    page.prepare("")
    studio.shoot("penyelamatan-kata-sandi", page)
    page.prepare(PASSPHRASE)
    studio.shoot("penyelamatan", page)
    page.hide()


def copied(studio: Studio, name: str) -> Path:
    """The laptop's folder as it lies on the disk."""
    target = studio.folder / name
    shutil.copytree(studio.laptop.session.folder, target, ignore=shutil.ignore_patterns("*.lock"))
    return target


def first_steps(studio: Studio) -> None:
    """The four pages of a new laptop, each filled in."""
    code = new_activation_code()
    file = studio.folder / "oebobo.payung-kit"
    file.write_bytes(seal_kit(given(studio.laptop.office), code))
    page = FirstRun(studio.theme, studio.tasks, studio.folder / "baru", Messages("id"), studio.settings)
    studio.show(page)
    page.begin()
    studio.shoot("langkah-1", page)
    page.kit.take(file)
    studio.settle()
    page.kit.code.setText(code)
    page.next_button.click()
    studio.shoot("langkah-1-berkas", page)
    page.next_button.click()
    page.operator.name.setText(OPERATOR)
    page.operator.pair.fresh.setText(PASSPHRASE)
    page.operator.pair.again.setText(PASSPHRASE)
    studio.shoot("langkah-2", page)
    page.next_button.click()
    studio.settle()
    page.card._choose = lambda _over: studio.folder / "kartu.pdf"  # noqa: SLF001
    page.card.save_button.click()
    studio.settle()
    page.card.kept.setChecked(True)
    studio.shoot("langkah-3", page)
    page.next_button.click()
    studio.shoot("langkah-4", page)
    page.practice.sample_button.click()
    page.practice.save_button.click()
    studio.settle(1500)
    studio.shoot("langkah-4-sertifikat", page)
    page.leave()
    page.hide()
