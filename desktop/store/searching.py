"""Finding people by a few keys: parts of the name, figures of the NIK, the polling station, the certificate's number.

What is looked through lies in memory, one short line a record, and is brought up to date from the audit before each
search: nothing about a person stands twice on the disk, and what is purged is gone here too. It is dropped at locking.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from sqlalchemy import LargeBinary, bindparam, func, select, type_coerce

from desktop.store.revisions import Exchange
from desktop.store.seating import Mark, status
from desktop.store.statements import Query, Work
from desktop.store.tables import AuditEntry, CertificateNumber, Record
from payung import certificate, nik
from payung.enrolment import State

if TYPE_CHECKING:
    from desktop.store.database import Store

MOST = 12
SHORTEST_RUN = 4  # figures of a NIK found anywhere in it; fewer are its beginning, or a polling station
SHORTEST_WORD = 2
MOST_CHANGES = 2_000  # records changed since, above which everything is read anew
MOST_OF_A_NUMBER = 7  # characters from which a certificate's number means nothing else
_TAG, _RUNNING = 4, 4  # characters of a certificate number: the device's tag, the running number
_TYPED = (_RUNNING, _RUNNING + 1, _TAG + _RUNNING, _TAG + _RUNNING + 1)  # with or without tag and check character
_SILENT = str.maketrans(dict.fromkeys("'’`´", None))

_Line: TypeAlias = tuple[str, bytes]  # " martha bulu laka\t5371044108889902\t004\t", and the record's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that was found; `nik` is masked, `status` the code of a word."""

    record: UUID
    place: str
    tps: int | None
    post: str
    seat: int | None
    name: str
    nik: str
    mark: Mark
    status: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: words of a name, runs of figures of a NIK, and figures too few for one."""

    words: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    few: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether it says enough to look for."""
        return bool(self.runs or self.few or any(len(word) >= SHORTEST_WORD for word in self.words))

    def strict(self) -> list[tuple[str, ...]]:
        """For each part the pieces of which a line must have one: beginnings of words, polling stations."""
        stations = [(_station(few),) for few in self.few]
        return [*((f" {word}",) for word in self.words), *((run,) for run in self.runs), *stations]

    def loose(self) -> list[tuple[str, ...]]:
        """The same with words from anywhere, and few figures as the beginning of a NIK too."""
        begins = [(_station(few), f"\t{few}") if len(few) > 1 else (_station(few),) for few in self.few]
        return [*((word,) for word in self.words), *((run,) for run in self.runs), *begins]

    def matches(self, line: str) -> bool:
        """Whether the line of somebody is among what is looked for."""
        return all(any(piece in line for piece in pieces) for pieces in self.loose())


_LINES = (type_coerce(Record.id, LargeBinary), Record.name, Record.nik, Record.tps)
_EVERYBODY = Query(select(*_LINES).where(Record.withdrawn == False))  # noqa: E712
_ONE_LINE = Query(select(*_LINES).where(Record.id == bindparam("record"), Record.withdrawn == False))  # noqa: E712
_NOW = Query(select(func.coalesce(func.max(AuditEntry.number), 0)))
_SINCE = Query(
    select(AuditEntry.subject)
    .where(AuditEntry.number > bindparam("seen"), func.length(AuditEntry.subject) == len(UUID(int=0).bytes))
    .distinct()
    .limit(MOST_CHANGES + 1)
)
_CARD = Query(
    select(
        Record.id,
        Record.place,
        Record.tps,
        Record.post,
        Record.seat,
        Record.name,
        Record.nik,
        Record.state,
        Record.exchange,
    ).where(Record.id == bindparam("record"), Record.withdrawn == False)  # noqa: E712
)
_NUMBERED = Query(
    select(CertificateNumber.number, CertificateNumber.record).where(CertificateNumber.sequence == bindparam("nth"))
)


