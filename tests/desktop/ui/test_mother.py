"""A mother's maiden name opens bank accounts: the form shows it, and no list, hint, paper or code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from desktop import printing
from desktop.cli import verify
from desktop.store import enrolments
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer
from tests.desktop.ui.keyboard import Key, Keyboard

Settle = Callable[[], None]

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)
SPOKEN = ("text", "toPlainText", "title", "windowTitle", "toolTip", "statusTip", "whatsThis", "accessibleName",
          "accessibleDescription", "placeholderText", "currentText")  # fmt: skip


def cells(model: QAbstractItemModel) -> Iterator[str]:
    nowhere = QModelIndex()
    for row in range(model.rowCount(nowhere)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(nowhere)):
            for role in ROLES:
                yield repr(model.data(model.index(row, column), role))


def shown(window: QWidget) -> list[str]:
    """Everything the window says anywhere, to eyes and to screen readers, but what stands in the fields of a form."""
    said: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        for name in SPOKEN:
            if isinstance(widget, QLineEdit) and name == "text":
                continue
            speak = getattr(widget, name, None)
            if callable(speak):
                said.append(str(speak()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += cells(widget.model())
    return said


@pytest.fixture
def enrolled(shell: Shell, session: Session, settle: Settle) -> Shell:
    enrolments.save(session.store, officer(tps=1, post="kpps-ketua"))
    enrolments.save(session.store, officer(tps=1, post="linmas", nik="", name="BELUM LENGKAP"))
    shell.enrolment.refresh()
    settle()
    return shell


def test_the_roster_and_every_list_keep_silent_about_the_mother(enrolled: Shell) -> None:
    said = shown(enrolled)

    assert any(NAME in text for text in said)  # the search does see what is shown
    assert [text for text in said if MOTHER.casefold() in text.casefold()] == []
    assert [text for text in said if NIK in text] == []


def test_only_the_open_form_shows_it_in_its_own_field(enrolled: Shell, keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_Escape)
    roster = enrolled.enrolment.roster
    roster.view.selectRow(next(row for row, line in enumerate(roster.model.lines) if NAME in repr(line)))
    keyboard.press(Key.Key_Return)

    fields = [field.text() for field in enrolled.findChildren(QLineEdit)]
    assert sum(MOTHER.casefold() in text.casefold() for text in fields) == 1
    assert [text for text in shown(enrolled) if MOTHER.casefold() in text.casefold()] == []


def test_paper_and_its_code_keep_silent_too(session: Session, tmp_path: Path) -> None:
    saved = enrolments.save(session.store, officer(tps=1, post="kpps-ketua"))
    path = tmp_path / "out.pdf"
    printing.issue(session.store, [saved.id], path)

    with pypdfium2.PdfDocument(path) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    (code,) = verify._in_pdf(path)
    claims = verify.judge(session.store, code).claims

    assert NAME in text
    assert MOTHER.casefold() not in text.casefold()
    assert MOTHER.encode() not in path.read_bytes()
    assert claims is not None
    assert MOTHER.casefold() not in repr(claims).casefold()
