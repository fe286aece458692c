"""The fourth page: one invented person is enrolled in a practice, and the certificate is shown. It may be skipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.ui.first_run_step import Step
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import row
from desktop.ui.widgets.shaped_edit import ShapedEdit, shape_nik
from payung.problem import Severity

if TYPE_CHECKING:
    from desktop.ui.first_run_doing import Picture, Tried
    from desktop.ui.session import Session

SAMPLE = {"nik": "5371044107959917", "name": "YOSEPHINA CONTOH", "birthplace": "Kupang"}  # invented
PICTURE = 520  # width of the certificate's picture


class PracticeStep(Step):
    """`done` carries nothing: the clerk wants to work. Leaving the page ends its practice."""

    def __init__(self, theme: Theme, tasks: Tasks, messages: Messages, folder: Path, chosen: Settings) -> None:
        super().__init__(theme, tasks, messages, self.tr("Try it once"))
        self._folder, self._chosen = folder, chosen
        self._session: Session | None = None
        self.tried = False
        self._page: QPixmap | None = None
        self._room = theme.px(PICTURE)
        self.nik = ShapedEdit(shape_nik)
        self.name, self.birthplace = QLineEdit(), QLineEdit()
        self.fields = {
            "nik": Field(theme, "NIK", self.nik, hint=self.tr("16 figures")),
            "name": Field(theme, self.tr("Full name"), self.name, hint=self.tr("as on the KTP")),
            "birthplace": Field(theme, self.tr("Place of birth"), self.birthplace),
        }
        self.sample_button = self._button(self.tr("Fill in a sample"), "link", "sparkles", 9.5)
        self.save_button = self._button(self.tr("Save and see the certificate"), "soft", "file-badge")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture.setAccessibleName(self.tr("The certificate, marked CONTOH"))
        self.picture.hide()
        self._build()

    def _build(self) -> None:
        lead = self.tr(
            "This laptop is ready. Enrol an invented person and look at the certificate: it is marked CONTOH, stays in "
            "the practice and is never sent. You may also begin to work at once."
        )
        self._fill(
            self._text(lead), *self.fields.values(), row(self.save_button, self.sample_button, None), self.picture
        )
        self.nik.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self.birthplace.setFocus)
        self.birthplace.returnPressed.connect(self.save)
        self.sample_button.clicked.connect(self._sample)
        self.save_button.clicked.connect(self.save)

    @property
    def word(self) -> str:
        """What the button that leads on says."""
        return self.tr("Begin to work") if self.tried else self.tr("Skip and begin to work")

    def begin(self) -> None:
        """The first field."""
        if self.tried:
            self.ready.emit()
        else:
            self.nik.setFocus()

    def advance(self) -> None:
        """Nothing is missing here."""
        if not self._busy:
            self.end()
            self.done.emit(None)

    def save(self) -> None:
        """Enrol the person in the practice, which is made when it is first needed."""
        for one in self.fields.values():
            one.tell(None)
        typed = (self.nik.text(), self.name.text(), self.birthplace.text())
        self.say(self.tr("A moment, the practice is made…"), "ink2")
        text = self.notice.text()
        self.run(_trier(self._session, self._folder, self._chosen, self._messages.lang, typed), self._saved)
        self.say(text, "ink2")

    def end(self) -> None:
        """Take the practice away."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _saved(self, outcome: tuple[Session, Tried]) -> None:
        self._session, tried = outcome
        self.say("")
        if tried.picture is None:
            self._tell(tried)
            return
        self.tried = True
        self._draw(tried.picture)
        self.say(self.tr("Saved in the practice. This is how a certificate looks."), "ok")
        self.ready.emit()

    def _tell(self, tried: Tried) -> None:
        said = {problem.field: self._messages.of(problem) for problem in reversed(tried.problems)}
        shown = [name for name in self.fields if name in said]
        for name in shown:
            self.fields[name].tell(Severity.ERROR, said[name])
        if shown:
            self.fields[shown[0]].editor.setFocus()
        else:
            self.say(next(iter(said.values()), ""))

    def _draw(self, found: Picture) -> None:
        image = QImage(found.pixels, found.width, found.height, found.stride, QImage.Format.Format_RGB888)
        self._page = QPixmap.fromImage(image)
        self._fit()
        self.picture.show()

    def adapt(self, width: int) -> None:
        """The certificate is drawn as wide as there is room."""
        self._room = width
        self._fit()

    def _fit(self) -> None:
        if self._page is None:
            return
        ratio = self.devicePixelRatioF()
        wide = max(1, round(min(self._theme.px(PICTURE), self._room) * ratio))
        pixmap = self._page.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)

    def _sample(self) -> None:
        self.nik.write(SAMPLE["nik"])
        self.name.setText(SAMPLE["name"])
        self.birthplace.setText(SAMPLE["birthplace"])
        self.save_button.setFocus()


def _trier(
    session: Session | None, folder: Path, chosen: Settings, lang: str, typed: tuple[str, str, str]
) -> Callable[[], tuple[Session, Tried]]:
    def try_out() -> tuple[Session, Tried]:
        from desktop.ui import first_run_doing, practice  # noqa: PLC0415 - brings the database's libraries

        practised = session or practice.begin(folder, chosen, lang)
        try:
            return practised, first_run_doing.try_out(practised, *typed)
        except BaseException:
            if session is None:
                practised.close()
            raise

    return try_out
