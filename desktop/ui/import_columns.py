"""Step 2 of an import: which column of the list holds what, and what holds where the list says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from desktop.ui.import_reading import Guess
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Elided, label
from desktop.workbook.cells import letter
from desktop.workbook.listing import Defaults

OFFERED = (
    ("nik", str(QT_TRANSLATE_NOOP("ImportFields", "NIK"))),
    ("name", str(QT_TRANSLATE_NOOP("ImportFields", "Name"))),
    ("post", str(QT_TRANSLATE_NOOP("ImportFields", "Post"))),
    ("tps", str(QT_TRANSLATE_NOOP("ImportFields", "TPS"))),
    ("village", str(QT_TRANSLATE_NOOP("ImportFields", "Village"))),
    ("kecamatan", str(QT_TRANSLATE_NOOP("ImportFields", "Kecamatan"))),
    ("birth", str(QT_TRANSLATE_NOOP("ImportFields", "Place and date of birth"))),
    ("birthplace", str(QT_TRANSLATE_NOOP("ImportFields", "Place of birth"))),
    ("birthdate", str(QT_TRANSLATE_NOOP("ImportFields", "Date of birth"))),
    ("sex", str(QT_TRANSLATE_NOOP("ImportFields", "Sex"))),
    ("phone", str(QT_TRANSLATE_NOOP("ImportFields", "Mobile"))),
    ("address", str(QT_TRANSLATE_NOOP("ImportFields", "Address"))),
    ("rtrw", str(QT_TRANSLATE_NOOP("ImportFields", "RT/RW"))),
    ("rt", str(QT_TRANSLATE_NOOP("ImportFields", "RT"))),
    ("rw", str(QT_TRANSLATE_NOOP("ImportFields", "RW"))),
    ("mother", str(QT_TRANSLATE_NOOP("ImportFields", "Mother's name"))),
    ("married", str(QT_TRANSLATE_NOOP("ImportFields", "Married"))),
    ("blood", str(QT_TRANSLATE_NOOP("ImportFields", "Blood group"))),
    ("postcode", str(QT_TRANSLATE_NOOP("ImportFields", "Postcode"))),
    ("email", str(QT_TRANSLATE_NOOP("ImportFields", "E-mail"))),
    ("kpj", str(QT_TRANSLATE_NOOP("ImportFields", "KPJ"))),
    ("decree_number", str(QT_TRANSLATE_NOOP("ImportFields", "Decree number"))),
    ("decree_date", str(QT_TRANSLATE_NOOP("ImportFields", "Decree date"))),
)
HEIGHT = 168  # logical pixels the open columns take
COMBO = 96  # what a box shows at least
HEIGHT_LOW, LOW = 76, 600  # and in a window lower than this


class ImportColumns(QFrame):
    """`matched` carries a sheet's place and its columns (field to column), `assumed` a `Defaults`."""

    matched = Signal(int, object)
    assumed = Signal(object)

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme, self._session = theme, session
        self._guesses: tuple[Guess, ...] = ()
        self.combos: list[QComboBox] = []
        self._at = -1  # the column whose combo was changed last
        self._said = Elided(theme, 9.5, tone="ink2")
        self.fold = button(theme, self.tr("Change columns"), "ghost", points=9)
        self.fold.clicked.connect(self._swap)
        self.sheets = self._combo(self.tr("Sheet"))
        self.sheets.activated.connect(self._show_sheet)
        self.village = self._combo(self.tr("Village where the list names none"))
        self.post = self._combo(self.tr("Post where the list names none"))
        self.tps = self._combo(self.tr("TPS where the list names none"))
        self._grid = QScrollArea()
        self._grid.setWidgetResizable(True)
        self._grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.setFixedHeight(theme.px(HEIGHT))
        self._open = holder(column(self._defaults(), self._grid, gap=8))
        title = label(theme, self.tr("2  Match columns"), 11, Weight.DemiBold)
        head = row(title, self._said, self.fold, gap=12)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._open, gap=8, margins=(16, 9, 12, 9)))
        self._open.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._offer_defaults()

    def _combo(self, name: str) -> QComboBox:
        made = Combo(self._theme)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setMinimumWidth(self._theme.px(COMBO))
        return made

    def _defaults(self) -> QWidget:
        words = label(self._theme, self.tr("Where the list says nothing:"), 9.5, tone="ink2")
        laid = row(self.sheets, words, self.village, self.post, self.tps, gap=8)
        for place in (0, 2, 3, 4):
            laid.setStretch(place, 1)
        return holder(laid)

    def _offer_defaults(self) -> None:
        store, regions = self._session.store, self._session.regions
        for combo, nothing in (
            (self.village, self.tr("Village: as the list says")),
            (self.post, self.tr("Post: as the list says")),
            (self.tps, self.tr("TPS: as the list says")),
        ):
            combo.addItem(nothing, None)
            combo.activated.connect(self._assume)
        villages = store.laptop.villages
        for code in dict.fromkeys((*(one for one in villages if one.count(".") == 3), *(e.village for e in store.tps))):  # noqa: PLR2004
            self.village.addItem(regions.title(code), code)
        for post in store.event.posts:
            if post.enabled:
                self.post.addItem(post.name, post.code)
        for number in sorted({entry.number for entry in store.tps}):
            self.tps.addItem(f"TPS {number:03}", number)
        self.village.setVisible(self.village.count() > 2)  # noqa: PLR2004 - one village needs no choice

    def show_guesses(self, guesses: tuple[Guess, ...]) -> None:
        """Show what the columns were taken for; open where something the list needs was not found."""
        self._guesses = guesses
        self.sheets.clear()
        self.sheets.addItems([guess.matched.sheet.name for guess in guesses])
        self.sheets.setVisible(len(guesses) > 1)
        self._show_sheet(0)
        self.unfold(not all({"nik", "name"} <= set(guess.matched.columns.fields) for guess in guesses))

    def adapt(self, height: float) -> None:
        """A low window shows fewer columns at once, so that rows stay in sight."""
        self._grid.setFixedHeight(self._theme.px(HEIGHT if height >= LOW else HEIGHT_LOW))

    def unfold(self, shown: bool) -> None:
        """Show or hide the columns."""
        self._open.setVisible(shown)
        write(self.fold, self.tr("Hide columns") if shown else self.tr("Change columns"))

    @property
    def choices(self) -> tuple[QComboBox, ...]:
        """Every combo of this step."""
        return (self.sheets, self.village, self.post, self.tps, *self.combos)

    def forget_defaults(self) -> None:
        """Another list: nothing is assumed."""
        for combo in (self.village, self.post, self.tps):
            combo.setCurrentIndex(0)

    def _swap(self) -> None:
        self.unfold(self._open.isHidden())
        if not self._open.isHidden() and self.combos:
            self.combos[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheet(self, number: int) -> None:
        guess = self._guesses[number]
        held = QWidget()
        held.setObjectName("body")
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        self.combos, self._at = [], -1
        for place, heading in enumerate(guess.headings):
            self._add_column(grid, guess, place, heading)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 3)
        self._grid.setWidget(held)
        self._say(guess)

    def _add_column(self, grid: QGridLayout, guess: Guess, place: int, heading: str) -> None:
        name = heading or self.tr("Column {letter}").format(letter=letter(place))
        title, sample = Elided(self._theme, 9.5, Weight.Medium), Elided(self._theme, 9.5, tone="ink2")
        title.say(name)
        sample.say(guess.sample[place])
        combo = self._combo(self.tr("What column {name} holds").format(name=name))
        combo.addItem(self.tr("Not used"), "")
        for field, words in OFFERED:
            combo.addItem(QCoreApplication.translate("ImportFields", words), field)
        fields = guess.matched.columns.fields
        held = next((field for field, column_ in fields.items() if column_ == place), "")
        combo.setCurrentIndex(max(0, combo.findData(held)))
        combo.activated.connect(partial(self._chosen, place))
        grid.addWidget(title, place, 0)
        grid.addWidget(sample, place, 1)
        grid.addWidget(combo, place, 2)
        self.combos.append(combo)

    def _chosen(self, place: int, _index: int) -> None:
        number = max(0, self.sheets.currentIndex())
        held = self._guesses[number].matched.columns.fields
        if place != self._at:  # while one walks through a list with the arrow keys, the others keep what they say
            self._at = place
            for other, combo in enumerate(self.combos):
                if other != place and combo.currentData() and held.get(combo.currentData()) != other:
                    combo.setCurrentIndex(0)
        offered = {name for name, _ in OFFERED}
        fields = {name: at for name, at in held.items() if name not in offered}
        for other, combo in enumerate(self.combos):
            if field := combo.currentData():
                fields.setdefault(field, other)
        if field := self.combos[place].currentData():
            fields[field] = place
        self.matched.emit(number, fields)

    def follow(self, guesses: tuple[Guess, ...]) -> None:
        """The choice was taken over."""
        self._guesses = guesses
        self._say(guesses[max(0, self.sheets.currentIndex())])

    def _say(self, guess: Guess) -> None:
        words: Mapping[str, str] = dict(OFFERED)
        known = [
            QCoreApplication.translate("ImportFields", words[one])
            for one in guess.matched.columns.fields
            if one in words
        ]
        said = self.tr("Recognised: {fields}.").format(fields=", ".join(known))
        if guess.known:
            said = self.tr("As last time: {fields}.").format(fields=", ".join(known))
        self._said.say(said if known else self.tr("Choose what each column holds, first NIK and name."))

    def _assume(self, _index: int) -> None:
        self.assumed.emit(
            Defaults(self.village.currentData() or "", self.post.currentData() or "", self.tps.currentData())
        )
