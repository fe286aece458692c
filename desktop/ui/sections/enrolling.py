"""How officers are enrolled on this laptop: whether every NIK is keyed twice, and the letter of its queue numbers."""

from __future__ import annotations

from string import ascii_uppercase

from desktop.settings import Settings
from desktop.store import queue
from desktop.tasks import Tasks
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.field import Field

ONCE, TWICE = "once", "twice"


class Enrolling(Section):
    """What is chosen holds from the next officer on."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("Enrolment"))
        self.keying = Choice(
            theme, self.tr("Key every NIK"), ((ONCE, self.tr("Once"), ""), (TWICE, self.tr("Twice"), ""))
        )
        self.keying.choose(TWICE if session.settings.nik_twice else ONCE)
        self.keying.chosen.connect(self._keying_chosen)
        self.letter = Combo(theme)
        self.letter.addItems(list(ascii_uppercase))
        self.letter.setCurrentText(session.settings.queue_letter or queue.letter(session.store.laptop.tag))
        self.letter.activated.connect(self._letter_chosen)
        self._fill(
            self._text(
                self.tr("Keying a NIK twice finds slips that no rule can find. It takes sixteen more keys for each.")
            ),
            self.keying,
            self._text(
                self.tr("Where several laptops serve one queue, each has a letter of its own: A-012 here, B-007 there.")
            ),
            Field(theme, self.tr("Letter of the queue numbers"), self.letter),
        )

    def _keying_chosen(self, times: str) -> None:
        self._keep(nik_twice=times == TWICE)

    def _letter_chosen(self, place: int) -> None:
        self._keep(queue_letter=ascii_uppercase[place])

    def _chosen(self, chosen: Settings) -> None:
        super()._chosen(chosen)
        self.say(self.tr("Kept. It holds from the next officer on."))
