"""A mark before a sentence that may take several lines; a scrolled column as high as its wrapped texts need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ...kit.marks import Mark
from ...kit.text import Text, ground, row


class Remark(QWidget):
    """`Remark("soon", "以核定为准")`; the mark stands at the first line."""

    def __init__(self, mark: str, words: str, *, size: int = 13, ink: str = "ink2") -> None:
        super().__init__()
        shown = Text(words, size=size, ink=ink, wrap=True, select=True)
        picture = Mark(mark, words)
        picture.setFixedHeight(shown.fontMetrics().height())
        across = row(self, [picture, shown], gap=6)
        across.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        across.setStretch(1, 1)
        self.setAccessibleName(words)


class Tall(QWidget):
    """The widget of a scroll area: never lower than its layout needs at its width."""

    def __init__(self, token: str = "panel") -> None:
        super().__init__()
        ground(self, token)

    def settle(self) -> None:
        """Lay out now what else would be laid out at the next turn; texts of their own height need it twice."""
        for _ in range(2):
            self.layout().activate()
            self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            need = layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
            if need != self.minimumHeight():
                self.setMinimumHeight(need)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return answer
