"""What is typed is kept as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from desktop.store import drafts
from desktop.store.database import Store
from tests.laptops import VILLAGE

SEAT = (VILLAGE, 4, "kpps-anggota", 3)


def test_a_draft_is_there_again_after_closing(store: Store, reopen: Callable[[], Store]) -> None:
    drafts.keep(store, *SEAT, {"nik": "5371 0415", "name": "Mar’ia"}, "name")
    store.close()

    with reopen() as again:
        draft = drafts.load(again, *SEAT)

    assert draft is not None
    assert draft.fields == {"nik": "5371 0415", "name": "Mar’ia"}
    assert (draft.place, draft.tps, draft.post, draft.seat, draft.focus) == (*SEAT, "name")


def test_the_newest_keys_replace_the_older_ones(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "M"})
    drafts.keep(store, *SEAT, {"name": "Maria"})

    draft = drafts.load(store, *SEAT)

    assert draft is not None
    assert draft.fields == {"name": "Maria"}


def test_each_seat_has_its_own_draft_also_without_tps_or_seat(store: Store) -> None:
    drafts.keep(store, VILLAGE, None, "pps-ketua", None, {"name": "A"})
    drafts.keep(store, *SEAT, {"name": "B"})

    ours = drafts.load(store, VILLAGE, None, "pps-ketua", None)

    assert ours is not None
    assert (ours.fields, ours.tps, ours.seat) == ({"name": "A"}, None, None)


def test_a_discarded_draft_is_gone(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "B"})
    drafts.discard(store, *SEAT)

    assert drafts.load(store, *SEAT) is None
    assert drafts.last(store) is None


def test_the_last_one_touched_says_where_the_clerk_was(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "B"}, "name")
    store.clock = lambda: datetime(2030, 1, 1, tzinfo=UTC)
    drafts.keep(store, VILLAGE, 5, "linmas", 1, {"name": "C"}, "phone")

    last = drafts.last(store)

    assert last is not None
    assert (last.tps, last.post, last.focus) == (5, "linmas", "phone")
