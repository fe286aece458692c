"""Which generation of the vault file the database has seen: an older file put in its place is noticed.

Every change of who may open the laptop is an entry of the audit that carries the vault file's generation. A copy of the
whole folder set back to an earlier day agrees with itself; only the office, which has seen later batches, notices that.
"""

from __future__ import annotations

import struct

from sqlalchemy import or_, select

from desktop.store.audit import Action, Deed
from desktop.store.header import Header
from desktop.store.statements import Query, Work
from desktop.store.tables import AuditEntry

_NUMBER = struct.Struct(">Q")
_CHANGES = (Action.OPERATOR_ADDED, Action.OPERATOR_REMOVED, Action.PASSPHRASE_CHANGED, Action.RECOVERED)
_LATEST = Query(
    select(AuditEntry.detail)
    .where(or_(*(AuditEntry.action == action.value for action in _CHANGES)))
    .order_by(AuditEntry.number.desc())
    .limit(1)
)


def deed(action: Action, operator: bytes, header: Header) -> Deed:
    """The audit's entry of a change to that operator which the header is the result of."""
    return Deed(action, operator, _NUMBER.pack(header.generation) + header.mac)


def latest(work: Work) -> int:
    """The newest generation the audit tells of, 0 when it tells of none."""
    row = work.one(_LATEST)
    return 0 if row is None or len(row[0]) < _NUMBER.size else int(_NUMBER.unpack_from(row[0])[0])
