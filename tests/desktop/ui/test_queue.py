"""A drive: find or type one person after the other, save, print at once, numbers of this laptop, sixty seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.store import certificates, enrolments
from desktop.ui import documents as places
from desktop.ui.enrolment_page import EnrolmentPage
from desktop.ui.need import Rest
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.unit import SeatState
from payung.facts import Facts
from tests.desktop.store.officers import officer
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.keyboard import CONTROL, SHIFT, Key, Keyboard
from tests.laptops import letters

Settle = Callable[[], None]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "documents" / "Payung"
    monkeypatch.setattr(places, "folder", lambda: folder)
    return folder


@pytest.fixture
def page(shell: Shell, documents: Path) -> EnrolmentPage:
    return shell.enrolment


@pytest.fixture
def queue(page: EnrolmentPage, keyboard: Keyboard) -> EnrolmentPage:
    keyboard.press(Key.Key_Q, CONTROL)
    return page


def person(number: int) -> Facts:
    """The members of TPS 3 and on, one after the other."""
    born = date(1990, 1, 1) + timedelta(days=number)
    tps, seat = divmod(number, 6)
    return officer(
        tps=3 + tps,
        seat=2 + seat,
        nik=f"537104{born:%d%m%y}9901",
        name=f"PETUGAS {letters(100 + number)}",
        birthdate=born,
    )


def pdfs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.pdf"))


def look_up(keyboard: Keyboard, settle: Settle, text: str) -> None:
    keyboard.type(text)
    settle()
    keyboard.enter()


def test_a_drive_of_twenty_people(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Settle, documents: Path
) -> None:
    listed = [person(number) for number in range(10)]
    enrolments.save_many(session.store, listed)
    page.refresh()
    settle()
    keyboard.press(Key.Key_Q, CONTROL)
    strokes = keyboard.strokes
    for facts in listed:
        look_up(keyboard, settle, facts.nik[6:])
        assert page.form.fields.value("name") == facts.name
        keyboard.press(Key.Key_Return, CONTROL)
    assert (keyboard.strokes - strokes) / len(listed) <= 15

    for number in range(10, 20):
        fresh = person(number)
        look_up(keyboard, settle, fresh.name)
        assert QApplication.focusWidget() is page._panes.queue.unit
        if not page._panes.queue.fresh_button.isEnabled():  # every seat there is filled: on to the next place
            keyboard.press(Key.Key_Down)
        keyboard.enter()
        keyboard.enter()
        keyboard.type(fresh.nik)
        keyboard.enter()
        keyboard.type(fresh.name)
        keyboard.enter()
        keyboard.type("SOLO")
        keyboard.press(Key.Key_Return, CONTROL)

    pane = page._panes.queue
    assert (pane.number.accessibleName(), pane.count.text()) == ("Berikutnya: K-021", "20 dilayani hari ini")
    assert pane.served.item(0).text().startswith(f"K-020   {person(19).name}")
    assert pdfs(documents) == [f"sertifikat-K-{number:03}.pdf" for number in range(1, 21)]
    with pypdfium2.PdfDocument(documents / "sertifikat-K-020.pdf") as file:
        assert person(19).name in file[0].get_textpage().get_text_range()
    assert enrolments.counts(session.store)["ready"] == 20
    assert len({one.number for one in certificates.allocate(session.store, certificates.ready(session.store))}) == 20


def test_the_queue_takes_the_place_of_list_and_roster_and_gives_it_back(
    queue: EnrolmentPage, keyboard: Keyboard
) -> None:
    pane = queue._panes.queue
    assert (pane.isVisible(), queue.list.isVisible(), queue.roster.isVisible()) == (True, False, False)
    assert QApplication.focusWidget() is pane.search
    assert queue.form.save_button.text().strip() == "Simpan && cetak sertifikat"

    keyboard.press(Key.Key_Q, CONTROL)
    assert (pane.isVisible(), queue.list.isVisible(), queue.roster.isVisible()) == (False, True, True)
    assert QApplication.focusWidget() is queue.roster.view


def test_the_window_rests_after_a_minute_only_while_the_queue_is_served(
    page: EnrolmentPage, keyboard: Keyboard
) -> None:
    needs: list[object] = []
    page.needed.connect(needs.append)
    keyboard.press(Key.Key_Q, CONTROL)
    keyboard.press(Key.Key_Q, CONTROL)

    assert needs == [Rest(1.0), Rest(None)]


def test_the_queue_comes_back_after_a_lock(
    queue: EnrolmentPage, session: Session, qtbot: QtBot, settle: Settle, shell: Shell
) -> None:
    settle()
    assert settings.load(session.folder).queue_open

    again = EnrolmentPage(queue._theme, queue._tasks, session)
    qtbot.addWidget(again)
    again.shown()
    settle()
    assert again.queue.on


def test_another_laptop_has_its_own_letter(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    settings.change(session.folder, queue_letter="B")
    keyboard.press(Key.Key_Q, CONTROL)

    assert page._panes.queue.number.accessibleName() == "Berikutnya: B-001"


def test_a_person_who_comes_again_keeps_the_number(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Settle, documents: Path
) -> None:
    enrolments.save(session.store, person(0))
    page.refresh()
    settle()
    keyboard.press(Key.Key_Q, CONTROL)
    for _ in range(2):
        look_up(keyboard, settle, person(0).nik)
        keyboard.press(Key.Key_P, CONTROL)

    assert pdfs(documents) == ["sertifikat-K-001-2.pdf", "sertifikat-K-001.pdf"]
    assert page._panes.queue.count.text() == "1 dilayani hari ini"


def test_a_record_that_was_sent_is_printed_as_it_is(
    page: EnrolmentPage,
    shell: Shell,
    keyboard: Keyboard,
    session: Session,
    network: Network,
    qtbot: QtBot,
    settle: Settle,
    documents: Path,
) -> None:
    saved = enrolments.save(session.store, replace(person(0), tps=1))
    network.up = True
    shell.sending.now()
    settle()
    qtbot.waitUntil(lambda: any(line.state is SeatState.SENT for line in page.roster.model.seats()))
    keyboard.press(Key.Key_Q, CONTROL)
    look_up(keyboard, settle, person(0).nik)
    keyboard.press(Key.Key_Return, CONTROL)

    assert pdfs(documents) == ["sertifikat-K-001.pdf"]
    assert enrolments.get(session.store, saved.id).revision == 1


def test_somebody_left_for_later_gets_no_number(
    queue: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Settle, documents: Path
) -> None:
    look_up(keyboard, settle, "ORANG BARU")
    keyboard.enter()
    keyboard.enter()
    keyboard.type("5371041408969903")
    keyboard.press(Key.Key_Return, CONTROL | SHIFT)

    assert pdfs(documents) == []
    assert queue._panes.queue.count.text() == "0 dilayani hari ini"
    assert QApplication.focusWidget() is queue._panes.queue.search


def test_everything_in_the_queue_can_be_named_and_hit(queue: EnrolmentPage, shell: Shell) -> None:
    reachable = [
        widget
        for widget in queue.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert [widget for widget in reachable if not widget.accessibleName()] == []
    assert [widget for widget in reachable if min(widget.width(), widget.height()) < 24] == []


def test_tab_leads_through_the_queue_into_the_form(queue: EnrolmentPage, keyboard: Keyboard) -> None:
    pane, order = queue._panes.queue, []
    for _ in range(12):
        order.append(QApplication.focusWidget())
        keyboard.press(Key.Key_Tab)

    places = [order.index(widget) for widget in (pane.search, pane.results, pane.unit, pane.seat, pane.fresh_button)]
    assert places == sorted(places)
    assert order.index(pane.fresh_button) < [queue.form.fields.name_of(widget) for widget in order].index("nik")
