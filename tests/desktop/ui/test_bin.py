"""A draft thrown away is gone from the seat and not from the laptop: one key brings it back, for seven days."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.store import drafts
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.unit import SeatState
from tests.desktop.ui.keyboard import ALT, CONTROL, Key, Keyboard
from tests.laptops import VILLAGE

Settle = Callable[[], None]
SEAT = (VILLAGE, 1, "kpps-ketua", 1)


def typed(shell: Shell, keyboard: Keyboard, name: str = "DOMINGGUS") -> None:
    shell.enrolment.form.go_to("name")
    keyboard.type(name)


def test_a_discarded_draft_leaves_an_empty_seat_and_alt_z_brings_it_back(
    shell: Shell, keyboard: Keyboard, session: Session
) -> None:
    form = shell.enrolment.form
    assert form.discard_button.isHidden()
    typed(shell, keyboard)
    assert not form.discard_button.isHidden()

    keyboard.press(Key.Key_D, CONTROL)
    assert drafts.load(session.store, *SEAT) is None
    assert (form.fields.value("name"), form.discard_button.isHidden()) == ("", True)
    assert form.bin.accessibleName().startswith("Draf dibuang: DOMINGGUS")
    assert form.bin.answers[0].text() == "Urungkan"
    assert form.fields.name_of(QApplication.focusWidget()) == "nik"
    assert shell.enrolment.roster.model.seats()[0].state is SeatState.EMPTY

    keyboard.press(Key.Key_Z, ALT)
    assert form.fields.value("name") == "DOMINGGUS"
    assert form.fields.name_of(QApplication.focusWidget()) == "name"
    assert form.bin.isHidden()
    assert shell.enrolment.roster.model.seats()[0].state is SeatState.DRAFT


def test_the_empty_seat_offers_it_when_the_clerk_comes_back(shell: Shell, keyboard: Keyboard, settle: Settle) -> None:
    page = shell.enrolment
    typed(shell, keyboard)
    page.form.discard_button.click()
    settle()
    page.roster.entered.emit(page.roster.model.seats()[1])
    settle()
    assert page.form.bin.isHidden()

    page.roster.entered.emit(page.roster.model.seats()[0])
    settle()
    assert page.form.bin.accessibleName().startswith("Ada draf yang dibuang: DOMINGGUS")
    page.form.bin.answers[0].setFocus()
    QTest.keyClick(page.form.bin.answers[0], Qt.Key.Key_Return)
    settle()
    assert page.form.fields.value("name") == "DOMINGGUS"


def test_what_was_typed_in_between_goes_into_the_bin_in_its_place(
    shell: Shell, keyboard: Keyboard, session: Session
) -> None:
    typed(shell, keyboard)
    keyboard.press(Key.Key_D, CONTROL)
    typed(shell, keyboard, "YULIANA")
    keyboard.press(Key.Key_Z, ALT)

    assert shell.enrolment.form.fields.value("name") == "DOMINGGUS"
    assert [one.draft.fields["name"] for one in drafts.binned(session.store)] == ["YULIANA"]


def test_of_several_another_can_be_chosen(shell: Shell, keyboard: Keyboard, settle: Settle) -> None:
    form = shell.enrolment.form
    for name in ("DOMINGGUS", "YULIANA"):
        typed(shell, keyboard, name)
        keyboard.press(Key.Key_D, CONTROL)
    assert form.bin.answers[1].text() == "Yang lain (1 dari 2)"

    form.bin.answers[1].click()
    assert form.bin.accessibleName().startswith("Ada draf yang dibuang: DOMINGGUS")
    form.bin.answers[0].click()
    settle()
    assert form.fields.value("name") == "DOMINGGUS"


def test_an_untouched_seat_has_nothing_to_discard(shell: Shell, keyboard: Keyboard, session: Session) -> None:
    keyboard.press(Key.Key_D, CONTROL)

    assert drafts.binned(session.store) == ()
    assert shell.enrolment.form.bin.isHidden()
