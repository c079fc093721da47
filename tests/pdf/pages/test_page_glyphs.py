import io

import pikepdf
import pytest

from desktop.model.errors import Refused
from desktop.model.page import Cell, Column, Document, Grid, Paragraph, Row, Table
from desktop.pdf.render import render
from tests.pdf.pages.paper_samples import FOOT, application, letter
from tests.pdf.pages.pdf_tools import run, solid, text


def one(words: str, **more: object) -> bytes:
    return render(Document("示例", (Paragraph(words),), **more)).pdf  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["㛃", "䶮", "𫖯", "𬭎"])
def test_rare_names_can_be_copied_from_the_page(name: str) -> None:
    assert f"周{name}示例" in solid(one(f"周{name}示例"))


def test_two_characters_of_one_shape_copy_out_as_they_were_typed() -> None:
    words = "行行年年車車"  # U+884C, U+FA08 and others look alike
    assert words in solid(one(words))


def test_more_characters_than_one_byte_can_number() -> None:
    words = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 500))
    assert words in solid(one(words))


def test_a_character_that_serif_lacks_is_set_in_sans() -> None:
    assert "示例𰻝面" in solid(one("示例𰻝面"))


def test_all_fonts_are_embedded_subset_and_mapped() -> None:
    for document in (application(draft=True, practice=True), letter(foot=FOOT)):
        lines = run(render(document).pdf, "pdffonts", "{}").splitlines()[2:]
        assert lines
        for line in lines:
            assert line.split()[0][6] == "+"
            assert "yes yes yes" in line
            assert "Helvetica" not in line


def test_an_unknown_character_is_refused_with_its_number_and_place() -> None:
    with pytest.raises(Refused, match=r"第 2 行“单位”.*“☕”（U\+2615）"):
        columns = (Column("序号", 1), Column("单位", 2))
        render(Document("示例", (Table(columns, (Row(("1", "示例局")), Row(("2", "示例☕局")))),)))
    with pytest.raises(Refused, match=r"“负责人”一栏.*U\+F8FF"):
        render(Document("示例", (Grid(((Cell("负责人", 3, label=True), Cell("周\uf8ff", 9)),)),)))


@pytest.mark.parametrize("hidden", ["\x07", "\u202e", "\x00", "\u2066", "\x1b"])
def test_characters_that_hide_or_reorder_text_are_refused(hidden: str) -> None:
    with pytest.raises(Refused, match=rf"控制字符（U\+{ord(hidden):04X}）"):
        one(f"示例{hidden}区")


def test_characters_of_no_width_are_left_out_and_line_ends_kept() -> None:
    pdf = one("示\u200b例\ufeff区\ufe0f甲\r\n乙\u2028丙\u00ad丁")
    lines = [line.strip() for line in text(pdf, "-layout").splitlines() if line.strip()]
    assert lines[1:4] == ["示例区甲", "乙", "丙丁"]


def test_metadata_language_and_the_same_bytes_again() -> None:
    first, second = render(application()), render(application())
    assert first == second
    with pikepdf.open(io.BytesIO(first.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == "示例区设备更新项目申报表"
        assert str(pdf.docinfo["/Subject"]) == "项目申报表"
        assert str(pdf.docinfo["/Producer"]) == "两新工作台"
        assert len(pdf.pages) == first.pages
