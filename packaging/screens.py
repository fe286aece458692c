"""Draw the enrolment page into build/screens/: run it where Qt can draw (offscreen, Xvfb or a desktop).

usage: python packaging/screens.py [--dark] [--text 150] [--size 1366x768] [--name pendaftaran]
Every person drawn is invented; the NIKs carry serials 99xx.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

PLATFORM = os.environ.get("QT_QPA_PLATFORM")  # the tests' own would take its place
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QElapsedTimer, QEventLoop  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from desktop import app, i18n, settings  # noqa: E402
from desktop.store import enrolments, vault  # noqa: E402
from desktop.store.database import Store  # noqa: E402
from desktop.tasks import Tasks  # noqa: E402
from desktop.ui.session import Session, enter  # noqa: E402
from desktop.ui.shell import Shell  # noqa: E402
from desktop.ui.unlock import UnlockPage  # noqa: E402
from payung.facts import Facts  # noqa: E402
from payung.person import Sex  # noqa: E402
from sync.errors import Offline  # noqa: E402
from sync.exchange import Result  # noqa: E402
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE, kit  # noqa: E402

if PLATFORM is None:
    os.environ.pop("QT_QPA_PLATFORM", None)
else:
    os.environ["QT_QPA_PLATFORM"] = PLATFORM

PEOPLE = (
    ("kpps-ketua", 1, "MARTHA BULU LAKA", "5371044108889902", Sex.P, date(1988, 8, 1)),
    ("kpps-anggota", 2, "YOHANES NDOLU", "5371041203799901", Sex.L, date(1979, 3, 12)),
    ("kpps-anggota", 3, "SITI AMINAH DJAWA", "5371045509959904", Sex.P, date(1995, 9, 15)),
    ("kpps-anggota", 4, "AGUSTINUS TEFA", "5371042811829903", Sex.L, date(1982, 11, 28)),
    ("kpps-anggota", 5, "RAMBU ANA HAMMU", "5371046702019901", Sex.P, date(2001, 2, 27)),
    ("linmas", 1, "PAULUS KOLO", "5371040101709912", Sex.L, date(1970, 1, 1)),
    ("linmas", 2, "STEFANUS BANI", "5371041706859902", Sex.L, date(1985, 6, 17)),
    ("ptps", 1, "MARIA GORETTI SERAN", "5371046203999905", Sex.P, date(1999, 3, 22)),
)
DRAWN_SEAT = 6
ADDRESSES = {1: "SDN Oebobo 1", 3: "Balai RW 03", 4: "PAUD Mawar, RT 07/RW 02", 5: "SMPN 4", 6: "Balai Desa"}
FILLED = {1: 10, 2: 10, 3: 10, 5: 10, 6: 7, 7: 10, 8: 3, 9: 10, 10: 10}
NAMES = ("ALEX", "BERTHA", "CORNELIS", "DORKAS", "ELIAS", "FRANSISKA", "GERSON", "HENDRIKA", "IGNASIUS", "JULIANA")
SEATS = (
    ("kpps-ketua", 1),
    *(("kpps-anggota", number) for number in range(2, 8)),
    ("linmas", 1),
    ("linmas", 2),
    ("ptps", 1),
)


def offline() -> Result:
    """The exchange of a laptop without a network."""
    raise Offline(reason="dns")


def furnished(folder: Path) -> Session:
    """A laptop as in the picture: ten stations full, some not, one officer half typed."""
    unlocked = vault.create(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    made = kit(stations=12)
    stations = tuple(replace(entry, address=ADDRESSES.get(entry.number, "")) for entry in made.tps)
    Store.create(folder, unlocked, replace(made, tps=stations)).close()
    session = enter(folder, unlocked, "id")
    rows = [facts(4, *person) for person in PEOPLE]
    serial = 0
    for tps, filled in FILLED.items():
        for (post, seat), name in zip(SEATS[:filled], NAMES, strict=False):
            serial += 1
            born = date(1980 + serial % 20, 1 + serial % 12, 1 + serial % 28)
            number = f"537104{born:%d%m%y}99{serial % 90 + 10:02}"
            rows.append(facts(tps, post, seat, f"{name} CONTOH", number, Sex.L, born))
    saved = enrolments.save_many(session.store, rows)
    refused = [answer for answer in saved if isinstance(answer, enrolments.Refused)]
    assert not refused, refused[0].problems
    return session


def facts(tps: int, post: str, seat: int, name: str, nik: str, sex: Sex, born: date) -> Facts:
    """One invented officer."""
    return Facts(
        place=VILLAGE, tps=tps, post=post, seat=seat, name=name, nik=nik, sex=sex, birthdate=born, birthplace="Kupang"
    )


def settle(tasks: Tasks, milliseconds: int = 400) -> None:
    """Let the lanes answer and the window paint."""
    watch = QElapsedTimer()
    watch.start()
    while watch.elapsed() < milliseconds or tasks.busy:
        app.application_of([]).processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def typed(shell: Shell, tasks: Tasks) -> None:
    """Type the officer of the picture: a birth date that differs from the NIK."""
    page = shell.enrolment
    fields = page.form.fields
    line = next(
        line for line in page.roster.model.seats() if line.post.code == "kpps-anggota" and line.seat == DRAWN_SEAT
    )
    page.roster.entered.emit(line)
    settle(tasks)
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
        settle(tasks, 20)
        fields.completing("birthplace").completer().popup().hide()
    editor = fields.editor("birthdate")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "14-08-1995")
    settle(tasks, 1500)
    fields.editor("name").setFocus()
    settle(tasks)


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--name", default="pendaftaran")
    parser.add_argument("--page", choices=("enrolment", "unlock", "errors", "village", "sync"), default="enrolment")
    asked = parser.parse_args()
    application = app.application_of(sys.argv[:1])
    translator = i18n.install("id")
    chosen = settings.Settings(text_size=asked.text, theme=settings.Theme.DARK if asked.dark else settings.Theme.LIGHT)
    look = app.dress(application, chosen)
    width, height = (int(part) for part in asked.size.split("x"))
    tasks = Tasks()
    with tempfile.TemporaryDirectory() as folder:
        session = furnished(Path(folder) / "laptop")
        if asked.page == "unlock":
            page = UnlockPage(look, tasks, session.folder, session.messages)
            page.prepare()
        else:
            page = Shell(look, tasks, session, offline)
            page.start("sync" if asked.page == "sync" else "enrolment")
        page.resize(width, height)
        page.show()
        page.activateWindow()
        settle(tasks)
        draw(page, tasks, asked.page)
        target = ROOT / "build" / "screens" / f"{asked.name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        page.grab().save(str(target))
        print(target)
        page.hide()
        tasks.close()
        session.close()
    i18n.uninstall(translator)


def draw(page: Shell | UnlockPage, tasks: Tasks, name: str) -> None:
    """Bring the page into the state that is drawn."""
    if not isinstance(page, Shell) or name == "sync":
        return
    if name == "village":
        page.enrolment.go_to_unit(page.enrolment._units[0])  # noqa: SLF001
        settle(tasks)
        return
    page.enrolment.go_to_unit(next(unit for unit in page.enrolment._units if unit.place.tps == 4))  # noqa: SLF001, PLR2004
    settle(tasks)
    typed(page, tasks)
    if name == "errors":
        page.enrolment.form.fields.editor("phone").setText("0812 3765")
        page.enrolment.form.fields.editor("name").setText("")
        page.enrolment.form.submitted.emit()
        settle(tasks)


if __name__ == "__main__":
    main()
