"""What stands on the rescue page: the diagnosis, and a part for each thing there is to do."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QListView, QPushButton, QScrollArea, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.kit_choice import Chooser, KitChoice
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text import label

CARD = 600
LIST = 220  # height of the list that is only looked at


class RescueParts(QScrollArea):
    """The widgets of the page; `restoring`, `saving`, `asking`, `kits` and `closer` are shown as there is need."""

    def __init__(self, theme: Theme, choose_kit: Chooser | None = None) -> None:
        super().__init__()
        self._theme = theme
        self.diagnosis = label(theme, "", 10, Weight.Medium, tone="warn", wrap=True)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_field = Field(theme, self.tr("Your passphrase"), self.passphrase)
        self.check_button = self._button(self.tr("Look closer"), "soft", "search")
        self.offered = label(theme, "", 9.5, wrap=True)
        self.restore_button = self._button(self.tr("Restore this backup"), "primary", "history")
        self.other_button = self._button(self.tr("Another backup…"), "soft", "folder-open")
        self.save_button = self._button(self.tr("Save what is undamaged"), "soft", "shield-check")
        self.look_button = self._button(self.tr("Only look at it"), "soft", "eye")
        self.office_button = self._button(self.tr("Ask the office…"), "soft", "key-round")
        self.back_button = self._button(self.tr("Back"), "ghost", "arrow-left")
        self.open_button = self._button(self.tr("Open Payung"), "primary", "lock-open")
        self.kit = KitChoice(theme, choose_kit)
        self.confirm = Notice(theme, "warn")
        self.list = QListView()
        self.lines = QStringListModel(self)
        self.notice = label(theme, "", 9.5, Weight.Medium, tone="warn", wrap=True)
        self.notice.hide()
        self._build()

    def _button(self, text: str, kind: str, icon: str) -> QPushButton:
        made = button(self._theme, text, kind, icon=icon)
        made.setAutoDefault(True)  # Enter presses what has the focus
        return made

    def _build(self) -> None:
        self._dress_list()
        self.open_button.hide()
        self.closer = holder(column(self.passphrase_field, row(self.check_button, None), gap=8))
        self.restoring = self._part(
            self.tr("Restore a backup"),
            self.tr("What stands here now is moved into a folder beside it; nothing is deleted."),
            self.offered,
            row(self.restore_button, self.other_button, None),
        )
        self.saving = self._part(
            self.tr("Save what is undamaged"),
            self.tr("Payung reads the damaged file piece by piece and goes on with every officer it can read."),
            row(self.save_button, self.look_button, None),
            self.list,
        )
        self.asking = self._part(
            self.tr("Ask the office"),
            self.tr("The office can open this laptop again when a passphrase is forgotten or the key file is gone."),
            row(self.office_button, None),
        )
        self.kits = self._part(
            self.tr("A new kit, if you have one"),
            self.tr("Without it you can go on typing; sending and printing wait for it. It can be added later."),
            self.kit,
        )
        self._lay_out()
        for part in (self.restoring, self.saving, self.asking, self.kits):
            part.hide()

    def _dress_list(self) -> None:
        self.list.setModel(self.lines)
        self.list.setProperty("role", "rows")
        self.list.setAccessibleName(self.tr("Officers that can still be read"))
        self.list.setFixedHeight(self._theme.px(LIST))
        self.list.setFont(self._theme.font(9.5))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.hide()

    def _lay_out(self) -> None:
        """Everything below each other on one card."""
        calm = self.tr("Do not delete anything. Payung changes nothing before you say so.")
        inner = column(
            label(self._theme, self.tr("The data on this laptop need help"), 15, Weight.Bold, wrap=True),
            label(self._theme, calm, 9.5, tone="ink2", wrap=True),
            self.diagnosis,
            self.closer,
            self.confirm,
            self.notice,
            self.open_button,
            self.restoring,
            self.saving,
            self.asking,
            self.kits,
            row(self.back_button, None),
            gap=10,
            margins=(28, 22, 28, 22),
        )
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(self._theme.px(CARD))
        card.setLayout(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across = row(None, card, None)
        across.setStretch(1, 10)
        self.setWidget(holder(column(None, across, None, margins=(8, 8, 8, 8))))

    def _part(self, heading: str, text: str, *items: QWidget | QLayout) -> QWidget:
        return holder(
            column(
                label(self._theme, heading, 10.5, Weight.DemiBold),
                label(self._theme, text, 9.5, tone="ink2", wrap=True),
                *items,
                gap=6,
                margins=(0, 6, 0, 0),
            )
        )

    def hide_choices(self) -> None:
        """Nothing is left to choose."""
        for part in (self.closer, self.restoring, self.saving, self.asking, self.kits, self.confirm):
            part.hide()
