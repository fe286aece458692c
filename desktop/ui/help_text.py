"""What the help says: one text per page in resources/help, the page's own keys, and the map of all keys at the end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

import resources

TOPICS = (
    "home", "enrolment", "certificates", "sync", "import", "recap", "settings",
    "unlock", "first_run", "recovery", "rescue",
)  # fmt: skip
EVERYWHERE, WINDOW = "everywhere", "window"  # keys of the locked window too, keys of the open one
_DOORS = ("unlock", "first_run", "recovery", "rescue")
_FIRST = "home"
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the keyboard map: on which page, which keys, what they do."""

    on: str
    keys: str
    does: str


def keys(lang: str) -> tuple[Key, ...]:
    """The whole keyboard map, in the order in which it is shown."""
    lines: list[dict[str, str]] = json.loads(resources.read("help", "keys.json"))
    return tuple(Key(line["on"], line["keys"], line[lang]) for line in lines)


def markdown(topic: str, lang: str) -> str:
    """The help for a page; a page without a text of its own gets that of the first page."""
    topic = topic if topic in TOPICS else _FIRST
    said = resources.read("help", f"{topic}.{lang}.md").decode()
    every = keys(lang)
    here, everything = (
        QCoreApplication.translate("Help", "Keys on this page"),
        QCoreApplication.translate("Help", "All keys"),
    )
    parts = [said.strip(), f"## {here}", _table(every, topic), f"## {everything}"]
    for place in _places(topic, every):
        parts += [f"### {_title(place, lang)}", _table(every, place)]
    return _shown("\n\n".join(part for part in parts if part) + "\n", lang)


def _shown(text: str, lang: str) -> str:
    """Keys as they stand on the keyboards of the country."""
    for named, drawn in _ARROWS.items():
        text = re.sub(rf"(?<=[+*]){named}\b", drawn, text)
    return text.replace("**Space**", "**Spasi**") if lang == "id" else text


def title(topic: str, lang: str) -> str:
    """The heading of a topic's text."""
    return resources.read("help", f"{topic}.{lang}.md").decode().split("\n", 1)[0].removeprefix("# ")


def _places(topic: str, every: tuple[Key, ...]) -> tuple[str, ...]:
    """A locked window does not list the keys of pages nobody can go to."""
    if topic in _DOORS:
        return (EVERYWHERE,)
    return (EVERYWHERE, WINDOW, *(one for one in TOPICS if one not in _DOORS and one in {key.on for key in every}))


def _title(place: str, lang: str) -> str:
    if place == EVERYWHERE:
        return QCoreApplication.translate("Help", "Everywhere")
    if place == WINDOW:
        return QCoreApplication.translate("Help", "In the open window")
    return title(place, lang)


def _table(every: tuple[Key, ...], place: str) -> str:
    lines = [f"| **{key.keys}** | {key.does} |" for key in every if key.on == place]
    if not lines:
        return QCoreApplication.translate("Help", "No keys of its own: Tab, the arrow keys, Space and Enter do it all.")
    key, does = QCoreApplication.translate("Help", "Key"), QCoreApplication.translate("Help", "What it does")
    return "\n".join((f"| {key} | {does} |", "|---|---|", *lines))
