"""What stands on undamaged pages is salvaged, whatever happened to the others."""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from pathlib import Path

import pytest

from desktop.store import salvage
from desktop.store.database import Store, check
from desktop.store.errors import BeyondSalvage
from desktop.store.vault import DATABASE_NAME
from tests.faults import figures, grounds
from tests.faults.extent import DAMAGES, chance
from tests.faults.grounds import Ground
from tests.faults.test_damage import Laptop, bit_flip, cut_anywhere, cut_at_page, laptop, overwritten, zeroed

__all__ = ["laptop"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + DAMAGES)]


def test_what_is_undamaged_is_salvaged_into_a_store_that_agrees_with_itself(
    laptop: Laptop, ground: Ground, place: Path
) -> None:
    luck = chance("salvage")
    seen: Counter[str] = Counter(files=max(5, DAMAGES // 20))
    damages = itertools.cycle((bit_flip, cut_at_page, cut_anywhere, zeroed, overwritten))

    for _, damage in zip(range(seen["files"]), damages, strict=False):
        folder, out = place / "data", place / "out"
        for standing in (folder, out):
            shutil.rmtree(standing, ignore_errors=True)
        shutil.copytree(laptop.closed, folder)
        damage(folder / DATABASE_NAME, luck)
        try:
            done = salvage.salvage(folder, ground.unlocked, out, kit=ground.kit)
        except BeyondSalvage:
            seen["beyond"] += 1
            continue
        with Store.open(out, ground.unlocked) as store:
            assert check(store).sound, check(store).findings
        seen.update(records=grounds.STANDING + 14, saved=len(done.saved), set_back=len(done.set_back))
        seen.update(lost=len(done.lost))

    figures.note("salvage", **seen)
    assert seen["saved"] > seen["records"] // 2
