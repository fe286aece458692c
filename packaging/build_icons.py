"""Copy the icons the screens use from Lucide into resources/icons/.

    npm pack lucide-static@1.62.0 --pack-destination SOURCES
    python packaging/build_icons.py SOURCES/lucide-static-1.62.0.tgz

One line a file, no class attributes; `currentColor` stays, the screens put the palette's colour in its place.
"""

from __future__ import annotations

import re
import sys
import tarfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "icons"
NAMES = (
    "arrow-left",
    "arrow-right",
    "battery",
    "battery-charging",
    "calendar",
    "chart-column",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dashed",
    "circle-help",
    "circle-user",
    "circle-x",
    "clock",
    "cloud",
    "cloud-off",
    "copy",
    "credit-card",
    "download",
    "ellipsis",
    "external-link",
    "eye",
    "eye-off",
    "file-badge",
    "file-check",
    "file-output",
    "file-spreadsheet",
    "file-text",
    "folder-open",
    "funnel",
    "hard-drive",
    "history",
    "house",
    "import",
    "inbox",
    "info",
    "key-round",
    "languages",
    "list",
    "list-filter",
    "loader-circle",
    "lock",
    "lock-open",
    "log-in",
    "log-out",
    "map-pin",
    "maximize",
    "minus",
    "monitor",
    "moon",
    "pencil",
    "phone",
    "plus",
    "printer",
    "qr-code",
    "refresh-cw",
    "rotate-ccw",
    "save",
    "search",
    "send",
    "settings",
    "shield-check",
    "sparkles",
    "sun",
    "trash-2",
    "triangle-alert",
    "umbrella",
    "undo-2",
    "upload",
    "usb",
    "user",
    "user-plus",
    "users",
    "wifi",
    "wifi-off",
    "x",
)


def small(svg: str) -> str:
    """Take out what a screen does not need: comment, class, line breaks."""
    bare = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    bare = re.sub(r'\s+class="[^"]*"', "", bare)
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", bare)).replace(" >", ">").strip() + "\n"


def main(package: Path) -> None:
    """Write the icons and their licence; icons no longer named are removed."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.svg"):
        if old.stem not in NAMES:
            old.unlink()
    with tarfile.open(package) as packed:
        for name in NAMES:
            file = packed.extractfile(f"package/icons/{name}.svg")
            if file is None:
                raise SystemExit(f"Lucide has no {name}")
            (TARGET / f"{name}.svg").write_text(small(file.read().decode()))
        licence = packed.extractfile("package/LICENSE")
        if licence is None:
            raise SystemExit("the package has no LICENSE")
        (TARGET / "LICENCE.txt").write_bytes(licence.read())
    print(f"{len(NAMES)} icons")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
