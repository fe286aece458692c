"""Pin every dependency of pyproject.toml with its hashes into requirements/*.txt, naming no package index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = {"desktop.txt": [], "server.txt": ["server"], "dev.txt": ["server", "dev"]}


def main() -> None:
    """Write one file for each set: the laptop, the central office, the developers."""
    for name, extras in SETS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"]
        command += ["--python-version", "3.11", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
        command += [part for extra in extras for part in ("--extra", extra)]
        subprocess.run([*command, "--output-file", f"requirements/{name}"], cwd=ROOT, check=True)
        print(f"requirements/{name}")


if __name__ == "__main__":
    main()
