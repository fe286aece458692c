"""The cards of the page of sending: the true state in one sentence, the internet, the stick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QVBoxLayout

from desktop.ui.strip import Network, Traffic
from desktop.ui.sync_reading import SyncView
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, Glyph, label
from payung import dates

CONTROL = 36  # logical pixels of a button's height

_LOOK = {
    Network.UNKNOWN: ("cloud", "ink2"),
    Network.SENDING: ("refresh-cw", "info"),
    Network.ONLINE: ("cloud", "info"),
    Network.OFFLINE: ("cloud-off", "warn"),
    Network.NO_ANSWER: ("cloud-off", "warn"),
    Network.REFUSED: ("circle-alert", "err"),
}


class Hero(QFrame):
    """How many wait, whether that is well, and the button that sends."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._glyph = Glyph(theme, "cloud", "ink2", 30)
        self._title = label(theme, "", 15, Weight.Bold, wrap=True)
        self._text = label(theme, "", 9.5, tone="ink2", wrap=True)
        self.button = button(theme, self.tr("Try to send now"), "primary", icon="refresh-cw")
        self.button.setToolTip("F9")
        self.button.setAutoDefault(True)
        words = row(self._glyph, column(self._title, self._text, gap=2), gap=16)
        words.setStretch(1, 1)
        words.setAlignment(self._glyph, Qt.AlignmentFlag.AlignVCenter)
        self._inside = row(words, self.button, gap=16, margins=(18, 14, 18, 14))
        self._inside.setStretch(0, 1)
        self.setLayout(self._inside)

    def show_state(self, view: SyncView, traffic: Traffic) -> None:
        """Say what is true now."""
        waiting = view.status.pending
        icon, tone = _LOOK[traffic.network]
        if not waiting and traffic.network is not Network.REFUSED:
            icon, tone = ("circle-check", "ok") if traffic.network is not Network.SENDING else (icon, tone)
        self._glyph.show_icon(icon, tone)
        self._title.setText(self._head(view))
        self._text.setText(self._sentence(view, traffic))
        self.setAccessibleName(self._title.text())
        self.button.setAccessibleDescription(f"{self._title.text()}. {self._text.text()}")

    @property
    def words(self) -> tuple[str, str]:
        """What it says."""
        return self._title.text(), self._text.text()

    def _head(self, view: SyncView) -> str:
        if view.status.pending:
            return self.tr("{count} records wait to be sent").format(count=view.status.pending)
        if view.last:
            return self.tr("Everything is with the office")
        return self.tr("Nothing waits to be sent")

    def _sentence(self, view: SyncView, traffic: Traffic) -> str:
        if traffic.network is Network.SENDING:
            return self.tr("Sending now. You may go on working.")
        if traffic.network is Network.REFUSED:
            return traffic.sentence
        if not view.status.pending:
            last = self.tr("The last receipt came {when}.").format(when=view.last) if view.last else ""
            return last or self.tr("Complete officers are sent by themselves; there is nothing you must do.")
        safe = self.tr("Your data are safe on this laptop and go by themselves once there is a line.")
        on = self.tr("You may go on working.")
        first = {
            Network.OFFLINE: self.tr("There is no internet just now."),
            Network.NO_ANSWER: self.tr("The office's server does not answer yet."),
        }.get(traffic.network, "")
        return " ".join(part for part in (first, safe, on) if part)

    def adapt(self, *, wide: bool) -> None:
        """The button beside the words, or below."""
        self._inside.setDirection(_direction(wide=wide))


