"""The recovery key on screen: eight groups of four, and the page for the sealed envelope."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from desktop.actions.recovery_page import save_recovery_page
from desktop.model.errors import DeskError

from ...kit import look, paint
from ...kit.dialog import tell

ACROSS, WIDE, HIGH, GAP = 4, 112, 48, 12


class KeyGrid(QWidget):
    """Two rows of four groups."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[str]) -> None:
        self.groups = list(groups)
        self.setAccessibleName("恢复密钥：" + "，".join(" ".join(group) for group in groups))
        self.update()

    def sizeHint(self) -> QSize:
        theme = look.theme()
        return QSize(ACROSS * theme.control(WIDE + GAP), 2 * theme.control(HIGH) + GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, theme = QPainter(self), look.theme()
        for place, group in enumerate(self.groups):
            x, y = place % ACROSS * theme.control(WIDE + GAP), place // ACROSS * (theme.control(HIGH) + GAP - 2)
            spot = QRect(x, y, theme.control(WIDE), theme.control(HIGH))
            paint.box(p, spot, "sunken", "edge")
            paint.text(p, spot, "\u2009".join(group), "ink", 22, centre=True)


def save_key(parent: QWidget, key: str, folder: str) -> None:
    """Write the page for the envelope where the clerk says; a fault is told with what to do."""
    path, _ = QFileDialog.getSaveFileName(parent, "另存恢复密钥", str(Path.home() / "恢复密钥.pdf"), "PDF (*.pdf)")
    if not path:
        return
    try:
        save_recovery_page(Path(path if path.endswith(".pdf") else f"{path}.pdf"), key, folder)
    except DeskError as error:
        tell("恢复密钥没有存下来", f"{error}。也可以手工抄录。", parent=parent)
