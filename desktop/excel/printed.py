"""A printed document as a workbook: each table a sheet of its own, running text and form tables on one before them."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from openpyxl import Workbook

from desktop.excel.archive import save
from desktop.excel.printed_charts import chart_sheet
from desktop.excel.printed_table import table_sheet
from desktop.excel.printed_words import words_sheet
from desktop.excel.styles import safe_text
from desktop.model.page import Block, Document, Grid, Heading, Note, PageBreak, Plot, PlotRow, Seals, Signers, Table

DRAFT, PRACTICE = "草稿　未签名", "练习　不作正式文件"
WORDS, CHARTS = "正文", "图"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_MOMENT = datetime.datetime(2024, 5, 21)  # equal data gives equal bytes
_A4 = 9


def printed_workbook(document: Document) -> bytes:
    """The document as .xlsx. Figures are exact numbers, days are dates, text stays text; nothing is left out."""
    book = Workbook()
    del book[book.sheetnames[0]]
    tables, words, plots = _sorted(document)
    if any(isinstance(block, Grid) for block in words) or not tables or document.letter:
        name = WORDS if document.letter or tables else document.title
        words_sheet(_sheet(book, document, name, False), document, words)
        words = []
    for place, (head, table, under) in enumerate(tables):
        last = place == len(tables) - 1
        left = [block for block in words if last and isinstance(block, Note | Signers)]
        name = head or table.caption or document.subject.partition("　")[0] or document.title
        sheet = _sheet(book, document, name, document.landscape or len(table.columns) > 6)
        table_sheet(sheet, document, table, [*under, *left])
    if plots:
        chart_sheet(_sheet(book, document, CHARTS, True), plots)
    file = io.BytesIO()
    save(book, file, _MOMENT)
    return file.getvalue()


_Tables = list[tuple[str, Table, list[Note | Signers]]]


def _sorted(document: Document) -> tuple[_Tables, list[Block], list[Plot]]:
    """(tables with the head before them and the notes below them, everything said in words, plots).

    Form tables keep what follows them, boxes and notes, on their own sheet.
    """
    tables: _Tables = []
    words: list[Block] = []
    plots: list[Plot] = []
    face = any(isinstance(block, Grid) for block in document.blocks)
    head, after_table = "", False
    for block in document.blocks:
        if isinstance(block, Table):
            tables.append((head, block, []))
            head, after_table = "", True
            continue
        if isinstance(block, Plot):
            plots.append(block)
        elif isinstance(block, PlotRow):
            plots += block.plots
        elif isinstance(block, PageBreak):
            after_table = False
        elif isinstance(block, Note | Signers) and after_table and not face:
            tables[-1][2].append(block)
        elif isinstance(block, Heading) and _before_table(document, block):
            head = block.text
        else:
            words.append(block)
            after_table = after_table and isinstance(block, Seals)
    return tables, words, plots


def _before_table(document: Document, heading: Heading) -> bool:
    """Whether a heading names the table right after it, which then is the name of its sheet."""
    place = next(n for n, block in enumerate(document.blocks) if block is heading)
    return isinstance(next(iter(document.blocks[place + 1 :]), None), Table)


def _sheet(book: Any, document: Document, name: str, lying: bool) -> Any:
    """A new sheet with its paper: A4, as wide as one page, draft above and page numbers below."""
    sheet = book.create_sheet(_name(book, name))
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if lying else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.9, 0.8, 0.4, 0.35
    sheet.oddHeader.left.text = PRACTICE if document.practice else None
    sheet.oddHeader.right.text = DRAFT if document.draft else None
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
    if document.foot.digest:
        sheet.oddFooter.right.text = f"数据校验码 {document.foot.digest[:16].upper()}"
    sheet.sheet_view.showGridLines = False
    return sheet


def _name(book: Any, text: str) -> str:
    """A name a sheet may have: short, without the signs that formulas use, once in the book."""
    plain = _FORBIDDEN.sub("", safe_text(text).replace("\n", "")).strip() or WORDS
    base, number = plain[:28], 1
    name = base
    while name in book.sheetnames:
        number += 1
        name = f"{base}{number}"
    return name
