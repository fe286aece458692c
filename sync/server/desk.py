"""What the intake needs at hand: the office's keys, its epoch, the regions, and what never changes about a laptop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from payung import clock
from payung import region as places
from payung.event import Event
from payung.region import Regions
from sync.envelope import MessageKind, peek, refuse, sign_and_seal, signer_id
from sync.errors import SyncError
from sync.server import events
from sync.server.cabinet import Cabinet
from sync.server.errors import SchemaMissing
from sync.server.keys import Keys, Pair, Ring
from sync.trust import DeviceCertificate, verify

_FORGET_ABOVE = 4096  # laptops kept in memory

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """A laptop as its certificate has it: a changed one is another laptop. `event` is the office's current version."""

    certificate: DeviceCertificate
    sign_key: Ed25519PublicKey
    seal_key: X25519PublicKey

    @property
    def device(self) -> UUID:
        """The laptop's id."""
        return self.certificate.device


@dataclass(frozen=True, slots=True)
class Desk:
    """The office's side of every exchange. `now` is the server's clock, UTC; `ring` holds the keys as they are now."""

    ring: Ring
    cabinet: Cabinet
    epoch: bytes
    regions: Regions
    now: Callable[[], datetime]
    _senders: dict[bytes, Sender] = field(default_factory=dict)

    def sender(self, connection: Connection, signer: bytes) -> Sender | None:
        """Find the laptop that signs with this id; None when the office never issued it."""
        known = self._senders.get(signer)
        if known is not None:
            return known
        device = str(UUID(bytes=signer))
        with connection.transaction():
            connection.execute("SELECT set_config('payung.device_id', %s, true)", [device])
            row = connection.execute("SELECT certificate FROM device WHERE id = %s", [device]).fetchone()
        if row is None:
            return None
        certificate = verify(bytes(row[0]), self.keys.root.public_key().public_bytes_raw(), None)
        found = Sender(
            certificate,
            Ed25519PublicKey.from_public_bytes(certificate.sign_key),
            X25519PublicKey.from_public_bytes(certificate.seal_key),
        )
        if len(self._senders) >= _FORGET_ABOVE:
            self._senders.clear()
        self._senders[signer] = found
        return found

    def event(self, body: bytes) -> Event:
        """Read the event from its stored file, each version once."""
        return events.parsed(body)

    def today(self, region: str) -> date:
        """Tell the day it is in that region."""
        return self.now().astimezone(clock.zone(region)).date()

    @property
    def keys(self) -> Keys:
        """The office's keys, with a pair that was made since."""
        return self.ring.keys

    def pair_for(self, sealed: bytes) -> Pair:
        """The pair these bytes are sealed to, by which their sender knows the office; else the newest."""
        keys = self.ring.keys
        try:
            return keys.pair_of(peek(sealed).key_id) or keys.newest
        except SyncError:
            return keys.newest

    def seal(self, reply: bytes, to: Sender, *, by: Pair) -> bytes:
        """Sign and seal a reply so that only this laptop reads it."""
        return sign_and_seal(
            reply, kind=MessageKind.REPLY, signer=by.reply, signer_id=signer_id(by.reply_public), to=to.seal_key
        )

    def refusal(self, sealed: bytes, reason: str) -> bytes:
        """Refuse exactly these bytes, whole, under the reply key their sender knows."""
        return refuse(sealed, reason=reason, at=self.now(), reply_key=self.pair_for(sealed).reply)


def opened(connection: Connection, ring: Ring, *, now: Callable[[], datetime] | None = None) -> Desk:
    """Make the desk ready for work on this database; raises SchemaMissing before the office was set up."""
    with connection.transaction():
        row = connection.execute("SELECT epoch FROM installation").fetchone()
    if row is None:
        raise SchemaMissing(found="-", wanted="-")
    return Desk(
        ring=ring,
        cabinet=Cabinet(ring.keys),
        epoch=bytes(row[0]),
        regions=places.load(),
        now=now or (lambda: datetime.now(UTC)),
    )
