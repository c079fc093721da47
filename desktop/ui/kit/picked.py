"""What is selected in a list: its rows, its sums, and the text that Ctrl+C puts on the clipboard."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QTableView

Sum = tuple[str, str, Decimal]  # title, unit, sum


def rows(view: QTableView) -> list[int]:
    """Numbers of the rows that the selection touches."""
    spans = view.selectionModel().selection()
    return sorted({one for span in spans for one in range(span.top(), span.bottom() + 1)})


def columns(view: QTableView) -> list[int]:
    spans = view.selectionModel().selection()
    places = sorted({one for span in spans for one in range(span.left(), span.right() + 1)})
    return [place for place in places if not view.isColumnHidden(place)]


def sums(view: QTableView) -> list[Sum]:
    held = [view.model().row_at(place) for place in rows(view)]
    made: list[Sum] = []
    for place, column in enumerate(view.model().columns):
        if column.sums and not view.isColumnHidden(place):
            total = sum((row.cell(place).value or Decimal(0) for row in held), Decimal(0))
            made.append((column.title, column.unit, total))
    return made


def as_table(view: QTableView) -> str:
    """Tab-separated lines; the heads come first when more than one cell is selected. Group lines are left out."""
    places, held = columns(view), [view.model().row_at(place) for place in rows(view)]
    held = [row for row in held if row.kind != "span"]
    wanted = [view.model().columns[place] for place in places]
    heads = [f"{column.title}（{column.unit}）" if column.unit else column.title for column in wanted]
    lines = [heads] if len(held) > 1 or len(places) > 1 else []
    lines += [[row.cell(place).text.replace("\t", " ").replace("\n", " ") for place in places] for row in held]
    return "\n".join("\t".join(line) for line in lines)
