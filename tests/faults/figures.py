"""What the fault tests have counted, kept under build/faults/ for whoever asks how much was tried.

Run as a module it prints them together, held against how much the long form has to try.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from tests.conftest import ROOT
from tests.faults.extent import SEED

FOLDER = ROOT / "build" / "faults"


def note(name: str, **counted: object) -> None:
    """Writes one test's figures, with the seed they came from."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    told = json.dumps({"seed": SEED} | counted, indent=1)
    (FOLDER / f"{name}.json").write_text(told + "\n", encoding="utf-8")


LEAST = {"kills": 500, "images": 5000, "io calls": 1000, "damaged files": 1000}
_KINDS = {"kill-": "kills", "power-loss-": "images", "io-": "tried", "damage-": ""}


def told() -> tuple[str, bool]:
    """Every figure there is, a line for each kind of fault, and whether as much was tried as has to be."""
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    of = {start: {name: one for name, one in kept.items() if name.startswith(start)} for start in _KINDS}
    controls = {name: of["power-loss-"].pop(name) for name in list(of["power-loss-"]) if "-control-" in name}
    kills, images, calls = (_summed(of[start]) for start in ("kill-", "power-loss-", "io-"))
    damage, files = _damaged(of["damage-"])
    tried = {"kills": kills["kills"], "images": images["images"], "io calls": calls["tried"], "damaged files": files}
    lines = [
        f"kill -9 over {len(of['kill-'])} paths: {kills['kills']} kills, {kills['broken']} promises broken",
        f"power loss over {len(of['power-loss-'])} paths: {images['images']} disks, {images['lost']} with a loss",
        *(f"  {name}: {one['images']} disks, {one['lost']} with a loss" for name, one in controls.items()),
        f"refused calls: {calls['tried']} of {calls['calls']}, {calls['told']} told, {calls['broken']} promises broken",
        f"damaged files: {files}; " + ", ".join(f"{count} {how}" for how, count in sorted(damage.items())),
        *(f"  salvage: {one}" for name, one in kept.items() if name == "salvage"),
    ]
    short = [f"too few {what}: {tried[what]} of {least}" for what, least in LEAST.items() if tried[what] < least]
    return "\n".join([*lines, *short]), not short


def _summed(of: dict[str, dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in of.values():
        total.update({name: count for name, count in one.items() if name != "seed"})
    return total


def _damaged(of: dict[str, dict[str, int]]) -> tuple[Counter[str], int]:
    """How damaged files were met, and how many they were: those of the header count by their own word."""
    total = _summed({name: one for name, one in of.items() if name != "damage-header"})
    total.pop("pages", None)
    return total, total.total() + of.get("damage-header", {}).get("damaged", 0)


if __name__ == "__main__":
    words, enough = told()
    print(words)
    sys.exit(0 if enough else 1)
