"""Long work of the exchange: after a moment a dialog says how far it is and offers 取消; the window stays alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.progress import ProgressDialog

PATIENCE = 400  # ms before the dialog comes


class Working(QObject):
    """`Working.start(frame, words, work(desk, report), done, failed)`; what is cancelled wrote nothing and says so."""

    def __init__(self, frame: Frame, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.frame, self.words = frame, words
        self.dialog: ProgressDialog | None = None
        self.job: Any = None
        self.timer = QTimer(self, singleShot=True, interval=PATIENCE)
        self.timer.timeout.connect(self._show)

    @classmethod
    def start(
        cls, frame: Frame, words: str, work: Callable[[Any, Any], Any], done: Callable[[Any], None],
        failed: Callable[[DeskError], None], parent: QWidget,
    ) -> Working:  # fmt: skip
        held = cls(frame, words, parent)

        def ended(answer: Any) -> None:
            held._close()
            done(answer)

        def wrong(error: DeskError) -> None:
            held._close()
            failed(error)

        frame.bridge.progress.connect(held._told)
        held.job = frame.bridge.ask_long(work, ended, wrong, words)
        held.timer.start()
        return held

    def _show(self) -> None:
        self.dialog = ProgressDialog(self.words, parent=self.parent().window())
        self.dialog.cancelled.connect(self.job.cancel)
        self.dialog.open()
        self._told(0, 1)

    def _told(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.set_progress(done, total)
            self.dialog.panel.facts.setText(f"已完成 {100 * done // max(total, 1)}%")

    def _close(self) -> None:
        self.timer.stop()
        self.frame.bridge.progress.disconnect(self._told)
        if self.dialog is not None:
            self.dialog.finish()
            self.dialog = None
