import re

import pytest

from desktop.model.errors import Refused
from desktop.model.page import (
    Align,
    Cell,
    Column,
    Document,
    Grid,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Seal,
    Seals,
    Signers,
    Table,
)
from desktop.pdf.render import render
from tests.pdf.pages.paper_samples import LONG, application, label, ledger, letter, long_texts, projects, wide
from tests.pdf.pages.pdf_tools import run, solid, text, words

MM = 72 / 25.4


def pages_of(pdf: bytes) -> list[str]:
    return text(pdf, "-layout").split("\f")[:-1]


def size_of(pdf: bytes, page: int = 1) -> tuple[int, int]:
    found = re.search(r"size:\s+([\d.]+) x ([\d.]+)", run(pdf, "pdfinfo", "-f", str(page), "-l", str(page), "{}"))
    assert found
    return round(float(found[1]) / MM), round(float(found[2]) / MM)


def inside(pdf: bytes, left: float, right: float) -> None:
    for x0, _, x1, _, word in words(pdf):
        assert x0 >= left * MM - 1, word
        assert x1 <= right * MM + 1, word


def test_an_application_fills_one_upright_page() -> None:
    made = render(application())
    assert made.pages == 1
    assert size_of(made.pdf) == (210, 297)
    inside(made.pdf, 28, 184)
    shown = solid(made.pdf)
    for part in ("2603-370100-07-02-100042", "肆仟捌佰万元整", "购置金额合计3,680.00", "负责人签字："):
        assert part in shown
    assert shown.count("（盖章）") == 3
    assert shown.count("更新前") == 1


def test_a_ledger_lies_repeats_its_head_and_keeps_heads_with_rows() -> None:
    made = render(ledger())
    assert size_of(made.pdf) == (297, 210)
    inside(made.pdf, 35, 260)
    pages = pages_of(made.pdf)
    assert len(pages) == made.pages > 5
    for number, page in enumerate(pages, 1):
        assert "牵头单位" in page
        assert f"第{number}页共{made.pages}页" in "".join(page.split())
        if number > 1:
            assert "工作台账（续）" in page
    for page in pages:
        body = [line for line in page.splitlines() if line.strip()]
        foot = next(i for i, line in enumerate(body) if "数据校验码" in line)
        assert not re.search(r"完善示例废旧|实施第", body[foot - 1])
    numbers = re.findall(r"^ *(\d{1,2}) ", "\n".join(pages), re.MULTILINE)
    assert len(set(numbers)) == 60
    assert "填表人：周示例" in solid(made.pdf)


def test_every_row_of_a_long_list_is_printed_once() -> None:
    made = render(projects(200))
    shown = solid(made.pdf)
    for number in range(1, 201):
        assert shown.count(f"第{number}期") == 1
    assert "12,345,678.90" in shown


def test_an_empty_list_says_so() -> None:
    made = render(projects(0))
    assert made.pages == 1
    assert "无" in pages_of(made.pdf)[0]


def test_sums_are_carried_over_page_breaks() -> None:
    pages = pages_of(render(projects(30, carried=True)).pdf)
    assert len(pages) >= 3
    rows = [4_800 + n * 13.17 for n in range(1, 31)]
    seen = 0
    for number, page in enumerate(pages):
        here = len(re.findall(r"\b2026-03\b", page))
        if number:
            assert f"{sum(rows[:seen]):,.2f}" in next(line for line in page.splitlines() if "承前页" in line)
        if number < len(pages) - 1:
            closing = next(line for line in page.splitlines() if "本页小计" in line)
            assert f"{sum(rows[seen : seen + here]):,.2f}" in closing
        else:
            assert "本页小计" not in page
        seen += here
    assert seen == 30


