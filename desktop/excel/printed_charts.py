"""Plots of a printed workbook: charts of their own over the figures on their sheet, in black and grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties

from desktop.excel.printed_cells import HEI, put
from desktop.model.page import Align, Plot, SeriesRole, SeriesShape

_DASH = {SeriesRole.VALUE: "solid", SeriesRole.OTHER: "solid", SeriesRole.PROJECTION: "sysDash"}
_MARK = {SeriesRole.VALUE: "circle", SeriesRole.OTHER: "square", SeriesRole.PROJECTION: "circle"}
_WEIGHT = {SeriesRole.VALUE: 19050, SeriesRole.OTHER: 9525, SeriesRole.PROJECTION: 12700}  # in EMU
_ROWS = 16  # a chart stands over as many rows


def chart_sheet(sheet: Any, plots: Sequence[Plot]) -> None:
    """Each plot's figures as a small table, its chart beside it."""
    sheet.column_dimensions["A"].width = 12
    row = 1
    for plot in plots:
        title = f"{plot.title}（{plot.unit}）" if plot.unit else plot.title
        put(sheet.cell(row, 1), title, font=HEI, wrap=False)
        _figures(sheet, plot, row + 1)
        _chart(sheet, plot, title, row + 1)
        after = row + 2 + len(plot.labels)
        if plot.words:
            put(sheet.cell(after, 1), plot.words, size=9, wrap=False)
        row = max(after + 2, row + _ROWS + 2)


def _heads(plot: Plot) -> list[str]:
    return [*(series.label for series in plot.series), *([plot.target.label] if plot.target else [])]


def _figures(sheet: Any, plot: Plot, row: int) -> None:
    for place, head in enumerate(["", *_heads(plot)], start=1):
        put(sheet.cell(row, place), head, align=Align.CENTRE, framed=True, fill=True, font=HEI)
        if place > 1:
            letter = sheet.cell(row, place).column_letter
            sheet.column_dimensions[letter].width = max(sheet.column_dimensions[letter].width or 0, 13)
    for number, label in enumerate(plot.labels, start=1):
        put(sheet.cell(row + number, 1), label, align=Align.CENTRE, framed=True)
        for place, series in enumerate(plot.series, start=2):
            put(sheet.cell(row + number, place), series.values[number - 1] or "", framed=True, number=True)
        if plot.target:
            put(sheet.cell(row + number, 2 + len(plot.series)), plot.target.value, framed=True, number=True)


def _chart(sheet: Any, plot: Plot, title: str, row: int) -> None:
    last = row + len(plot.labels)
    labels = Reference(sheet, min_col=1, min_row=row + 1, max_row=last)
    bars = [n for n, each in enumerate(plot.series) if each.shape is SeriesShape.BARS]
    lines = [n for n, each in enumerate(plot.series) if each.shape is SeriesShape.LINE]
    chart: Any = BarChart() if bars else LineChart()
    second: Any = LineChart() if bars and (lines or plot.target) else chart
    for number in range(len(plot.series) + (1 if plot.target else 0)):
        into = chart if number in bars else second
        into.add_data(Reference(sheet, min_col=2 + number, min_row=row, max_row=last), titles_from_data=True)
        made = into.series[-1]
        if number in bars:
            _bar(made, plot.series[number].role)
        else:
            _line(made, plot.series[number].role if number < len(plot.series) else None)
    for each in {id(chart): chart, id(second): second}.values():
        each.set_categories(labels)
    if second is not chart:
        chart += second
    chart.title, chart.height, chart.width = title, 7.6, 15
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.display_blanks = "gap"
    sheet.add_chart(chart, f"{sheet.cell(row, 4 + len(plot.series)).column_letter}{row}")


def _bar(series: Any, role: SeriesRole) -> None:
    look = GraphicalProperties()
    if role is SeriesRole.VALUE:
        look.solidFill = "595959"
    else:
        look.solidFill = "FFFFFF"
        look.line.dashStyle = _DASH[role]
    look.line.solidFill = "000000"
    series.graphicalProperties = look


def _line(series: Any, role: SeriesRole | None) -> None:
    """A line with its mark; the target (no role) is dashed long and short, without marks."""
    line = series.graphicalProperties.line
    line.solidFill = "000000"
    line.dashStyle = _DASH[role] if role else "lgDashDot"
    line.width = _WEIGHT[role] if role else 12700
    series.smooth = False
    series.marker.symbol = _MARK[role] if role else "none"
    if role:
        series.marker.size = 5
        series.marker.graphicalProperties = GraphicalProperties(
            solidFill="000000" if role is SeriesRole.VALUE else "FFFFFF"
        )
        series.marker.graphicalProperties.line.solidFill = "000000"
