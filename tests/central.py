"""A central office and laptops for tests: a real embedded PostgreSQL, real keys, the service on a real port.

`Central` is the office in a folder; `Laptop` speaks the wire as a laptop does, without a store. Persons are invented.
"""

from __future__ import annotations

import itertools
import shutil
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from sqlalchemy import Engine

from payung import event as election
from payung import region as places
from payung.bodies import Institution
from payung.facts import Facts
from payung.person import Sex
from sync.batch import Batch, Health, batch_hash, sign_revisions
from sync.envelope import (
    REPLY_CAP,
    MessageKind,
    key_id,
    open_sealed,
    peek,
    read_refusal,
    sign_and_seal,
    signer_id,
)
from sync.kit import Kit, new_activation_code, seal_kit
from sync.reply import Reply
from sync.revision import Kind, Revision
from sync.server import accounts, app, database, desk, devices, intake, keys, offices, setup, stations
from sync.server.config import Config
from sync.server.desk import Desk
from sync.trust import verify

STATIONS = Path(__file__).parent / "data" / "tps.csv"
KUPANG, SULAMU, OKU = "53.71.04.1001", "53.01.16.2001", "16.08.01.1007"
PASSWORD = "payung kertas biru"

_persons = itertools.count()


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder for an office, gone at the end.

    Not below pytest's own, which every run of pytest closes to others: the embedded PostgreSQL has a user of its own.
    """
    made = Path(tempfile.mkdtemp(prefix="payung-office-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@dataclass(frozen=True)
class Central:
    """One central office: `start` sets it up with the practice event and the sample stations."""

    config: Config
    database: database.Database
    engine: Engine
    desk: Desk

    @classmethod
    def start(cls, folder: Path, *, url: str | None = None) -> Central:
        """Set an office up in the folder, on its embedded PostgreSQL unless an address is given."""
        config = Config(data=folder, url=url)
        setup.initialise(config, election.load("latihan"))
        home = database.open_database(config)
        engine = home.owner_engine()
        found, _ = stations.read(STATIONS, places.load())
        with engine.begin() as connection:
            stations.keep(connection, "latihan", found)
        with home.connect_app() as connection:
            ready = desk.opened(connection, keys.Ring(config.keys))
        return cls(config, home, engine, ready)

    def stop(self) -> None:
        """Let go of the database; the embedded one ends with its last user."""
        self.engine.dispose()
        database.stop_embedded(self.config)

    def kit(
        self,
        *villages: str,
        institution: Institution = Institution.KPU,
        server_url: str = "http://127.0.0.1:1",
        now: datetime | None = None,
    ) -> Kit:
        """Make one laptop's kit, unsealed."""
        order = devices.Order(
            villages=villages or (KUPANG,),
            institution=institution,
            event=election.load("latihan"),
            server_url=server_url,
        )
        with self.engine.begin() as connection:
            return devices.provision(connection, order, keys=self.desk.keys, regions=places.load(), now=now)

    def kit_file(self, file: Path, *villages: str, server_url: str = "http://127.0.0.1:1") -> str:
        """Write one laptop's kit; the activation code."""
        code = new_activation_code()
        file.write_bytes(seal_kit(self.kit(*villages, server_url=server_url), code))
        return code

    def laptop(self, *villages: str, institution: Institution = Institution.KPU) -> Laptop:
        """Provision a laptop that speaks the wire."""
        return Laptop(self.kit(*villages, institution=institution))

    def user(self, region: str, *, side: offices.Side = offices.Side.KPU, role: str = "operator") -> str:
        """Add a person with `PASSWORD` to the region's office, made when it is not there; the login."""
        login = f"petugas-{uuid.uuid4().hex[:10]}"
        with self.engine.begin() as connection:
            office = offices.covering(connection, region, side)
            if office is None or office.region != region:
                office = offices.add(
                    connection, region=region, side=side, name=f"{side} {region}", contact="", regions=places.load()
                )
            accounts.add(connection, office=office, login=login, role=accounts.Role(role), password=PASSWORD)
        return login

    def take(self, sealed: bytes) -> bytes:
        """Hand one batch to the intake on a connection of its own."""
        with self.database.connect_app() as connection:
            return intake.take(connection, sealed, desk=self.desk)

    def count(self, table: str, *, device: uuid.UUID | None = None) -> int:
        """Count the rows of a table, of one laptop if named."""
        query = f"SELECT count(*) FROM {table}" + (" WHERE device = %s" if device else "")
        with self.database.connect_owner() as connection:
            row = connection.execute(query, [device] if device else None).fetchone()
        assert row is not None
        return int(row[0])

    def app_rows(self, query: str, **settings: str) -> list[tuple[object, ...]]:
        """Run a query as the service's role under these settings of the transaction: `device_id`, `office_region` …"""
        with self.database.connect_app() as connection, connection.transaction(force_rollback=True):
            for name, value in settings.items():
                connection.execute("SELECT set_config(%s, %s, true)", [f"payung.{name}", value])
            return connection.execute(query).fetchall()

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve over real HTTP on a free loopback port, in a thread; the address."""
        made = app.create(self.config)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(made, log_level="error", access_log=False, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)
            listening.close()


@dataclass
class Laptop:
    """A laptop as the wire sees it: its kit, its operator, its chain of batches."""

    kit: Kit
    operator: uuid.UUID = field(default_factory=uuid.uuid4)
    operator_key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    sequence: int = 0
    previous: bytes | None = None
    cursor: int = 0
    epoch: bytes | None = None
    last: Batch | None = None

    @property
    def certificate(self) -> object:
        """The certificate of the kit."""
        return verify(self.kit.device_certificate, self.kit.root_public, None)

    @property
    def device(self) -> uuid.UUID:
        """The laptop's id."""
        return verify(self.kit.device_certificate, self.kit.root_public, None).device

    def batch(self, revisions: Sequence[Revision] = (), **changes: object) -> Batch:
        """Make the next batch of these revisions, signed by their operator."""
        self.sequence += 1
        facts: dict[str, object] = {
            "device": self.device,
            "sequence": self.sequence,
            "previous": self.previous,
            "event": "latihan",
            "at": datetime.now(UTC),
            "counter": self.sequence,
            "cursor": self.cursor,
            "epoch": self.epoch,
            "health": Health(
                app_version="0.1.0", free_bytes=10**9, counts={"ready": len(revisions)}, oldest_unsent=None
            ),
            "revisions": tuple(revisions),
            "signatures": (
                (sign_revisions(self.operator, self.operator_key, device=self.device, revisions=revisions),)
                if revisions
                else ()
            ),
        }
        made = Batch(**{**facts, **changes})  # type: ignore[arg-type]
        self.previous = batch_hash(made.encode())
        self.last = made
        return made

    def seal(
        self, batch: Batch, *, signer: Ed25519PrivateKey | None = None, as_device: uuid.UUID | None = None
    ) -> bytes:
        """Seal a batch to the office, as another signer or under another name if asked."""
        return sign_and_seal(
            batch.encode(),
            kind=MessageKind.BATCH,
            signer=signer or Ed25519PrivateKey.from_private_bytes(self.kit.sign_private),
            signer_id=(as_device or self.device).bytes,
            to=X25519PublicKey.from_public_bytes(self.kit.intake_public),
        )

    def sealed(self, *revisions: Revision, **changes: object) -> bytes:
        """Make and seal the next batch."""
        return self.seal(self.batch(revisions, **changes))

    def read(self, answer: bytes, *, of: bytes, batch: Batch | None = None) -> Reply:
        """Open the office's answer; raises what a refusal says."""
        reply_key = Ed25519PublicKey.from_public_bytes(self.kit.reply_public)
        if peek(answer).kind is MessageKind.REFUSAL:
            raise read_refusal(answer, of=of, reply_keys={signer_id(self.kit.reply_public): reply_key})
        private = X25519PrivateKey.from_private_bytes(self.kit.seal_private)
        opened = open_sealed(
            answer,
            kind=MessageKind.REPLY,
            keys={key_id(private.public_key().public_bytes_raw()): private},
            verifier={signer_id(self.kit.reply_public): reply_key}.get,
            cap=REPLY_CAP,
        )
        sent = batch or self.last
        assert sent is not None
        reply = Reply.decode(opened.body, sent.keys())
        self.cursor, self.epoch = reply.cursor, reply.epoch
        return reply

    def exchange(self, central: Central, *revisions: Revision, **changes: object) -> Reply:
        """Send the next batch and read the answer."""
        sealed = self.sealed(*revisions, **changes)
        return self.read(central.take(sealed), of=sealed)

    def saved(self, facts: Facts | None = None, *, after: Revision | None = None, **changes: object) -> Revision:
        """Save a record: a new one, or the next version after another."""
        made: dict[str, object] = {
            "record": after.record if after else uuid.uuid4(),
            "number": after.number + 1 if after else 1,
            "parent": after.hash() if after else None,
            "kind": Kind.SAVED,
            "at": datetime.now(UTC),
            "operator": self.operator,
            "facts": facts or (after.facts if after else officer()),
        }
        return Revision(**{**made, **changes})  # type: ignore[arg-type]


def officer(place: str = KUPANG, **changes: object) -> Facts:
    """Invent an officer nobody else has, ready to be sent."""
    number = next(_persons)
    born = date(1980, 1, 1) + timedelta(days=number // 100)
    facts: dict[str, object] = {
        "place": place,
        "post": "kpps-anggota",
        "tps": 1 + number % 10,
        "seat": 2 + number % 6,
        "nik": f"{place[:8].replace('.', '')}{born:%d%m%y}99{number % 100:02d}",
        "name": f"Orang Uji {_letters(number)}",
        "birthplace": "Kupang",
        "birthdate": born,
        "sex": Sex.L,
    }
    return Facts(**{**facts, **changes})  # type: ignore[arg-type]


def officers(count: int, place: str = KUPANG) -> list[Facts]:
    """Invent that many officers."""
    return [officer(place) for _ in range(count)]


def _letters(number: int) -> str:
    """A name without digits: 0 A, 1 B, … 26 BA."""
    out = ""
    while True:
        number, rest = divmod(number, 26)
        out = chr(65 + rest) + out
        if number == 0:
            return out


__all__ = ["KUPANG", "OKU", "PASSWORD", "STATIONS", "SULAMU", "Central", "Laptop", "folder", "officer", "officers"]
