"""What was found about the laptop or its data, above the page: in words, with the next step, until it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal

from desktop.store.checking import Finding
from desktop.ui.messages import Messages
from desktop.ui.need import Rescue
from desktop.ui.page import Errand
from desktop.ui.theme import Theme
from desktop.ui.upkeep import Told
from desktop.ui.widgets.notice import Notice

MOST = 3  # findings told in full
_PAGE, _COUNTED = "check.page", "check.database_page"
_PLACES = {"room.kit": "device", "room.backup": "backups"}  # where in the settings the next step is


def plain(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each kind once, and damaged pages by their number: the details are for the office, not for the clerk."""
    counts = Counter(one.code for one in findings)
    once = {one.code: one for one in reversed(tuple(findings))}
    return tuple(
        Finding(_COUNTED, str(number)) if code == _PAGE else once[code]
        for code, number in counts.items()
        if not (code == "check.unreadable" and _PAGE in counts)
    )


class Findings(Notice):
    """`wanted` carries an `Errand` to where the next step is, `needed` asks for the rescue page."""

    wanted = Signal(object)
    needed = Signal(object)

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__(theme, "warn")
        self._messages = messages
        self._damage, self._place = False, ""
        self.answered.connect(self._answer_given)

    def tell(self, told: Told) -> None:
        """Show what was found; damage found stays until it was read."""
        if self._damage and not self.isHidden():
            return
        self._damage = told.damage
        codes = [one.code for one in told.findings]
        self._place = next((place for code, place in _PLACES.items() if any(one.startswith(code) for one in codes)), "")
        findings = plain(told.findings)
        lines = [self._messages.sentence(one.code, detail=one.detail) for one in findings[:MOST]]
        if len(findings) > MOST:
            lines.append(self.tr("And {count} more of the kind.").format(count=len(findings) - MOST))
        self.reground("err" if told.damage else "warn")
        if told.damage:
            title = self.tr("Some of the data on this laptop are damaged. What is typed is still kept.")
            answers: tuple[str, ...] = (self.tr("Understood"), self.tr("See what can be done"))
        else:
            title = self.tr("About this laptop")
            answers = (self.tr("Understood"), self.tr("Open the settings")) if self._place else (self.tr("Understood"),)
        self.say(title, "\n".join(lines), answers)

    def _answer_given(self, place: int) -> None:
        self.hide()
        if not place:
            return
        if self._damage:
            self.needed.emit(Rescue())
        else:
            self.wanted.emit(Errand("settings", field=self._place))
