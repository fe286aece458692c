"""What the fault tests have counted, kept under build/faults/ for whoever asks how much was tried."""

from __future__ import annotations

import json

from tests.conftest import ROOT
from tests.faults.extent import SEED

FOLDER = ROOT / "build" / "faults"


def note(name: str, **counted: object) -> None:
    """Writes one test's figures, with the seed they came from."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    told = json.dumps({"seed": SEED} | counted, indent=1)
    (FOLDER / f"{name}.json").write_text(told + "\n", encoding="utf-8")
