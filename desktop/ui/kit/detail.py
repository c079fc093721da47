"""Side panes: label and value in two columns, the one big figure of a screen, a pane with its padding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from . import look
from .text import Text, ground, row


class Facts(QWidget):
    """Label in ink3 and value in ink, one pair a row, the label column measured. A value may be a ready widget.

    Values wrap and can be selected; "" is shown as —.
    """

    def __init__(
        self, pairs: Sequence[tuple[str, str | QWidget]] = (), *, official: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._official = official
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme().metric("label_gap"))
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[tuple[str, str | QWidget]]) -> None:
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        for place, (label, value) in enumerate(pairs):
            name = Text(label, size=12, ink="ink3")
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(value, QWidget):
                shown = value
            else:
                shown = Text(value or "—", wrap=True, select=True, official=self._official)
                shown.setAccessibleName(f"{label}，{value or '空'}")
            self._grid.addWidget(shown, place, 1, Qt.AlignmentFlag.AlignTop)
            for part in (name, shown):
                part.show()  # now, not a round of events later: what is not shown has no height


class Figure(QWidget):
    """The one figure a screen is about: 22 px (28 with `large`), its unit after it on the same line."""

    def __init__(
        self, value: str, unit: str = "", *, before: str = "", large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.value, self.unit = Text(value, size=28 if large else 22), Text(unit, size=13, ink="ink2")
        self.before = Text(before, size=14)
        across = row(self, [self.before, self.value, self.unit, None], gap=8)
        deep = look.metrics(28 if large else 22).descent()
        for widget, size in ((self.before, 14), (self.value, 0), (self.unit, 13)):
            across.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
            if size:
                widget.setContentsMargins(0, 0, 0, max(0, deep - look.metrics(size).descent()))
        self.before.setVisible(bool(before))

    def set_value(self, value: str, unit: str | None = None) -> None:
        self.value.setText(value)
        if unit is not None:
            self.unit.setText(unit)


class Pane(QWidget):
    """A pane with 16 px padding on a ground token; `down` is its layout; `scroll` gives it a scroll area (`area`)."""

    def __init__(self, token: str = "panel", *, gap: int = 8, scroll: bool = False) -> None:
        super().__init__()
        ground(self, token)
        host: QWidget = self
        if scroll:
            outer = QVBoxLayout(self)
            outer.setContentsMargins(0, 0, 0, 0)
            self.area = QScrollArea()
            self.area.setWidgetResizable(True)
            self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            host = ground(QWidget(), token)
            self.area.setWidget(host)
            outer.addWidget(self.area)
        self.down = QVBoxLayout(host)
        side = look.theme().metric("pane")
        self.down.setContentsMargins(side, 12, side, 16)
        self.down.setSpacing(gap)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.down.addWidget(widget)

    def end(self) -> None:
        """A stretch below the last part."""
        self.down.addStretch()