class Index:
    """The lines of one open store, for one thread at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lines: list[_Line] = []
        self._text = ""
        self._begins = array("Q")
        self._seen = 0

    def find(self, text: str, most: int = MOST) -> tuple[Found, ...]:
        """Whom the text means, at most so many: by certificate first, then by beginnings of words, then by any part."""
        with self._store.reading() as work:
            self._follow(work)
            certified = list(_by_certificate(work, text))
            whole = certified and len(folded(text)) > MOST_OF_A_NUMBER
            wanted = dict.fromkeys(certified if whole else [*certified, *self._ids(asked(text), most)])
            found = (_card(work, record) for record in wanted)
            return tuple(islice((one for one in found if one is not None), most))

    def prepare(self) -> None:
        """Read the lines, so that the first search need not."""
        with self._store.reading() as work:
            self._follow(work)

    def _ids(self, wanted: Asked, most: int) -> Iterable[UUID]:
        if not wanted.enough:
            return ()
        found = list(islice(self._hits(wanted.strict()), most))
        if len(found) < most and (wanted.words or wanted.few):
            known = set(found)
            found += islice((nth for nth in self._hits(wanted.loose()) if nth not in known), most - len(found))
        return (UUID(bytes=self._lines[nth][1]) for nth in found)

    def _hits(self, parts: list[tuple[str, ...]]) -> Iterator[int]:
        """The lines that have a piece of every part, in order; the rarest part sifts first, at the speed of C."""
        text, ends = self._text, len(self._text)
        if len(parts) > 1:
            parts = sorted(parts, key=lambda pieces: sum(map(text.count, pieces)))
        sieve, *rest = parts
        at = 0
        while (at := min((place for piece in sieve if (place := text.find(piece, at)) >= 0), default=ends)) < ends:
            begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            line = text[begin:end]
            if all(any(piece in line for piece in pieces) for pieces in rest):
                yield bisect_left(self._begins, begin)
            at = end

    def _follow(self, work: Work) -> None:
        now = work.all(_NOW)[0][0]
        if now == self._seen:
            return
        changed = [bytes(subject) for (subject,) in work.all(_SINCE, seen=self._seen)] if self._seen else []
        if not self._seen or len(changed) > MOST_CHANGES:
            self._lines = sorted(_line(*row) for row in work.each(_EVERYBODY))
            self._join()
        elif changed:
            self._renew(work, changed)
        self._seen = now

    def _renew(self, work: Work, changed: list[bytes]) -> None:
        gone = set(changed)
        self._lines = [kept for kept in self._lines if kept[1] not in gone]
        for record in changed:
            row = work.one(_ONE_LINE, record=UUID(bytes=record))
            if row is not None:
                insort(self._lines, _line(*row))
        self._join()

    def _join(self) -> None:
        self._text = "".join([f"{text}\n" for text, _ in self._lines])
        lengths = (len(text) + 1 for text, _ in self._lines)
        self._begins = array("Q", accumulate(lengths, initial=0))


def asked(text: str) -> Asked:
    """What a typed text looks for. Groups of figures that follow one another are one NIK ("537104 140896")."""
    words: list[str] = []
    figures: list[str] = []
    joining = False
    for part in folded(text).split():
        digits = part.isascii() and part.isdigit()
        if digits and joining:
            figures[-1] += part
        elif digits:
            figures.append(part)
        elif part != "tps":
            words.append(part)
        joining = digits and len(figures[-1]) >= SHORTEST_RUN
    runs = tuple(part for part in figures if len(part) >= SHORTEST_RUN)
    return Asked(tuple(words), runs, tuple(part for part in figures if len(part) < SHORTEST_RUN))


def _station(figures: str) -> str:
    return f"\t{int(figures):03}\t"


def line(name: str, number: str, tps: int | None) -> str:
    """What is looked through for one person."""
    return f" {folded(name)}\t{number}\t{'' if tps is None else f'{tps:03}'}\t"


def _line(record: bytes, name: str, number: str, tps: int | None) -> _Line:
    return (line(name, number, tps), bytes(record))


def folded(text: str) -> str:
    """Lower case without accents; what is neither letter nor figure parts words, an apostrophe does not."""
    plain = text.lower().translate(_SILENT)
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    if not plain.replace(" ", "").isalnum():
        plain = "".join(char if char.isalnum() else " " for char in plain)
    return " ".join(plain.split())


def _by_certificate(work: Work, text: str) -> Iterator[UUID]:
    """The record whose certificate bears the number typed, whole or by its last part; the running number is the key."""
    typed = "".join(char for char in text.upper() if char.isalnum()).removeprefix(certificate.PREFIX)
    if len(typed) not in _TYPED:
        return
    running = typed[_TAG : _TAG + _RUNNING] if len(typed) > _RUNNING + 1 else typed[:_RUNNING]
    if not set(running) <= set(certificate.ALPHABET):
        return
    nth = 0
    for char in running:
        nth = nth * len(certificate.ALPHABET) + certificate.ALPHABET.index(char)
    row = work.one(_NUMBERED, nth=nth)
    if row is not None and typed in row[0].replace("-", ""):
        yield row[1]


def _card(work: Work, record: UUID) -> Found | None:
    row = work.one(_CARD, record=record)
    if row is None:
        return None
    _, place, tps, post, seat, name, number, state, exchange = row
    mark = Mark.of(State(state), Exchange(exchange))
    return Found(
        record=record,
        place=place,
        tps=tps,
        post=post,
        seat=seat,
        name=name,
        nik=nik.masked(number) if number else "",
        mark=mark,
        status=status(mark, Exchange(exchange)),
    )
