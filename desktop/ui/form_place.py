"""Where the clerk is in the form: whose form it is, what saving leads to, and the field the cursor goes to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from desktop.ui import seat_order
from desktop.ui.officer_saving import post_title
from desktop.ui.panes import Panes
from desktop.ui.unit import SeatLine
from desktop.ui.unit_reading import SeatView


class FormPlace(QObject):
    """Says it in the form's head, on its button and on the button that brings the other pane."""

    def __init__(self, panes: Panes) -> None:
        super().__init__(panes)
        self._panes, self._form = panes, panes.form

    def say(self, view: SeatView, seats: tuple[SeatLine, ...], *, queueing: bool) -> None:
        """Say whose form it is among the seats of its unit, or one by one while the queue is served."""
        place = seat_order.place(seats, view.line.key)
        text = self.tr("{place} of {total}").format(place=place, total=len(seats))
        self._panes.name_swap(f"{view.unit.title} · {text}")
        if queueing:
            self._form.show_place(post_title(view.line), view.unit.title, first=True, last=True)
            self._form.name_save(self.tr("Save & print the certificate"))
            return
        self._form.show_place(post_title(view.line), text, first=place <= 1, last=place >= len(seats))
        following = seat_order.following(seats, view.line.key)
        if following is None:
            self._form.name_save(self.tr("Save & print certificates"))
        else:
            self._form.name_save(self.tr("Save & go on to {seat}").format(seat=following.label))

    def go_to_field(self, view: SeatView, field: str) -> None:
        """Put the cursor into the field asked for, else where it stood, else into the first."""
        form = self._form
        if not form.sent.isHidden():  # nothing to type in until it is to be corrected
            form.sent.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name = field or (view.draft.focus if view.draft is not None else "nik")
        form.go_to(name if name in form.fields.parts else "nik")
        if view.draft is not None and name in form.fields.parts:
            form.put_cursor(name, view.draft.cursor)
