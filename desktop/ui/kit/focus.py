"""The ring round a focused button: 2 px accent, outside, 1 px gap. Fields and rows draw their own focus inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from . import paint

GAP = 3


def _host(target: QWidget) -> QWidget:
    """Where the ring may be drawn: the content of the nearest scroll area, else the window."""
    widget: QWidget = target
    while widget.parentWidget() is not None and not widget.isWindow():
        above = widget.parentWidget()
        if isinstance(above.parentWidget(), QAbstractScrollArea) and above.parentWidget().viewport() is above:
            return widget if widget is not target else above
        widget = above
    return widget


class FocusRing(QWidget):
    """Follows keyboard focus to any widget whose property `ring` is true. One per program, made by `make_app`."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self.hide()
        app.focusChanged.connect(self._move)

    def _move(self, old: QWidget | None, new: QWidget | None) -> None:
        try:
            if self._target is not None:
                self._target.removeEventFilter(self)
        except RuntimeError:  # already deleted by Qt
            pass
        self._target = new if new is not None and new.property("ring") else None
        if self._target is None:
            self.hide()
            self.setParent(None)
            return
        self._target.installEventFilter(self)
        self.setParent(_host(self._target))
        self._place()

    def _place(self) -> None:
        target, host = self._target, self.parentWidget()
        if target is None or host is None or not target.isVisible():
            self.hide()
            return
        place = QRect(target.mapTo(host, QPoint(0, 0)), target.size())
        self.setGeometry(place.adjusted(-GAP, -GAP, GAP, GAP))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in (kinds.Move, kinds.Resize, kinds.Show, kinds.Hide):
            self._place()
        elif event.type() in (kinds.DeferredDelete, kinds.Destroy):
            self._target = None
            self.setParent(None)
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), None, "accent", wide=2, radius=6)
