"""Draw every screen and state into build/screens/<look>/: run it where Qt can draw (offscreen, Xvfb or a desktop).

usage: python packaging/screens.py [--look biasa] [--only beranda --only sinkronisasi]
Without --look every look is drawn, each in a process of its own, since Qt scales a whole process. Every person drawn
is invented; the NIKs carry serials 99xx.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "screens"


@dataclass(frozen=True, slots=True)
class Look:
    """One way of seeing the same screens: the window in logical pixels, Qt's scale, text size in per cent, colours."""

    width: int = 1366
    height: int = 768
    scale: float = 1
    text: int = 100
    dark: bool = False
    only: tuple[str, ...] = ()


MAIN = ("beranda", "pendaftaran", "pendaftaran-kesalahan", "pendaftaran-nik-ganda", "sertifikat", "sinkronisasi")
LOOKS = {
    "biasa": Look(),
    "teks150": Look(text=150),
    "skala150": Look(911, 512, scale=1.5),  # the same laptop of 1366x768, Windows set to 150 %
    "skala200": Look(683, 384, scale=2),
    "gelap": Look(dark=True, only=(*MAIN, "buka-kunci", "impor-periksa", "rekap", "pengaturan-appearance", "bantuan")),
}


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", choices=tuple(LOOKS), action="append")
    parser.add_argument("--only", action="append", default=[], help="names of states")
    asked = parser.parse_args()
    if asked.look and len(asked.look) == 1:
        draw(asked.look[0], tuple(asked.only))
        return
    only = [argument for name in asked.only for argument in ("--only", name)]
    for name in asked.look or LOOKS:
        environment = {**os.environ, "QT_SCALE_FACTOR": str(LOOKS[name].scale)}
        subprocess.run([sys.executable, __file__, "--look", name, *only], env=environment, check=True)


def draw(name: str, only: tuple[str, ...]) -> None:
    """One look, in this process."""
    platform = os.environ.get("QT_QPA_PLATFORM")  # the tests' own would take its place
    look = LOOKS[name]
    os.environ["QT_SCALE_FACTOR"] = str(look.scale)
    sys.path.insert(0, str(ROOT))
    import screen_laptop  # noqa: PLC0415 - once Qt's scale is known
    import screen_states  # noqa: PLC0415

    if platform is None:
        os.environ.pop("QT_QPA_PLATFORM", None)
    else:
        os.environ["QT_QPA_PLATFORM"] = platform
    from desktop import app, i18n, settings  # noqa: PLC0415
    from desktop.tasks import Tasks  # noqa: PLC0415

    application = app.application_of(sys.argv[:1])
    translator = i18n.install("id")
    colours = settings.Theme.DARK if look.dark else settings.Theme.LIGHT
    chosen = settings.Settings(text_size=look.text, theme=colours)
    wanted = only or look.only
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        laptop = screen_laptop.furnished(Path(folder) / "laptop")
        studio = screen_states.Studio(
            app.dress(application, chosen),
            chosen,
            Tasks(),
            laptop,
            Path(folder),
            (look.width, look.height),
            lambda state: not wanted or state in wanted,
            OUT / name,
        )
        screen_states.everything(studio)
        studio.tasks.close()
        laptop.session.close()
    i18n.uninstall(translator)


if __name__ == "__main__":
    main()
