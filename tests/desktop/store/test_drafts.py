"""What is typed is kept as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.store import drafts
from desktop.store.database import Store
from desktop.store.vault import Unlocked
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


def test_a_draft_thrown_away_comes_back_for_seven_days(store: Store, reopen: Callable[[], Store]) -> None:
    drafts.keep(store, *SEAT, {"name": "Mariana", "nik": "5371"}, "nik")

    thrown = drafts.discard(store, *SEAT)

    assert thrown is not None
    assert drafts.load(store, *SEAT) is None
    store.close()
    with reopen() as again:
        assert [one.id for one in drafts.binned(again)] == [thrown.id]
        back = drafts.restore(again, thrown.id)
        kept = drafts.load(again, *SEAT)
        assert drafts.binned(again) == ()
    assert back is not None
    assert kept is not None
    assert (kept.fields, kept.focus) == (back.fields, "nik") == ({"name": "Mariana", "nik": "5371"}, "nik")


def test_the_bin_is_emptied_at_the_first_opening_after_seven_days(
    store: Store, folder: Path, unlocked: Unlocked
) -> None:
    drafts.keep(store, *SEAT, {"name": "B"})
    thrown = drafts.discard(store, *SEAT)
    assert thrown is not None
    store.close()

    def rows(at: datetime) -> int:
        with Store.open(folder, unlocked, clock=lambda: at) as opened, opened.reading() as work:
            return int(work.driver.execute("SELECT count(*) FROM bin").fetchone()[0])

    assert rows(thrown.gone_after - timedelta(minutes=1)) == 1
    assert rows(thrown.gone_after) == 0


def test_what_lay_too_long_is_not_offered_though_the_store_stayed_open(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "B"})
    thrown = drafts.discard(store, *SEAT)
    assert thrown is not None
    store.clock = lambda: thrown.gone_after

    assert drafts.binned(store) == ()


def test_taking_a_draft_back_loses_nothing_typed_since(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "dulu"})
    thrown = drafts.discard(store, *SEAT)
    assert thrown is not None
    drafts.keep(store, *SEAT, {"name": "sekarang"})

    drafts.restore(store, thrown.id)

    kept = drafts.load(store, *SEAT)
    assert kept is not None
    assert kept.fields == {"name": "dulu"}
    assert [one.draft.fields for one in drafts.binned(store)] == [{"name": "sekarang"}]


def test_nothing_typed_leaves_nothing_in_the_bin(store: Store) -> None:
    assert drafts.discard(store, *SEAT) is None
    assert drafts.restore(store, 1) is None


def test_a_draft_that_was_saved_is_forgotten_for_good(store: Store) -> None:
    drafts.keep(store, *SEAT, {"name": "B"})
    drafts.finish(store, *SEAT)

    assert drafts.load(store, *SEAT) is None
    assert drafts.binned(store) == ()


def test_the_bin_shows_the_last_thrown_away_first_each_with_its_seat(store: Store) -> None:
    for seat in (3, 4):
        drafts.keep(store, VILLAGE, 4, "kpps-anggota", seat, {"name": str(seat)})
        drafts.discard(store, VILLAGE, 4, "kpps-anggota", seat)
    drafts.keep(store, VILLAGE, None, "pps-ketua", None, {"name": "tanpa"})
    drafts.discard(store, VILLAGE, None, "pps-ketua", None)

    found = [(one.draft.tps, one.draft.seat) for one in drafts.binned(store)]

    assert found == [(None, None), (4, 4), (4, 3)]
