"""Ctrl+F from anywhere: a few keys, Enter, and the form of the person is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktop.store import certificates, drafts, enrolments
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.store.officers import MOTHER, NIK, officer, officers
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard
from tests.laptops import VILLAGE

Settle = Callable[[], None]
DAY = date(2026, 11, 22)


def titles(shell: Shell) -> list[str]:
    return [hit.title for hit in shell.search.hits]


def search(keyboard: Keyboard, settle: Settle, text: str) -> None:
    keyboard.press(Key.Key_F, CONTROL)
    keyboard.type(text)
    settle()


def seat(shell: Shell) -> tuple[int | None, str, int | None]:
    view = shell.enrolment.desk.view
    assert view is not None
    return (view.unit.place.tps, view.line.post.code, view.line.seat)


@pytest.mark.parametrize("text", ["xylo mari", NIK[-4:], "537104 1508", "xylofonia 4"])
def test_a_few_keys_and_enter_open_the_person(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle, text: str
) -> None:
    enrolments.save(session.store, officer(tps=4, seat=5), on=DAY)

    search(keyboard, settle, text)
    (hit,) = shell.search.hits
    assert (hit.where, hit.nik, hit.word) == ("Anggota 5, TPS 004", "•••• 9901", "Siap kirim")
    keyboard.enter()

    assert seat(shell) == (4, "kpps-anggota", 5)
    assert titles(shell) == []
    assert shell.search.editor.text() == ""
    assert not shell.search.editor.hasFocus()


def test_an_enter_faster_than_the_answer_waits_for_it(shell: Shell, session: Session, keyboard: Keyboard) -> None:
    enrolments.save(session.store, officer(tps=4, seat=5), on=DAY)
    keyboard.press(Key.Key_F, CONTROL)
    keyboard.type("xylo")
    keyboard.enter()

    assert seat(shell) == (4, "kpps-anggota", 5)


def test_arrow_keys_choose_among_several(shell: Shell, session: Session, keyboard: Keyboard, settle: Settle) -> None:
    enrolments.save_many(session.store, officers(5), on=DAY)
    search(keyboard, settle, "petugas")
    chosen = shell.search.hits[2].errand.seat
    keyboard.press(Key.Key_Down, times=3)
    keyboard.press(Key.Key_Up)
    assert shell.search.editor.accessibleDescription() == shell.search.hits[2].spoken
    keyboard.enter()

    assert chosen is not None
    assert seat(shell) == (1, *chosen[:2])


def test_escape_closes_the_list_and_gives_the_focus_back(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle
) -> None:
    enrolments.save(session.store, officer(), on=DAY)
    shell.enrolment.form.go_to("name")
    before = QApplication.focusWidget()
    search(keyboard, settle, "xylo")
    assert len(titles(shell)) == 1
    keyboard.press(Key.Key_Escape)

    assert titles(shell) == []
    assert QApplication.focusWidget() is before


def test_what_is_only_typed_is_found_too_and_opens_where_typing_stopped(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle
) -> None:
    typed = {"name": "DOMINGGUS FRANS", "nik": "537104 140896 9903", "mother": MOTHER}
    drafts.keep(session.store, VILLAGE, 7, "linmas", 2, typed, "name")
    search(keyboard, settle, "fra dom")
    (hit,) = shell.search.hits
    assert (hit.word, hit.nik) == ("Draf", "•••• 9903")
    keyboard.enter()

    assert seat(shell) == (7, "linmas", 2)


def test_a_number_opens_the_polling_station(shell: Shell, keyboard: Keyboard, settle: Settle) -> None:
    search(keyboard, settle, "tps 8")
    assert titles(shell) == ["TPS 008"]
    keyboard.enter()

    assert shell.enrolment.unit is not None
    assert shell.enrolment.unit.place.tps == 8


def test_the_number_on_a_certificate_finds_its_holder(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle
) -> None:
    one = enrolments.save(session.store, officer(tps=4, seat=5), on=DAY)
    (given,) = certificates.allocate(session.store, [one.id])
    search(keyboard, settle, given.number.lower())

    assert [hit.errand.record for hit in shell.search.hits] == [one.id]


def test_the_mothers_name_finds_nobody_and_is_nowhere_in_the_list(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle
) -> None:
    enrolments.save(session.store, officer(), on=DAY)
    drafts.keep(session.store, VILLAGE, 7, "linmas", 2, {"name": "YOHANES", "mother": MOTHER}, "name")
    search(keyboard, settle, MOTHER.split()[0])
    assert titles(shell) == []
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("o")
    keyboard.type("h")
    settle()

    assert not any(MOTHER in hit.spoken for hit in shell.search.hits)


@pytest.mark.parametrize("width", [640, 1366])
def test_in_a_narrow_window_the_field_is_a_button_until_it_is_used(
    shell: Shell, session: Session, keyboard: Keyboard, settle: Settle, width: int
) -> None:
    enrolments.save(session.store, officer(), on=DAY)
    shell.resize(width, 520)
    settle()
    assert shell.search.editor.isVisible() == (width > 1000)
    assert shell.search.button.isVisible() == (width < 1000)

    search(keyboard, settle, "xylo")
    assert shell.search.editor.isVisible()
    assert len(titles(shell)) == 1
    keyboard.press(Key.Key_Escape)
    assert shell.search.editor.isVisible() == (width > 1000)
