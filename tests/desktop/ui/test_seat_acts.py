"""Seats emptied, officers moved, withdrawn with a reason, replaced, found twice: by key, by menu, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store import certificates, drafts, enrolments
from desktop.ui.enrolment_page import EnrolmentPage
from desktop.ui.page import Errand
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.unit import SeatState
from payung.bodies import Level
from payung.leaving import Cause, Leaving
from payung.person import Sex
from payung.roster import Place
from tests.desktop.store.officers import officer
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.keyboard import ALT, CONTROL, Key, Keyboard
from tests.laptops import VILLAGE

Settle = Callable[[], None]
FIRST = officer(tps=1, post="kpps-ketua", seat=1)
OTHER = "5371041608969902"


@pytest.fixture
def page(shell: Shell) -> EnrolmentPage:
    return shell.enrolment


@pytest.fixture
def enrolled(page: EnrolmentPage, session: Session, keyboard: Keyboard, settle: Settle) -> enrolments.Saved:
    """The chair of TPS 001 is ready, the clerk stands in the roster at the first seat."""
    saved = enrolments.save(session.store, FIRST)
    page.refresh()
    page.visit(Errand("enrolment", Place(Level.TPS, VILLAGE, 1), record=saved.id))
    settle()
    keyboard.press(Key.Key_Escape)
    assert page.roster.current is not None
    assert page.roster.current.record == saved.id
    return saved


@pytest.fixture
def sent(enrolled: enrolments.Saved, shell: Shell, network: Network, qtbot: QtBot, settle: Settle) -> enrolments.Saved:
    network.up = True
    shell.sending.now()
    settle()
    qtbot.waitUntil(lambda: shell.enrolment.roster.model.seats()[0].state is SeatState.SENT)
    settle()
    return enrolled


def standing(session: Session, nik: str = FIRST.nik) -> tuple[int | None, str, int | None] | None:
    found = enrolments.find_by_nik(session.store, nik)
    return (found[0].facts.tps, found[0].facts.post, found[0].facts.seat) if found else None


def states(page: EnrolmentPage) -> list[SeatState]:
    return [line.state for line in page.roster.model.seats()]


def test_del_puts_a_draft_into_the_bin_and_ctrl_z_takes_it_out(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    page.form.go_to("name")
    keyboard.type("DOMINGGUS")
    keyboard.press(Key.Key_Escape)
    keyboard.press(Key.Key_Delete)

    assert drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1) is None
    assert states(page)[0] is SeatState.EMPTY
    assert "DOMINGGUS" in page.roster.acted.accessibleName()
    assert QApplication.focusWidget() is page.roster.view

    keyboard.press(Key.Key_Z, CONTROL)
    assert states(page)[0] is SeatState.DRAFT
    assert page.form.fields.value("name") == "DOMINGGUS"


def test_del_withdraws_a_record_that_was_never_sent_and_undo_brings_it_back(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    keyboard.press(Key.Key_Delete)
    assert standing(session) is None
    assert states(page)[0] is SeatState.EMPTY
    assert enrolments.get(session.store, enrolled.id).withdrawn
    assert page.roster.former.isHidden()

    page.roster.acted.answers[0].click()
    settle()
    assert standing(session) == (1, "kpps-ketua", 1)
    assert states(page)[0] is SeatState.READY


def test_del_asks_for_the_reason_of_a_record_that_was_sent(
    page: EnrolmentPage, sent: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    keyboard.press(Key.Key_Delete)
    assert not page.roster.reason.isHidden()
    assert QApplication.focusWidget() is page.roster.reason.reason
    keyboard.enter()
    assert standing(session) is not None

    keyboard.type("salah orang")
    keyboard.enter()
    assert standing(session) is None
    assert not page.roster.former.isHidden()
    assert "salah orang" in page.roster.former.text.text()

    keyboard.press(Key.Key_Z, CONTROL)
    assert standing(session) == (1, "kpps-ketua", 1)
    assert page.roster.former.isHidden()


def test_escape_leaves_a_sent_record_where_it_is(
    page: EnrolmentPage, sent: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    keyboard.press(Key.Key_Delete)
    keyboard.press(Key.Key_Escape)

    assert page.roster.reason.isHidden()
    assert QApplication.focusWidget() is page.roster.view
    assert standing(session) is not None


def test_an_officer_moves_to_another_station_and_back(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    keyboard.press(Key.Key_X, CONTROL)
    assert not page.roster.held.isHidden()
    keyboard.press(Key.Key_Down, CONTROL)
    keyboard.press(Key.Key_Down, times=2)
    keyboard.press(Key.Key_V, CONTROL)

    assert standing(session) == (2, "kpps-anggota", 3)
    assert page.roster.held.isHidden()
    assert page.unit is not None
    assert page.unit.title == "TPS 002"
    assert states(page)[2] is SeatState.READY
    assert enrolments.get(session.store, enrolled.id).revision == 2

    keyboard.press(Key.Key_Z, CONTROL)
    assert standing(session) == (1, "kpps-ketua", 1)
    assert states(page)[2] is SeatState.EMPTY


def test_a_taken_seat_keeps_the_officer_where_he_is(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    enrolments.save(session.store, officer(tps=1, seat=2, nik=OTHER, name="ORANG LAIN", birthdate=date(1996, 8, 16)))
    page.refresh()
    settle()
    keyboard.press(Key.Key_X, CONTROL)
    keyboard.press(Key.Key_Down)
    keyboard.press(Key.Key_V, CONTROL)

    assert standing(session) == (1, "kpps-ketua", 1)
    assert not page.roster.refused.isHidden()
    assert not page.roster.held.isHidden()


def test_a_draft_moves_as_it_stands(page: EnrolmentPage, keyboard: Keyboard, session: Session) -> None:
    page.form.go_to("name")
    keyboard.type("DOMINGGUS")
    keyboard.press(Key.Key_Escape)
    keyboard.press(Key.Key_X, CONTROL)
    keyboard.press(Key.Key_Down)
    keyboard.press(Key.Key_V, CONTROL)

    assert states(page)[:2] == [SeatState.EMPTY, SeatState.DRAFT]
    kept = drafts.load(session.store, VILLAGE, 1, "kpps-anggota", 2)
    assert kept is not None
    assert kept.fields["name"] == "DOMINGGUS"


def test_the_menu_offers_the_same_acts(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    page.roster.more.click()
    menu = page.roster.menu
    assert [name for name, act in menu.acts.items() if act.isEnabled()] == ["edit", "take", "replace", "empty"]

    menu.acts["empty"].trigger()
    menu.close()
    settle()
    assert standing(session) is None


def test_a_replacement_ends_one_term_and_begins_the_next(
    page: EnrolmentPage, sent: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    (before,) = certificates.allocate(session.store, [sent.id])
    keyboard.press(Key.Key_G, CONTROL)
    assert page.form.fields.name_of(QApplication.focusWidget()) == "cause"
    keyboard.type("m")
    keyboard.enter()
    keyboard.type("03-02-2029")
    keyboard.enter()
    keyboard.type(OTHER)
    keyboard.enter()
    keyboard.type("PENGGANTI BARU")
    keyboard.enter()
    keyboard.type("KUP")
    keyboard.press(Key.Key_Down)
    keyboard.enter()
    keyboard.press(Key.Key_Return, CONTROL)

    assert standing(session) is None
    assert standing(session, OTHER) == (1, "kpps-ketua", 1)
    (gone,) = enrolments.former(session.store, VILLAGE, 1)
    assert gone.leaving == Leaving(Cause.RESIGNED, date(2029, 2, 3))
    assert FIRST.name in page.roster.former.text.text()
    (after,) = certificates.allocate(session.store, [gone.successor]) if gone.successor else (None,)
    assert after is not None
    assert after.number != before.number


def test_a_replacement_without_a_cause_or_on_voting_day_is_told(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    keyboard.press(Key.Key_G, CONTROL)
    page.form.go_to("last_day")
    keyboard.type("13-02-2029")
    keyboard.enter()
    keyboard.type(OTHER)
    page.form.go_to("name")
    keyboard.type("PENGGANTI BARU")
    page.form.go_to("birthplace")
    keyboard.type("SOLO")
    keyboard.press(Key.Key_Return, CONTROL)
    assert "cause" in dict(page.form.fields.messages())

    page.form.go_to("cause")
    keyboard.type("n")
    keyboard.press(Key.Key_Return, CONTROL)
    assert "hari pemungutan suara" in dict(page.form.fields.messages())["last_day"]
    assert standing(session) == (1, "kpps-ketua", 1)


def test_a_replacement_half_typed_waits_and_can_be_given_up(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    keyboard.press(Key.Key_G, CONTROL)
    page.form.go_to("name")
    keyboard.type("PENGGANTI")
    keyboard.press(Key.Key_Right, ALT)
    keyboard.press(Key.Key_Left, ALT)
    assert page.form.fields.value("name") == "PENGGANTI"
    assert not page.form.leaving.isHidden()

    page.form.leaving.answers[0].click()
    settle()
    assert page.form.fields.value("name") == FIRST.name
    assert page.form.leaving.isHidden()
    assert standing(session) == (1, "kpps-ketua", 1)


def test_a_sent_record_is_corrected_with_a_reason_and_waits_to_be_sent_again(
    page: EnrolmentPage, sent: enrolments.Saved, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    assert not page.form.sent.isHidden()
    page.form.sent.answers[0].click()
    keyboard.type("salah eja")
    page.form.go_to("name")
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("NAMA BARU")
    keyboard.press(Key.Key_Return, CONTROL)

    found = enrolments.get(session.store, sent.id)
    assert (found.facts.name, found.revision, found.exchange) == ("NAMA BARU", 2, enrolments.Exchange.QUEUED)
    assert states(page)[0] is SeatState.READY


def test_a_nik_enrolled_elsewhere_leads_there(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, settle: Settle
) -> None:
    keyboard.press(Key.Key_Down, CONTROL)
    keyboard.enter()
    keyboard.type(FIRST.nik)
    assert f"{FIRST.name}, TPS 001" in page.form.taken.accessibleName()

    keyboard.press(Key.Key_1, ALT)
    assert page.unit is not None
    assert page.unit.title == "TPS 001"
    assert page.roster.current is not None
    assert page.roster.current.record == enrolled.id


def test_a_nik_enrolled_elsewhere_is_moved_here(
    page: EnrolmentPage, enrolled: enrolments.Saved, keyboard: Keyboard, session: Session
) -> None:
    keyboard.press(Key.Key_Down, CONTROL)
    keyboard.enter()
    keyboard.type(FIRST.nik)
    keyboard.press(Key.Key_2, ALT)

    assert standing(session) == (2, "kpps-ketua", 1)
    assert states(page)[0] is SeatState.READY
    assert page.form.fields.value("name") == FIRST.name

    keyboard.press(Key.Key_Escape)
    keyboard.press(Key.Key_Z, CONTROL)
    assert standing(session) == (1, "kpps-ketua", 1)
    assert FIRST.sex is Sex.L
