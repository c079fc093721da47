"""Tables of a Word document as XML text: a thousand rows in the time the library takes for fifty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from desktop.model.page import Align
from desktop.word.styles import Ink, safe_text

_SIDE = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_BORDERS = "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
TWIPS = 1440 / 25.4  # of a millimetre


@dataclass(frozen=True)
class Said:
    """One paragraph of a cell."""

    text: str
    ink: Ink
    align: Align = Align.LEFT


@dataclass(frozen=True)
class WordCell:
    """`span` columns wide. `merge`: "" alone, "restart" first of cells joined downwards, "continue" one below it."""

    said: tuple[Said, ...]
    span: int = 1
    merge: str = ""


@dataclass(frozen=True)
class WordRow:
    """`height` is the least, in mm; `head` repeats on every page; `follow` stays on the page of the next row."""

    cells: tuple[WordCell, ...]
    height: float = 0.0
    head: bool = False
    follow: bool = False


def add_table(file: Any, widths: Sequence[float], rows: Sequence[WordRow]) -> None:
    """Put a table at the end of the document; widths in mm."""
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    body = "".join(_row(row, widths) for row in rows)
    whole = round(sum(widths) * TWIPS)
    table: Any = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )
    file.element.body.insert_element_before(table, "w:sectPr")


def _row(row: WordRow, widths: Sequence[float]) -> str:
    height = f'<w:trHeight w:val="{round(row.height * TWIPS)}" w:hRule="atLeast"/>' if row.height else ""
    head = "<w:tblHeader/>" if row.head else ""
    cells, place = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[place : place + cell.span]), row.follow))
        place += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: WordCell, width: float, follow: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    said = "".join(_paragraph(each, follow) for each in cell.said)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="center"/></w:tcPr>{said}</w:tc>'
    )


def _paragraph(said: Said, follow: bool) -> str:
    lines = safe_text(said.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    size = round(said.ink.size * 2)
    fonts = f'<w:rFonts w:ascii="{said.ink.latin}" w:hAnsi="{said.ink.latin}" w:eastAsia="{said.ink.font}"/>'
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if follow else ''}"
        f'<w:spacing w:before="20" w:after="20"/><w:jc w:val="{_SIDE[said.align]}"/></w:pPr>'
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{text}</w:r></w:p>'
    )
