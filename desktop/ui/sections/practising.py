"""The way into practice, apart from the laptop's own data."""

from __future__ import annotations

from desktop.tasks import Tasks
from desktop.ui.need import Practise
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.layout import row


class Practising(Section):
    """One button; the whole window does the rest."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("Practice mode"))
        self.begin_button = self._button(self.tr("Begin to practise"), "primary", "sparkles")
        self.begin_button.clicked.connect(self._begin)
        what = self.tr(
            "Practise with sample data, apart from your own: type officers, print certificates marked CONTOH. Nothing "
            "is sent. When you leave the practice, everything in it is taken away."
        )
        how = self.tr("Payung is locked for it; afterwards you open it with your passphrase again.")
        self._fill(self._text(what), self._text(how), row(self.begin_button, None))

    def _begin(self) -> None:
        self.needed.emit(Practise())
