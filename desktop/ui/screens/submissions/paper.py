"""Pages of a PDF on screen: one page at a time, turned by PgUp and PgDn, fitted or enlarged."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ...kit import look, paint
from ...kit.buttons import KeyButton
from ...kit.text import Text, column, commands_only, ground, row

STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
MARGIN = 14


class _Sheet(QWidget):
    """Paints the current page of its document, white in either theme."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self.document, self.page = document, 0
        self._image = QImage()
        self._drawn: tuple[int, int, int] | None = None

    def fit(self, room: QSize, zoom: float) -> None:
        """Take the size at which a whole page fits into `room`, times `zoom`."""
        size = self.document.pagePointSize(self.page)
        if size.isEmpty():
            self.setFixedSize(10, 10)
            return
        wide, high = max(40, room.width() - 2 * MARGIN), max(40, room.height() - 2 * MARGIN)
        scale = min(wide / size.width(), high / size.height()) * zoom
        self.setFixedSize(int(size.width() * scale) + 2 * MARGIN, int(size.height() * scale) + 2 * MARGIN)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        rect = QRect(MARGIN, MARGIN, self.width() - 2 * MARGIN, self.height() - 2 * MARGIN)
        if rect.width() <= 0 or not self.document.pageCount():
            return
        ratio = self.devicePixelRatioF()
        want = (self.page, int(rect.width() * ratio), int(rect.height() * ratio))
        if want != self._drawn:
            self._image = self.document.render(self.page, QSize(want[1], want[2]))
            self._image.setDevicePixelRatio(ratio)
            self._drawn = want
        p.fillRect(rect, Qt.GlobalColor.white)
        p.drawImage(rect.topLeft(), self._image)
        p.setPen(look.color("line2"))
        p.drawRect(rect.adjusted(-1, -1, 0, 0))

    def forget(self) -> None:
        self._drawn = None


class PaperView(QWidget):
    """`show_pdf(bytes)`; `turned(page)`. Keys: PgUp, PgDn, Home, End, + and -."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "window")
        self.document = QPdfDocument(self)
        self._bytes, self._buffer = QByteArray(), QBuffer(self)
        self.zoom = 0
        self.place = Text("")
        self.share = Text("适合页面", ink="ink2")
        self.out = KeyButton("缩小", icon="zoom-out", kind="tool", name="zoom_out")
        self.into = KeyButton("放大", icon="zoom-in", kind="tool", name="zoom_in")
        self.before = KeyButton("上一页", icon="chevron-left", kind="tool", key="previous_page", name="previous_page")
        self.after = KeyButton("下一页", icon="chevron-right", kind="tool", key="next_page", name="next_page")
        self.tools = ground(QWidget(), "panel")
        parts = [self.before, self.place, self.after, None, self.out, self.share, self.into]
        self.bar = row(self.tools, parts, margins=(8, 2, 10, 3))
        self.sheet = _Sheet(self.document)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self.sheet)
        self.sheet.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("paper")
        commands_only(self)
        column(self, [self.tools, self.area], gap=0).setStretch(1, 1)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.out.clicked.connect(lambda: self.enlarge(-1))
        self.into.clicked.connect(lambda: self.enlarge(1))
        self._say()

    @property
    def page(self) -> int:
        return self.sheet.page

    def show_pdf(self, pdf: bytes) -> None:
        """Show other pages; b"" shows none. The page stays when there are enough."""
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        if pdf:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)
        self.sheet.page = min(self.sheet.page, max(0, self.document.pageCount() - 1))
        self.sheet.forget()
        self._fit()

    def pages(self) -> int:
        return self.document.pageCount()

    def turn(self, by: int) -> None:
        self.go(self.sheet.page + by)

    def go(self, page: int) -> None:
        page = max(0, min(page, self.pages() - 1))
        if page != self.sheet.page and self.pages():
            self.sheet.page = page
            self._fit()
            self.turned.emit(page)

    def enlarge(self, by: int) -> None:
        self.zoom = max(0, min(self.zoom + by, len(STEPS) - 1))
        self._fit()

    def _fit(self) -> None:
        self.sheet.fit(self.area.viewport().size(), STEPS[self.zoom])
        self._say()

    def _say(self) -> None:
        count = self.pages()
        self.place.setText(f"第 {self.sheet.page + 1} / {count} 页" if count else "没有页面")
        self.share.setText("适合页面" if not self.zoom else f"{STEPS[self.zoom] * 100:.0f}%")
        self.before.setEnabled(self.sheet.page > 0)
        self.after.setEnabled(self.sheet.page < count - 1)
        self.out.setEnabled(self.zoom > 0)
        self.into.setEnabled(self.zoom < len(STEPS) - 1)
        self.setAccessibleName(f"页面预览，{self.place.text()}，{self.share.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in turns:
            self.turn(turns[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else self.pages() - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.enlarge(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + (40 if key == Qt.Key.Key_Down else -40))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("window"))
        paint.hline(p, 0, self.tools.height() - 1, self.width(), "line2")
        if self.hasFocus():
            paint.frame(p, self.rect().adjusted(0, self.tools.height(), 0, 0))
