"""Widths of the columns of a list; a part of `TableView`, which it is mixed into."""

from __future__ import annotations

from PySide6.QtWidgets import QStyleOptionViewItem

from . import look
from .rows import ROW


class ColumnFit:
    """Columns fall out in their order when there is no room; what is left squeezes before it scrolls."""

    def fit_columns(self) -> None:
        """Set widths: text as defined, numbers from the widest value; drop columns; the last takes the rest."""
        if not self.columns():
            return
        self.horizontalHeader().setFixedHeight(self.head_height())
        self.frozen.horizontalHeader().setFixedHeight(self.head_height())
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        widths = [self._wanted(i) for i in range(len(self.columns()))]
        room = self.viewport().width() or 800
        keep = list(range(len(widths)))
        for place in sorted(keep, key=lambda i: -self.columns()[i].drop):
            if sum(widths[i] for i in keep) <= room or not self.columns()[place].drop:
                break
            keep.remove(place)
        self._squeeze(widths, keep, room)
        self._widen(widths, keep, room)
        frozen = (i for i, column in enumerate(self.columns()) if not column.frozen)
        self._shown, self._frozen_count = keep, next(frozen, len(widths))
        count = self._frozen_count
        stretch = keep[-1] if keep else 0
        if keep and self.columns()[stretch].kind == "number" and not self.columns()[stretch].width:
            texts = [i for i in keep if self.columns()[i].kind == "text"]  # a number alone at the far edge reads badly
            stretch = (texts or keep)[-1]
        for place, wide in enumerate(widths):
            rest = room - sum(widths[i] for i in keep)
            if keep and place == stretch and rest > 0:
                wide += rest
            self.setColumnHidden(place, place not in keep)
            self.setColumnWidth(place, wide)
            self.frozen.setColumnHidden(place, place >= count or place not in keep)
            self.frozen.setColumnWidth(place, wide)
        self.columns_dropped.emit(len(keep), len(widths))
        self._place_frozen()

    def _squeeze(self, widths: list[int], keep: list[int], room: int) -> None:
        """When a little room is lacking, bars and then texts give way (cut texts have a tooltip); numbers never do."""
        for kind, least in (("ratio", 0.75), ("text", 0.8)):
            for place in sorted(keep, key=lambda i: -widths[i]):
                lack = sum(widths[i] for i in keep) - room
                if lack > 0 and self.columns()[place].kind == kind:
                    widths[place] -= min(lack, int(widths[place] * (1 - least)))

    def _widen(self, widths: list[int], keep: list[int], room: int) -> None:
        """Spare room first goes to texts that are cut, from the left; the last column gets what is left of it."""
        for place in keep:
            spare = room - sum(widths[i] for i in keep)
            if spare > 0 and self.columns()[place].kind == "text" and self.columns()[place].width:
                widths[place] += max(0, min(spare, self._widest(place) - widths[place]))

    def _widest(self, place: int, least: int = 0) -> int:
        options, widest = QStyleOptionViewItem(), least
        for row in range(min(self.model().rowCount(), 200)):
            index = self.model().index(row, place)
            total = self.columns()[place].kind == "number" and index.data()  # a sum is wider than what it sums
            if index.data(ROW).kind == "data" or total:
                widest = max(widest, self.itemDelegate().sizeHint(options, index).width() + 1)
        return widest

    def _wanted(self, place: int) -> int:
        column, theme = self.columns()[place], look.theme()
        signs = theme.px(12) * (bool(column.sort) + column.filtered) + (6 if column.sort or column.filtered else 0)
        head = max(look.width(column.title, 12) + signs, look.width(column.unit, 12)) + 17 + (28 if column.key else 0)
        if column.width:
            return max(theme.px(column.width), head)
        return self._widest(place, head)
