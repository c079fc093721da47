"""Plots on paper: told apart without colour, whole on one page, the same bytes each time."""

import re
import zlib

from desktop.model.page import Document, Paragraph, Plot, PlotRow, Series, SeriesRole, SeriesShape, TargetLine
from desktop.pdf.render import render
from tests.pdf.pages.pdf_tools import solid, text

MONTHS = tuple(f"{month:02d}月" for month in range(1, 13))


def line() -> Plot:
    done = ("30", "42", "55", None, "60", "71", "75", "80", None, None, None, None)
    ahead = (None,) * 7 + ("80", "88", "95", "103", "111")
    series = (Series("累计", done), Series("预计", ahead, SeriesRole.PROJECTION))
    return Plot("现代化回收网点", MONTHS, series, "个", TargetLine("120", "2027年目标 120 个"), 60, "完成 66.7%。")


def bars() -> Plot:
    now = Series("本年", ("130", "142", *(None,) * 10), shape=SeriesShape.BARS)
    before = Series("上年同期", ("100",) * 12, SeriesRole.OTHER, SeriesShape.BARS)
    return Plot("回收量", MONTHS, (now, before), "吨")


def drawn(pdf: bytes) -> str:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    found = []
    for stream in streams:
        try:
            found.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return max(found, key=lambda content: content.count(" re"))


def test_a_plot_carries_its_words_and_needs_no_colour() -> None:
    made = render(Document("示例", (Paragraph("正文"), line(), PlotRow((bars(), line())))))
    assert made.pages == 1
    shown = solid(made.pdf)
    for part in ("现代化回收网点（个）", "2027年目标120个", "累计", "预计", "上年同期", "完成66.7%。", "12月", "111"):
        assert part in shown, part
    content = drawn(made.pdf)
    assert "[1.5 1.5] 0 d" in content and "[7 2 1.5 2] 0 d" in content  # projection and target by their dashes
    assert "W n" in content  # hatched bars
    assert not re.search(r"\b(rg|RG|k|K)\b", content), "black, white and grey only"
    assert render(Document("示例", (Paragraph("正文"), line(), PlotRow((bars(), line()))))).pdf == made.pdf


def test_another_value_gives_another_page() -> None:
    """Checking compares the drawn objects, so a value must show in them."""
    changed = Plot("回收量", MONTHS, (Series("本年", ("130", "142.1", *(None,) * 10), shape=SeriesShape.BARS),), "吨")
    kept = Plot("回收量", MONTHS, (Series("本年", ("130", "142", *(None,) * 10), shape=SeriesShape.BARS),), "吨")
    assert render(Document("示例", (changed,))).pdf != render(Document("示例", (kept,))).pdf


def test_a_plot_goes_whole_to_the_next_page() -> None:
    prose = Paragraph("示例内容。" * 90)
    made = render(Document("示例", (prose, line())))
    assert made.pages == 2
    first, second = text(made.pdf).split("\f")[:2]
    assert "现代化回收网点" not in first and "现代化回收网点" in second


def test_a_plot_without_values_says_so() -> None:
    assert "还没有数" in solid(render(Document("示例", (Plot("示例", MONTHS, (Series("本年", (None,) * 12),)),))).pdf)
