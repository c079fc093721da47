"""Faulty and hostile files: each gives one Chinese sentence, soon, and nothing is guessed."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.excel import state
from desktop.excel.read import number, read_workbook
from desktop.model import seal
from desktop.model.errors import Refused
from tests.excel.conftest import KEY


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def sheet_name(parts: dict[str, bytes]) -> str:
    return next(
        name for name, data in sorted(parts.items()) if name.startswith("xl/worksheets/sheet") and b"A5" in data
    )


def with_cell(cell: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        name = sheet_name(parts)
        parts[name] = parts[name].replace(b"</sheetData>", cell + b"</sheetData>")

    return change


def entity(parts: dict[str, bytes]) -> None:
    name = sheet_name(parts)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    parts[name] = parts[name].replace(b"<worksheet", bomb + b"<worksheet", 1)


def utf16(parts: dict[str, bytes]) -> None:
    name = sheet_name(parts)
    parts[name] = b"\xff\xfe" + parts[name].decode().encode("utf-16-le")


def long_text(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 300_000 + b"</t></si></sst>"


def many_long_texts(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    name = sheet_name(parts)
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(1, 20_000))
    parts[name] = parts[name].replace(b"</sheetData>", b'<row r="200">' + cells + b"</row></sheetData>")


PARTS: list[tuple[str, Callable[[dict[str, bytes]], object]]] = [
    ("DOCTYPE", entity),
    ("UTF-8", utf16),
    ("一直用到第 1048576 行", with_cell(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    ("不是正常的工作簿", lambda parts: parts.update({f"xl/x{number}.xml": b"" for number in range(5000)})),
    ("展开后", lambda parts: parts.update({"xl/blanks.xml": b" " * 300 * 1024 * 1024})),
    ("不是 .xlsx 工作簿", lambda parts: parts.pop("xl/workbook.xml")),
    ("缺少", lambda parts: parts.pop("xl/_rels/workbook.xml.rels")),
    ("过长", long_text),
    ("总量过大", many_long_texts),
    ("部件名", lambda parts: parts.update({"../../x.xml": b""})),
]


@pytest.mark.parametrize(("words", "change"), PARTS, ids=[words for words, _ in PARTS])
def test_hostile_parts(office: Any, words: str, change: Callable[[dict[str, bytes]], object]) -> None:
    parts = parts_of(office.path)
    change(parts)
    office.path.write_bytes(zipped(parts))
    begun = time.monotonic()
    with pytest.raises(Refused, match=words):
        read_workbook(office.path)
    assert time.monotonic() - begun < 5


def cells_without_places(parts: dict[str, bytes]) -> None:
    name = sheet_name(parts)
    parts[name] = parts[name].replace(
        b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 5_000_000 + b"</row></sheetData>"
    )


def one_enormous_text(parts: dict[str, bytes]) -> None:
    cell = b'<row r="900"><c r="A900" t="inlineStr"><is><t>' + b"x" * 80_000_000 + b"</t></is></c></row>"
    with_cell(cell)(parts)


def a_million_merged_cells(parts: dict[str, bytes]) -> None:
    name = sheet_name(parts)
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 1_000_000 + b"</mergeCells>"
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + merged)


def tags_that_never_end(parts: dict[str, bytes]) -> None:
    name = sheet_name(parts)
    parts[name] = parts[name].replace(b"</sheetData>", b"<c " * 1_000_000 + b"</sheetData>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("内容过多", cells_without_places),
        ("过长", one_enormous_text),
        ("内容过多", a_million_merged_cells),
        ("损坏|读不懂", tags_that_never_end),
    ],
)
def test_hostile_parts_of_a_hundred_megabytes(
    office: Any, words: str, change: Callable[[dict[str, bytes]], None]
) -> None:
    test_hostile_parts(office, words, change)


def doubled(data: bytes) -> bytes:
    file = io.BytesIO(data)
    with pytest.warns(UserWarning), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return file.getvalue()


def flipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = max(archive.infolist(), key=lambda each: each.compress_size)
    place = info.header_offset + 200
    return data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("空文件", lambda data: b""),
        ("旧版 .xls", lambda data: OLE2),
        ("密码", lambda data: OLE2 + "EncryptedPackage".encode("utf-16-le")),
        ("损坏", lambda data: data[: len(data) // 2]),
        ("损坏", flipped),
        ("重名", doubled),
        ("不是 Excel", lambda data: "项目,总投资".encode("gb18030")),
        ("不是 .xlsx", lambda data: zipped({"hello.txt": b"hello"})),
    ],
)
def test_hostile_bytes(office: Any, words: str, change: Callable[[bytes], bytes]) -> None:
    office.path.write_bytes(change(office.path.read_bytes()))
    with pytest.raises(Refused, match=words):
        read_workbook(office.path)


def test_macros_and_links_are_left_unread_and_said(office: Any) -> None:
    parts = parts_of(office.path)
    parts["xl/vbaProject.bin"] = OLE2
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    office.path.write_bytes(zipped(parts))
    notes = " ".join(office.read(office.path).notes)
    assert "宏" in notes and "链接" in notes


def test_a_false_dimension_hides_nothing(office: Any) -> None:
    parts = parts_of(office.path)
    name = sheet_name(parts)
    head, _, rest = parts[name].partition(b"<sheetData>")
    parts[name] = head.replace(b"<sheetViews>", b'<dimension ref="A1:A1"/><sheetViews>') + b"<sheetData>" + rest
    office.path.write_bytes(zipped(parts))
    assert office.read(office.path).unchanged == 8


def test_a_workbook_that_counts_from_1904(office: Any, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(office.path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(tmp_path / "苹果.xlsx")
    reading = office.read(tmp_path / "苹果.xlsx")
    assert reading.errors == () and reading.edits == ()
    sheet = book["项目清单"]
    column = next(cell.column for cell in sheet[1] if cell.value == "入库日期")
    sheet.cell(2, column).value = 45000
    sheet.cell(2, column).number_format = "0"
    book.save(tmp_path / "苹果.xlsx")
    (error,) = office.read(tmp_path / "苹果.xlsx").errors
    assert "1904" in error.message


@pytest.mark.parametrize(
    ("value", "cell"),
    [(3.0, 3), (0.1 + 0.2, "0.3"), (123456.789012, "123456.789012"), (float("inf"), "inf"), (1e-7, "0.0000001")],
)
def test_numbers_keep_the_fifteen_digits_that_sheets_keep(value: float, cell: object) -> None:
    found = number(value)
    assert found == cell or format(found, "f") == cell


# -- the state ----------------------------------------------------------------------------------------------------


def put_state(office: Any, texts: list[str]) -> None:
    book = openpyxl.load_workbook(office.path)
    sheet = next(sheet for sheet in book if sheet["A1"].value == state.MAGIC)
    for row in range(1, max(sheet.max_row, len(texts)) + 1):
        sheet.cell(row, 1).value = texts[row - 1] if row <= len(texts) else None
    book.save(office.path)


def packed(data: bytes, key: bytes = KEY) -> list[str]:
    text = base64.b64encode(zlib.compress(data)).decode()
    chunks = [text[place : place + state.CHUNK] for place in range(0, len(text), state.CHUNK)]
    signature = seal.sign(key, data).hex()
    return [state.MAGIC, str(len(chunks)), signature, hashlib.sha256(text.encode()).hexdigest(), *chunks]


def altered(office: Any, change: Callable[[dict[str, Any]], object]) -> bytes:
    data = json.loads(office.package.to_bytes())
    change(data)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_state_signed_by_another_key_is_refused(office: Any) -> None:
    put_state(office, packed(office.package.to_bytes(), seal.new_key()[0]))
    with pytest.raises(Refused, match="签名"):
        read_workbook(office.path)


def test_a_state_with_a_missing_piece_is_refused(office: Any) -> None:
    put_state(office, state.to_cells(office.package, b"\x00" * 64)[:-1])
    with pytest.raises(Refused, match="不完整"):
        read_workbook(office.path)


def test_a_state_that_inflates_beyond_bounds_is_refused(office: Any) -> None:
    put_state(office, packed(b" " * (65 * 1024 * 1024)))
    with pytest.raises(Refused, match="64 MB"):
        read_workbook(office.path)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["records"][0][3].__setitem__(1, 2**53 + 1),
        lambda data: data["records"][0][3].__setitem__(1, 0),
        lambda data: data["records"][0][3].__setitem__(1, 1.5),
        lambda data: data["records"][0][2]["name"].append([0, 10**6, "没有来历", 0]),
        lambda data: data["records"][0][2]["name"][0].__setitem__(2, {"a": 1}),
        lambda data: data["records"][0][2]["name"][0].__setitem__(0, 99),
        lambda data: data["records"][0][2].__setitem__("_deleted", [[0, 1, "不是向量", 0]]),
        lambda data: data["records"][0][2].__setitem__("bad name", [[0, 1, "x", 0]]),
        lambda data: data["records"].append(data["records"][0]),
        lambda data: data.__setitem__("extra", 1),
        lambda data: data.pop("words"),
        lambda data: data.__setitem__("practice", 1),
        lambda data: data.__setitem__("format", "其他"),
        lambda data: data.__setitem__("labels", {"project": {"x": 1}}),
    ],
)
def test_a_signed_state_of_a_wrong_shape_is_refused(office: Any, change: Callable[[dict[str, Any]], object]) -> None:
    put_state(office, packed(altered(office, change)))
    with pytest.raises(Refused, match="不完整或被改动"):
        read_workbook(office.path)


def test_a_newer_version_says_so(office: Any) -> None:
    put_state(office, packed(altered(office, lambda data: data.__setitem__("version", 2))))
    with pytest.raises(Refused, match="更新版本"):
        read_workbook(office.path)


def test_fields_that_this_version_does_not_know_are_kept(office: Any) -> None:
    put_state(office, packed(altered(office, lambda data: data["records"][0][2].update({"later": [[0, 1, "新", 0]]}))))
    package = read_workbook(office.path).package
    assert package is not None and "later" in package.records[0].fields
    assert type(package).from_bytes(package.to_bytes()) == package


def test_a_workbook_without_a_state_is_a_foreign_table(office: Any) -> None:
    book = openpyxl.load_workbook(office.path)
    book.remove(next(sheet for sheet in book if sheet["A1"].value == state.MAGIC))
    book.save(office.path)
    assert read_workbook(office.path).package is None
