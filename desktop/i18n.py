"""Languages of the window: Indonesian by default, with Indonesian ways of writing numbers and dates, or English."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import resources

_LOCALES = {
    "id": QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class MissingTranslation(Exception):
    """The compiled translation is not where it must be."""


def install(lang: str) -> QTranslator | None:
    """Make the application speak `lang` ("id" or "en"); needs a QCoreApplication. Returns what must be kept alive.

    Qt ships no Indonesian words for its own buttons and dialogs: our file holds them too.
    """
    QLocale.setDefault(_LOCALES.get(lang, _LOCALES["id"]))
    if lang == "en":
        return None
    translator = QTranslator()
    path: Path = resources.path("translations", "payung_id.qm")
    if not translator.load(str(path)):
        raise MissingTranslation(path.name)
    QCoreApplication.installTranslator(translator)
    return translator


def uninstall(translator: QTranslator | None) -> None:
    """Take a language back."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
