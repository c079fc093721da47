"""What stands around the text of a Word document: 草稿 and 练习 above, page numbers and the digest below."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from desktop.model.page import Align, Document
from desktop.word.styles import FOLIO, FOLIO_LETTER, MARK, NOTE, element, put, shape

DRAFT, PRACTICE = "草稿　未签名", "练习　不作正式文件"


def set_frame(section: Any, document: Document, measure: float) -> None:
    """Head and foot of a section, with their own right edge."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    _head(section.header, document, measure)
    _foot(section.footer, document)


def _head(header: Any, document: Document, measure: float) -> None:
    paragraph = header.paragraphs[0]
    paragraph.style = "Normal"  # the library's own style of a head brings tabs of another paper
    shape(paragraph, MARK)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(measure), WD_TAB_ALIGNMENT.RIGHT)
    put(paragraph, PRACTICE if document.practice else "", MARK)
    put(paragraph, f"\t{DRAFT}" if document.draft else "", MARK)


def _foot(footer: Any, document: Document) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = "Normal"
    ink = FOLIO_LETTER if document.letter else FOLIO
    shape(paragraph, ink, Align.CENTRE)
    parts = ("— ", "PAGE", " —") if document.letter else ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页")
    for part in parts:
        _field(paragraph, part, ink) if part.isalpha() and part.isascii() else put(paragraph, part, ink)
    digest = document.foot.digest
    lines = [f"数据校验码 {digest[:16].upper()}" if digest else "", *document.foot.lines]
    below = footer.add_paragraph()
    shape(below, NOTE, Align.CENTRE)
    put(below, "　".join(filter(None, lines)), NOTE)


def _field(paragraph: Any, code: str, ink: Any) -> None:
    """A field in runs of its own, so that each keeps the size of the line."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = put(paragraph, "1" if kind == "shown" else "", ink)
        if kind == "code":
            text = element("instrText")
            text.text = f" {code} "
            run._r.append(text)
        elif kind != "shown":
            run._r.append(element("fldChar", fldCharType=kind))
