"""An opened laptop: its store, who opened it, and the reference data its pages need. Imported after first paint."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop import settings
from desktop.settings import Settings
from desktop.store import vault
from desktop.store.database import Store
from desktop.store.vault import Unlocked
from desktop.ui.messages import Messages
from payung import region
from payung.region import Regions


@dataclass(frozen=True, slots=True)
class Session:
    """Lives from unlocking to locking; `close` gives the store back."""

    store: Store = field(repr=False)
    unlocked: Unlocked = field(repr=False)
    regions: Regions = field(repr=False)
    settings: Settings
    folder: Path
    messages: Messages

    def close(self) -> None:
        """Close the store; nothing may use the session afterwards."""
        self.store.close()


def people(folder: Path) -> tuple[str, ...]:
    """The names of those who may open this laptop. Raises NotSetUp, Damaged."""
    return tuple(operator.name for operator in vault.operators(folder))


def open_session(folder: Path, operator: str | None, passphrase: str, lang: str) -> Session:
    """Derive the keys, open the store, read the regions. Raises StoreError."""
    unlocked = vault.unlock(folder, operator=operator, passphrase=passphrase)
    return enter(folder, unlocked, lang)


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