class _Card(QFrame):
    """A heading with icon and pill, a text, and what belongs below."""

    def __init__(self, theme: Theme, icon: str, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.pill = Pill(theme)
        self.text = label(theme, "", 9.5, tone="ink2", wrap=True)
        head = label(theme, title, 11, Weight.DemiBold)
        self._head = row(Glyph(theme, icon, "brand", 20), head, None, self.pill, gap=9)
        self._high = theme.px(CONTROL)

    def _outfit(self, *buttons: QPushButton) -> None:
        """Enter presses them, and text above that wraps takes nothing of their height."""
        for made in buttons:
            made.setAutoDefault(True)
            made.setMinimumHeight(self._high)

    def _fill(self, *rows: QBoxLayout | QLabel | QFrame) -> QVBoxLayout:
        inside = column(self._head, self.text, *rows, None, gap=8, margins=(16, 13, 16, 13))
        self.setLayout(inside)
        return inside


class InternetCard(_Card):
    """Whether there is a line, when it is tried again, and how much has to go over it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "wifi", "Internet")
        self.setup_button = button(theme, self.tr("Server address…"), "ghost", points=9.5)
        self._outfit(self.setup_button)
        self._fill(row(self.setup_button, None))

    def show_state(self, view: SyncView, traffic: Traffic) -> None:
        """Say what is known of the line."""
        words = {
            Network.UNKNOWN: (self.tr("Not tried yet"), "mute", "cloud"),
            Network.SENDING: (self.tr("Sending"), "info", "refresh-cw"),
            Network.ONLINE: (self.tr("Connected"), "ok", "circle-check"),
            Network.OFFLINE: (self.tr("No line"), "warn", "wifi-off"),
            Network.NO_ANSWER: (self.tr("No answer yet"), "warn", "cloud-off"),
            Network.REFUSED: (self.tr("Ask the office"), "err", "circle-alert"),
        }
        self.pill.say(*words[traffic.network])
        parts = [traffic.sentence if traffic.network is not Network.OFFLINE else ""]
        if traffic.next_try is not None:
            at = dates.clock(traffic.next_try.astimezone(view.now.tzinfo).time())
            parts.append(self.tr("It is tried again by itself at {at}.").format(at=at))
        if view.status.pending:
            size = self.tr("About {size} KB: {minutes} minutes of a weak mobile signal.")
            parts.append(size.format(size=view.kilobytes, minutes=view.minutes))
        said = " ".join(part for part in parts if part)
        self.text.setText(said or self.tr("Payung sends by itself every few minutes."))


class StickCard(_Card):
    """Where there is no line: write, carry, read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "usb", self.tr("USB stick"))
        self._where = Elided(theme, 9.5, Weight.Medium)
        self.write_button = button(theme, self.tr("Write to the stick"), "soft", points=9.5)
        self.read_button = button(theme, self.tr("Read the stick"), "soft", points=9.5)
        self.choose_button = button(theme, self.tr("Other folder…"), "link", points=9.5)
        self._outfit(self.write_button, self.read_button, self.choose_button)
        self.notice = Notice(theme, "ok")
        self._busy = False
        self.text.setText(
            self.tr("Write sealed packets to a stick, take it to the kecamatan office, and bring the receipts back.")
        )
        self._buttons = row(self.write_button, self.read_button, self.choose_button, None, gap=8)
        self._fill(self._where, self._buttons, self.notice)
        self.show_folder("", plugged=False)

    def show_folder(self, folder: str, *, plugged: bool) -> None:
        """Which stick or folder is used, if one is known."""
        self._where.setVisible(bool(folder))
        self._where.say(folder)
        if not self._busy:
            if plugged:
                self.pill.say(self.tr("Ready"), "ok", "circle-check")
            else:
                self.pill.say(self.tr("Plug in a stick"), "mute", "usb")

    def begin(self, deed: str) -> None:
        """Something is being done: leave the stick where it is."""
        self._busy = True
        self.notice.hide()
        self._enable(on=False)
        self.progress(deed, 0, 0)

    def progress(self, deed: str, done: int, total: int) -> None:
        """How far it is, in words."""
        if not self._busy:
            return
        words = {
            "write": self.tr("Writing {done} of {total}"),
            "read": self.tr("Reading {done} of {total}"),
            "carry": self.tr("Delivering for others"),
        }
        begun = {"write": self.tr("Writing…"), "read": self.tr("Reading…")}
        text = words[deed].format(done=min(done + 1, total), total=total) if total else begun.get(deed, words[deed])
        self.pill.say(text, "info", "refresh-cw")

    def end(self, said: tuple[str, ...], *, well: bool) -> None:
        """Done: say what came of it, and that the stick may be pulled."""
        self._busy = False
        self._enable(on=True)
        self.pill.say(self.tr("May be pulled out"), "ok", "circle-check")
        self.notice.reground("ok" if well else "warn")
        self.notice.say(said[0] if said else "", "\n".join(said[1:]))

    def _enable(self, *, on: bool) -> None:
        for made in (self.write_button, self.read_button, self.choose_button):
            made.setEnabled(on)

    def adapt(self, *, wide: bool) -> None:
        """The buttons beside each other, or below."""
        self._buttons.setDirection(_direction(wide=wide))


def _direction(*, wide: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
