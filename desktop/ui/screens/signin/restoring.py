"""Restoring a backup before signing in: which file, into which folder, and whose password opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.backup import restore
from desktop.model.errors import DeskError

from ...kit.dialog import Dialog
from ...kit.lines import FilePick, LineField


class RestoreDialog(Dialog):
    def __init__(self, window: Any, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            "从备份恢复？", "先打开备份核对，核对无误才放到文件夹里。文件夹里原有的数据改名留在旁边。",
            verb="恢复", wide=520, parent=parent,
        )  # fmt: skip
        self.window_ = window
        self.file = FilePick("backup", "备份文件", required=True, filter="备份 (*.deskbackup)")
        self.folder = FilePick("folder", "恢复到", kind="folder", required=True)
        self.account = LineField("account", "账号", required=True, help="备份里的管理员；用恢复密钥时填 recovery")
        self.password = LineField("password", "密码", secret=True, required=True, help="账号的密码，或信封里的恢复密钥")
        self.folder.set_value(str(folder))
        for field in (self.file, self.folder, self.account, self.password):
            self.add(field)

    def accept(self) -> None:
        typed = {field.name: field.value() or "" for field in self.fields.values()}
        for field in self.fields.values():
            field.set_error("" if typed[field.name] else f"{field.label}还没有填")
        if not all(typed.values()) or not self.yes.isEnabled():
            return
        self.yes.setEnabled(False)
        folder = Path(typed["folder"])
        self.window_.bridge.aside(
            lambda: restore(Path(typed["backup"]), folder, typed["account"], typed["password"]),
            lambda made: self._done(folder, made.records), self._failed,
        )  # fmt: skip

    def _done(self, folder: Path, records: int) -> None:
        self.window_.folder = folder
        super().accept()
        self.window_.ask_sign_in(note=f"已从备份恢复 {records} 条记录，请登录。")

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.file.set_error(str(error))
