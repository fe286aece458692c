"""The home page says what stands and leads to what is to be done, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desktop.store import certificates, drafts, enrolments
from desktop.ui.home_page import HomePage
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.store.officers import officer, officers
from tests.desktop.ui.conftest import STATIONS, Network
from tests.desktop.ui.keyboard import ALT, CONTROL, Key, Keyboard
from tests.laptops import OPERATOR, VILLAGE

Settle = Callable[[], None]
DAY = date(2026, 11, 22)


@pytest.fixture
def home(shell: Shell, settle: Settle) -> HomePage:
    page = shell.page("home")
    assert isinstance(page, HomePage)
    settle()
    return page


def go_home(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_1, ALT)


def said(home: HomePage) -> list[str]:
    counters = (home.filled, home.sent, home.waiting, home.wrong)
    return [counter.accessibleName() for counter in counters]


def tiles(home: HomePage) -> list[str]:
    model = home.tiles.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def test_the_first_entry_of_the_window_is_the_home_page(shell: Shell, settle: Settle) -> None:
    shell.start()
    settle()

    assert shell.front == "home"
    page = shell.page("home")
    assert isinstance(page, HomePage)
    assert QApplication.focusWidget() is page.resume.button


def test_an_empty_laptop_is_told_in_words(home: HomePage, keyboard: Keyboard) -> None:
    go_home(keyboard)

    assert said(home) == ["0 petugas terisi", "0 sudah terkirim", "0 menunggu kirim", "0 perlu diperbaiki"]
    assert home._greeting.text().endswith(f", {OPERATOR}")
    assert "tersisa" in home._day.accessibleName()
    assert home.todo.words == ()
    assert home.resume.button.accessibleName() == "Mulai mengisi"


def test_the_counters_and_tiles_say_what_was_saved_and_sent(
    home: HomePage, session: Session, network: Network, shell: Shell, keyboard: Keyboard, settle: Settle
) -> None:
    enrolments.save_many(session.store, officers(9), on=DAY)
    network.up = True
    shell.sending.now()
    settle()
    enrolments.save(session.store, officer(tps=3), on=DAY)
    enrolments.save(session.store, officer(tps=3, name="", nik="5371041608969902", seat=4), on=DAY)
    go_home(keyboard)

    assert said(home) == ["10 petugas terisi", "9 sudah terkirim", "1 menunggu kirim", "1 perlu diperbaiki"]
    assert home.filled.accessibleDescription() == f"dari {STATIONS * 10} ({STATIONS} TPS)"
    assert home.sent.accessibleDescription().startswith("terakhir hari ini ")
    assert tiles(home)[:4] == [
        "TPS 001, 7 dari 10 petugas",
        "TPS 002, 2 dari 10 petugas",
        "TPS 003, 1 dari 10 petugas, 1 perlu diperbaiki",
        "TPS 004, 0 dari 10 petugas",
    ]
    assert home.bar.accessibleName() == "Terkirim 9, Menunggu 1, Perbaiki 1, Kosong 89"


def test_ctrl_l_goes_on_in_the_field_where_typing_stopped(
    home: HomePage, session: Session, shell: Shell, keyboard: Keyboard
) -> None:
    drafts.keep(session.store, VILLAGE, 4, "kpps-anggota", 6, {"name": "DOMINGGUS", "_cursor": "3"}, "name")
    go_home(keyboard)
    assert "Anggota 6, TPS 004 — DOMINGGUS" in home.resume.button.accessibleDescription()

    keyboard.press(Key.Key_L, CONTROL)

    assert shell.front == "enrolment"
    assert shell.enrolment.unit is not None
    assert shell.enrolment.unit.place.tps == 4
    fields = shell.enrolment.form.fields
    assert fields.value("name") == "DOMINGGUS"
    assert fields.name_of(QApplication.focusWidget() or QWidget()) == "name"


def test_arrow_keys_walk_the_tiles_and_enter_opens_the_station(
    home: HomePage, shell: Shell, keyboard: Keyboard
) -> None:
    go_home(keyboard)
    while QApplication.focusWidget() is not home.tiles:
        keyboard.press(Key.Key_Tab)
    keyboard.press(Key.Key_Right)
    keyboard.press(Key.Key_Down)
    assert home.tiles.columns == 4
    assert home.tiles.currentIndex().row() == 5

    keyboard.enter()

    assert shell.front == "enrolment"
    assert shell.enrolment.unit is not None
    assert shell.enrolment.unit.place.tps == 6


def test_enter_goes_on_right_after_unlocking(home: HomePage, shell: Shell, keyboard: Keyboard) -> None:
    go_home(keyboard)

    keyboard.enter()

    assert shell.front == "enrolment"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_the_button_of_a_thing_to_do_leads_to_its_record(
    home: HomePage, session: Session, shell: Shell, keyboard: Keyboard, key: Key
) -> None:
    enrolments.save(session.store, officer(tps=5, seat=4, name=""), on=DAY)
    go_home(keyboard)
    assert home.todo.words[0] == "1 data belum lengkap"

    home.todo.buttons[0].setFocus()
    keyboard.press(key)

    view = shell.enrolment.desk.view
    assert shell.front == "enrolment"
    assert view is not None
    assert (view.unit.place.tps, view.line.seat) == (5, 4)


def test_what_needs_the_clerk_is_named_the_most_severe_first(
    home: HomePage, session: Session, keyboard: Keyboard
) -> None:
    answers = enrolments.save_many(session.store, officers(3), on=DAY)
    enrolments.save(session.store, officer(tps=5, name=""), on=DAY)
    ids: list[UUID] = [one.id for one in answers if isinstance(one, enrolments.Saved)]
    go_home(keyboard)
    assert list(home.todo.words) == ["1 data belum lengkap", "Belum ada cadangan", "3 sertifikat siap cetak"]

    certificates.allocate(session.store, ids)
    go_home(keyboard)
    assert list(home.todo.words) == ["1 data belum lengkap", "Belum ada cadangan"]


def test_more_than_sixteen_places_stand_in_eight_columns(home: HomePage, shell: Shell, keyboard: Keyboard) -> None:
    go_home(keyboard)
    few = home.tiles.columns
    assert home.figures is not None
    home.tiles.show_tiles(home.figures.tiles * 2)

    assert (few, home.tiles.columns) == (4, 8)


@pytest.mark.parametrize("width", [640, 800, 1000, 1366])
def test_nothing_is_cut_off_at_the_side_at_any_width(
    home: HomePage, shell: Shell, keyboard: Keyboard, settle: Settle, width: int
) -> None:
    go_home(keyboard)
    shell.resize(width, 520)
    settle()

    body = home.area.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= home.area.viewport().width()


def test_everything_on_the_home_page_has_a_name_and_is_large_enough(home: HomePage, keyboard: Keyboard) -> None:
    go_home(keyboard)
    seen = [
        widget
        for widget in home.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.focusProxy() is None
    ]

    assert [widget for widget in seen if not widget.accessibleName() or min(widget.width(), widget.height()) < 24] == []
    assert len(seen) >= 6
    assert QAccessible.queryAccessibleInterface(home.tiles) is not None
