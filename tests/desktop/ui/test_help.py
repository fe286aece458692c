"""The help: one text per page in plain words, its keys those that really work, and F1 and Esc around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.tasks import Tasks
from desktop.ui import help_text, pages, seat_menu
from desktop.ui.messages import Messages
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from tests.desktop.ui.keyboard import SHIFT, Key, Keyboard

LANGUAGES = ("id", "en")
NAMED = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:Left|Right|Up|Down|Enter|[A-Z0-9])\b|\bF\d\b|\bEsc\b|\bDel\b")
FORM = {  # what the form reads key by key, see OfficerForm.keyPressEvent
    "Enter", "Shift+Enter", "Ctrl+Enter", "Ctrl+Shift+Enter", "Esc", "Alt+1", "Alt+2", "Alt+Left", "Alt+Right",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", help_text.TOPICS)
def test_every_topic_is_told_in_a_few_dozen_lines(topic: str, lang: str) -> None:
    said = resources.read("help", f"{topic}.{lang}.md").decode()
    lines = said.splitlines()

    assert lines[0].startswith("# ")
    assert 20 <= len(lines) <= 60
    assert said.count("\n- **") >= 7
    assert max(map(len, lines)) <= 125
    assert not re.search(r"\b(error|valid|invalid|gagal|mohon)\b", said, re.IGNORECASE)


def test_every_page_of_the_rail_has_a_topic() -> None:
    assert [kind.name for kind in pages.KINDS if kind.name not in help_text.TOPICS] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_that_a_text_names_is_on_the_map(lang: str) -> None:
    known = {key.keys for key in help_text.keys(lang)}
    texts = [resources.read("help", f"{topic}.{lang}.md").decode() for topic in help_text.TOPICS]

    assert {found for text in texts for found in NAMED.findall(text)} - known == set()


def shortcuts(window: QWidget) -> Iterator[str]:
    for shortcut in window.findChildren(QShortcut):
        yield shortcut.key().toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")


def test_the_map_lists_the_keys_that_work_and_no_others(shell: Shell, settle: Callable[[], None]) -> None:
    front = shell.front
    works = {place: set[str]() for place in help_text.TOPICS}
    for kind in pages.KINDS:
        works[kind.name] |= set(shortcuts(shell.page(kind.name)))
    settle()
    listed: dict[str, set[str]] = {}
    for key in help_text.keys("id"):
        listed.setdefault(key.on, set()).add(key.keys)
    of_pages = set().union(*works.values())
    everywhere = set(shortcuts(shell)) - of_pages

    assert shell.front == front
    assert everywhere - listed["window"] - listed["everywhere"] - {"Ctrl+Up", "Ctrl+Down"} == set()
    assert {name: sorted(keys - listed.get(name, set())) for name, keys in works.items()} == {
        name: [] for name in works
    }
    missing = {key.keys for key in help_text.keys("id") if "+" in key.keys or key.keys[0] == "F"} - everywhere
    missing -= of_pages | FORM | set(seat_menu.KEYS.values()) | {"Shift+Tab"}
    assert missing == set()


def test_f1_opens_the_help_of_the_page_and_esc_gives_the_focus_back(shell: Shell, keyboard: Keyboard) -> None:
    page = shell.enrolment
    page.roster.view.setFocus()
    before = QApplication.focusWidget()
    keyboard.press(Key.Key_F1)
    panel = shell.help.panel
    assert panel is not None

    assert panel.isVisible()
    assert panel.text.toPlainText().startswith("Pendaftaran")
    assert "Semua tombol" in panel.text.toPlainText()
    assert QApplication.focusWidget() is panel.text
    keyboard.press(Key.Key_Tab)
    assert QApplication.focusWidget() is panel.close_button
    keyboard.press(Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is panel.text
    keyboard.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before


def test_the_help_follows_the_page_and_the_button_opens_it_too(shell: Shell, settle: Callable[[], None]) -> None:
    shell.go("recap")
    settle()
    shell.top.help_button.click()
    panel = shell.help.panel
    assert panel is not None
    assert panel.text.toPlainText().startswith("Rekap")

    shell.go("home")
    settle()
    assert not panel.isVisible()


def test_the_locked_window_helps_too(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Callable[[], None]
) -> None:
    page = UnlockPage(theme, tasks, session.folder, Messages("id"))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    keyboard = Keyboard(settle, page)
    page.passphrase.setFocus()
    keyboard.press(Key.Key_F1)
    assert page.help.panel is not None
    assert page.help.panel.text.toPlainText().startswith("Buka Payung")

    keyboard.press(Key.Key_Escape)
    assert page.passphrase.hasFocus()


def test_no_english_word_is_left_in_the_help(theme: Theme) -> None:
    said = help_text.markdown("enrolment", "id")

    assert "Tombol di halaman ini" in said
    assert "What it does" not in said
    assert "Everywhere" not in said


def test_f6_goes_from_part_to_part_and_back_to_where_the_work_was(shell: Shell, keyboard: Keyboard) -> None:
    page = shell.enrolment
    page.form.fields.editor("name").setFocus()
    visited = []
    for _ in range(6):
        keyboard.press(Key.Key_F6)
        visited.append(keyboard.focus())
    strip, rail, units, seats, form = visited[:5]

    assert strip is shell.strip.stick_button
    assert shell.navigation.isAncestorOf(rail)
    assert page.list.isAncestorOf(units)
    assert page.roster.isAncestorOf(seats)
    assert form is page.form.fields.editor("name")
    assert visited[5] is strip
