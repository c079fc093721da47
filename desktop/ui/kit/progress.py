"""Long work: what is being done, n / m, time left, 取消. Never a spinner alone."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QSizePolicy, QVBoxLayout, QWidget

from . import look, paint
from .buttons import KeyButton
from .text import Text, row


class ProgressBar(QWidget):
    """6 px bar; `set_share(0..1)`; a negative share means that the amount is not known yet and draws none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 6)

    def set_share(self, share: float) -> None:
        self.share = max(0.0, min(share, 1.0))
        self.setAccessibleName(f"{self.share * 100:.0f}%")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("line"))
        paint.fill(p, 0, 0, int(self.width() * self.share + 0.5), self.height(), "accent")


class ProgressPanel(QWidget):
    """Title, line of facts, bar and a cancel verb, for use inside a page or a dialog. `cancelled` fires once."""

    cancelled = Signal()

    def __init__(self, title: str, *, cancel: str = "取消", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.facts, self.left = Text(title, size=16), Text("", ink="ink2", cut=True), Text("", ink="ink2")
        self.bar = ProgressBar()
        self.button = KeyButton(cancel, key="back", name="cancel")
        self.button.clicked.connect(self._stop)
        self._began = time.monotonic()
        self._stopped = False
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(self.title)
        line = row(None, [self.facts, self.left])
        line.setStretch(0, 1)
        down.addLayout(line)
        down.addWidget(self.bar)
        down.addSpacing(10)
        down.addLayout(row(None, [None, self.button]))

    def set_progress(self, done: int, total: int, what: str = "", unit: str = "行") -> None:
        """`回收网点，第 148 / 214 行` and the time left, from the pace so far."""
        self.facts.setText("，".join(part for part in (what, f"第 {done} / {total} {unit}" if total else "") if part))
        self.bar.set_share(done / total if total else 0)
        spent = time.monotonic() - self._began
        rest = spent / done * (total - done) if done and total else 0
        self.left.setText(f"还需约 {max(1, round(rest))} 秒" if spent > 1 and rest >= 0.5 else "")

    def _stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            self.button.set_words("正在取消…")
            self.button.setEnabled(False)
            self.cancelled.emit()


class ProgressDialog(QDialog):
    """Modal progress. Connect `cancelled`; call `set_progress`; `finish()` closes it. Esc cancels, never just hides."""

    cancelled = Signal()

    def __init__(self, title: str, *, cancel: str = "取消", parent: QWidget | None = None) -> None:
        super().__init__(parent or QApplication.activeWindow(), Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self.setAccessibleName(title)
        self.setFixedWidth(look.theme().control(440))
        self.panel = ProgressPanel(title, cancel=cancel)
        self.panel.cancelled.connect(self.cancelled)
        down = QVBoxLayout(self)
        down.setContentsMargins(21, 16, 21, 13)
        down.addWidget(self.panel)

    def set_progress(self, done: int, total: int, what: str = "", unit: str = "行") -> None:
        self.panel.set_progress(done, total, what, unit)

    def finish(self) -> None:
        super().accept()

    def reject(self) -> None:
        self.panel._stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 6)
