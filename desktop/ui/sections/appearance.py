"""Text size and colours; both hold at once."""

from __future__ import annotations

from desktop import settings
from desktop.tasks import Tasks
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice import Choice


class Appearance(Section):
    """The window is furnished anew as soon as something is chosen; what is typed stays where it is."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("Appearance"))
        sizes = tuple((str(size), f"{size} %", "") for size in settings.TEXT_SIZES)
        self.text_size = Choice(theme, self.tr("Text size"), sizes)
        self.colours = Choice(
            theme,
            self.tr("Colours"),
            (
                (settings.Theme.LIGHT.value, self.tr("Light"), ""),
                (settings.Theme.DARK.value, self.tr("Dark"), ""),
                (settings.Theme.SYSTEM.value, self.tr("As the laptop"), ""),
            ),
        )
        self.text_size.choose(str(session.settings.text_size))
        self.colours.choose(session.settings.theme.value)
        self.text_size.chosen.connect(self._size_chosen)
        self.colours.chosen.connect(self._colours_chosen)
        self._fill(
            self._text(self.tr("What you choose holds at once. What you have typed stays in its place.")),
            self.text_size,
            self.colours,
        )

    def _size_chosen(self, size: str) -> None:
        self._keep(text_size=int(size))

    def _colours_chosen(self, colours: str) -> None:
        self._keep(theme=settings.Theme(colours))
