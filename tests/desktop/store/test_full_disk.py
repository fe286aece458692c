"""A disk with no room left: told in words, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from desktop.store import enrolments
from desktop.store.database import Store, check
from desktop.store.vault import Unlocked
from tests.conftest import ROOT
from tests.laptops import PASSPHRASE

FILL = """
import json, resource, sys
from pathlib import Path
from desktop.store import drafts, enrolments, vault
from desktop.store.database import Store
from desktop.store.errors import DiskFull, StoreIO
from tests.desktop.store.officers import officers
folder = Path(sys.argv[1])
store = Store.open(folder, vault.unlock(folder, passphrase=sys.argv[2]))
largest = max(path.stat().st_size for path in folder.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 200_000, resource.RLIM_INFINITY))
kept, trouble = [], ""
everyone = list(officers(98))
try:
    for facts in everyone:
        kept.append(str(enrolments.save(store, facts).id))
except (DiskFull, StoreIO) as error:
    trouble = error.code
readable = sum(enrolments.counts(store).values())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
after = enrolments.save(store, everyone[len(kept)])
kept.append(str(after.id))
print(json.dumps({"kept": kept, "trouble": trouble, "readable": readable}))
store.close()
"""


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(folder: Path, unlocked: Unlocked) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(folder), PASSPHRASE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)

    assert said["trouble"] in {"store.disk_full", "store.io"}
    assert 1 <= said["readable"] == len(said["kept"]) - 1 < 98
    with Store.open(folder, unlocked) as store:
        assert {row.record for tps in range(1, 15) for row in enrolments.roster(store, "53.71.04.1001", tps)} >= {
            UUID(kept) for kept in said["kept"]
        }
        assert check(store).sound


def test_a_vault_that_cannot_be_written_is_not_half_written(tmp_path: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from desktop.store import vault
from desktop.store.errors import DiskFull, StoreIO
resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
try:
    vault.create(Path(sys.argv[1]), operator="Siti", passphrase=sys.argv[2])
except (DiskFull, StoreIO) as error:
    print(error.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), PASSPHRASE], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() in {"store.disk_full", "store.io"}, done.stderr
    assert list(tmp_path.iterdir()) == []
