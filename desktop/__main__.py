"""Starts the window, or the command line when a command is given."""

from __future__ import annotations

import sys


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("--practice", "--window"):
        from desktop.ui.start import start

        return int(start(arguments))
    if arguments[0] == "--shots":  # a bundle has no other way to run the window's own pictures
        from desktop.ui.shots import main as shots

        return int(shots(arguments[1:]))
    from desktop.cli.main import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
