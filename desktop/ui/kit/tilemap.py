"""Townships as tiles, each in its rough place, north up. One short of its target is amber and says what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import look, paint
from .squares import square

GAP, PAD = 5, 8


@dataclass(frozen=True)
class Tile:
    """A township at (column, row) of the map, 0-based from the north-west. `words`: 已满, 缺 1 个; `short`: amber."""

    key: str
    name: str
    column: int
    row: int
    squares: tuple[str, ...] = ()
    words: str = ""
    short: bool = False


class TileMap(QWidget):
    """Arrows move over the map, Space asks for only this one (`narrowed`), Enter opens (`opened`)."""

    picked = Signal(str)
    narrowed = Signal(str)
    opened = Signal(str)

    def __init__(self, tiles: Sequence[Tile] = (), *, label: str = "街道、镇", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.here = ""
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        self.tiles = list(tiles)
        if self.here not in [tile.key for tile in self.tiles]:
            self.here = ""
        self._say()
        self.updateGeometry()
        self.update()

    def tile(self) -> Tile | None:
        return next((tile for tile in self.tiles if tile.key == self.here), None)

    def set_here(self, key: str) -> None:
        self.here = key
        self._say()
        self.update()

    def _say(self) -> None:
        tile = self.tile()
        parts = (self.label, tile.name, tile.words) if tile else (self.label,)
        self.setAccessibleName("，".join(part for part in parts if part))

    def _columns(self) -> int:
        return max((tile.column for tile in self.tiles), default=0) + 1

    def _rows(self) -> int:
        return max((tile.row for tile in self.tiles), default=0) + 1

    def _high(self) -> int:
        return look.theme().control(54)

    def sizeHint(self) -> QSize:
        return QSize(self._columns() * 100, self._rows() * (self._high() + GAP))

    def _spot(self, tile: Tile) -> QRect:
        wide = (self.width() + GAP) // self._columns() - GAP
        return QRect(tile.column * (wide + GAP), tile.row * (self._high() + GAP), wide, self._high())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key, now = event.key(), self.tile()
        if key in steps and self.tiles:
            self._move(*steps[key]) if now else self._go(self.tiles[0].key)
        elif key == Qt.Key.Key_Space and now:
            self.narrowed.emit(now.key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now:
            self.opened.emit(now.key)
        else:
            super().keyPressEvent(event)

    def _move(self, across: int, down: int) -> None:
        """To the nearest tile in that direction; sideways distance counts double, so that a straight way wins."""
        now = self.tile()
        if now is None:
            return

        def far(tile: Tile) -> int | None:
            x, y = tile.column - now.column, tile.row - now.row
            ahead = x * across + y * down
            aside = abs(x if down else y)
            return ahead + 2 * aside if ahead > 0 else None

        ways = [(distance, tile.key) for tile in self.tiles if (distance := far(tile)) is not None]
        if ways:
            self._go(min(ways)[1])

    def _go(self, key: str) -> None:
        if key != self.here:
            self.set_here(key)
            self.picked.emit(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for tile in self.tiles:
            if self._spot(tile).contains(event.position().toPoint()):
                self._go(tile.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.here:
            self.narrowed.emit(self.here)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        theme = look.theme()
        side = theme.px(14)
        for tile in self.tiles:
            spot = self._spot(tile)
            here = tile.key == self.here
            ground = "soft" if here else "ambersoft" if tile.short else "panel"
            border = "accent" if here else "amber" if tile.short else "line2"
            paint.box(p, spot, ground, border, 2 if here and self.hasFocus() else 1, 2)
            top = QRect(spot.x() + PAD, spot.y() + 4, spot.width() - 2 * PAD, theme.px(24))
            wide = look.width(tile.words, 12)
            token = "amber" if tile.short else "ink3"
            paint.text(p, top, tile.words, token, 12, right=True)
            paint.text(p, top.adjusted(0, 0, -wide - 4, 0), tile.name)
            x, most = top.x(), (top.width() + 3) // (side + 3)
            shown = tile.squares if len(tile.squares) <= most else tile.squares[: most - 2]
            for kind in shown:
                square(p, QRect(x, top.bottom() + 3, side, side), kind)
                x += side + 3
            if len(shown) < len(tile.squares):
                rest = QRect(x, top.bottom() + 1, top.right() - x, side + 4)
                paint.text(p, rest, f"+{len(tile.squares) - len(shown)}", "ink3", 12)
