"""Every word a clerk can meet is Indonesian, and the translation is complete and current."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.ui import qt_words
from desktop.ui.shell import Shell
from tests.conftest import ROOT
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard

TS = ROOT / "resources" / "translations" / "payung_id.ts"
BIN = ROOT / ".venv" / "bin"
BUTTONS = [str(word) for word in qt_words.BUTTONS]
MARKUP = re.compile(r"<[^>]+>|\{\w*\}|&")
SAME_IN_BOTH = {"", "NIK", "Status", "RT/RW", "OK", "Yes", "No", "Draft", "Folder", "Disk"}


def messages(path: Path) -> dict[tuple[str, str], tuple[str, bool]]:
    """Context and source to translation, and whether it is finished."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            key = (name, message.findtext("source") or "")
            found[key] = (translation.text or "", translation.get("type") is None)
    return found


def test_every_sentence_is_translated() -> None:
    assert [key for key, (text, finished) in messages(TS).items() if not finished or not text] == []


def test_gaps_are_the_same_in_the_translation() -> None:
    gaps = re.compile(r"\{\w*\}|%\d|%n")
    wrong = [key for key, (text, _) in messages(TS).items() if set(gaps.findall(key[1])) != set(gaps.findall(text))]

    assert wrong == []


@pytest.mark.skipif(not (BIN / "pyside6-lupdate").exists(), reason="Qt's translation tools are not in this environment")
def test_the_translation_is_current(tmp_path: Path) -> None:
    sources = [ROOT / "desktop" / "app.py", *sorted((ROOT / "desktop" / "ui").rglob("*.py"))]
    fresh = tmp_path / "fresh.ts"
    subprocess.run([BIN / "pyside6-lupdate", *sources, "-ts", fresh], check=True, capture_output=True)

    assert set(messages(fresh)) == set(messages(TS))


@pytest.mark.skipif(
    not (BIN / "pyside6-lrelease").exists(), reason="Qt's translation tools are not in this environment"
)
def test_the_compiled_translation_is_that_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    subprocess.run([BIN / "pyside6-lrelease", TS, "-qm", fresh], check=True, capture_output=True)

    assert fresh.read_bytes() == resources.read("translations", "payung_id.qm")


def test_numbers_and_dates_are_written_the_indonesian_way(speech: None) -> None:
    assert QLocale().name() == "id_ID"
    assert QLocale().toString(1_200_000) == "1.200.000"


def words(widget: QWidget) -> Iterator[str]:
    """Everything a widget shows or says aloud."""
    for part in (widget, *widget.findChildren(QWidget)):
        yield part.toolTip()
        yield part.accessibleName()
        yield part.accessibleDescription()
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        if isinstance(part, QLineEdit):
            yield part.placeholderText()


def english() -> set[str]:
    """Our source sentences that read differently in Indonesian, without gaps and markup."""
    found = set()
    for (_, source), (text, _) in messages(TS).items():
        plain = MARKUP.sub("", source).strip()
        if plain != MARKUP.sub("", text).strip() and plain not in SAME_IN_BOTH:
            found.add(plain)
    return found


def test_no_english_stands_on_a_clerks_screen(shell: Shell, keyboard: Keyboard, settle: Callable[[], None]) -> None:
    page = shell.enrolment
    page.form.extra_fold.click()
    page.form.decree_fold.click()
    keyboard.type("5371041408969903")
    keyboard.press(Key.Key_Return, CONTROL)
    settle()

    said = {MARKUP.sub("", text).strip() for text in words(shell)}
    model = page.roster.model
    said |= {str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(5)}
    said |= {model.text(line, column) for line in model.lines for column in range(5)}

    assert said & english() == set()
    assert "Pendaftaran" in said


def test_qts_own_buttons_speak_indonesian(speech: None, qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for standard in QDialogButtonBox.StandardButton:
        if standard is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(standard)

    said = {button.text().replace("&", "") for button in box.buttons()}
    assert said & {MARKUP.sub("", source) for source in BUTTONS} == {"OK"}
    assert "Batal" in said


def test_the_file_dialog_speaks_indonesian(speech: None, qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    qtbot.addWidget(dialog)

    said = {MARKUP.sub("", text).strip() for text in words(dialog)}
    assert said & english() == set()
    assert "Nama berkas:" in said


def test_every_word_named_for_qt_has_a_translation(speech: None) -> None:
    for context, listed in (
        ("QPlatformTheme", qt_words.BUTTONS),
        ("QMessageBox", qt_words.MESSAGE_BOX),
        ("QLineEdit", qt_words.LINE_EDIT),
        ("QFileDialog", qt_words.FILE_DIALOG),
        ("QFileSystemModel", qt_words.FILE_LIST),
    ):
        said = [str(word) for word in listed]
        same = [word for word in said if QCoreApplication.translate(context, word) == word]
        assert same in ([], ["OK"])
