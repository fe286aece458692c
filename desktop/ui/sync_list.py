"""Two lists of the page of sending: the outbox by batch, and the records the office wants looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.ui.sync_reading import Matter, Officer, Packet, PacketState
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, Glyph, label

TITLE, PILL, DEED = 96, 160, 92  # logical pixels of the columns
_LOOK = {
    PacketState.WAITING: ("info", "clock"),
    PacketState.RECEIVED: ("ok", "circle-check"),
    PacketState.PARTLY: ("warn", "triangle-alert"),
}


class _Rows(QFrame):
    """A card with a heading and rows between rulers."""

    def __init__(self, theme: Theme, title: str, note: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.setAccessibleName(title)
        self._note = Elided(theme, 9, tone="ink2")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.say(note)
        head = row(label(theme, title, 11, Weight.DemiBold), self._note, gap=16, margins=(16, 11, 16, 11))
        head.setStretch(1, 1)
        self.empty = label(theme, "", 9.5, tone="ink2", wrap=True)
        self.empty.setContentsMargins(16, 0, 16, 12)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column(head, self.empty, self._list, gap=0))

    def _clear(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, widget: QWidget) -> None:
        line = QFrame()
        line.setObjectName("ruler")
        line.setFixedHeight(1)
        self._list.addWidget(line)
        self._list.addWidget(widget)


class MatterList(_Rows):
    """`wanted` carries the errand of the record chosen."""

    wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("To be looked at"), self.tr("The office has a question about these records"))
        self.buttons: tuple[QPushButton, ...] = ()
        self._matters: tuple[Matter, ...] = ()
        self.empty.hide()
        self.hide()

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Show these; without any the card goes."""
        self.setVisible(bool(matters))
        if tuple(matters) == self._matters:
            return
        self._matters = tuple(matters)
        self._clear()
        self.buttons = tuple(self._row(matter) for matter in self._matters)

    def _row(self, matter: Matter) -> QPushButton:
        theme = self._theme
        name = label(theme, f"{matter.name} · {matter.seat}", 9.5, Weight.DemiBold, wrap=True)
        sentence = label(theme, matter.sentence, 9, tone="ink2", wrap=True)
        made = button(theme, matter.deed, "ghost", points=9.5, name=f"{matter.deed}: {matter.name}, {matter.seat}")
        made.setAccessibleDescription(matter.sentence)
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.wanted.emit(matter.errand))
        layout = row(
            Glyph(theme, matter.icon, "err", 17), column(name, sentence, gap=0), made, gap=12, margins=(16, 8, 16, 8)
        )
        layout.setStretch(1, 1)
        self._add(holder(layout))
        return made


class _PacketRow(QWidget):
    """One batch; `opened` when its officers are to be listed below it."""

    opened = Signal()
    wanted = Signal(object)

    def __init__(self, theme: Theme, packet: Packet) -> None:
        super().__init__()
        self.setObjectName("body")
        self._theme, self.packet = theme, packet
        self._title = label(theme, packet.title, 9.5, Weight.DemiBold, digits=True)
        self._content, self._note = Elided(theme, 9.5, tone="ink2"), Elided(theme, 9.5)
        self._content.say(packet.content)
        self._note.say(packet.note)
        words = {
            PacketState.WAITING: self.tr("Waiting"),
            PacketState.RECEIVED: self.tr("Received"),
            PacketState.PARTLY: self.tr("Partly received"),
        }
        self.pill = Pill(theme)
        self.pill.say(words[packet.state], *_LOOK[packet.state])
        self.button = button(theme, "", "link", points=9.5)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._pressed)
        self.officers: tuple[QPushButton, ...] = ()
        self._below = QVBoxLayout()
        self._below.setSpacing(2)
        self._below.setContentsMargins(16, 0, 16, 8)
        self._box = holder(self._below)
        self._box.hide()
        self._say_deed()
        self._pill_box = holder(row(self.pill, None))
        self._deed_box = holder(row(None, self.button))
        self._line = row(
            self._title, self._content, self._pill_box, self._note, self.button, gap=12,
            margins=(16, 5, 12, 5),
        )  # fmt: skip
        for place, share in ((1, 3), (3, 4)):
            self._line.setStretch(place, share)
        self.setLayout(column(self._line, self._box, gap=0))
        self.adapt(wide=True)

    def _say_deed(self) -> None:
        deed = self.tr("Hide") if self._box.isVisibleTo(self) else self.tr("Details")
        deed = self.tr("Mend") if self.packet.mend is not None else deed
        write(self.button, deed, name=f"{deed}: {self.packet.title}")
        self.button.setAccessibleDescription(f"{self.packet.content}. {self.packet.note}")

    def _pressed(self) -> None:
        if self.packet.mend is not None:
            self.wanted.emit(self.packet.mend)
        elif self._box.isVisibleTo(self):
            self._box.hide()
            self._say_deed()
        else:
            self.opened.emit()

    def show_officers(self, officers: Sequence[Officer]) -> None:
        """List who is in the batch; each leads to the record."""
        while (item := self._below.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.officers = tuple(self._officer(one) for one in officers)
        self._box.show()
        self._say_deed()

    def _officer(self, officer: Officer) -> QPushButton:
        text = f"{officer.name} · {officer.seat} · {officer.state}"
        made = button(self._theme, text, "fold", points=9.5, icon="triangle-alert" if officer.troubled else "user")
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.wanted.emit(officer.errand))
        self._below.addWidget(made)
        return made

    def adapt(self, *, wide: bool) -> None:
        """Columns of one width down the list; in a narrow window the note goes, the pill says it."""
        theme = self._theme
        self._title.setMinimumWidth(theme.px(TITLE))
        self._pill_box.setFixedWidth(theme.px(PILL))
        self._deed_box.setFixedWidth(theme.px(DEED))
        self._note.setVisible(wide)


class PacketList(_Rows):
    """`wanted` carries an errand, `opened` the number of the batch whose officers are asked for."""

    wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Outbox"), self.tr("Every packet may be sent again: nobody is recorded twice"))
        self.rows: tuple[_PacketRow, ...] = ()
        self._wide = True
        self.empty.setText(self.tr("No packet yet. Complete officers are put into packets and sent by themselves."))

    def show_packets(self, packets: Sequence[Packet]) -> None:
        """Show these, newest first; the focus stays where it was in the list."""
        self.empty.setVisible(not packets)
        if tuple(packets) == tuple(one.packet for one in self.rows):
            return
        focused = next((place for place, one in enumerate(self.rows) if one.button.hasFocus()), None)
        self._clear()
        self.rows = tuple(self._row(packet) for packet in packets)
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].button.setFocus()

    def show_officers(self, number: int | None, officers: Sequence[Officer]) -> None:
        """List who is in a batch, below it."""
        found = next((one for one in self.rows if one.packet.number == number), None)
        if found is not None:
            found.show_officers(officers)

    def _row(self, packet: Packet) -> _PacketRow:
        made = _PacketRow(self._theme, packet)
        made.adapt(wide=self._wide)
        made.opened.connect(lambda: self.opened.emit(packet.number))
        made.wanted.connect(self.wanted)
        self._add(made)
        return made

    def adapt(self, *, wide: bool) -> None:
        """Leave out the notes in a narrow window."""
        self._wide = wide
        self._note.setVisible(wide)
        for one in self.rows:
            one.adapt(wide=wide)
