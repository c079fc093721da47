"""Only the package of a workbook, without its tables: who sent it and what is in it, for a list of files on a stick."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from desktop.excel import guard, state
from desktop.excel.scan import check_texts, scan, sheet_parts
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.exchange.sheets import Sheet
from desktop.model.package import Package


def peek(path: Path) -> Package | None:
    """The package in a workbook, its signature checked; None for a table from elsewhere.

    Raises Refused with one sentence for a faulty file or a state that was altered, MachineFault for a bad disk.
    """
    parts = guard.check(path)
    sheets_xml, _ = sheet_parts(parts)
    check_texts(parts, sheets_xml)
    shared = b"".join(data for name, data in parts.parts.items() if name.lower() == "xl/sharedstrings.xml")
    magic = state.MAGIC.encode()
    holding = [name for name, data in sheets_xml.items() if magic in data]
    if not holding and magic not in shared:
        return None
    candidates = holding or list(sheets_xml)
    for name in candidates:
        scan(sheets_xml[name], name)
    try:
        with bulk():
            book = python_calamine.CalamineWorkbook.from_filelike(parts.archive())
            hidden_first = sorted(
                (each for each in book.sheets_metadata if each.name in candidates),
                key=lambda each: each.visible is python_calamine.SheetVisibleEnum.Visible,
            )
            for each in hidden_first:
                first = book.get_sheet_by_name(each.name).to_python(skip_empty_area=False, nrows=1)
                if first and first[0] and str(first[0][0]).strip() == state.MAGIC:
                    rows = book.get_sheet_by_name(each.name).to_python(skip_empty_area=False)
                    texts = [[str(row[0])] if row else [] for row in rows]
                    return state.from_sheet(Sheet(each.name, True, texts))[0]  # type: ignore[arg-type]
    except Refused:
        raise
    except BaseException as error:  # a parser written in Rust panics with an exception of its own
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Refused(f"“{path.name}”读不懂；请在 WPS 或 Excel 里打开，另存为 .xlsx 后再试") from None
    return None
