"""The fields of the officer form, in the order of the KTP: made, read and written as plain text by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.typed import NO, YES
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.completion import CompletingEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.shaped_edit import ShapedEdit, figures, shape_nik, shape_phone, shape_rt_rw
from desktop.ui.widgets.text import label, retone
from payung.leaving import Cause
from payung.person import Blood, Sex
from payung.problem import Severity

NIK_FIGURES = 16
NIK_TYPED = 32  # room for blanks, full stops and hyphens of a pasted NIK
MAIN = ("nik", "name", "birthplace", "birthdate", "sex", "phone", "rt_rw")
EXTRA = ("mother", "married", "blood", "address", "postcode")
DECREE = ("decree_number", "decree_date")
LEAVING = ("cause", "last_day")


class OfficerFields(QObject):
    """`edited` carries the name of the field a person changed."""

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.counter = label(theme, f"0/{NIK_FIGURES}", 9, Weight.DemiBold, tone="ink3", digits=True)
        self.parts: dict[str, Field | Choice] = {}
        self._make_main()
        self._make_extra()
        for name, part in self.parts.items():
            self._watch(name, part)

    def _make_main(self) -> None:
        theme = self._theme
        nik = ShapedEdit(shape_nik)
        nik.setMaxLength(NIK_TYPED)
        nik.setPlaceholderText(self.tr("16 figures, as on the KTP"))
        parts = self.parts
        parts["nik"] = Field(theme, self.tr("&NIK"), nik, counter=self.counter)
        nik.setFont(theme.font(12, Weight.Medium, digits=True))
        parts["name"] = Field(theme, self.tr("Full n&ame"), QLineEdit(), hint=self.tr("as on the KTP"))
        parts["birthplace"] = Field(theme, self.tr("&Place of birth"), CompletingEdit(theme))
        parts["birthdate"] = Field(theme, self.tr("Date of bi&rth"), QLineEdit(), hint=self.tr("dd-mm-yyyy"))
        parts["sex"] = Choice(
            theme, self.tr("Sex"), ((Sex.L.value, self.tr("Male"), "L"), (Sex.P.value, self.tr("Female"), "P"))
        )
        parts["phone"] = Field(theme, self.tr("P&hone"), ShapedEdit(shape_phone), hint=self.tr("may be empty"))
        parts["rt_rw"] = Field(theme, self.tr("RT/R&W"), ShapedEdit(shape_rt_rw))
        parts["village"] = Field(theme, self.tr("Village"), CompletingEdit(theme))

    def _make_extra(self) -> None:
        theme, parts = self._theme, self.parts
        parts["mother"] = Field(theme, self.tr("Mother's maiden name"), QLineEdit())
        parts["married"] = Choice(
            theme, self.tr("Marital status"), ((YES, self.tr("Married"), "K"), (NO, self.tr("Not married"), "B"))
        )
        parts["blood"] = Choice(theme, self.tr("Blood group"), tuple((group.value, group.value, "") for group in Blood))
        parts["address"] = Field(theme, self.tr("Address"), QLineEdit(), hint=self.tr("as on the KTP"))
        parts["postcode"] = Field(theme, self.tr("Postcode"), ShapedEdit(lambda text: figures(text)[:5]))
        parts["asn"] = Choice(
            theme, self.tr("Civil servant (ASN)"), ((YES, self.tr("Yes"), "Y"), (NO, self.tr("No"), "T"))
        )
        parts["decree_number"] = Field(theme, self.tr("Decree number"), QLineEdit())
        parts["decree_date"] = Field(theme, self.tr("Decree date"), QLineEdit(), hint=self.tr("dd-mm-yyyy"))
        parts["reason"] = Field(theme, self.tr("Reason for the correction"), QLineEdit())
        causes = (
            (Cause.RESIGNED.value, self.tr("Resigned"), "M"),
            (Cause.DISMISSED.value, self.tr("Dismissed"), "D"),
            (Cause.DIED.value, self.tr("Died"), "N"),
            (Cause.UNABLE.value, self.tr("Unable to serve"), "B"),
        )
        parts["cause"] = Choice(theme, self.tr("Why the officer leaves"), causes, across=2)
        parts["last_day"] = Field(theme, self.tr("Last day of service"), QLineEdit(), hint=self.tr("dd-mm-yyyy"))

    def _watch(self, name: str, part: Field | Choice) -> None:
        def changed(_value: str) -> None:
            if name == "nik":
                self.count()
            self.edited.emit(name)

        if isinstance(part, Choice):
            part.chosen.connect(changed)
        elif isinstance(part.editor, QLineEdit):
            part.editor.textChanged.connect(self._recount)
            part.editor.textEdited.connect(changed)

    def _recount(self, _text: str) -> None:
        self.count()

    def editor(self, name: str) -> QLineEdit:
        """The line editor of a text field."""
        part = self.parts[name]
        assert isinstance(part, Field)
        assert isinstance(part.editor, QLineEdit)
        return part.editor

    def completing(self, name: str) -> CompletingEdit:
        """The editor of a field that offers endings."""
        editor = self.editor(name)
        assert isinstance(editor, CompletingEdit)
        return editor

    def focus_widget(self, name: str) -> QWidget:
        """What takes the focus for a field."""
        part = self.parts[name]
        if isinstance(part, Choice):
            return next((made for made in part.buttons if made.isChecked()), part.buttons[0])
        return part.editor

    def name_of(self, widget: QWidget | None) -> str:
        """The field a widget belongs to, empty when none."""
        for name, part in self.parts.items():
            if widget is not None and (part is widget or part.isAncestorOf(widget)):
                return name
        return ""

    def value(self, name: str) -> str:
        """What stands in a field."""
        part = self.parts[name]
        return part.value if isinstance(part, Choice) else self.editor(name).text()

    def values(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: self.value(name) for name in self.parts}

    def write(self, name: str, value: str) -> None:
        """Set a field from the program."""
        part = self.parts[name]
        if isinstance(part, Choice):
            part.choose(value)
        else:
            self.editor(name).setText(value)

    def write_all(self, values: Mapping[str, str]) -> None:
        """Set every field, those not named to empty, and take back every message."""
        for name, part in self.parts.items():
            self.write(name, values.get(name, ""))
            part.tell(None)
        self.count()

    def count(self) -> None:
        """Show n/16 at the NIK."""
        found = sum(character.isalnum() for character in self.value("nik"))
        self.counter.setText(f"{found}/{NIK_FIGURES}")
        retone(self.counter, "tone", "ok" if found == NIK_FIGURES else "err" if found > NIK_FIGURES else "ink3")

    def freeze(self, *, frozen: bool) -> None:
        """Make everything readable but not writable, or give it back."""
        for part in self.parts.values():
            part.setEnabled(not frozen)

    def tell(self, name: str, severity: Severity | None, message: str = "", *, spoken: str = "") -> None:
        """Mark one field."""
        self.parts[name].tell(severity, message, spoken=spoken)

    def messages(self) -> Iterator[tuple[str, str]]:
        """What the fields say of themselves."""
        for name, part in self.parts.items():
            if part.message:
                yield name, part.message
