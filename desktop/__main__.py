"""`payung`: the commands of the terminal, and without a command the window.

Qt is imported only when the window opens, so that a command needs no display and starts at once.
"""

from __future__ import annotations

import sys

from desktop.cli import program
from desktop.cli.options import Options


def window(options: Options) -> int:
    """Open the window on the laptop's folder and return its exit code."""
    from desktop import app  # noqa: PLC0415 - Qt, see above

    return int(app.run(options.data, options.lang))


def main() -> None:
    """Run the console script."""
    sys.exit(program.main(sys.argv[1:], window=window))


if __name__ == "__main__":
    main()
