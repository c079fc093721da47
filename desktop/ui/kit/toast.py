"""Toasts at the bottom right: one sentence, one action. Success leaves after 8 s, faults stay; a list keeps both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from . import look, marks, paint
from .buttons import KeyButton
from .text import Text

STAY = 8000


class Toast(QWidget):
    """`mark` done or error; `action` is (verb, key action or "", slot)."""

    closed = Signal()

    def __init__(
        self, mark: str, words: str, action: tuple[str, str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.mark, self.words = mark, words
        self.setAccessibleName(words)
        across = QHBoxLayout(self)
        across.setContentsMargins(13, 5, 8, 5)
        across.setSpacing(10)
        across.addWidget(marks.Mark(mark))
        across.addWidget(Text(words, wrap=True), 1)
        if action is not None:
            verb, key, slot = action
            button = KeyButton(verb, key=key, kind="text")
            button.clicked.connect(lambda: (slot(), self.closed.emit()))
            across.addWidget(button)
        shut = KeyButton("关闭提示", icon="x", kind="tool")
        shut.clicked.connect(self.closed)
        across.addWidget(shut)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 3)


class ToastStack(QObject):
    """`say(words)`, `fail(words)`; `history` keeps (mark, words). `above()`: height to keep free below."""

    def __init__(self, host: QWidget, *, above: Callable[[], int] = lambda: 0, wide: int = 420) -> None:
        super().__init__(host)
        self.host, self._above, self._wide = host, above, wide
        self.shown: list[Toast] = []
        self.history: list[tuple[str, str]] = []
        host.installEventFilter(self)

    def say(self, words: str, *, verb: str = "", key: str = "", slot: Callable[[], object] | None = None) -> Toast:
        """Something was done; leaves after 8 s."""
        toast = self._add("done", words, (verb, key, slot) if verb and slot else None)
        QTimer.singleShot(STAY, toast, lambda: self._close(toast))
        return toast

    def fail(self, words: str, *, verb: str = "", key: str = "", slot: Callable[[], object] | None = None) -> Toast:
        """A fault; stays until it is closed."""
        return self._add("error", words, (verb, key, slot) if verb and slot else None)

    def _add(self, mark: str, words: str, action: tuple[str, str, Callable[[], object]] | None) -> Toast:
        toast = Toast(mark, words, action, self.host)
        toast.closed.connect(lambda: self._close(toast))
        self.shown.append(toast)
        self.history.append((mark, words))
        toast.show()
        self._place()
        return toast

    def _close(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        wide = min(look.theme().control(self._wide), self.host.width() - 32)
        bottom = self.host.height() - self._above() - 12
        for toast in reversed(self.shown):
            toast.setFixedWidth(wide)
            high = max(toast.layout().heightForWidth(wide), look.theme().control(40))
            toast.setGeometry(self.host.width() - wide - 16, bottom - high, wide, high)
            toast.raise_()
            bottom -= high + 9

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
