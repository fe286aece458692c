"""The strip at the foot of the window: network, what waits, what was sent last, what is saved. It never lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import holder, row
from desktop.ui.widgets.text import Glyph, label, retone
from payung import dates

HOLD = 1500  # milliseconds a word about the network stands at least, so that it does not flicker


class Network(StrEnum):
    """What is known of the way to the server."""

    UNKNOWN = "unknown"
    SENDING = "sending"
    ONLINE = "online"
    OFFLINE = "offline"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the strip tells of sending: the network, the sentence about what is wrong, and when it is tried again."""

    network: Network = Network.UNKNOWN
    sentence: str = ""
    next_try: datetime | None = None


_LOOK = {
    Network.UNKNOWN: ("cloud", "ink2"),
    Network.SENDING: ("refresh-cw", "info"),
    Network.ONLINE: ("wifi", "ok"),
    Network.OFFLINE: ("cloud-off", "warn"),
    Network.NO_ANSWER: ("cloud-off", "warn"),
    Network.REFUSED: ("circle-alert", "err"),
}


class _Entry(QWidget):
    def __init__(self, theme: Theme, icon: str, tone: str) -> None:
        super().__init__()
        self.setObjectName("body")
        self._glyph = Glyph(theme, icon, tone, 15)
        self.text = label(theme, "", 9.5, Weight.Medium, tone="ink2")
        self.setLayout(row(self._glyph, self.text, gap=6))

    def say(self, text: str, icon: str, tone: str) -> None:
        self.text.setText(text)
        self._glyph.show_icon(icon, tone)
        retone(self.text, "tone", tone if tone in {"warn", "err"} else "ink2")


class Strip(QFrame):
    """`stick_wanted` is the clerk asking for the road without internet."""

    stick_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("State of saving and sending"))
        self.setFixedHeight(theme.px(36))
        self._network = _Entry(theme, "cloud", "ink2")
        self._waiting = _Entry(theme, "clock", "ink2")
        self._sent = _Entry(theme, "history", "ink3")
        self._saved = _Entry(theme, "save", "ok")
        self.stick_button = button(theme, self.tr("Send by USB stick"), "link", icon="usb", points=9.5)
        self.stick_button.clicked.connect(self.stick_wanted)
        self._next: Traffic | None = None
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD)
        self._hold.timeout.connect(self._held)
        self._live = True
        self._wide = holder(row(self._sent))
        self.setLayout(
            row(
                self._network,
                self._waiting,
                self._wide,
                None,
                self.stick_button,
                self._saved,
                gap=20,
                margins=(20, 0, 16, 0),
            )
        )
        self._saved.hide()
        self._show(Traffic())
        self.show_waiting(0)
        self.show_last_sent(None, datetime.now().astimezone())

    def practise(self) -> None:
        """From now on nothing is sent, and the strip says no more than that."""
        self._live = False
        self._network.say(self.tr("Practice: nothing is sent"), "cloud-off", "ink2")
        for hidden in (self._waiting, self._wide, self.stick_button):
            hidden.hide()

    def show_traffic(self, traffic: Traffic) -> None:
        """Tell of the network: at once, or when the last word has stood long enough."""
        if self._hold.isActive():
            self._next = traffic
            return
        self._show(traffic)

    def show_waiting(self, count: int) -> None:
        """How many records are not yet receipted by the server."""
        text = self.tr("Nothing waits to be sent") if count == 0 else self.tr("{count} waiting to be sent")
        self._waiting.say(text.format(count=count), "clock" if count else "circle-check", "ink2" if count else "ok")

    def show_last_sent(self, at: datetime | None, now: datetime) -> None:
        """When the server last gave a signed receipt."""
        when = self.tr("Not sent yet") if at is None else self.tr("Last sent {when}").format(when=self._moment(at, now))
        self._sent.say(when, "history", "ink3")

    def show_saved(self, at: datetime) -> None:
        """When typing was last kept on this laptop, by the clock of the place."""
        self._saved.say(self.tr("Saved {time}").format(time=at.strftime("%H.%M.%S")), "save", "ok")
        self._saved.show()

    def adapt(self, width: float) -> None:
        """Leave out what a narrow window has no room for; network, waiting and saved always stay."""
        self._wide.setVisible(self._live and width >= 1000)  # noqa: PLR2004 - breakpoint of the screen design
        self.stick_button.setVisible(self._live and width >= 780)  # noqa: PLR2004

    @property
    def words(self) -> tuple[str, ...]:
        """What the strip says, from left to right."""
        return tuple(entry.text.text() for entry in (self._network, self._waiting, self._sent, self._saved))

    def _held(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            self._show(following)

    def _show(self, traffic: Traffic) -> None:
        texts = {
            Network.UNKNOWN: self.tr("Not connected yet"),
            Network.SENDING: self.tr("Sending…"),
            Network.ONLINE: self.tr("Connected"),
            Network.OFFLINE: self.tr("No internet"),
            Network.NO_ANSWER: self.tr("The server does not answer yet"),
            Network.REFUSED: self.tr("The office must look at this laptop"),
        }
        icon, tone = _LOOK[traffic.network]
        self._network.say(texts[traffic.network], icon, tone)
        self._network.setToolTip(traffic.sentence)
        if traffic.network is not Network.UNKNOWN:
            self._hold.start()

    def _moment(self, at: datetime, now: datetime) -> str:
        local, today = at.astimezone(now.tzinfo), now.date()
        clock = dates.clock(local.time())
        if local.date() == today:
            return self.tr("today {clock}").format(clock=clock)
        if local.date() == today - timedelta(days=1):
            return self.tr("yesterday {clock}").format(clock=clock)
        return f"{dates.short(local.date())} {clock}"
