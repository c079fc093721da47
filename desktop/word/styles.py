"""Fonts, sizes and paper of a Word document (GB/T 9704-2012, 5.1 and 7), and text put into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.model.page import Align

ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
# A machine without the official font takes the one named after it.
FALLBACKS = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "宋体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    + "</w:fonts>"
)


@dataclass(frozen=True)
class Ink:
    """One way of setting text: font of Chinese text, size and line height in points."""

    font: str
    size: float
    leading: float = 0.0  # 0: as the font has it
    latin: str = "Times New Roman"


# 22 lines of 28 characters fill the 156 × 225 mm of the type area.
LINE = 225 / 25.4 * 72 / 22
BODY = Ink("仿宋_GB2312", 16, LINE)
TITLE = Ink("方正小标宋简体", 22, 31)
TITLE_LYING = Ink("方正小标宋简体", 18, 25)
HEADS = (Ink("黑体", 16, LINE), Ink("楷体_GB2312", 16, LINE))
META = Ink("仿宋_GB2312", 12, 18)
CAPTION = Ink("黑体", 12, 18)
CELL = Ink("宋体", 10.5)
CELL_LABEL = Ink("黑体", 10.5)
DENSE = Ink("宋体", 9)
DENSE_LABEL = Ink("黑体", 9)
NOTE = Ink("宋体", 8)
FOLIO = Ink("宋体", 10.5)
FOLIO_LETTER = Ink("宋体", 14)
MARK = Ink("黑体", 12)
MARGINS = {False: (37, 28, 26, 35), True: (28, 35, 37, 26)}  # lying: top, left, right, bottom in mm


def safe_text(text: str) -> str:
    """Text as a document can hold it: characters that XML has not are shown as �."""
    return _CONTROL.sub("\ufffd", text)


def set_font(target: Any, ink: Ink) -> None:
    """The font of a run or of a style; the Chinese font has an attribute of its own."""
    target.font.name = ink.latin
    target.font.size = Pt(ink.size)
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), ink.font)


def put(paragraph: Any, text: str, ink: Ink) -> Any:
    """Add text to a paragraph; line ends become line breaks."""
    run = paragraph.add_run(safe_text(text))
    set_font(run, ink)
    return run


def shape(paragraph: Any, ink: Ink, align: Align = Align.LEFT, *, indent: bool = False, before: float = 0) -> None:
    """Line height, sides and first line of a paragraph; `indent` is two characters, `before` in points."""
    spacing = paragraph.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(0)
    paragraph.alignment = ALIGN[align]
    if ink.leading:
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(ink.leading)
    if indent:
        sides = paragraph._p.get_or_add_pPr().get_or_add_ind()
        sides.set(qn("w:firstLineChars"), "200")
        sides.set(qn("w:firstLine"), str(int(2 * ink.size * 20)))


def free_right(paragraph: Any, characters: int, ink: Ink) -> None:
    """Leave this many characters free at the right (成文日期右空四字)."""
    sides = paragraph._p.get_or_add_pPr().get_or_add_ind()
    sides.set(qn("w:rightChars"), str(100 * characters))
    sides.set(qn("w:right"), str(int(characters * ink.size * 20)))


def set_paper(section: Any, lying: bool) -> float:
    """A4 with the margins of the standard; returns the width of the type area in mm."""
    wide, high = (297, 210) if lying else (210, 297)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    top, left, right, bottom = MARGINS[lying]
    section.top_margin, section.left_margin = Mm(top), Mm(left)
    section.right_margin, section.bottom_margin = Mm(right), Mm(bottom)
    section.header_distance, section.footer_distance = Mm(10), Mm(20 if not lying else 12)
    return float(wide - left - right)


def set_font_table(file: Any) -> None:
    """Which font stands in for each, where it is missing."""
    for part in file.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _FONT_TABLE.encode("utf-8")


def element(name: str, **attributes: str) -> Any:
    """An element of the w: namespace with its attributes."""
    made: Any = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
