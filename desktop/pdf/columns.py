"""How wide the columns of a table are, and which paper a table needs."""

from __future__ import annotations

from math import sqrt

from desktop.model.page import Row, RowKind, Table
from desktop.pdf.boxes import EMPTY, PAD_X
from desktop.pdf.carrying import Carrier
from desktop.pdf.lines import widest_piece
from desktop.pdf.sheet import LYING, LYING_A3, Sheet
from desktop.pdf.style import CELL, CELL_LABEL, CELL_NUMBER, DENSE, DENSE_HEAD, DENSE_NUMBER, MM, UNIT, Style

# A piece without a place to break may ask for this much; longer ones (addresses of web pages) are torn.
_LONGEST_PIECE = 45 * MM
# A column of running text narrower than this many characters cannot be read.
_READABLE = 5
_CROWDED_LINES = 16


def styles(table: Table) -> tuple[Style, Style, Style]:
    """Of text, head and figures."""
    return (DENSE, DENSE_HEAD, DENSE_NUMBER) if table.dense else (CELL, CELL_LABEL, CELL_NUMBER)


def bracketed(unit: str) -> str:
    """The unit as it stands below the label of a head."""
    return unit if not unit or unit.startswith(("（", "(")) else f"（{unit}）"


def least_widths(table: Table) -> tuple[list[float], list[float]]:
    """Per column in points: what the longest unbreakable piece needs, and what can be read with ease."""
    text, head, figures = styles(table)
    least, readable = [], []
    rows = _listed(table)
    if table.carried:
        carrier = Carrier(table)
        for row in table.rows:
            carrier.add(row)
        rows.append(carrier.brought())
    for place, column in enumerate(table.columns):
        style = figures if column.number else text
        values = _values(table, rows, place) or {EMPTY}
        longest = sorted(values, key=len, reverse=True)
        if column.number:
            need = max(style.width(line) for value in values for line in (value or EMPTY).split("\n"))
            ease = need
        else:
            need = min(_LONGEST_PIECE, max(widest_piece(value, style.width) for value in values))
            natural = max(style.width(line) for value in longest[:20] for line in value.split("\n"))
            ease = max(need, min(natural, _READABLE * style.size))
        label = widest_piece(column.label, head.width)
        # Two characters beside each other, so that a head never runs down one by one.
        label = max(label, min(head.width(column.label), 2 * head.size), UNIT.width(bracketed(column.unit)))
        least.append(max(need, label) + 2 * PAD_X)
        readable.append(max(ease, label) + 2 * PAD_X)
    return least, readable


def _spreads(table: Table, row: Row, place: int) -> bool:
    """Whether the text is the label of a sum, which takes the room of the empty cells after it. A figure never does."""
    label = row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL) and not table.columns[place].number
    return label and row.cells[place + 1 : place + 2] == ("",)


def _listed(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind not in (RowKind.PART, RowKind.AREA)]


def _values(table: Table, rows: list[Row], place: int) -> set[str]:
    return {row.cells[place] for row in rows if place < len(row.cells) and not _spreads(table, row, place)}


def _asked(table: Table) -> list[float]:
    """Per column in points: what would hold its label and its longest text on one line."""
    text, head, figures = styles(table)
    asked = []
    for place, column in enumerate(table.columns):
        style = figures if column.number else text
        values = {line for cell in _values(table, _listed(table), place) for line in cell.split("\n")}
        longest = sorted(values, key=lambda line: (len(line), line), reverse=True)[:20]
        asked.append(max([head.width(column.label), *(style.width(line) for line in longest)]) + 2 * PAD_X)
    return asked


def column_widths(table: Table, measure: float) -> list[float]:
    """Widths that fill `measure`: by the shares of the columns and by what stands in them, none below its least.

    A column wider than its longest text gives to those whose texts break. When even the least widths are too wide
    together, text gives way and its long pieces are torn; figures stay whole as long as there is any way.
    """
    least, readable = least_widths(table)
    floor = readable if sum(readable) <= measure else least
    if sum(floor) >= measure:
        return _squeezed(table, floor, measure)
    shares = [max(column.width, 0.001) for column in table.columns]
    asked = [max(low, wide) for low, wide in zip(floor, _asked(table), strict=True)]
    if sum(asked) <= measure:
        return _shared(shares, asked, measure)
    text = styles(table)[0]
    rows = _listed(table)
    longest = [max((text.width(v.replace("\n", "")) for v in _values(table, rows, place)), default=0.0)
               for place in range(len(shares))]  # fmt: skip
    weights = [sqrt(share * max(wide, whole)) for share, wide, whole in zip(shares, asked, longest, strict=True)]
    low, high = 0.0, measure / min(weights)
    for _ in range(48):
        middle = (low + high) / 2
        if sum(_between(weights, middle, floor, asked)) < measure:
            low = middle
        else:
            high = middle
    return _between(weights, low, floor, asked)


def _between(weights: list[float], scale: float, floor: list[float], asked: list[float]) -> list[float]:
    return [
        min(max(weight * scale, low), high) for weight, low, high in zip(weights, floor, asked, strict=True)
    ]  # fmt: skip


def _shared(shares: list[float], floor: list[float], measure: float) -> list[float]:
    """All of `measure` by shares, none below its floor."""
    fixed: dict[int, float] = {}
    while True:
        rest = measure - sum(fixed.values())
        free = [place for place in range(len(shares)) if place not in fixed]
        total = sum(shares[place] for place in free)
        short = {place: floor[place] for place in free if rest * shares[place] / total < floor[place]}
        if not short:
            return [fixed.get(place, rest * share / total) for place, share in enumerate(shares)]
        fixed |= short


def _squeezed(table: Table, least: list[float], measure: float) -> list[float]:
    figures = sum(width for width, column in zip(least, table.columns, strict=True) if column.number)
    words = sum(least) - figures
    rest = measure - figures
    narrowest = 2 * PAD_X + 2 * styles(table)[0].size
    if not words or rest < narrowest * sum(not column.number for column in table.columns):
        return [width * measure / sum(least) for width in least]
    return [
        width if column.number else width * rest / words for width, column in zip(least, table.columns, strict=True)
    ]


def paper_for(tables: list[Table], preferred: Sheet) -> Sheet:
    """The smallest paper, from the preferred one upwards, on which all these tables can be read."""
    needs = [sum(least_widths(table)[1]) for table in tables]
    wider = [sheet for sheet in (preferred, LYING, LYING_A3) if sheet.measure >= preferred.measure]
    read = [sheet for sheet in wider if all(need <= sheet.measure + 0.01 for need in needs)]
    roomy = [sheet for sheet in read if not any(_crowded(table, sheet.measure) for table in tables)]
    return [*roomy, *read, LYING_A3 if needs else preferred][0]


def _crowded(table: Table, measure: float) -> bool:
    """Whether the usual row of a list would take half a lying page, so that each row stands on a page of its own."""
    text = styles(table)[0]
    rooms = [width - 2 * PAD_X for width in column_widths(table, measure)]
    texts = [[cell.replace("\n", "") for cell in row.cells] for row in table.rows if row.kind is RowKind.DATA]
    lines = sorted(
        max((text.width(cell) / room for cell, room in zip(cells, rooms, strict=False)), default=0.0) for cells in texts
    )
    return len(lines) > 1 and lines[len(lines) // 2] > _CROWDED_LINES
