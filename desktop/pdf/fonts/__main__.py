"""`python -m desktop.pdf.fonts`: make the TrueType fonts unless they are there already."""

from __future__ import annotations

import sys

from desktop.model.errors import DeskError
from desktop.pdf.fonts import paths, record


def main() -> int:
    folder = paths.cache_folder()
    if record.is_current(folder):
        return 0
    from desktop.pdf.fonts.build import build

    try:
        build(folder, lambda line: print(line, file=sys.stderr, flush=True))
    except DeskError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
