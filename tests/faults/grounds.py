"""The laptop every fault starts from: set up once, with officers saved, printed and sent; each run gets a copy."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import backup, certificates, drafts, enrolments, migration, operators, outbox, vault
from desktop.store.database import Store
from desktop.store.keys import Kdf
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import DATABASE_NAME, Role, Unlocked
from payung.facts import Facts
from payung.person import Sex
from sync import exchange, trust
from sync.kit import Kit, open_kit, seal_kit
from sync.trust import OfficeRoot
from tests.desktop.store.offices import Line, Office
from tests.laptops import OPERATOR, PASSPHRASE, ROOTS, VILLAGE, kit, letters

STATIONS = 999
NEXT_STEP = """
from alembic import op

revision = "{number:04}"
down_revision = "{before:04}"


def upgrade():
    op.execute("ALTER TABLE record ADD COLUMN remark TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE record SET remark = 'from ' || hex(id)")
    op.execute("CREATE TABLE remark (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    op.execute("INSERT INTO remark (body) SELECT hex(body) FROM revision")
"""
LAPTOP, BACKUP, KIT = "laptop", "cadangan.payung-backup", "baru.payung-kit"
# What a path begins with where it is not the prepared laptop: the same before its database was made; a backup where
# nothing stands; a backup, and a damaged laptop that went on after it.
STARTS = {"set-up": "bare", "restore": "carried", "restore-aside": "damaged"}
COLLEAGUE, COLLEAGUES = "Siti Benu", "gamelan angkut tenun rembulan"
KIT_CODE = "7K3M-9QRT-0000-7K3M"
DAYS = 11_000  # from the oldest birth date to the youngest that any post allows
STANDING = 21  # officers on the prepared laptop
OFFICE = Office(
    intake=X25519PrivateKey.from_private_bytes(bytes(range(32))),
    reply=Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))),
    epoch=bytes(16),
)


def officer(number: int, version: int = 0) -> Facts:
    """An invented KPPS member, seven to a TPS, no two with the same NIK; the address tells which version it is."""
    born = date(1976, 1, 1) + timedelta(days=number % DAYS)
    tps, seat = divmod(number, 7)
    return Facts(
        place=VILLAGE,
        post="kpps-anggota" if seat else "kpps-ketua",
        tps=tps + 1,
        nik=f"537104{born:%d%m%y}99{1 + number // DAYS:02}",
        name=f"PETUGAS {letters(number)}",
        birthplace="Kupang",
        birthdate=born,
        sex=Sex.L,
        address=f"Jalan Lontar nomor {version}",
    )


def officers(start: int = 0) -> Iterator[Facts]:
    """Officers from that number on."""
    return (officer(number) for number in itertools.count(start))


def line(store: Store) -> Line:
    """A line from this laptop to the office, which accepts everything."""
    laptop = store.laptop
    return Line(OFFICE, trust.verify(laptop.device_certificate, laptop.root_public, datetime.now(UTC)))


remembered = cache(Kdf.key)


@dataclass(frozen=True, slots=True)
class Ground:
    """A prepared laptop's folder, and what other paths begin with; `scripts` are its migrations and one more."""

    root: Path
    unlocked: Unlocked

    @property
    def folder(self) -> Path:
        return self.root / "laptop"

    @property
    def scripts(self) -> Path:
        return self.root / "scripts"

    @property
    def kit(self) -> Kit:
        """Another laptop's kit of the same office, for whoever restores."""
        return _kit(self.root / KIT)

    def start(self, path: str) -> Path:
        """The folder a path begins with; never changed."""
        return self.root / STARTS.get(path, "laptop")

    def copied(self, target: Path, path: str = "") -> Path:
        """A copy of what the path begins with, in an emptied `target`."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.start(path), target)
        return target


@cache
def _kit(path: Path) -> Kit:
    return open_kit(path.read_bytes(), KIT_CODE)


def quicken() -> None:
    """A passphrase is put to its key once: the faults are the disk's."""
    Kdf.key = remembered  # type: ignore[method-assign]


def made_kit() -> Kit:
    """A kit of the office above."""
    return replace(kit(stations=STATIONS), intake_public=OFFICE.intake_public, reply_public=OFFICE.reply_public)


def prepared(root: Path) -> Ground:
    """Sets the laptop up under `root`."""
    ground = Ground(root, vault.create(root / "laptop", operator=OPERATOR, passphrase=PASSPHRASE))
    shutil.copytree(ground.folder, ground.start("set-up"))
    shutil.copytree(migration.SCRIPTS, ground.scripts)
    step = NEXT_STEP.format(number=migration.SCHEMA + 1, before=migration.SCHEMA)
    (ground.scripts / "versions" / f"v{migration.SCHEMA + 1:04}_next.py").write_text(step, encoding="utf-8")
    unlocked, made = ground.unlocked, made_kit()
    with Store.create(ground.folder, unlocked, made) as store:
        operators.add(store, name=COLLEAGUE, role=Role.OPERATOR, passphrase=COLLEAGUES)
        ids = [enrolments.save(store, facts).id for facts in itertools.islice(officers(), STANDING)]
        certificates.allocate(store, ids[: STANDING // 3])
        for seat in range(1, 4):
            drafts.keep(store, VILLAGE, STATIONS, "kpps-anggota", seat, {"name": "BELUM SELESAI", "keys": "0"})
        exchange.run(
            StoreOutbox(store, unlocked), line(store), outbox.exchange_keys(store), clock=store.clock, limit=10
        )
        for number in range(0, STANDING, 4):
            enrolments.save(store, officer(number, 1), record_id=ids[number])
        assert enrolments.counts(store)["draft"] == 0
    assert sorted(path.name for path in ground.folder.glob(DATABASE_NAME + "*")) == [DATABASE_NAME]
    _carried(ground, made)
    return ground


def _carried(ground: Ground, made: Kit) -> None:
    """A backup and a fresh kit beside; and the backup with a laptop that worked on and was damaged in a crash."""
    carried, damaged = ground.start("restore"), ground.start("restore-aside")
    carried.mkdir()
    with Store.open(ground.copied(ground.root / "worked"), ground.unlocked) as store:
        backup.make(store, carried / BACKUP)
        enrolments.save(store, officer(STANDING))
        shutil.copytree(carried, damaged)
        shutil.copytree(store.folder, damaged / LAPTOP)
    path = damaged / LAPTOP / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (ground.root / KIT).write_bytes(seal_kit(fresh_kit(made, ROOTS[made.root_public]), KIT_CODE))


def fresh_kit(before: Kit, root: OfficeRoot) -> Kit:
    """Another laptop's kit of the same office."""
    sign, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    certificate = replace(
        trust.verify(before.device_certificate, before.root_public, None),
        device=uuid4(),
        tag="9QRT",
        sign_key=sign.public_key().public_bytes_raw(),
        seal_key=seal.public_key().public_bytes_raw(),
        serial=2,
    )
    return replace(
        before,
        device_certificate=trust.issue(root, certificate),
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
        made_at=datetime.now(UTC),
    )


def found(root: Path) -> Ground:
    """What `prepared` left under `root`, unlocked again."""
    return Ground(root, vault.unlock(root / "laptop", operator=OPERATOR, passphrase=PASSPHRASE))
