"""What every page of the window is, and the errands that lead from one page to a place on another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.strip import Traffic
from desktop.ui.unit import SeatKey
from payung.roster import Place


@dataclass(frozen=True, slots=True)
class Errand:
    """Where to bring the user: a page by its name, and there a place, a seat or a record, and a field."""

    page: str
    place: Place | None = None
    seat: SeatKey | None = None
    record: UUID | None = None
    field: str = ""


class Page(QWidget):
    """A page behind one entry of the rail.

    `wanted` carries an `Errand` to elsewhere, `changed` tells that records changed, `held` that they did and may still
    be taken back, so that sending waits, `kept` the time typing was kept, `needed` what the whole window must do
    (desktop/ui/need.py), `send_wanted` that what waits be sent at once.
    """

    wanted = Signal(object)
    changed = Signal()
    held = Signal()
    kept = Signal(object)
    needed = Signal(object)
    send_wanted = Signal()

    def shown(self) -> None:
        """It comes to the front: read what it shows, in the store lane."""

    def refresh(self) -> None:
        """Records changed elsewhere while it is in front: read anew without moving the user."""

    def visit(self, errand: Errand) -> None:
        """Bring the user to the errand's place; called after `shown`."""

    def hear(self, traffic: Traffic) -> None:
        """The way to the office is another than before: a line, none, sending."""

    def print_wanted(self) -> None:
        """Ctrl+P."""

    def step(self, step: int) -> None:
        """Ctrl+Up (-1) and Ctrl+Down (1): the unit before or after."""

    def leave(self) -> None:
        """The window locks or closes: keep what is typed."""

    def adapt(self, width: float, height: float) -> None:
        """Give way: the window's size in logical pixels over the text factor."""
