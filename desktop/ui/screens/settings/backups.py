"""备份与恢复: the automatic backups beside the data, one by hand, and putting one back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions import backup
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column
from ...wording import when_words

COLUMNS = (
    Column("when", "时间", width=190, ink="ink"),
    Column("why", "原因", width=200),
    Column("size", "大小", "MB", width=100, kind="number"),
    Column("do", "操作", width=120),
)


class BackupsPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.now = KeyButton("立即备份", icon="database-backup", key="backup", name="backup")
        self.other = KeyButton("恢复…", icon="rotate-ccw", name="restore")
        if not frame.may("admin"):
            self.other.hide()
        self.head = PaneHead("备份与恢复", "", [self.other, self.now])
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="backups", label="备份")
        self.table.setFixedHeight(look.theme().control(28) * 12)
        hint = (
            "备份写好后打开核对一遍才算数。每天第一次登录、导入和恢复前自动备份，留在数据文件夹里："
            "一个月内每天一份，三个月内每周一份，一年内每月一份。请常把备份另存到 U 盘。"
        )
        column(self, [self.head, self.table, Rule("line2"), Text(hint, size=12, ink="ink3", wrap=True), None])
        self.now.clicked.connect(self.back_up)
        self.other.clicked.connect(lambda: self.restore(""))
        self.table.opened.connect(self.restore)
        keys.bind(self, "backup", self.back_up)

    def reload(self) -> None:
        today = self.frame.person.today

        def work(desk: Any) -> list[Row]:
            rows = []
            for path in backup.backups(desk):
                stamp, _, why = path.stem.partition("-")
                clock, _, why = why.partition("-")
                at = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{clock[:2]}:{clock[2:4]}"
                size = f"{path.stat().st_size / 1e6:.1f}"
                rows.append(
                    Row(str(path), (Cell(when_words(at, today)), Cell(why), Cell(size), Cell("恢复…", link=True)))
                )
            return rows

        self.frame.ask(work, self._show)

    def _show(self, rows: list[Row]) -> None:
        none = Row("", (Cell("还没有自动备份。按 Ctrl+B 备份到 U 盘或别的文件夹。"),), kind="span")
        self.table.model().set_rows(rows or [none])
        self.head.note.setText(f"{len(rows)} 份" if rows else "")

    def back_up(self) -> None:
        """Write a backup where the clerk wants it, verified by opening it."""
        start = str(Path.home() / f"{self.frame.person.district}-{self.frame.person.today}.deskbackup")
        path, _ = QFileDialog.getSaveFileName(self, "备份到", start, "备份 (*.deskbackup)")
        if not path:
            return
        target = Path(path if path.endswith(".deskbackup") else f"{path}.deskbackup")
        self.frame.ask(
            lambda desk: backup.backup(desk, target),
            lambda made: (self.frame.say(f"已备份并核对 {made.records:,} 条记录，可以安全移除 U 盘"), self.reload()),
            lambda error: self.frame.fail(str(error)), busy="备份",
        )  # fmt: skip

    def restore(self, path: str) -> None:
        """Put a backup back: the file is closed, and the next page is sign-in."""
        from ..signin.restoring import RestoreDialog

        if not self.frame.may("admin"):
            return
        window = self.frame._window
        folder = Path(self.frame.person.folder)

        def back_up_first(desk: Any) -> Any:
            return backup.automatic(desk, "恢复前")

        def ready(_: Any) -> None:
            dialog = RestoreDialog(window, folder, window)
            dialog.file.set_value(path)
            dialog.account.set_value(self.frame.person.name)
            window.bridge.sign_out()
            if not dialog.exec():
                window.ask_sign_in(note="没有恢复，数据未变。请重新登录。", name=self.frame.person.name)

        def failed(error: DeskError) -> None:
            self.frame.fail(str(error))

        self.frame.ask(back_up_first, ready, failed, busy="备份")
