"""A document as .docx: all that paper says, by the same proportions, and still a document that is edited."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from desktop.model.page import (
    Align,
    Cell,
    Column,
    Document,
    Foot,
    Grid,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Plot,
    PlotRow,
    Row,
    RowKind,
    Seal,
    Seals,
    Series,
    SeriesRole,
    Signers,
    Table,
    TargetLine,
)
from desktop.word.write import word_document

RARE = "示例𠮷㛃龘有限公司"
TABLE = Table(
    (Column("类别", 6), Column("名称", 20), Column("总投资", 10, "万元", Align.RIGHT, True, True)),
    (
        Row(("一、工业",), RowKind.AREA),
        Row(("更新前", RARE, "12,345,678.90")),
        Row(("更新前", "=1+1", "")),
        Row(("更新后", "甲 & <乙>\n第二行", "0.10")),
        Row(("合计　3 个", "", "12,345,679.00"), RowKind.TOTAL),
    ),
    caption="一、设备", unit="单位：万元", group=True,
)  # fmt: skip
GRID = Grid(
    (
        (Cell("资金\n（万元）", 2, label=True, down=2), Cell("自筹", 5, label=True), Cell("贷款", 5, label=True)),
        (Cell("1.00", 5, number=True), Cell("2.00", 5, number=True)),
    )
)
PLOT = Plot(
    "回收量", ("01月", "02月", "03月"),
    (Series("本年", ("1", None, "3")), Series("预计", (None, "2", "4"), SeriesRole.PROJECTION)),
    "吨", TargetLine("5", "2027年目标 5"), words="三月 3 吨。",
)  # fmt: skip
BLOCKS = (
    Heading("一、进展"), Paragraph("共 68 项。"), PlotRow((PLOT, replace(PLOT, title="另一图"))),
    Paragraph("示例局", False, Align.RIGHT, 2),
    GRID, Seals((Seal("申报单位承诺", "材料真实。"), Seal("审核意见"))), PageBreak(True), TABLE, Note("注一"),
    Signers((("填表人", "李示例"), ("联系电话", "　　　　"))),
)  # fmt: skip
MADE = Document(
    "示例区简报\n第二行", BLOCKS, left="示例局", right="2026年11月", draft=True, practice=True,
    foot=Foot("ab" * 32, "x", ("版式 1234",)),
)  # fmt: skip


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(word_document(document)))


def whole(file: Any) -> str:
    return "".join(text.text or "" for text in file.element.body.iter(qn("w:t")))


def test_every_text_of_the_paper_stands_in_it() -> None:
    text = whole(opened(MADE))
    for words in ("示例区简报", "一、进展", "共 68 项。", "三月 3 吨。", "资金", "1.00", "申报单位承诺", "（盖章）",
                  RARE, "=1+1", "甲 & <乙>", "12,345,679.00", "合计　3 个", "注一", "填表人：李示例",
                  "一、设备"):  # fmt: skip
        assert words in text, words


def test_paper_direction_head_and_foot() -> None:
    file = opened(MADE)
    first, second = file.sections
    lengths = (first.page_width, first.left_margin, first.top_margin, second.page_width)
    assert [round(each.mm) for each in lengths] == [210, 28, 37, 297]
    assert second.orientation == WD_ORIENT.LANDSCAPE
    for section in (first, second):
        assert "草稿　未签名" in section.header.paragraphs[0].text and "练习" in section.header.paragraphs[0].text
        foot = section.footer._element.xml
        assert "PAGE" in foot and "NUMPAGES" in foot and "ABABABABABABABAB" in foot
    clean = opened(replace(MADE, draft=False, practice=False, letter=True))
    assert clean.sections[0].header.paragraphs[0].text.strip() == ""
    assert "NUMPAGES" not in clean.sections[0].footer._element.xml


def test_fonts_are_those_of_the_standard() -> None:
    file = opened(MADE)
    fonts = {font.get(qn("w:eastAsia")) for font in file.element.body.iter(qn("w:rFonts"))}
    assert {"方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"} <= fonts
    body = next(each for each in file.paragraphs if each.text == "共 68 项。")
    assert body.runs[0].font.size.pt == 16 and body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    table = next(part for part in file.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    assert '<w:altName w:val="仿宋"/>' in table.blob.decode()


def test_tables_repeat_their_head_and_join_equal_cells() -> None:
    table = opened(MADE).tables[-1]._tbl
    rows = table.tr_lst
    assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    merges = [each.get(qn("w:val")) for each in table.iter(qn("w:vMerge"))]
    assert merges == ["restart", "continue"]
    assert [each.get(qn("w:val")) for each in table.iter(qn("w:gridSpan"))] == ["3", "2"]
    empty = opened(replace(MADE, blocks=(replace(TABLE, rows=()),)))
    assert "无" in whole(empty)


def test_plots_are_grey_pictures_with_words_instead() -> None:
    from PIL import Image

    data = word_document(MADE)
    described = [each.get("descr") for each in opened(MADE).element.body.iter() if each.tag.endswith("}docPr")]
    assert described == ["回收量：三月 3 吨。", "另一图：三月 3 吨。"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pictures = [name for name in archive.namelist() if name.endswith(".png")]
        assert pictures
        for name in pictures:
            picture = Image.open(io.BytesIO(archive.read(name)))
            assert picture.mode == "L" and picture.getextrema() == (0, 255)


def test_the_same_document_gives_the_same_bytes_and_no_character_breaks_it() -> None:
    assert word_document(MADE) == word_document(MADE)
    odd = Document("题\x00", (Paragraph("坏\x0b字\ud800"), replace(TABLE, rows=(Row(("\x01", "b", "")),))))
    assert "坏\ufffd字\ufffd" in whole(opened(odd))
