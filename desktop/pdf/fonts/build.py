"""OpenType with cubic outlines -> TrueType with quadratic outlines, the only kind reportlab embeds.

The same sources and the same fontTools give the same bytes: no time of day, no random names, fixed table order.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from desktop.model.errors import MachineFault, os_words
from desktop.pdf.fonts import record
from desktop.pdf.fonts.paths import FACES, RECORD, otf_paths

MAX_ERROR = 1.0  # how far a quadratic curve may stray from the cubic one, in 1/1000 em
KEPT = {"GlyphOrder", "head", "hhea", "maxp", "OS/2", "name", "cmap", "post", "hmtx", "CFF "}
SUFFIX = "-TT"  # Qt holds the OpenType file under the plain PostScript name


def build(folder: Path, say: Callable[[str], None] | None = None) -> dict[str, Path]:
    """Build both fonts into `folder` (each written whole or not at all) and return their paths.

    Raises MachineFault when the folder cannot be written or a source cannot be read.
    """
    tell = say or (lambda line: None)
    sources = otf_paths()
    made = {face: folder / f"{face}.ttf" for face in FACES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tell("正在准备字体（只在第一次运行时需要，约一分钟）…")
        if (os.cpu_count() or 1) > 1 and say is not None:
            # Only the command builds in parallel: a window must not start copies of itself.
            with ProcessPoolExecutor(max_workers=2) as pool:
                list(pool.map(_build_one, [(sources[f], made[f]) for f in FACES]))
        else:
            for face in FACES:
                _build_one((sources[face], made[face]))
        _write(folder / RECORD, record.text(folder).encode("utf-8"))
    except OSError as error:
        raise MachineFault(
            f"字体无法写入文件夹 {folder}（{os_words(error)}），请检查磁盘空间和写入权限后重试。"
        ) from error
    tell("字体已准备好。")
    return made


def convert(source: Path, target: Path) -> None:
    """Write `source` (OpenType, CFF outlines) as TrueType to `target`. Character map and widths stay as they are."""
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    for tag in list(font.reader.tables):
        if tag not in KEPT:
            del font[tag]
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = {}
    bearings = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyph = pen.glyph()
        glyph.recalcBounds(glyf)
        glyf.glyphs[name] = glyph
        bearings[name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    font["hmtx"].metrics = bearings
    font["glyf"] = glyf
    font["loca"] = newTable("loca")
    del font["CFF "]
    _settle_tables(font)
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(target, reorderTables=True)


def _settle_tables(font: TTFont) -> None:
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, name, 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"):
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    # Names of 31,000 glyphs are of no use on paper and slow to read.
    font["post"].formatType = 3.0
    font["post"].extraNames, font["post"].mapping = [], {}
    font["cmap"].tables = [t for t in font["cmap"].tables if (t.platformID, t.platEncID) in ((3, 1), (3, 10))]
    for entry in font["name"].names:
        if entry.nameID == 6:
            entry.string = str(entry) + SUFFIX


def _build_one(pair: tuple[Path, Path]) -> None:
    source, target = pair
    handle, name = tempfile.mkstemp(prefix=".building-", dir=target.parent)
    os.close(handle)
    try:
        convert(source, Path(name))
        _settle_file(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".building-", dir=target.parent)
    os.close(handle)
    Path(name).write_bytes(data)
    _settle_file(Path(name), target)


def _settle_file(temporary: Path, target: Path) -> None:
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.chmod(0o644)
    temporary.replace(target)
