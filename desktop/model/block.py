"""Blocks of cells as the clipboard carries them: tab-separated lines, cells with breaks in quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def as_cells(text: str) -> list[list[str]]:
    """Lines of cells, blank lines inside kept: a sheet is pasted by place."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text[:-1] if text.endswith("\n") else text
    if not text:
        return []
    if text.count('"') % 2:  # a lone quote is text, not the beginning of a quoted cell
        return [line.split("\t") for line in text.split("\n")]
    csv.field_size_limit(10_000_000)
    return [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]


def block_text(lines: Sequence[Sequence[str]]) -> str:
    """Lines of cells as text for the clipboard."""

    def quoted(cell: str) -> str:
        special = any(sign in cell for sign in '\t\n"')
        return '"' + cell.replace('"', '""') + '"' if special else cell

    return "\n".join("\t".join(quoted(cell) for cell in line) for line in lines)
