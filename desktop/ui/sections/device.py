"""What this laptop is for its office, and a fresh kit for one that was restored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFormLayout, QWidget

from desktop import crash, printing
from desktop.store import adoption
from desktop.store.database import Store
from desktop.tasks import Lane, Tasks
from desktop.ui import rescuing
from desktop.ui.need import Alone
from desktop.ui.sections.section import Section, a_folder
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.kit_choice import Chooser, KitChoice
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import label
from payung import dates
from payung.errors import PayungError
from sync import trust
from sync.errors import SyncError
from sync.kit import Kit


class Device(Section):
    """Facts to read out over the telephone, and the kit."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        session: Session,
        choose_kit: Chooser | None = None,
        choose_folder: Chooser | None = None,
    ) -> None:
        super().__init__(theme, tasks, session, self.tr("This laptop"))
        self._choose = choose_folder or a_folder(self.tr("Where to save the recovery card"))
        self.card_button = self._button(self.tr("Save the recovery card…"), "soft", "credit-card")
        self.card_button.clicked.connect(self._save_card)
        self.kit = KitChoice(theme, choose_kit)
        self.adopt_button = self._button(self.tr("Use this kit"), "primary", "file-check")
        self.adopt_button.clicked.connect(self._open_kit)
        restored = not session.store.laptop.sign_private
        why = self._text(
            self.tr("This laptop was restored. It sends and prints again once it has a new kit of the office.")
            if restored
            else self.tr("A new kit is needed only when the office asks for it, or after restoring a backup."),
            "warn" if restored else "ink2",
        )
        self.facts = self._facts()
        self._fill(
            self.facts,
            self._title(self.tr("The recovery card")),
            self._text(
                self.tr(
                    "It says what to do when a passphrase is forgotten. Print it and keep it apart from the laptop."
                )
            ),
            row(self.card_button, None),
            holder(column(self._title(self.tr("A new kit")), why, self.kit, row(self.adopt_button, None), gap=8)),
        )

    def _facts(self) -> QWidget:
        laptop = self._session.store.laptop
        villages = ", ".join(self._session.regions.title(code) for code in laptop.villages)
        told = (
            (self.tr("Office"), laptop.office_name),
            (self.tr("Contact"), laptop.office_contact or "—"),
            (self.tr("Serves"), villages or "—"),
            (self.tr("Event"), self._session.store.event.name),
            (self.tr("Mark of the laptop"), laptop.tag),
            (self.tr("May send until"), _until(self._session.store)),
            (self.tr("Payung"), crash.version()),
        )
        layout = QFormLayout()
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(8)
        layout.setHorizontalSpacing(18)
        for name, value in told:
            shown = label(self._theme, value, 10, Weight.Medium, wrap=True)
            layout.addRow(label(self._theme, name, 9.5, tone="ink2"), shown)
        return holder(layout)

    def forget(self) -> None:
        """The activation code goes."""
        self.kit.forget()

    def _save_card(self) -> None:
        folder = self._choose(self)
        if folder is not None:
            self._run(partial(_card, self._session.store, folder), self._card_saved, Lane.COPY)

    def _card_saved(self, path: Path) -> None:
        self._free()
        self.say(self.tr("The card lies at {path}.").format(path=path))

    def _open_kit(self) -> None:
        chosen = self.kit.value
        if chosen is None:
            self.say(self.tr("Choose the file of the kit first."), "warn")
            self.kit.button.setFocus()
        elif self.kit.complete():
            self._run(partial(_opened, *chosen), self._adopt)

    def _adopt(self, kit: Kit) -> None:
        self._free()
        said = self.tr("The new kit holds. Open Payung with your passphrase; what waits is sent by itself.")
        self.needed.emit(Alone(partial(_with, kit), said))


class CardNotSaved(PayungError):
    """The recovery card could not be written there."""

    code: ClassVar[str] = "card.folder"
    exit_code: ClassVar[int] = 6


def _card(store: Store, folder: Path) -> Path:
    card = printing.card_of(store)
    path = folder / f"kartu-pemulihan-{card.tag}.pdf"
    try:
        printing.write_card(path, card)
    except OSError as trouble:
        raise CardNotSaved from trouble
    return path


def _opened(path: Path, code: str) -> Kit:
    return rescuing.kit(path, code)


def _with(kit: Kit, store: Store) -> Store:
    adoption.adopt_kit(store, kit)
    return store


def _until(store: Store) -> str:
    """The last day on which the office takes what this laptop signs, also when it is over."""
    laptop = store.laptop
    try:
        certificate = trust.verify(laptop.device_certificate, laptop.root_public, None)
    except SyncError:
        return "—"
    return dates.long(certificate.not_after.astimezone().date())
