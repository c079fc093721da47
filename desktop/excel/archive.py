"""Saving a workbook so that equal content gives equal bytes: no clock in the archive or in its properties."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from openpyxl.writer.excel import ExcelWriter

from desktop.excel.raw_rows import RawRows

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


class _Archive(zipfile.ZipFile):
    """A zip archive whose entries all carry one given moment."""

    moment: datetime.datetime
    rows: Mapping[Any, RawRows]

    def _info(self, name: str) -> zipfile.ZipInfo:
        year = max(1980, self.moment.year)
        info = zipfile.ZipInfo(name, (year, *self.moment.timetuple()[1:6]))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        raw = data.encode("utf-8") if isinstance(data, str) else data
        if name == "docProps/core.xml":
            stamp = self.moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
            raw = _MOMENT.sub(rb"\g<1>" + stamp + rb"\g<2>", raw)
        super().writestr(self._info(str(name)), raw)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        data = Path(filename).read_bytes()
        for sheet, rows in self.rows.items():
            if sheet.path.lstrip("/") == arcname:
                head, end, rest = data.rpartition(b"</sheetData>")
                data = b"".join((head, rows.xml(), end, rest))
        self.writestr(str(arcname), data)


def save(book: Any, file: IO[bytes], moment: datetime.datetime, rows: Mapping[Any, RawRows] | None = None) -> None:
    """Writes an openpyxl workbook to `file`, dated `moment` (without a zone) everywhere, `rows` put into its sheets."""
    with _Archive(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        archive.moment, archive.rows = moment, rows or {}
        book.properties.created = book.properties.modified = moment
        ExcelWriter(book, archive).write_data()
