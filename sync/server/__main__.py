"""payung-server: the central office from a terminal."""

from __future__ import annotations

import sys

from sync.server.commands import program


def main() -> None:
    """Run the command line of this process and end it with the exit code."""
    sys.exit(program.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
