"""The first page: the office's kit. A file that was found, chosen or dropped, its code, and what it says of itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QPushButton, QVBoxLayout, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui.first_run_step import Step
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.code_edit import LENGTH, CodeEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import holder, row
from desktop.ui.widgets.text import label
from payung import dates
from payung.errors import PayungError
from payung.problem import Severity

if TYPE_CHECKING:
    from desktop.ui.first_run_doing import Offer

WATCH = 4000  # milliseconds between two looks for a stick
SUFFIX, MOST_FOUND = ".payung-kit", 4
VALUE = 300  # width that is kept for what the kit says
Chooser = Callable[[QWidget], Path | None]
Find = Callable[[], tuple[Path, ...]]


class KitStep(Step):
    """`done` carries the `Offer`. `practice_wanted` and `restore_wanted` lead elsewhere."""

    practice_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        messages: Messages,
        *,
        choose: Chooser | None = None,
        find: Find | None = None,
    ) -> None:
        super().__init__(theme, tasks, messages, self.tr("The kit from your office"))
        self._choose, self._find = choose or self._a_file, find or _found
        self._path: Path | None = None
        self._listed: tuple[Path, ...] = ()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self._look)
        self.offer: Offer | None = None
        self.found: list[QPushButton] = []
        self._found_list = QVBoxLayout()
        self._found_list.setSpacing(6)
        self.choose_button = self._button(self.tr("Choose the kit's file…"), "soft", "folder-open")
        self.file = label(theme, "", 9.5, Weight.Medium, tone="ok", wrap=True)
        self.file.hide()
        self.code = CodeEdit()
        self._counter = label(theme, "", 9, tone="ink3", digits=True)
        self.code_field = Field(
            theme,
            self.tr("&Activation code"),
            self.code,
            hint=self.tr("from the office's letter"),
            counter=self._counter,
        )
        self.code_field.hide()
        self.said = holder(QFormLayout())
        self.said.hide()
        self.try_button = self._button(self.tr("Try first without a kit"), "link", "sparkles", 9.5)
        self.restore_button = self._button(self.tr("Restore a backup"), "link", "history", 9.5)
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        lead = self.tr(
            "Plug in the stick from the kecamatan, or choose the file you were given. It names your village and its "
            "polling stations. No internet is needed."
        )
        self._fill(
            self._text(lead),
            self._found_list,
            row(self.choose_button, None),
            self.file,
            self.code_field,
            self.said,
            row(self.try_button, self.restore_button, None),
        )
        self.choose_button.clicked.connect(self._clicked)
        self.code.textChanged.connect(self._typed)
        self.code.returnPressed.connect(self.advance)
        self.try_button.clicked.connect(self.practice_wanted)
        self.restore_button.clicked.connect(self.restore_wanted)

    def begin(self) -> None:
        """Look for kits on the sticks that are plugged in."""
        self._look()
        self._watch.start()
        if self.offer is not None:
            self.ready.emit()
        elif self._path is not None:
            self.code.setFocus()
        else:
            self.choose_button.setFocus()

    def advance(self) -> None:
        """Open the kit; once it is open, go on."""
        if self.offer is not None:
            self.done.emit(self.offer)
        elif self._path is None:
            self.say(self.tr("Choose the kit's file first."))
            self.choose_button.setFocus()
        elif self.code.trouble:
            self.code_field.tell(Severity.ERROR, self.code.trouble)
            self.code.setFocus()
        else:
            self.run(_opener(self._path, self.code.text()), self._opened, self._not_opened)

    def forget(self) -> None:
        """The code goes, and what it had opened."""
        self.code.clear()

    def take(self, path: Path) -> None:
        """Use this file, if it may be a kit."""
        self.run(_looker(path), self._chosen, self._not_chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file that is dropped is the kit."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths[0])

    def _look(self) -> None:
        """Also for a stick that is plugged in later, as long as the page is in front."""
        if self.isHidden():
            self._watch.stop()
        elif self._path is None:
            self._tasks.run(Lane.COPY, self._find, done=self._list)

    def _list(self, paths: tuple[Path, ...]) -> None:
        if paths == self._listed:
            return
        self._listed = paths
        for made in self.found:
            self._found_list.removeWidget(made)
            made.deleteLater()
        self.found = []
        for path in paths:
            text = self.tr("Use {file} from the stick {stick}").format(file=path.name, stick=path.parent.name or "USB")
            made = self._button(text, "soft", "usb")
            made.clicked.connect(partial(self.take, path))
            self._found_list.addWidget(made)
            self.found.append(made)
        if self.found:
            QWidget.setTabOrder(self.found[-1], self.choose_button)
            if self._path is None and self.choose_button.hasFocus():
                self.found[0].setFocus()

    def _clicked(self) -> None:
        path = self._choose(self)
        if path is not None:
            self.take(path)

    def _chosen(self, path: Path) -> None:
        self._path = path
        self.file.setText(self.tr("File: {name}").format(name=path.name))
        self.file.show()
        self.code.clear()
        self._typed()
        self.code_field.show()
        self.code.setFocus()

    def _not_chosen(self, trouble: PayungError) -> None:
        self._path = None
        self._show(None)
        self.file.hide()
        self.code_field.hide()
        self.told(trouble)
        self.choose_button.setFocus()

    def _typed(self, _text: str = "") -> None:
        self._counter.setText(f"{self.code.typed}/{LENGTH}")
        self.code_field.tell(None)
        self.say("")
        self._show(None)

    def _opened(self, offer: Offer) -> None:
        self._show(offer)
        self.ready.emit()

    def _not_opened(self, trouble: PayungError) -> None:
        self.rest()
        self.code_field.tell(Severity.ERROR, self._messages.of(trouble))
        self.code.setFocus()
        self.code.selectAll()

    def _show(self, offer: Offer | None) -> None:
        self.offer = offer
        self.said.setVisible(offer is not None)
        layout = self.said.layout()
        assert isinstance(layout, QFormLayout)
        while layout.rowCount():
            layout.removeRow(0)
        if offer is None:
            return
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.setContentsMargins(0, 0, 0, 0)
        for name, value in self._facts(offer):
            shown = label(self._theme, value, 10, Weight.Medium, wrap=True)
            shown.setMinimumWidth(self._theme.px(VALUE))
            layout.addRow(label(self._theme, name, 9.5, tone="ink2"), shown)

    def _facts(self, offer: Offer) -> tuple[tuple[str, str], ...]:
        stations = self.tr("{count} polling stations (TPS)").format(count=offer.stations)
        return (
            (self.tr("Office"), offer.office),
            (self.tr("Contact"), offer.contact or "—"),
            (self.tr("Serves"), ", ".join(offer.villages)),
            (self.tr("With"), stations),
            (self.tr("Event"), offer.event),
            (self.tr("Holds until"), dates.long(offer.until)),
        )

    def _a_file(self, over: QWidget) -> Path | None:
        kinds = self.tr("Kits of Payung (*.payung-kit);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(over, self.tr("The kit from your office"), "", kinds)
        return Path(chosen) if chosen else None


def _found() -> tuple[Path, ...]:
    """Kits on the sticks that are plugged in, at the top or one folder below."""
    from desktop.ui import sticks  # noqa: PLC0415 - after first paint

    found: list[Path] = []
    for stick in sticks.plugged():
        with contextlib.suppress(OSError):
            found += sorted([*stick.folder.glob(f"*{SUFFIX}"), *stick.folder.glob(f"*/*{SUFFIX}")])
    return tuple(found[:MOST_FOUND])


def _looker(path: Path) -> Callable[[], Path]:
    def look() -> Path:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - brings the database's libraries, when they are needed

        return first_run_doing.looked_at(path)

    return look


def _opener(path: Path, code: str) -> Callable[[], Offer]:
    def open_() -> Offer:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - as above

        return first_run_doing.opened(path, code)

    return open_