def test_columns_that_do_not_fit_turn_the_paper_and_then_enlarge_it() -> None:
    def of(count: int) -> tuple[int, int]:
        columns = tuple(Column(f"第{n}季度", 1, number=True) for n in range(count))
        return size_of(render(Document("示例", (Table(columns, (Row(("12,345,678.90",) * count),)),))).pdf)

    assert of(5) == (210, 297)
    assert of(9) == (297, 210)
    assert of(14) == (420, 297)
    made = render(wide())
    assert size_of(made.pdf) == (420, 297)
    assert "12,345,679.90" in pages_of(made.pdf)[0]


def test_a_column_is_never_narrower_than_what_cannot_be_broken() -> None:
    columns = (Column("名称", 500), Column("代码", 1), Column("金额", 1, unit="万元", number=True))
    made = render(Document("示例", (Table(columns, (Row((LONG, "91370100MA00000000", "12,345,678.90")),)),)))
    page = pages_of(made.pdf)[0]
    assert "91370100MA00000000" in page
    assert "12,345,678.90" in page


def test_rows_longer_than_a_page_go_on_and_lose_nothing() -> None:
    made = render(long_texts())
    shown = solid(made.pdf)
    assert shown.count("拆除弧焊机组") >= 60
    assert "进展情况（续）" in shown
    assert re.search(r"3\n?续", shown)  # the column of the numbers is too narrow for brackets
    columns = (Column("序号", 1), Column("情况", 9))
    count = 3_000
    marks = "、".join(f"A{n}B" for n in range(count))
    again = solid(render(Document("示例", (Table(columns, (Row(("1", marks)),)),))).pdf)
    assert [int(n) for n in re.findall(r"A(\d+)B", again)] == list(range(count))


def test_rows_tied_by_a_tall_cell_stay_together() -> None:
    filler = tuple((label("项目"), Cell(LONG, 10)) for _ in range(13))
    tied = ((label("资金来源", down=2), label("省级", 5), label("自筹", 5)), (Cell("1.00", 5), Cell("2.00", 5)))
    for count in range(8, 14):
        pages = pages_of(render(Document("示例", (Grid(filler[:count] + tied),))).pdf)
        page = next(page for page in pages if "资金来源" in page)
        assert "自筹" in page
        assert "2.00" in page


@pytest.mark.parametrize("cells", [(Cell("甲", 5), Cell("乙", 6)), (Cell("甲", 8), Cell("乙", 5))])
def test_a_grid_that_is_not_twelve_wide_is_a_mistake(cells: tuple[Cell, ...]) -> None:
    with pytest.raises(ValueError, match="twelve"):
        render(Document("示例", (Grid((cells,)),)))


def test_a_letter_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    made = render(Document("", (Paragraph("示" * 28 * 30, indent=False),), letter=True))
    lines = [line.strip() for line in pages_of(made.pdf)[0].splitlines() if "示" in line]
    assert [len(line) for line in lines] == [28] * 22


def test_letters_number_their_pages_with_dashes_only() -> None:
    made = render(letter())
    shown = text(made.pdf, "-raw")
    assert "— 2 —" in shown
    assert "共" not in "".join(line for line in shown.splitlines() if "页" in line)
    assert "（续）" not in shown


def test_no_paragraph_leaves_a_single_line_on_a_page() -> None:
    for before in range(15, 22):
        four = Paragraph("乙" * 26 + "丙" * 28 + "丁" * 28 + "戊" * 28)
        blocks = (*[Paragraph("甲" * 20, indent=False)] * before, four)
        for page in pages_of(render(Document("", blocks, letter=True)).pdf):
            assert sum(any(c in line for c in "乙丙丁戊") for line in page.splitlines()) != 1


def test_a_page_break_may_turn_the_paper() -> None:
    made = render(Document("示例", (Paragraph("甲"), PageBreak(landscape=True), Paragraph("乙"), PageBreak())))
    assert [size_of(made.pdf, page) for page in (1, 2, 3)] == [(210, 297), (297, 210), (210, 297)]


