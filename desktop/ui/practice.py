"""Practice apart from live data: a laptop of its own below the data folder, without an office, gone when it is left.

Its key is never written down: whatever was typed there, even a real person by mistake, cannot be read any more once the
practice has ended, also after a power cut. Off the window's thread.
"""

from __future__ import annotations

import contextlib
import csv
import io
import secrets
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import resources
from desktop import settings
from desktop.settings import Settings
from desktop.store import lock, vault
from desktop.store.database import Store
from desktop.ui.messages import Messages
from desktop.ui.session import PRACTICE_FOLDER, Session
from payung import region
from payung.bodies import Institution
from sync.feed import TpsEntry
from sync.kit import Kit
from sync.trust import DeviceCertificate, OfficeRoot, issue

EVENT = "latihan"
VILLAGE = "53.71.04.1001"  # Kel. Oebobo, as the practice workbook has it
TAG = "CNTH"  # stands in the numbers of the certificates
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


def begin(data: Path, chosen: Settings, lang: str) -> Session:
    """An empty practice, opened; what an earlier one left is taken away. Takes seconds.

    Raises Locked while another window practises here, DiskFull, StoreIO. Closing the session ends the practice.
    """
    clear(data)
    folder = data / PRACTICE_FOLDER
    messages = Messages(lang)
    own = replace(chosen, server="", backup_folder="")
    try:
        unlocked = vault.create(
            folder, operator=messages.sentence("practice.operator"), passphrase=secrets.token_urlsafe(32)
        )
        store = Store.create(folder, unlocked, kit(messages))
        with contextlib.suppress(OSError):  # what pages keep of choices is kept beside, and goes with the practice
            settings.save(folder, own)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Session(
        store=store,
        unlocked=unlocked,
        regions=region.load(),
        settings=own,
        folder=folder,
        messages=messages,
        practice=True,
    )


def clear(data: Path) -> None:
    """Takes away what a practice left that was not ended, such as after a power cut. Raises Locked."""
    folder = data / PRACTICE_FOLDER
    if folder.exists():
        lock.taken(folder).release()
        shutil.rmtree(folder, ignore_errors=True)


def kit(messages: Messages) -> Kit:
    """A kit of an office that does not exist: its keys are thrown away here, and it has no address."""
    root, sign, seal = OfficeRoot.generate(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    now = datetime.now(UTC)
    certificate = DeviceCertificate(
        device=uuid4(),
        tag=TAG,
        villages=(VILLAGE,),
        institution=Institution.KPU,
        event=EVENT,
        sign_key=sign.public_key().public_bytes_raw(),
        seal_key=seal.public_key().public_bytes_raw(),
        not_before=now - _DAY,
        not_after=now + _YEAR,
        serial=1,
    )
    return Kit(
        server_url="",
        office_name=messages.sentence("practice.office"),
        office_contact="",
        root_public=root.public,
        intake_public=X25519PrivateKey.generate().public_key().public_bytes_raw(),
        reply_public=Ed25519PrivateKey.generate().public_key().public_bytes_raw(),
        device_certificate=issue(root, certificate),
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
        event_json=resources.read("events", f"{EVENT}.json"),
        tps=stations(),
        made_at=now,
    )


def stations() -> tuple[TpsEntry, ...]:
    """The polling stations that are practised with: resources/practice/tps.csv."""
    rows = csv.DictReader(io.StringIO(resources.read("practice", "tps.csv").decode("utf-8-sig")))
    return tuple(
        TpsEntry(
            village=row["kode_desa"],
            number=int(row["tps"]),
            special=row["lokasi_khusus"] == "ya",
            address=row["alamat"],
            voters=None,
        )
        for row in rows
        if row["kode_desa"] == VILLAGE
    )
