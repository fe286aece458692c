"""Every post of both bodies is enrolled through the window, at its own place, with the fields its post asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store import enrolments
from desktop.ui.enrolment_page import EnrolmentPage
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from payung import event
from payung.bodies import Institution
from payung.enrolment import State
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard
from tests.laptops import VILLAGE

POSTS = [post for post in event.load("latihan").posts if post.enabled]


def test_both_bodies_have_posts() -> None:
    assert {post.institution for post in POSTS} == set(Institution)


@pytest.mark.parametrize("code", [post.code for post in POSTS])
def test_the_post_is_enrolled_by_keyboard(
    shell: Shell, keyboard: Keyboard, session: Session, settle: Callable[[], None], code: str
) -> None:
    page: EnrolmentPage = shell.enrolment
    post = session.store.event.post(code)
    assert post is not None
    unit = next(one for one in page._units if one.place.level is post.level)
    page.go_to_unit(unit)
    settle()
    line = next(line for line in page.roster.model.seats() if line.post.code == code)
    page.roster.mark(line.key)
    keyboard.press(Key.Key_Escape)
    page.roster.mark(line.key)
    keyboard.enter()
    assert page.form.fields.parts["asn"].isHidden() is not post.asn_possible
    assert bool(page.form.fields.value("village")) == unit.place.code.startswith(VILLAGE)

    keyboard.type("5371041408969903")
    keyboard.enter()
    keyboard.type("PETUGAS CONTOH")
    keyboard.enter()
    keyboard.type("SOLO")
    keyboard.press(Key.Key_Return, CONTROL)

    (found,) = enrolments.find_by_nik(session.store, "5371041408969903")
    assert found.state is State.READY
    facts = found.facts
    assert (facts.post, facts.place, facts.seat) == (code, unit.place.code, line.seat)
    assert facts.tps == line.tps
