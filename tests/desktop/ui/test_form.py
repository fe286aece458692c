"""An officer typed by keyboard alone, with doubts, mistakes and duplicates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktop.store import drafts, enrolments
from desktop.store.enrolments import Enrolment
from desktop.ui.enrolment_page import EnrolmentPage
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.unit import SeatState
from payung.enrolment import State
from payung.person import Sex
from tests.desktop.ui.keyboard import ALT, CONTROL, SHIFT, Key, Keyboard
from tests.laptops import VILLAGE

NIK = "5371041408969903"
NAME = "DOMINGGUS FRANS MANU"


@pytest.fixture
def page(shell: Shell) -> EnrolmentPage:
    return shell.enrolment


def saved(session: Session, nik: str = NIK) -> Enrolment:
    (found,) = enrolments.find_by_nik(session.store, nik)
    return found


def focused_field(page: EnrolmentPage) -> str:
    return page.form.fields.name_of(QApplication.focusWidget())


def fill(keyboard: Keyboard, nik: str = NIK, name: str = NAME) -> None:
    """NIK, name, place of birth; date and sex are read from the NIK."""
    keyboard.type(nik)
    keyboard.enter()
    keyboard.type(name)
    keyboard.enter()
    keyboard.type("KUP")
    keyboard.press(Key.Key_Down)
    keyboard.enter()
    keyboard.enter()
    keyboard.enter()


def test_one_officer_takes_at_most_seventy_keys_and_no_mouse(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    assert focused_field(page) == "nik"

    fill(keyboard)
    keyboard.type("081237654012")
    keyboard.enter()
    keyboard.type("007002")
    keyboard.press(Key.Key_Return, CONTROL)

    assert keyboard.strokes <= 70
    record = saved(session)
    assert record.state is State.READY
    facts = record.facts
    assert (facts.name, facts.birthplace, facts.birthdate) == (NAME, "KUPANG", date(1996, 8, 14))
    assert (facts.sex, facts.phone, facts.rt, facts.rw) == (Sex.L, "+6281237654012", 7, 2)
    assert (facts.place, facts.tps, facts.post, facts.seat) == (VILLAGE, 1, "kpps-ketua", 1)
    print(f"{keyboard.strokes} key strokes")


def test_without_phone_and_rt_fifty_keys_are_enough(page: EnrolmentPage, keyboard: Keyboard, session: Session) -> None:
    fill(keyboard)
    keyboard.press(Key.Key_Return, CONTROL)

    assert keyboard.strokes <= 50
    assert saved(session).state is State.READY


def test_saving_goes_on_to_the_next_seat_with_an_empty_form(page: EnrolmentPage, keyboard: Keyboard) -> None:
    fill(keyboard)
    assert page.form.save_button.text().strip() == "Simpan && lanjut ke Anggota 2"
    keyboard.press(Key.Key_Return, CONTROL)

    assert page.form.post.accessibleName() == "Anggota 2 · KPPS"
    assert focused_field(page) == "nik"
    assert page.form.fields.value("nik") == page.form.fields.value("name") == ""


def test_the_nik_is_grouped_while_it_is_typed_and_read_when_complete(page: EnrolmentPage, keyboard: Keyboard) -> None:
    keyboard.type("5371041408")
    assert page.form.fields.value("nik") == "537104 1408"
    assert page.form.fields.counter.text() == "10/16"
    assert str(page.form.reading) == ""

    keyboard.type("969903")
    assert page.form.fields.value("nik") == "537104 140896 9903"
    said = "Terbaca dari NIK: <b>Laki-laki</b>, lahir <b>14 Agustus 1996</b> · terdaftar pertama di Kec. Oebobo"
    assert str(page.form.reading) == said
    assert page.form.fields.value("birthdate") == "14-08-1996"
    assert page.form.fields.value("sex") == "L"


def test_a_pasted_nik_with_separators_is_taken(page: EnrolmentPage, keyboard: Keyboard) -> None:
    QApplication.clipboard().setText("5371.0414-0896 9903")
    keyboard.press(Key.Key_V, CONTROL)

    assert page.form.fields.value("nik") == "537104 140896 9903"


def test_a_figure_deleted_in_the_middle_leaves_the_cursor_there(page: EnrolmentPage, keyboard: Keyboard) -> None:
    keyboard.type("5371041408969903")
    keyboard.press(Key.Key_Home)
    keyboard.press(Key.Key_Right, times=4)
    keyboard.press(Key.Key_Backspace)

    assert page.form.fields.value("nik") == "537041 408969 903"
    assert page.form.fields.editor("nik").cursorPosition() == 3


@pytest.mark.parametrize(("answer", "born", "confirmed"), [
    (Key.Key_1, date(1996, 8, 14), ()),
    (Key.Key_2, date(1995, 8, 14), ("nik.birthdate",)),
])  # fmt: skip
def test_a_birth_date_unlike_the_nik_is_settled_with_one_key(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, answer: Key, born: date, confirmed: tuple[str, ...]
) -> None:
    keyboard.type(NIK)
    keyboard.enter()
    keyboard.type(NAME)
    keyboard.enter()
    keyboard.type("KUPANG")
    keyboard.enter()
    keyboard.type("14-08-1995")
    assert page.form.warning.accessibleName() == (
        "Tanggal lahir berbeda dengan NIK. NIK: 14-08-1996. Cocokkan dengan KTP."
    )

    keyboard.press(answer, ALT)
    assert page.form.warning.isHidden()
    keyboard.press(Key.Key_Return, CONTROL)

    facts = saved(session).facts
    assert (facts.birthdate, facts.confirmed) == (born, confirmed)


def test_an_unanswered_doubt_keeps_the_officer_from_being_saved(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    fill(keyboard)
    page.form.go_to("birthdate")
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("14-08-1995")
    keyboard.press(Key.Key_Return, CONTROL)

    assert not enrolments.find_by_nik(session.store, NIK)
    assert QApplication.focusWidget() is page.form.warning.answers[0]


def test_changing_the_date_again_opens_a_settled_doubt(page: EnrolmentPage, keyboard: Keyboard) -> None:
    fill(keyboard)
    page.form.go_to("birthdate")
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("14-08-1995")
    keyboard.press(Key.Key_2, ALT)
    assert page.form.warning.isHidden()

    page.form.go_to("birthdate")
    keyboard.press(Key.Key_Backspace)
    keyboard.type("4")
    assert not page.form.warning.isHidden()


def test_mistakes_are_told_on_saving_only_and_lead_to_their_fields(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    keyboard.type("53710414")
    keyboard.enter()
    keyboard.enter()
    assert not list(page.form.fields.messages())

    keyboard.press(Key.Key_Return, CONTROL)

    told = dict(page.form.fields.messages())
    assert told["nik"] == "NIK harus 16 angka, sekarang 8. Periksa lagi di KTP."
    assert told["name"] == "Isi nama lengkap sesuai KTP."
    assert not page.form.summary.isHidden()
    assert [link.text() for link in page.form.summary.links[:2]] == [told["nik"], told["name"]]
    assert QApplication.focusWidget() is page.form.summary.links[0]
    assert page.form.fields.editor("nik").accessibleDescription() == f"Kesalahan: {told['nik']}"
    assert not enrolments.find_by_nik(session.store, NIK)

    keyboard.press(Key.Key_Tab)
    keyboard.enter()
    assert focused_field(page) == "name"
    keyboard.type("A")
    assert "name" not in dict(page.form.fields.messages())


def test_a_nik_that_is_already_enrolled_is_told_at_the_sixteenth_figure(
    page: EnrolmentPage, keyboard: Keyboard
) -> None:
    fill(keyboard)
    keyboard.press(Key.Key_Return, CONTROL)

    keyboard.type(NIK[:15])
    assert page.form.taken.isHidden()
    keyboard.type(NIK[15])
    assert not page.form.taken.isHidden()
    assert "TPS 001" in page.form.taken.accessibleName()


def test_enter_goes_on_and_shift_enter_back(page: EnrolmentPage, keyboard: Keyboard) -> None:
    walked = [focused_field(page)]
    for _ in range(6):
        keyboard.enter()
        walked.append(focused_field(page))
    assert walked == ["nik", "name", "birthplace", "birthdate", "sex", "phone", "rt_rw"]

    keyboard.press(Key.Key_Return, SHIFT)
    assert focused_field(page) == "phone"


def test_typing_solo_and_enter_stays_solo(page: EnrolmentPage, keyboard: Keyboard) -> None:
    page.form.go_to("birthplace")
    keyboard.type("SOLO")
    keyboard.enter()

    assert page.form.fields.value("birthplace") == "SOLO"
    assert focused_field(page) == "birthdate"


def test_sex_is_chosen_by_letter_and_by_arrow(page: EnrolmentPage, keyboard: Keyboard) -> None:
    page.form.go_to("sex")
    keyboard.type("p")
    assert page.form.fields.value("sex") == "P"
    keyboard.press(Key.Key_Left)
    assert page.form.fields.value("sex") == "L"
    assert focused_field(page) == "sex"


def test_leaving_a_seat_for_later_keeps_it_as_a_draft(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    keyboard.type(NIK)
    keyboard.press(Key.Key_Return, CONTROL | SHIFT)

    first, second = page.roster.model.seats()[:2]
    assert (first.state, first.nik) == (SeatState.DRAFT, "•••• 9903")
    assert page.form.post.accessibleName() == "Anggota 2 · KPPS"
    assert second.state is SeatState.EMPTY
    kept = drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1)
    assert kept is not None
    assert kept.fields["nik"] == "537104 140896 9903"


def test_escape_goes_to_the_roster_and_enter_comes_back(page: EnrolmentPage, keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_Escape)
    assert QApplication.focusWidget() is page.roster.view

    keyboard.press(Key.Key_Down)
    keyboard.enter()
    assert focused_field(page) == "nik"
    assert page.form.post.accessibleName() == "Anggota 2 · KPPS"


def test_ctrl_down_and_up_go_through_the_stations_with_the_cursor_in_the_form(
    page: EnrolmentPage, keyboard: Keyboard
) -> None:
    keyboard.press(Key.Key_Down, CONTROL)
    assert page.unit is not None
    assert page.unit.title == "TPS 002"
    assert focused_field(page) == "nik"

    keyboard.press(Key.Key_Up, CONTROL)
    assert page.unit.title == "TPS 001"


def test_the_decree_is_offered_to_the_next_member_of_the_same_body(page: EnrolmentPage, keyboard: Keyboard) -> None:
    fill(keyboard)
    page.form.go_to("decree_number")
    keyboard.type("12/PP.04/2029")
    keyboard.enter()
    keyboard.type("20-01-2029")
    keyboard.press(Key.Key_Return, CONTROL)

    assert page.form.fields.value("decree_number") == "12/PP.04/2029"
    assert page.form.fields.value("decree_date") == "20-01-2029"


def test_what_only_bpjs_wants_can_be_given_or_left_out(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    fill(keyboard)
    page.form.extra_fold.click()
    page.form.go_to("mother")
    keyboard.type("MARIA CONTOH")
    keyboard.enter()
    keyboard.type("k")
    keyboard.enter()
    keyboard.press(Key.Key_Right, times=4)
    keyboard.enter()
    keyboard.type("JL. CONTOH 1")
    keyboard.enter()
    keyboard.type("85111")
    keyboard.press(Key.Key_Return, CONTROL)

    facts = saved(session).facts
    assert (facts.mother, facts.married, facts.address, facts.postcode) == (
        "MARIA CONTOH",
        True,
        "JL. CONTOH 1",
        "85111",
    )
    assert facts.blood is not None
    assert facts.blood.value == "O"


def test_another_village_of_residence_goes_into_the_address(
    page: EnrolmentPage, keyboard: Keyboard, session: Session
) -> None:
    fill(keyboard)
    page.form.go_to("village")
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("Fatululi")
    keyboard.press(Key.Key_Return, CONTROL)

    assert saved(session).facts.address == "Fatululi"


def test_every_post_of_both_bodies_has_a_seat_in_the_window(
    page: EnrolmentPage, shell: Shell, session: Session, settle: Callable[[], None]
) -> None:
    offered = set()
    for unit in page._units[:4]:
        page.go_to_unit(unit)
        settle()
        offered |= {line.post.code for line in page.roster.model.seats()}

    assert offered == {post.code for post in session.store.event.posts if post.enabled}


def test_a_village_officer_is_saved_at_the_village(
    page: EnrolmentPage, keyboard: Keyboard, session: Session, settle: Callable[[], None]
) -> None:
    page.go_to_unit(page._units[0])
    settle()
    line = next(line for line in page.roster.model.seats() if line.post.code == "pkd")
    page.roster.entered.emit(line)
    settle()

    fill(keyboard)
    keyboard.press(Key.Key_Return, CONTROL)

    facts = saved(session).facts
    assert (facts.post, facts.place, facts.tps) == ("pkd", VILLAGE, None)
