"""An opened laptop: its store, who opened it, and the reference data its pages need. Imported after first paint."""

from __future__ import annotations

import contextlib
import math
import shutil
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from desktop import settings
from desktop.settings import Settings
from desktop.store import attempts, founding, vault
from desktop.store.database import Store
from desktop.store.vault import Unlocked
from desktop.ui.messages import Messages
from payung import clock, region
from payung.region import Regions

PRACTICE_FOLDER = "latihan"


@dataclass(frozen=True, slots=True)
class Session:
    """Lives from unlocking to locking; `close` gives the store back. Of `practice` nothing is sent, kept or copied."""

    store: Store = field(repr=False)
    unlocked: Unlocked = field(repr=False)
    regions: Regions = field(repr=False)
    settings: Settings
    folder: Path
    messages: Messages
    practice: bool = False

    @property
    def zone(self) -> tzinfo:
        """The clock on the wall where this laptop works, whatever the machine is set to."""
        villages = self.store.laptop.villages
        return clock.zone(villages[0] if villages else "")

    def close(self) -> None:
        """Close the store; nothing may use the session afterwards. A practice is taken away with it."""
        self.store.close()
        if self.practice and self.folder.name == PRACTICE_FOLDER:
            shutil.rmtree(self.folder, ignore_errors=True)  # what is left no key opens any more


@dataclass(frozen=True, slots=True)
class Door:
    """Who may open this laptop, who of them did last ("" unknown), and the seconds that wrong tries still cost."""

    names: tuple[str, ...]
    last: str = ""
    wait: int = 0


def door(folder: Path) -> Door:
    """What the unlock page must know. Raises NotSetUp, Damaged."""
    if founding.unfinished(folder):
        founding.finish(folder)
    people = vault.operators(folder)
    before = settings.load(folder).last_operator
    last = next((one.name for one in people if one.id.hex == before), "")
    return Door(tuple(one.name for one in people), last, math.ceil(attempts.remaining(folder)))


def open_session(folder: Path, operator: str | None, passphrase: str, lang: str) -> Session:
    """Derive the keys, open the store, read the regions. Raises StoreError."""
    unlocked = vault.unlock(folder, operator=operator, passphrase=passphrase)
    session = enter(folder, unlocked, lang)
    _remember(session)
    return session


def _remember(session: Session) -> None:
    """By number, not by name: the settings hold no person."""
    own = session.unlocked.operator_id.hex
    if session.settings.last_operator != own:
        with contextlib.suppress(OSError):  # next time somebody presses an arrow key, no more
            settings.save(session.folder, replace(session.settings, last_operator=own))


def enter(folder: Path, unlocked: Unlocked, lang: str) -> Session:
    """The session of somebody whose keys are at hand. Raises StoreError."""
    return Session(
        store=Store.open(folder, unlocked),
        unlocked=unlocked,
        regions=region.load(),
        settings=settings.load(folder),
        folder=folder,
        messages=Messages(lang),
    )
