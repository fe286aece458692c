"""Writing to a stick, reading from it, and delivering what others wrote: in lanes, told step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import settings, stick
from desktop.stick import Taken, Written
from desktop.tasks import Lane, Tasks
from desktop.ui.need import Choose
from desktop.ui.session import Session
from payung.errors import PayungError
from sync.carrying import Round


class StickWork(QObject):
    """One thing at a time. `began` and `progressed` tell how far it is, `ended` its sentences and whether all is well.

    `remembered` carries the settings with the folder; `settled` comes when reading settled something.
    """

    began = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal(object, bool)
    remembered = Signal(object)
    settled = Signal()

    def __init__(self, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self._tasks, self._session = tasks, session
        self._said: tuple[str, ...] = ()
        self._well = True
        self._folder = Path()
        self.busy = False

    def write(self, folder: Path) -> None:
        """Write everything that waits."""
        if self._begin("write", folder):
            work = partial(self._written_to, folder)
            self._tasks.run(Lane.COPY, work, done=self._written, failed=self._failed)

    def read(self, folder: Path) -> None:
        """Read the answers, then deliver what other laptops wrote."""
        if self._begin("read", folder):
            work = partial(self._read_from, folder)
            self._tasks.run(Lane.COPY, work, done=self._read, failed=self._failed)

    def _begin(self, deed: str, folder: Path) -> bool:
        if self.busy:
            return False
        self.busy, self._folder, self._said, self._well = True, folder, (), True
        self.began.emit(deed)
        return True

    def _written_to(self, folder: Path) -> Written:
        session = self._session
        made = stick.write(session.store, session.unlocked, folder, progress=self._telling("write"))
        self._remember(folder)
        return made

    def _read_from(self, folder: Path) -> Taken:
        session = self._session
        taken = stick.read(session.store, session.unlocked, folder, progress=self._telling("read"))
        self._remember(folder)
        return taken

    def _telling(self, deed: str) -> Callable[[int, int], None]:
        """Said from the lane's thread; Qt brings it to the window's."""
        return lambda done, total: self.progressed.emit(deed, done, total)

    def _remember(self, folder: Path) -> None:
        """The next time the same folder is proposed; where that cannot be kept, it is asked for again."""
        if self._session.settings.stick_folder == str(folder):
            return
        try:
            chosen = settings.change(self._session.folder, stick_folder=str(folder))
        except OSError:
            return
        self.remembered.emit(Choose(chosen))

    def _written(self, made: Written) -> None:
        sentence = self._session.messages.sentence
        facts = {"batches": str(made.batches), "records": str(made.records), "folder": str(made.folder)}
        said = [sentence("stick.written", **facts)]
        if made.left:
            said.append(sentence("stick.left", left=str(made.left)))
        self._end(tuple(said))

    def _read(self, taken: Taken) -> None:
        messages = self._session.messages
        self._said = tuple(messages.sentence(code, **facts) for code, facts in stick.told(taken))
        if taken.refusal is not None:
            self._said = (*self._said, messages.of(taken.refusal))
        self._well = not (taken.damaged or taken.strange or taken.refusal)
        if taken.result.batches:
            self.settled.emit()
        if not taken.others:
            self._end(self._said)
            return
        self.began.emit("carry")
        session = self._session
        work = partial(stick.carry, session.store, self._folder, server=session.settings.server or None)
        self._tasks.run(Lane.NETWORK, work, done=self._carried, failed=self._not_carried)

    def _carried(self, rounds: tuple[Round, ...]) -> None:
        answered = sum(one.answered for one in rounds)
        if answered:
            laptops = sum(bool(one.answered) for one in rounds)
            sentence = self._session.messages.sentence
            told = sentence("stick.carried.done", answered=str(answered), laptops=str(laptops))
            self._said = (*self._said, told)
        self._end(self._said)

    def _not_carried(self, trouble: PayungError) -> None:
        messages = self._session.messages
        if trouble.code.startswith("stick"):
            self._well = False
            self._end((*self._said, messages.of(trouble)))
        else:
            self._end((*self._said, messages.sentence("stick.carried.later")))

    def _failed(self, trouble: PayungError) -> None:
        self._well = False
        self._end((self._session.messages.of(trouble),))

    def _end(self, said: tuple[str, ...]) -> None:
        self.busy = False
        self.ended.emit(said, self._well)
