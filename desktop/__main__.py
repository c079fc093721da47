"""Starts the window, or the command line when a command is given."""

from __future__ import annotations

import sys


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("--practice", "--window"):
        from desktop.ui.start import start

        return int(start(arguments))
    from desktop.cli.main import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
