"""Who may take data off this laptop: its ketua, and on Bawaslu's laptops the pengawas, who stands in the same place.

Rescue asks for no role: looking, checking, backing up, restoring, salvaging, and going on under a fresh kit of the
office lose nothing, and the one clerk of a village must never be locked out of them. Evidence asks for none either:
that it was made, and by whom, stands in the audit and in the document (`desktop.store.evidence`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from desktop.store import custody
from desktop.store.errors import StoreError
from desktop.store.vault import Role, operator_of
from payung.bodies import Institution

if TYPE_CHECKING:
    from desktop.store.database import Store


class NotLead(StoreError):
    """Only who leads this laptop takes data off it."""

    code: ClassVar[str] = "rights.lead"


def require_lead(store: Store) -> None:
    """Raises NotLead unless the operator leads this laptop, or nobody who could open it does."""
    if _leads(store, store.unlocked.role):
        return
    header = custody.genuine(store.folder, store.unlocked)
    if header is None or any(_leads(store, operator_of(slot).role) for slot in header.slots):
        raise NotLead


def _leads(store: Store, role: Role) -> bool:
    return role is Role.KETUA or (role is Role.PENGAWAS and store.laptop.institution == Institution.BAWASLU)
