"""The problem report: one text file of program, machine, counts, diary and crashes. No person is named."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from desktop import crash, logs
from desktop.store import outbox, remarks, room
from desktop.store.tables import SCHEMA
from desktop.ui.session import Session
from payung.errors import PayungError

LINES = 400  # of the diary, the newest
CRASHES = 5


class ReportNotWritten(PayungError):
    """The report could not be written there."""

    code: ClassVar[str] = "report.folder"
    exit_code: ClassVar[int] = 6


def write(session: Session, into: Path, screen: str) -> Path:
    """Write the report into the folder under a name of its own. Raises ReportNotWritten, StoreIO."""
    text = "\n".join(_report(session, screen)) + "\n"
    path = into / f"payung-laporan-{session.store.laptop.tag}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.txt"
    fresh = path.with_name(f".{path.name}.part")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as trouble:
        raise ReportNotWritten from trouble
    return path


def _report(session: Session, screen: str) -> Iterator[str]:
    store, chosen = session.store, session.settings
    status = outbox.status(store)
    yield f"Payung {crash.version()}, {datetime.now(UTC).isoformat(timespec='seconds')}"
    yield f"Python {platform.python_version()}, {sys.platform} {platform.release()}, {platform.machine()}"
    yield f"locale {locale.getlocale()[0] or '-'}, screen {screen}"
    yield f"device {store.laptop.device}, mark {store.laptop.tag}, event {store.event.code}, schema {SCHEMA}"
    yield f"text {chosen.text_size} %, colours {chosen.theme}, language {chosen.language}"
    yield f"locks after {chosen.lock_minutes} min, sends every {chosen.sync_minutes} min"
    yield f"backups to a stick: {bool(chosen.backup_folder)}"
    yield f"disk free {room.shown(room.free(session.folder))}"
    yield f"records {dict(status.by_state)}, pending {status.pending}"
    yield f"oldest unsent {_moment(status.oldest_unsent)}, last receipt {_moment(status.last_receipt)}"
    yield "remarks " + (", ".join(f"{one.code} {one.detail}".strip() for one in remarks.remarks(store)) or "-")
    yield from _files("diary", (session.folder / logs.FOLDER / logs.FILE,), LINES)
    crashes = sorted((session.folder / crash.FOLDER).glob("payung-*.txt"))[-CRASHES:]
    yield from _files("crash", crashes, LINES)


def _files(title: str, paths: Iterable[Path], most: int) -> Iterator[str]:
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        yield ""
        yield f"--- {title} {path.name}"
        yield from (logs.redacted(line) for line in lines[-most:])


def _moment(at: datetime | None) -> str:
    return "-" if at is None else at.astimezone(UTC).isoformat(timespec="minutes")