def test_names_and_notes_stay_with_the_last_row() -> None:
    columns = (Column("序号", 1), Column("单位", 5))
    for count in range(20, 40):
        rows = tuple(Row((str(n), "示例局")) for n in range(count))
        signers = Signers((("填表人", "周示例"), ("审核人", "吴示例")))
        pages = pages_of(render(Document("示例", (Table(columns, rows), Note("注：示例。"), signers))).pdf)
        assert "示例局" in next(page for page in pages if "填表人" in page)


def test_a_total_never_stands_alone_under_a_head() -> None:
    columns = (Column("序号", 1), Column("金额", 5, number=True))
    for count in range(20, 40):
        rows = (*(Row((f"N{n}", "1.00")) for n in range(count)), Row(("合计", "9.00"), RowKind.TOTAL))
        pages = pages_of(render(Document("示例", (Table(columns, rows),))).pdf)
        assert f"N{count - 1}" in next(page for page in pages if "合计" in page)


def test_a_head_higher_than_half_a_page_is_refused() -> None:
    with pytest.raises(Refused, match="表头太高"):
        render(Document("示例", (Table(tuple(Column("栏" * 400, 1) for _ in range(6)), ()),)))


def test_a_sum_before_an_empty_cell_is_never_torn() -> None:
    columns = (Column("项目", 30), Column("累计", 1, number=True), Column("比率", 1, number=True), Column("说明", 60))
    rows = (Row((LONG, "1.00", "5", LONG)), Row(("小计", "12,345,678,901.00", "", ""), RowKind.SUBTOTAL))
    assert "12,345,678,901.00" in pages_of(render(Document("示例", (Table(columns, rows),))).pdf)[0]


def test_a_part_head_stays_with_a_row_almost_as_long_as_a_page() -> None:
    columns = (Column("序号", 1), Column("情况", 9))
    texts = tuple(Row((str(n), "\n".join(f"第{n}行第{line}句" for line in range(46)))) for n in range(2))
    made = render(Document("示例", (Table(columns, (Row(("一、工业",), RowKind.PART), *texts)),)))
    first = pages_of(made.pdf)[0]
    assert "一、工业" in first and "第0行第3句" in first


@pytest.mark.parametrize("lines", range(16, 22))
def test_the_date_of_a_letter_never_stands_alone(lines: int) -> None:
    closing = (Paragraph("示例局", align=Align.RIGHT), Paragraph("2026年11月", align=Align.RIGHT))
    body = tuple(Paragraph(f"第{n}段") for n in range(lines))
    pages = pages_of(render(Document("", (*body, *closing), letter=True)).pdf)
    assert "段" in pages[-1] and "示例局" in pages[-1] and "2026年11月" in pages[-1]


@pytest.mark.parametrize("rows", range(0, 40, 3))
def test_an_empty_table_or_the_last_rows_stay_with_note_boxes_and_names(rows: int) -> None:
    columns = (Column("序号", 1), Column("项目名称", 9))
    long = Table(columns, tuple(Row((str(n), f"示例{n}号")) for n in range(rows)))
    closing = (Seals((Seal("意见"),)), Note("注：示例"), Signers((("填表人", ""),)))
    last = pages_of(render(Document("示例", (long, Heading("二"), Table(columns, ()), *closing))).pdf)[-1]
    assert "项目名称" in last and "注：示例" in last and "填表人" in last and "二" in last
    last = pages_of(render(Document("示例", (long, *closing))).pdf)[-1]
    assert last.count("示例") >= min(rows, 2) + 1


def test_lists_with_long_texts_take_larger_paper() -> None:
    columns = (*(Column(f"第{n}季度", 1, number=True) for n in range(8)), Column("情况", 9))
    rows = tuple(Row(("12,345,678.90",) * 8 + (LONG * 2,)) for _ in range(3))
    assert size_of(render(Document("示例", (Table(columns, rows),), landscape=True)).pdf) == (420, 297)
