"""A fresh kit of the office: its file and its activation code, where a restored laptop goes on under a new identity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label
from payung.problem import Severity

Chooser = Callable[[QWidget], Path | None]


class KitChoice(QWidget):
    """`value` is the file and the code, None while no file is chosen."""

    def __init__(self, theme: Theme, choose: Chooser | None = None) -> None:
        super().__init__()
        self._choose = choose or self._a_file
        self._path: Path | None = None
        self.button = button(theme, self.tr("Choose the office's kit…"), "soft", icon="file-text")
        self.button.setAutoDefault(True)
        self._file = label(theme, "", 9.5, Weight.Medium, tone="ok", wrap=True)
        self._file.hide()
        self.code = QLineEdit()
        self._code_field = Field(theme, self.tr("Activation code"), self.code, hint=self.tr("from the office's letter"))
        self._code_field.hide()
        self.setLayout(column(row(self.button, None), self._file, self._code_field, gap=8))
        self.button.clicked.connect(self._clicked)

    @property
    def value(self) -> tuple[Path, str] | None:
        """What was chosen; a file without its code is asked for it."""
        return None if self._path is None else (self._path, self.code.text().strip())

    def complete(self) -> bool:
        """Whether nothing is missing; says what is."""
        if self._path is not None and not self.code.text().strip():
            self._code_field.tell(Severity.ERROR, self.tr("Type the activation code of the kit."))
            self.code.setFocus()
            return False
        self._code_field.tell(None)
        return True

    def forget(self) -> None:
        """As at the beginning."""
        self._path = None
        self.code.clear()
        self._file.hide()
        self._code_field.hide()

    def _clicked(self) -> None:
        path = self._choose(self)
        if path is None:
            return
        self._path = path
        self._file.setText(path.name)
        self._file.show()
        self._code_field.show()
        self.code.setFocus()

    def _a_file(self, over: QWidget) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(over, self.tr("The office's kit"))
        return Path(chosen) if chosen else None
