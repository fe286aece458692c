"""`make bench`: every measurement, each a ratio taken in one run, printed and written to build/bench.json.

Absolute times are of this machine and this hour; only the ratios and the sizes carry over. A name as argument runs that
measurement alone.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import time

from tests.bench.figures import Figure
from tests.conftest import ROOT

MEASUREMENTS = ("enrol", "importing", "certificates", "intake", "wire", "start", "search", "window")
OUT = ROOT / "build" / "bench.json"


def main(wanted: list[str]) -> None:
    """Run what is wanted (everything when nothing is named), print the table, write the file."""
    figures: list[Figure] = []
    for name in wanted or MEASUREMENTS:
        began = time.monotonic()
        measured: list[Figure] = importlib.import_module(f"tests.bench.{name}").run()
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        figures += measured
    print("\n".join(table(figures)))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    document = {"machine": machine, "figures": [figure.document() for figure in figures]}
    OUT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{OUT.relative_to(ROOT)}")


def table(figures: list[Figure]) -> list[str]:
    """The figures as aligned lines."""
    head = ("measured", "ours", "against", "ratio", "target")
    rows = [head, *map(_cells, figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    against = "-" if figure.reference is None else f"{_number(figure.reference)} {figure.unit}, {figure.against}"
    ratio = "-" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.name, f"{_number(figure.ours)} {figure.unit}", against, ratio, figure.target or "-"


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
