"""A package becomes a workbook that is pleasant to fill in and carries all that a merge needs."""

from __future__ import annotations

import contextlib
import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from desktop.excel import guide, state
from desktop.excel.archive import save
from desktop.excel.form_sheet import Hints, write_form_sheet
from desktop.excel.guard import LARGEST_FILE, LARGEST_INFLATED
from desktop.excel.options import Options
from desktop.excel.raw_rows import RawRows
from desktop.excel.stick import Disk, deliver
from desktop.excel.styles import Styles
from desktop.model.errors import Refused
from desktop.model.exchange.layout import GUIDE_SHEET, OPTIONS_SHEET, STATE_SHEET
from desktop.model.exchange.wording import PackageNames
from desktop.model.fields.base import Names
from desktop.model.forms import Form, Forms
from desktop.model.merged import merged_away
from desktop.model.package import Package
from desktop.model.progress import Report, part, quiet
from desktop.model.registers import Life, Record, life


def write_package(
    path: Path,
    package: Package,
    signature: bytes,
    forms: Forms,
    names: Names,
    *,
    forms_wanted: Iterable[str] | None = None,
    hints: Hints | None = None,
    disk: Disk | None = None,
    report: Report = quiet,
) -> str:
    """Writes the workbook of a package to `path`; the SHA-256 (hex) of the file.

    `forms_wanted` are the forms with a visible sheet (default: those with records or prepared rows in the package).
    `hints` are notes on cells of prepared rows. The file that stood there before is kept as 上一份.
    Raises MachineFault when the medium failed, Refused when the workbook would be too large to be read back.
    """
    data = package_bytes(package, signature, forms, names, forms_wanted=forms_wanted, hints=hints, report=report)
    _refuse_unreadable(data, path.name)
    report(1, 1)
    return deliver(path, data, disk)


def _refuse_unreadable(data: bytes, name: str) -> None:
    """What nobody could read in again must not go out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inflated = sum(info.file_size for info in archive.infolist())
    if len(data) > LARGEST_FILE or inflated > LARGEST_INFLATED:
        raise Refused(f"“{name}”展开后有 {inflated // 1048576} MB，对方读不进去，没有写出；请分单位或分表导出")


def package_bytes(
    package: Package, signature: bytes, forms: Forms, names: Names, *, forms_wanted: Iterable[str] | None = None,
    hints: Hints | None = None, report: Report = quiet,
) -> bytes:  # fmt: skip
    """The bytes of the workbook: for one package always the same, but for the compression of zlib's builds."""
    alive: dict[str, list[Record]] = {}
    gone = merged_away(package.records)
    for record in package.records:
        if record.form in forms and life(record) != Life.DELETED and record.id not in gone:
            alive.setdefault(record.form, []).append(record)
    prepared = package.handed.rows if package.handed is not None else {}
    wanted = set((*alive, *prepared) if forms_wanted is None else forms_wanted)
    shown = [form for name, form in forms.items() if name in wanted]
    shown_names = PackageNames(package.labels, names, ask_office=False)
    book = new_book(package)
    counts = {name: len(alive.get(name, [])) + len(prepared.get(name, {})) for name in forms}
    write_guide(book, package, [(form.sheet, counts[form.name], form.measure) for form in shown])
    options = Options(names, package.labels)
    try:
        rows: dict[Any, RawRows] = {}
        done, total = 0, max(sum(len(alive.get(form.name, [])) for form in shown), 1)
        for form in shown:
            records = _ordered(form, alive.get(form.name, []), package)
            sheet = book.create_sheet(form.sheet)
            stretch = part(report, 700 * done // total, 700 * (done + len(records)) // total)
            rows[sheet] = write_form_sheet(sheet, form, records, package, shown_names, options, hints, stretch)
            done += len(records)
        write_hidden(book, OPTIONS_SHEET, options.rows())
        write_hidden(book, STATE_SHEET, ([text] for text in state.to_cells(package, signature)))
        return book_bytes(book, package, rows)
    except BaseException:
        _abandon(book)
        raise


def _abandon(book: Any) -> None:
    """The library's half-written sheets lie in temporary files: closed and removed."""
    for sheet in book.worksheets:
        with contextlib.suppress(Exception):
            sheet.close()
        with contextlib.suppress(Exception):
            sheet._writer.cleanup()


def new_book(package: Package) -> Any:
    """An empty workbook with the package's id among its properties."""
    book: Any = Workbook(write_only=True)
    book.properties.creator = package.office or "两新工作台"
    book.properties.title = guide.TITLE
    book.custom_doc_props.append(StringProperty(name="renewal-desk-package", value=package.id))
    return book


def write_guide(book: Any, package: Package, counts: list[tuple[str, int, str]]) -> None:
    sheet = book.create_sheet(GUIDE_SHEET)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 90
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 9, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    styles = Styles(sheet)
    for heading, text in guide.lines(package, counts):
        head = styles.cell(heading or None, bold=True, framed=False, wrap=bool(text))
        sheet.append([head, styles.cell(text or None, framed=False)])


def write_hidden(book: Any, name: str, rows: Iterable[list[str | None]]) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "hidden"
    styles = Styles(sheet)
    for row in rows:
        sheet.append([styles.cell(text, wrap=False, framed=False) if text is not None else None for text in row])


def book_bytes(book: Any, package: Package, rows: Mapping[Any, RawRows] | None = None) -> bytes:
    """The bytes of a finished workbook; `rows` are those to be put into its sheets."""
    try:
        moment = datetime.datetime.fromisoformat(package.created).replace(tzinfo=None, microsecond=0)
    except ValueError:
        moment = datetime.datetime(2024, 1, 1)
    file = io.BytesIO()
    save(book, file, moment, rows)
    return file.getvalue()


def _ordered(form: Form, records: list[Record], package: Package) -> list[Record]:
    """Records by their key or label, then by id: the same order at every export."""
    by = form.key or form.label

    def key(record: Record) -> tuple[Any, ...]:
        texts = []
        for name in by:
            said = record.fields.get(name)
            texts.append(str(min(said, key=lambda each: each.key).value or "") if said else "")
        return (*texts, record.id)

    return sorted(records, key=key)
