"""For those who do not see the screen or cannot use a mouse: names, buddies, sizes, order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.tasks import Tasks
from desktop.ui.messages import Messages
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.theme import Mode, Theme
from desktop.ui.unlock import UnlockPage
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.keyboard import Key, Keyboard

LEAST = 24  # logical pixels, WCAG 2.2 target size


def focusable(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reachable and widget.isVisible() and not isinstance(widget, QScrollBar) and widget.focusProxy() is None:
            yield widget


def test_everything_that_takes_the_focus_has_a_name(shell: Shell) -> None:
    page = shell.enrolment
    page.form.extra_fold.click()
    page.form.decree_fold.click()
    unnamed = [widget for widget in focusable(shell) if not widget.accessibleName()]

    assert unnamed == []
    assert len(list(focusable(shell))) > 20


def test_everything_that_can_be_hit_is_high_enough(shell: Shell) -> None:
    small = [widget for widget in focusable(shell) if min(widget.width(), widget.height()) < LEAST]

    assert small == []


def test_every_text_field_is_named_by_its_label(shell: Shell) -> None:
    labels = [label.buddy() for label in shell.enrolment.form.findChildren(QLabel) if label.buddy() is not None]
    fields = shell.enrolment.form.findChildren(QLineEdit)

    assert [field for field in fields if field not in labels] == []


def test_tab_walks_from_the_list_over_the_roster_to_the_form(shell: Shell, keyboard: Keyboard) -> None:
    page = shell.enrolment
    page.list.view.setFocus()
    order = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        order.append(widget)
        keyboard.press(Key.Key_Tab)
    fields = [page.form.fields.name_of(widget) for widget in order]

    assert order.index(page.list.view) < order.index(page.roster.view) < fields.index("nik")
    named = [name for name in fields if name]
    assert named[:8] == ["nik", "name", "birthplace", "birthdate", "sex", "phone", "rt_rw", "village"]
    assert fields.index("village") < order.index(page.form.save_button)


def test_the_unlock_page_is_named_too(qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session) -> None:
    page = UnlockPage(theme, tasks, session.folder, Messages("id"))
    qtbot.addWidget(page)
    page.show()

    assert [widget for widget in focusable(page) if not widget.accessibleName()] == []


def test_a_roster_row_can_be_read_aloud(shell: Shell) -> None:
    view = shell.enrolment.roster.view
    model = shell.enrolment.roster.model
    role = Qt.ItemDataRole.AccessibleTextRole

    assert view.accessibleName() == "Petugas TPS 001"
    assert [model.index(1, column).data(role) for column in (1, 2, 4)] == [
        "Ketua KPPS",
        "Belum diisi — Enter untuk mengisi",
        "Kosong",
    ]
    assert QAccessible.queryAccessibleInterface(view) is not None


@pytest.mark.parametrize("factor", [100, 125, 150])
@pytest.mark.parametrize("mode", list(Mode))
def test_larger_text_and_dark_colours_fit_the_smallest_laptop(
    qtbot: QtBot,
    qapp: QApplication,
    speech: None,
    tasks: Tasks,
    session: Session,
    network: Network,
    settle: Callable[[], None],
    factor: int,
    mode: Mode,
) -> None:
    chosen = settings.Settings(text_size=factor, theme=settings.Theme(mode.value))
    shell = Shell(app.dress(qapp, chosen), tasks, session, network)
    qtbot.addWidget(shell)
    shell.resize(1366, 700)
    shell.show()
    shell.start("enrolment")
    settle()
    form = shell.enrolment.form

    assert (shell.width(), shell.height()) == (1366, 700)
    assert form.body.horizontalScrollBar().maximum() == 0
    assert form.save_button.fontMetrics().horizontalAdvance(form.save_button.text()) < form.save_button.width()
    shell.sending.stop()
    settle()
