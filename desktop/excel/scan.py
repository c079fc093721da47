"""What calamine does not tell about a sheet, found in its XML: how far it reaches, formulas without a value, errors."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from desktop.excel.guard import Parts
from desktop.model.errors import Refused

MOST_CELLS = 4_000_000  # cells of the rectangle that a sheet's values span
MOST_VALUES = 1_500_000  # cells of one sheet, the formatted empty ones too
MOST_ROWS = 200_000
MOST_MERGED = 50_000
LONGEST_TEXT = 200_000  # bytes of XML of one shared text
MOST_TEXT = 200 * 1024 * 1024  # bytes of all cells' shared texts together
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*[^<>/])>\s*(?:<(?:\w+:)?f\b([^<>]*?)(?:/>|>([^<]*)</(?:\w+:)?f>))?\s*(<(?:\w+:)?(?:v|is)\b[^<>]*?(?<!/)>[^<]?)?"
)
_REF = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_TEXT_RESULT = re.compile(rb'\bt="str"')  # a formula whose result may well be an empty text
_SHARED = re.compile(rb'\bt="s"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


TOO_FAR = "工作表“{name}”一直用到第 {row} 行、第 {column} 列，没有读入；请删去远处的内容后再读入"


@dataclass
class Scan:
    """Faults by (row, column) from 0, and the extent of the values."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def _xml(parts: Parts, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    data = parts.parts.get(name)
    if data is None:
        raise Refused("工作簿缺少必要的部件，没有读入；请在 WPS 或 Excel 里另存一次")
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused("工作簿的部件已损坏，没有读入；请让对方重新复制一份") from None


def sheet_parts(parts: Parts) -> tuple[dict[str, bytes], bool]:
    """The XML of each worksheet by its name, and whether serials count from 1904."""
    book = _xml(parts, "xl/workbook.xml")
    rels = _xml(parts, "xl/_rels/workbook.xml.rels")
    targets = {rel.get("Id"): str(rel.get("Target")) for rel in rels}
    found: dict[str, bytes] = {}
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in parts.parts:
            found[str(sheet.get("name"))] = parts.parts[path]
    settings = next(book.iter("{*}workbookPr"), None)
    date1904 = settings is not None and settings.get("date1904") in ("1", "true")
    return found, date1904


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _count(data: bytes, *marks: bytes) -> int:
    return sum(data.count(mark) for mark in marks)


def scan(data: bytes, name: str) -> Scan:
    """Looks at every cell of one sheet. Raises Refused when the values span more than a machine can hold."""
    result = Scan()
    cells = _count(data, b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/", b"<row", b":row ", b":row/")
    if cells > MOST_VALUES or _count(data, b"mergeCell ") > MOST_MERGED:
        raise Refused(f"工作表“{name}”的内容过多（上限 {MOST_VALUES // 10_000} 万格），没有读入；请分成几份")
    for match in _CELL.finditer(data):
        attributes, _, _, value = match.groups()
        has_formula = match.start(2) >= 0
        if not has_formula and value is None:
            continue
        place = _REF.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        if value is not None:
            if row >= MOST_ROWS:
                raise Refused(TOO_FAR.format(name=name, row=row + 1, column=column + 1))
            result.rows, result.columns = max(result.rows, row + 1), max(result.columns, column + 1)
        if _ERROR.search(attributes):
            result.faults[row, column] = "这一格是出错的公式（如 #REF!），请改成数或文字后再读入"
        elif has_formula and (value is None or value.endswith(b">")) and not _TEXT_RESULT.search(attributes):
            result.faults[row, column] = "这一格是没有算出结果的公式，请在 WPS 或 Excel 里打开，保存一次后再读入"
    if result.rows * result.columns > MOST_CELLS:
        raise Refused(TOO_FAR.format(name=name, row=result.rows, column=result.columns))
    return result


def check_texts(parts: Parts, sheets: dict[str, bytes]) -> None:
    """Refuses texts that no spreadsheet program can hold, and texts repeated until memory is full."""
    shared = next((data for name, data in parts.parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    if _count(shared, b"</si>", b":si>") > MOST_VALUES:
        raise Refused("工作簿里的文字总量过大，没有读入；请分成几份")
    lengths = [len(piece) for piece in re.split(rb"</(?:\w+:)?si>", shared)]
    longest = max(lengths, default=0)
    if longest > LONGEST_TEXT:
        raise Refused("工作簿里有一格的文字过长，没有读入；一格最多 32767 字")
    uses = sum(len(_SHARED.findall(data)) for data in sheets.values())
    if longest * uses <= MOST_TEXT:
        return
    total = 0
    for data in sheets.values():
        for match in re.finditer(rb'\bt="s"[^<>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<', data):
            place = int(match[1])
            total += lengths[place] if place < len(lengths) else 0
    if total > MOST_TEXT:
        raise Refused("工作簿里的文字总量过大，没有读入；请分成几份")
