"""A NIK keyed twice: the second keying is blind, a difference is shown by groups, a third settles it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop import settings
from desktop.store import drafts, enrolments
from desktop.ui.enrolment_page import EnrolmentPage
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard
from tests.desktop.ui.test_form import NAME, NIK, focused_field
from tests.laptops import VILLAGE

SLIP = "5371041480969903"


@pytest.fixture
def page(shell: Shell, session: Session, settle: Callable[[], None]) -> EnrolmentPage:
    settings.change(session.folder, nik_twice=True)
    shell.enrolment.shown()
    settle()
    return shell.enrolment


def finish(keyboard: Keyboard) -> None:
    keyboard.enter()
    keyboard.type(NAME)
    keyboard.enter()
    keyboard.type("SOLO")
    keyboard.press(Key.Key_Return, CONTROL)


def test_the_field_empties_after_sixteen_figures_and_the_second_keying_holds(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    keyboard.type(NIK)
    assert page.form.fields.value("nik") == ""
    assert not page.form.again.isHidden()
    assert page.form.fields.value("birthdate") == ""
    assert focused_field(page) == "nik"

    keyboard.type(NIK)
    assert page.form.again.isHidden()
    assert page.form.fields.value("birthdate") == "14-08-1996"
    finish(keyboard)
    assert enrolments.find_by_nik(session.store, NIK)


def test_a_difference_is_shown_by_groups_and_the_third_keying_settles_it(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    keyboard.type(SLIP)
    keyboard.type(NIK)
    assert "148096 / 140896" in page.form.again.accessibleName()
    assert page.form.fields.value("nik") == ""

    keyboard.type(NIK)
    assert page.form.again.isHidden()
    finish(keyboard)
    assert enrolments.find_by_nik(session.store, NIK)


def test_what_was_keyed_once_is_kept_and_saving_asks_again(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    keyboard.type(NIK)
    keyboard.press(Key.Key_Down, CONTROL)
    kept = drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1)
    assert kept is not None
    assert kept.fields["nik"] == NIK

    keyboard.press(Key.Key_Up, CONTROL)
    finish(keyboard)
    assert not enrolments.find_by_nik(session.store, NIK)
    assert not page.form.again.isHidden()


def test_an_unchanged_nik_of_a_record_is_not_asked_for_again(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Callable[[], None]
) -> None:
    keyboard.type(NIK)
    keyboard.type(NIK)
    finish(keyboard)
    page.roster.entered.emit(page.roster.model.seats()[0])
    settle()
    page.form.go_to("name")
    keyboard.press(Key.Key_End)
    keyboard.type(" A")
    keyboard.press(Key.Key_Return, CONTROL)

    (found,) = enrolments.find_by_nik(session.store, NIK)
    assert found.facts.name.endswith(" A")
