"""Taking in many rows at once. Each is judged once, by the store, in the transaction that keeps all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from desktop.store import judging, revisions, room
from desktop.store.audit import Action, Deed
from desktop.store.identity import new_id
from desktop.store.revisions import Version
from desktop.store.saving import Refused, Saved, saved, today, version
from desktop.store.statements import Work
from payung import enrolment, nik
from payung.enrolment import State
from payung.facts import Facts
from payung.problem import Problem
from payung.roster import Standing, Standings

if TYPE_CHECKING:
    from desktop.store.database import Store

T = TypeVar("T")


class Desk:
    """Judges the rows of one import one after the other, each as if the good ones before it were kept.

    A refused row leaves its seat but keeps its NIK: a later row with the same one is refused as well.
    """

    def __init__(self, store: Store, work: Work, *, on: date, at: datetime, accept_warnings: bool = True) -> None:
        self._store, self._on, self._at, self._accept = store, on, at, accept_warnings
        self._holders = judging.everyone(work, store.event)
        self._own: set[str] = set()
        self.versions: list[Version] = []

    @property
    def standings(self) -> Standings:
        """Who holds a seat by now, the rows judged so far included."""
        return self._holders.standings

    def judge(self, facts: Facts, own: Sequence[Problem] = ()) -> Saved | Refused:
        """What becomes of a row; `own` are the problems of reading it, which speak for their fields alone."""
        placed = enrolment.placed(facts, self._store.event)
        judged = judging.judge(self._store, placed, self._holders, on=self._on, accept_warnings=self._accept)
        if own:
            unread = {problem.field for problem in own}
            rest = (problem for problem in judged.problems if problem.field not in unread)
            return self._refused(judged.facts, (*own, *rest))
        if judged.state is not State.READY:
            return self._refused(judged.facts, judged.problems)
        kept = version(self._store, revisions.fresh(new_id()), judged, self._at, "")
        self._take(judging.standing(kept.head.record, judged.facts, self._store.event))
        self.versions.append(kept)
        return saved(kept)

    def _refused(self, facts: Facts, problems: tuple[Problem, ...]) -> Refused:
        known = self._known(facts)
        nobody = UUID(int=len(self._own))
        standing = judging.standing(nobody, facts, self._store.event)
        whole = standing.nik if len(standing.nik) == nik.LENGTH else ""
        self._take(replace(standing, nik=whole, seat=None))
        return Refused(problems, known)

    def _known(self, facts: Facts) -> UUID | None:
        """The record of this laptop that has the same NIK at the same post and place."""
        found = self.standings.with_nik(nik.digits(facts.nik)) if facts.nik else ()
        where = (facts.post, facts.place, facts.tps)
        same = (one for one in found if (one.post, one.place, one.tps) == where and one.record_id not in self._own)
        return next((UUID(one.record_id) for one in same), None)

    def _take(self, standing: Standing) -> None:
        self._own.add(standing.record_id)
        self._holders.take(standing, State.READY)


def take_in(
    store: Store,
    rows: Callable[[Desk], T],
    *,
    expected: int,
    on: date | None = None,
    dry_run: bool = False,
    before: Callable[[T], None] | None = None,
) -> T:
    """Keeps the rows that `rows` had judged and that are ready, in one transaction: all of them or none.

    `expected` is how many may come: NoRoom is raised before anything is judged. `before` is told what `rows` gave
    before anything is kept; what it raises keeps nothing. `dry_run` keeps nothing either. The import can be taken back:
    see `desktop.store.taking_back`.
    """
    at = store.moment()
    if dry_run:
        with store.reading() as work:
            told = rows(Desk(store, work, on=on or today(store), at=at))
        if before is not None:
            before(told)
        return told
    room.require(store.folder, expected * room.ROW_BYTES)
    with store.writing() as work:
        desk = Desk(store, work, on=on or today(store), at=at)
        told = rows(desk)
        if before is not None:
            before(told)
        if desk.versions:
            count = len(desk.versions).to_bytes(4, "big")
            imported = Deed(Action.IMPORTED, new_id().bytes, count)
            revisions.keep(work, store.unlocked, at, desk.versions, closing=(imported,))
    return told


def save_many(
    store: Store, rows: Iterable[Facts], *, accept_warnings: bool = True, on: date | None = None, dry_run: bool = False
) -> tuple[Saved | Refused, ...]:
    """Keeps the ready facts in one transaction, all or none of them; the others come back as `Refused`.

    The answers are in the order of the rows. `dry_run` keeps nothing. Raises NoRoom before anything is judged.
    """
    at = store.moment()
    if not dry_run:
        rows = list(rows)
        room.require(store.folder, len(rows) * room.ROW_BYTES)
    with store.writing() as work:
        desk = Desk(store, work, on=on or today(store), at=at, accept_warnings=accept_warnings)
        answers = tuple(desk.judge(facts) for facts in rows)
        if desk.versions and not dry_run:
            revisions.keep(work, store.unlocked, at, desk.versions)
    return answers
