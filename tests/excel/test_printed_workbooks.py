"""A document as .xlsx: exact numbers, true dates, text that stays text, and a sheet that prints."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl

from desktop.excel.printed import printed_workbook
from desktop.model.page import Column, Document, Foot, Heading, PageBreak, Paragraph, PlotRow, Row, RowKind, Table
from tests.word.test_word_documents import GRID, MADE, PLOT, TABLE

LIST = Table(
    (Column("序号", 5), Column("名称", 20), Column("总投资", 10, "万元", number=True, sum=True),
     Column("日期", 9, date=True)),
    (
        Row(("一、工业",), RowKind.AREA),
        Row(("1", "=HYPERLINK(1)", "12,345,678.900001", "2026-11-24")),
        Row(("2", "2026-11-24", "0.10", "2026-11")),
        Row(("3", "0012", "未报", "")),
        Row(("4", "大数", "123,456,789,012,345.67", "1900-01-01")),
        Row(("小计　4 个", "", "12,345,679.000001", ""), RowKind.SUBTOTAL),
    ),
    unit="单位：万元",
)  # fmt: skip
PAPER = Document(
    "示例清单", (LIST,), left="示例局", right="2026年11月", landscape=True, draft=True,
    foot=Foot("cd" * 32), subject="清单　示例区",
)  # fmt: skip


def opened(document: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(printed_workbook(document)))


def rows_of(sheet: Any) -> dict[object, Any]:
    """Rows by what stands in their second column."""
    return {row[1].value: row for row in sheet.iter_rows()}


def test_figures_are_numbers_to_the_last_digit() -> None:
    data = printed_workbook(PAPER)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>12345678.900001</v>" in xml and "<v>0.10</v>" in xml
    rows = rows_of(opened(PAPER).active)
    figure = rows["=HYPERLINK(1)"][2]
    assert figure.data_type == "n" and figure.number_format == "#,##0.000000"
    assert rows["2026-11-24"][2].number_format == "#,##0.00"
    assert rows["0012"][2].value == "未报"
    assert rows["大数"][2].value == "123,456,789,012,345.67"  # a spreadsheet would keep fifteen digits of it


def test_days_are_dates_and_text_is_text() -> None:
    rows = rows_of(opened(PAPER).active)
    first = rows["=HYPERLINK(1)"]
    assert first[3].value == datetime.datetime(2026, 11, 24) and first[3].is_date
    assert first[1].data_type == "s" and first[1].quotePrefix
    assert rows["2026-11-24"][1].data_type == "s"  # a name that looks like a day
    assert rows["2026-11-24"][3].value == "2026-11" and rows["大数"][3].value == "1900-01-01"


def test_the_sheet_prints_like_the_paper() -> None:
    sheet = opened(PAPER).active
    assert sheet.title == "清单" and sheet["A1"].value == "示例清单" and sheet["A2"].value == "示例局"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.print_title_rows == "$4:$4" and sheet.freeze_panes == "A5"
    assert sheet["C4"].value == "总投资\n（万元）"
    assert sheet.oddHeader.right.text == "草稿　未签名" and "&P" in sheet.oddFooter.center.text
    joined = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A1:D1", "A5:D5", "A10:B10"} <= joined
    assert not opened(replace(PAPER, draft=False)).active.oddHeader.right.text


def test_each_table_is_a_sheet_and_words_come_first() -> None:
    book = opened(replace(MADE, letter=True))
    assert book.sheetnames == ["正文", "一、设备", "图"]
    text = "\n".join(str(cell.value) for row in book["正文"].iter_rows() for cell in row if cell.value)
    for words in ("一、进展", "共 68 项。", "申报单位承诺", "（盖章）"):
        assert words in text
    named = Document("月报", (Paragraph("函"), PageBreak(True), Heading("附件1　项目/清单"), LIST), letter=True)
    assert opened(named).sheetnames == ["正文", "附件1　项目清单"]
    twice = opened(replace(PAPER, blocks=(LIST, LIST, replace(LIST, rows=()))))
    assert len(set(twice.sheetnames)) == 3 and "无" in [cell.value for cell in twice.worksheets[2]["A"]]


def test_form_tables_keep_their_joined_cells() -> None:
    sheet = opened(Document("表", (GRID, TABLE))).worksheets[0]
    assert {"A2:B3", "C2:G2", "C3:G3"} <= {str(each) for each in sheet.merged_cells.ranges}
    assert sheet["C3"].value == 1 and sheet["C3"].number_format == "#,##0.00"


def test_plots_are_charts_over_their_figures() -> None:
    book = opened(Document("题", (PlotRow((PLOT, PLOT)), LIST)))
    with zipfile.ZipFile(io.BytesIO(printed_workbook(Document("题", (PlotRow((PLOT, PLOT)), LIST))))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 2 and all(re.search("sysDash", chart) for chart in charts)
    figures = [[cell.value for cell in row[:4]] for row in book["图"].iter_rows(min_row=2, max_row=5)]
    assert figures == [
        [None, "本年", "预计", "2027年目标 5"], ["01月", 1, None, 5], ["02月", None, 2, 5], ["03月", 3, 4, 5],
    ]  # fmt: skip


def test_equal_data_gives_equal_bytes() -> None:
    assert printed_workbook(MADE) == printed_workbook(MADE)
