"""A file from a stick is checked before any library parses it. What passes comes out as its parts, in memory.

The parts are handed on as a fresh archive, so that no other reader can see another file in the same bytes (two parts
of one name, lengths that lie). One Chinese sentence says what is wrong and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from desktop.model.errors import MachineFault, Refused, os_words

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_INFLATED = 96 * 1024 * 1024
MOST_ENTRIES = 3000
LONGEST = 200_000  # bytes of XML without any tag
LARGEST_STYLES = 16 * 1024 * 1024  # bytes of the part with the formats; spreadsheet programs hold 64,000 of them
MOST_STYLES = 400_000  # tags of it
LARGEST_INDEX = 4 * 1024 * 1024  # bytes of a part that says what is where
MOST_TAGS = 10_000_000  # of a sheet or the texts
MOST_OTHER_TAGS = 1_000_000  # of any other part
WORTHLESS = re.compile(r"(?i)(^|/)(media|embeddings|vbaproject\.bin|activex|ctrlprops|printersettings|thumbnail)")
_NAME = re.compile(r"[^\x00-\x1f\\:]{1,255}")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_INDEX = re.compile(
    r"(?i)(\[content_types\]\.xml|.*\.rels|xl/(workbook|metadata)\.xml|xl/(theme|tables)/.*|docprops/.*)"
)
_CONTENT = re.compile(r"(?i)xl/(worksheets/[^/]+|sharedstrings)\.xml$")
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """The parts of a workbook that passed, and sentences about what will be left unread."""

    parts: dict[str, bytes]
    notes: tuple[str, ...]

    def archive(self) -> io.BytesIO:
        """A new archive of the parts, stored without compression. It takes them: `parts` is empty afterwards."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name in list(self.parts):
                archive.writestr(zipfile.ZipInfo(name), self.parts.pop(name))
        file.seek(0)
        return file


def check(path: Path) -> Parts:
    """The parts of the workbook at `path`. Raises Refused for what is no sound .xlsx, MachineFault for a bad disk."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Refused(f"“{path.name}”有 {size // 1048576} MB，超过 32 MB，没有读入；请去掉图片，或分成几份")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"找不到文件“{path.name}”，请看 U 盘是否还插着") from None
    except OSError as error:
        raise MachineFault(f"读不了文件“{path.name}”（{os_words(error)}），请检查磁盘或 U 盘后再试") from None
    return check_bytes(data, path.name)


def check_bytes(data: bytes, name: str) -> Parts:
    """The parts of a workbook's bytes; `name` is only for the sentences."""
    _check_kind(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_entries(infos, name)
            parts = {info.filename: archive.read(info) for info in infos if not _left_out(info)}
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise Refused(f"“{name}”不完整或已损坏，没有读入；请让对方重新复制一份") from None
    _check_parts(parts, name)
    return Parts(parts, _notes(infos))


def _check_kind(data: bytes, name: str) -> None:
    if not data:
        raise Refused(f"“{name}”是空文件（0 字节），没有读入；请让对方重新复制一份")
    if data.startswith(_OLE2):
        if _ENCRYPTED in data:
            raise Refused(f"“{name}”设了打开密码，没有读入；请在 WPS 或 Excel 里取消密码后另存，再读入")
        raise Refused(f"“{name}”是旧版 .xls 文件（或改过扩展名），没有读入；请在 WPS 或 Excel 里另存为 .xlsx")
    if not data.startswith(b"PK"):
        raise Refused(f"“{name}”不是 Excel 工作簿，没有读入；请在 WPS 或 Excel 里打开它，另存为 .xlsx")


def _check_entries(infos: list[zipfile.ZipInfo], name: str) -> None:
    if len(infos) > MOST_ENTRIES:
        raise Refused(f"“{name}”里有 {len(infos)} 个部件，不是正常的工作簿，没有读入")
    seen = {info.filename.lower() for info in infos}
    if len(seen) != len(infos):
        raise Refused(f"“{name}”里有重名的部件，可能被人动过手脚，没有读入；请让对方重新导出")
    if any(not _NAME.fullmatch(info.filename) or ".." in info.filename.split("/") for info in infos):
        raise Refused(f"“{name}”里的部件名不正常，没有读入；请让对方重新导出")
    if any(info.flag_bits & 1 for info in infos):
        raise Refused(f"“{name}”设了打开密码，没有读入；请在 WPS 或 Excel 里取消密码后另存，再读入")
    total = sum(info.file_size for info in infos)
    if total > LARGEST_INFLATED:
        raise Refused(f"“{name}”展开后有 {total // 1048576} MB，没有读入；请删去空白行列和图片，或分成几份")
    if "xl/workbook.xml" not in seen or "[content_types].xml" not in seen:
        raise Refused(f"“{name}”不是 .xlsx 工作簿，没有读入；请在 WPS 或 Excel 里另存为 .xlsx")


def _left_out(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or bool(WORTHLESS.search(info.filename))


def _check_parts(parts: dict[str, bytes], name: str) -> None:
    for part, data in parts.items():
        if not part.lower().endswith((".xml", ".rels", ".vml")):
            continue
        _check_amount(part, data, name)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:512]:
            raise Refused(f"“{name}”里的部件不是 UTF-8 编码，没有读入；请在 WPS 或 Excel 里另存一次")
        if _ENTITIES.search(data):
            raise Refused(f"“{name}”里有不该有的声明（DOCTYPE），可能带有恶意内容，没有读入")
        if any(b"<" not in data[place : place + LONGEST] for place in range(0, len(data) - LONGEST, LONGEST)):
            raise Refused(f"“{name}”里有一格的文字过长，没有读入；一格最多 32767 字")


def _check_amount(part: str, data: bytes, name: str) -> None:
    """Refuses what would keep a parser busy for minutes."""
    if part.lower() == "xl/styles.xml" and (len(data) > LARGEST_STYLES or data.count(b"<") > MOST_STYLES):
        raise Refused(f"“{name}”里的单元格格式多得不正常，没有读入；请把内容复制到一个新建的工作簿里再读入")
    most = MOST_TAGS if _CONTENT.match(part) else MOST_OTHER_TAGS
    if (_INDEX.fullmatch(part) and len(data) > LARGEST_INDEX) or data.count(b"<") > most:
        raise Refused(f"“{name}”的内容过多，不是正常的工作簿，没有读入；请把内容复制到一个新建的工作簿里再读入")


def _notes(infos: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    names = [info.filename.lower() for info in infos]
    notes = []
    if any(name.endswith("vbaproject.bin") for name in names):
        notes.append("工作簿里有宏，没有运行，也没有读入")
    if any("externallinks/" in name for name in names):
        notes.append("工作簿里有指向别的文件的链接，没有打开；公式取上次算出的数")
    return tuple(notes)
