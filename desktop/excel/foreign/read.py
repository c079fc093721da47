"""A table from anyone, workbook or CSV, becomes grids of plain cells with their merged areas."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import range_boundaries

from desktop.excel import guard
from desktop.excel.read import read_workbook
from desktop.excel.scan import sheet_parts
from desktop.excel.state import MAGIC
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.exchange.sheets import Workbook
from desktop.model.fields.base import Cell
from desktop.model.layouts.grid import Area, Grid

MOST_ROWS, MOST_COLUMNS = 200_000, 1_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*\bref="([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)"')


def is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def is_foreign(path: Path) -> bool:
    """Whether a file is a table without any state of the program. Raises Refused when it is no sound file at all."""
    if is_csv(path):
        return True
    return not any(MAGIC.encode() in data for data in guard.check(path).parts.values())


def read_grids(path: Path) -> list[Grid]:
    """The visible sheets of the table at `path`. Raises Refused with one sentence, MachineFault for a bad disk."""
    return [_csv(path)] if is_csv(path) else grids_of(path, read_workbook(path))


def grids_of(path: Path, workbook: Workbook) -> list[Grid]:
    """The same of a workbook that was read already; its merged areas are looked up in the file."""
    sheets, _ = sheet_parts(guard.check(path))
    grids = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        merges = tuple(_area(match[1].decode()) for match in _MERGE.finditer(sheets.get(sheet.name, b"")))
        covered = {
            (row, column)
            for top, left, bottom, right in merges
            for row in range(top, min(bottom, len(sheet.rows)) + 1)
            for column in range(left, min(right, max((len(r) for r in sheet.rows), default=0)) + 1)
            if (row, column) != (top, left)
        }
        faults = {place: fault for place, fault in sheet.faults.items() if place not in covered}
        grids.append(Grid(sheet.name, sheet.rows, merges, faults, date1904=workbook.date1904))
    return grids


def _area(reference: str) -> Area:
    bounds: Any = range_boundaries(reference)
    left, top, right, bottom = bounds
    return top - 1, left - 1, bottom - 1, right - 1


def _csv(path: Path) -> Grid:
    try:
        size = path.stat().st_size
        if size > guard.LARGEST_FILE:
            raise Refused(f"“{path.name}”有 {size // 1048576} MB，超过 32 MB，没有读入；请分成几份")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"找不到文件“{path.name}”，请看 U 盘是否还插着") from None
    except OSError as error:
        raise MachineFault(f"读不了文件“{path.name}”（{os_words(error)}），请检查磁盘或 U 盘后再试") from None
    text = _text(data, path.name)
    separator = "\t" if text.split("\n", 1)[0].count("\t") > text.split("\n", 1)[0].count(",") else ","
    rows: list[list[Cell]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(rows) >= MOST_ROWS or len(line) > MOST_COLUMNS:
                raise Refused(f"“{path.name}”的内容过多，没有读入；请分成几份")
            rows.append([cell if cell.strip() else None for cell in line])
    except csv.Error:
        raise Refused(
            f"“{path.name}”第 {len(rows) + 1} 行的引号不成对，没有读入；请在 WPS 或 Excel 里另存为 .xlsx"
        ) from None
    width = max((len(row) for row in rows), default=0)
    rows = [[*row, *[None] * (width - len(row))] for row in rows]
    return Grid(path.stem, rows)


def _text(data: bytes, name: str) -> str:
    if not data:
        raise Refused(f"“{name}”是空文件（0 字节），没有读入；请让对方重新复制一份")
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Refused(f"“{name}”不是文本，是改过扩展名的工作簿，没有读入；请改回原来的扩展名，或另存为 .xlsx")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise Refused(f"“{name}”不是 UTF-8 或 GB18030 编码，没有读入；请在 WPS 或 Excel 里另存为 .xlsx")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"“{name}”不是 UTF-8 或 GB18030 编码，没有读入；请在 WPS 或 Excel 里另存为 .xlsx")
