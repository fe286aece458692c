"""Known trouble on the way between laptop and office. Whatever is not here is a bug.

None of these loses anything: what was entered stays on the laptop until a signed verdict settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from payung.errors import PayungError

if TYPE_CHECKING:
    from sync.certificate_code import Claims


class SyncError(PayungError):
    """Trouble of the exchange; nothing entered is lost by any of them."""

    code: ClassVar[str] = "sync"


class Offline(SyncError):
    """The office could not be reached or the line broke. Facts: `reason` (dns, refused, timeout, broken, proxy)."""

    code: ClassVar[str] = "sync.offline"
    exit_code: ClassVar[int] = 4


class TlsTrouble(Offline):
    """The server could not prove who it is. Facts: `reason` (expired, unknown_issuer, name, clock, other)."""

    code: ClassVar[str] = "sync.tls"


class CaptivePortal(Offline):
    """Somebody else answered in the office's place: a sign-in page of the network. Facts: `status`."""

    code: ClassVar[str] = "sync.captive_portal"


class ServerBusy(SyncError):
    """The office asks to come back later. Facts: `retry_after`, whole seconds, when it said so."""

    code: ClassVar[str] = "sync.busy"
    exit_code: ClassVar[int] = 4

    def __init__(self, *, retry_after: int | None = None) -> None:
        super().__init__(**({} if retry_after is None else {"retry_after": retry_after}))
        self.retry_after = retry_after


class ServerTrouble(SyncError):
    """The office's server answered, but not as it should: a wrong address or a fault there. Facts: `status`."""

    code: ClassVar[str] = "sync.server"
    exit_code: ClassVar[int] = 4


class AddressRefused(SyncError):
    """The server address in the kit or the command is not one the exchange may use. Facts: `address`."""

    code: ClassVar[str] = "sync.address"
    exit_code: ClassVar[int] = 2


class Unreadable(SyncError):
    """A message is damaged, forged or not what it should be. Facts: `reason`, a word for the log."""

    code: ClassVar[str] = "sync.unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class TooLarge(Unreadable):
    """A message is over its cap, sealed or inflated."""

    code: ClassVar[str] = "sync.too_large"


class NotAuthorised(SyncError):
    """The sender is not known, not the one it says, or not allowed. Facts: `reason`."""

    code: ClassVar[str] = "sync.not_authorised"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class Expired(NotAuthorised):
    """The device certificate or key is out of its time. Facts: `not_before`, `not_after`."""

    code: ClassVar[str] = "sync.expired"

    def __init__(self, *, not_before: str, not_after: str) -> None:
        super().__init__("expired")
        self.facts |= {"not_before": not_before, "not_after": not_after}


class VersionTooOld(SyncError):
    """The other side speaks a newer version than this program. Facts: `found`, `known`."""

    code: ClassVar[str] = "sync.version"


class Refused(SyncError):
    """The office refused a whole batch, by a signed refusal. Facts: `reason`, a word of `sync.envelope.Refusal`."""

    code: ClassVar[str] = "sync.refused"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class DeviceRevoked(Refused):
    """The office has taken this laptop's right to send."""

    code: ClassVar[str] = "sync.revoked"


class SequenceForked(Refused):
    """The office knows another batch of that number: the laptop was copied or set back to an older state."""

    code: ClassVar[str] = "sync.fork"


class StickError(SyncError):
    """The folder or stick does not do what it should; every batch is on the laptop as well."""

    code: ClassVar[str] = "stick"
    exit_code: ClassVar[int] = 6


class StickFull(StickError):
    """No room is left on the stick; nothing half written lies there."""

    code: ClassVar[str] = "stick.full"


class StickReadOnly(StickError):
    """The stick may not be written to."""

    code: ClassVar[str] = "stick.read_only"


class StickGone(StickError):
    """The folder is not there, or the stick was pulled."""

    code: ClassVar[str] = "stick.gone"


class StickTrouble(StickError):
    """The stick does not give back what was written, or answers in some other way it should not."""

    code: ClassVar[str] = "stick.trouble"


class KitError(SyncError):
    """A provisioning kit cannot be used."""

    code: ClassVar[str] = "kit"
    exit_code: ClassVar[int] = 2


class KitCodeWrong(KitError):
    """The activation code does not open this kit, or the kit was altered (the two cannot be told apart)."""

    code: ClassVar[str] = "kit.code"
    exit_code: ClassVar[int] = 3


class KitUnreadable(KitError):
    """The file is no kit, is cut off, or does not hold what a kit must. Facts: `reason`."""

    code: ClassVar[str] = "kit.unreadable"
    exit_code: ClassVar[int] = 5

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class KitTooNew(KitError):
    """The kit was made by a newer server than this program knows. Facts: `found`, `known`."""

    code: ClassVar[str] = "kit.version"


class CodeError(SyncError):
    """A certificate's printed code does not hold."""

    code: ClassVar[str] = "certificate.code"


class CodeForged(CodeError):
    """The code is damaged or was not made by the laptop it names. Facts: `reason`."""

    code: ClassVar[str] = "certificate.forged"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class CodeUnknownIssuer(CodeError):
    """The code was made under another office's root; whether it is genuine cannot be told here."""

    code: ClassVar[str] = "certificate.unknown_issuer"


class CodeExpired(CodeError):
    """The code is genuine, but its time is over. `claims` are what it says."""

    code: ClassVar[str] = "certificate.expired"

    def __init__(self, claims: Claims) -> None:
        super().__init__(expires=claims.expires.date().isoformat())
        self.claims = claims


class CodeRevoked(CodeError):
    """The code was genuine; the office has taken the certificate, or its laptop's right, back."""

    code: ClassVar[str] = "certificate.revoked"

    def __init__(self, claims: Claims) -> None:
        super().__init__()
        self.claims = claims
