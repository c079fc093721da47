"""The files of a record: 添加附件, 打开, 移除. Each is kept at once, not with the form's 保存."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.actions.attachments import Attachment, attach, attachments, detach, save_attachment
from desktop.model.errors import DeskError

from ... import opening
from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.dialog import ask
from ...kit.field import Field
from ...kit.text import Text, row


class _Rows(QWidget):
    """The files under each other, with the verb that adds one: where other fields have their box."""

    def __init__(self) -> None:
        super().__init__()
        self.down = QVBoxLayout(self)
        self.down.setContentsMargins(0, 0, 0, 0)
        self.down.setSpacing(2)

    def set_state(self, **_: object) -> None:
        self.update()


class FilesField(Field):
    """`value()` is None always: files are written by their own verbs. Needs a saved record."""

    def __init__(self, frame: Frame, form: str, record: str, name: str, label: str, **rest: Any) -> None:
        super().__init__(name, label, **rest)
        self.frame, self.form, self.record = frame, form, record
        self.files: list[Attachment] = []
        self.add = KeyButton("添加附件", icon="paperclip", name=f"{name}.add")
        self.add.clicked.connect(self.pick)
        self.holder = _Rows()
        self.list = QVBoxLayout()
        self.list.setSpacing(2)
        self.holder.down.addLayout(self.list)
        self.holder.down.addLayout(row(None, [self.add, None]))
        self.build(self.holder, self.add)
        self.add.setEnabled(bool(record) and not self.readonly)
        if not record and not self.help:
            self.help = "保存后可以添加"
            self.refresh()
        frame.bridge.changed.connect(self.reload)
        self.reload()

    def value(self) -> str | None:
        return None

    def set_value(self, value: str | None) -> None:
        """The texts of the record do not change the files."""

    def shown(self) -> str:
        return f"{len(self.files)} 个附件" if getattr(self, "files", None) else "没有附件"

    def reload(self) -> None:
        if self.record:
            form, record = self.form, self.record
            self.frame.ask(lambda desk: attachments(desk, form, record), self._show, lambda _: None)

    def _show(self, files: list[Attachment]) -> None:
        self.files = files
        while self.list.count():
            old = self.list.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for each in files:
            self.list.addWidget(self._line(each))
        self.refresh()

    def _line(self, held: Attachment) -> QWidget:
        line = QWidget()
        line.setFixedHeight(look.theme().control(28))
        size = Text(_size(held.size) if held.here else "内容未收到", size=12, ink="ink3" if held.here else "amber")
        view = KeyButton("打开", kind="text", name=f"{self.name}.open", tip=f"打开 {held.name}")
        save = KeyButton("另存", kind="text", name=f"{self.name}.save", tip=f"另存 {held.name}")
        drop = KeyButton("移除", kind="text", name=f"{self.name}.remove", tip=f"移除 {held.name}")
        for button, slot in ((view, self.open), (save, self.save_as), (drop, self.remove)):
            button.setAccessibleName(f"{button.text()} {held.name}")
            button.clicked.connect(lambda _=False, slot=slot: slot(held))
        view.setEnabled(held.here)
        save.setEnabled(held.here)
        name = Text(held.name, cut=True)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        parts = [name, size, view, save] + ([drop] if not self.readonly else [])
        row(line, parts, gap=10).setStretch(0, 1)
        return line

    def pick(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "添加附件", str(Path.home()))
        if path:
            self.keep(Path(path))

    def keep(self, path: Path) -> None:
        """Keep a file with the record."""
        form, record, name = self.form, self.record, self.name
        self.frame.ask(lambda desk: attach(desk, form, record, path, name), self._kept, self._failed, "正在添加附件")

    def _kept(self, held: Attachment) -> None:
        self.set_error("")
        self.frame.say(f"已添加附件 {held.name}")
        self.reload()

    def open(self, held: Attachment) -> None:
        """Show it in the clerk's own program."""
        path = opening.copy_path(held.name)

        def done(_: Any) -> None:
            if not opening.show(path):
                self.frame.fail(f"这台电脑没有能打开“{held.name}”的程序，请另存后换一台打开。")

        self.frame.ask(lambda desk: save_attachment(desk, held.digest, path), done, self._failed)

    def save_as(self, held: Attachment) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "另存附件", str(Path.home() / held.name))
        if path:
            self.frame.ask(
                lambda desk: save_attachment(desk, held.digest, Path(path)),
                lambda _: self.frame.say(f"已另存 {Path(path).name}"), self._failed,
            )  # fmt: skip

    def remove(self, held: Attachment) -> None:
        if ask(f"移除附件“{held.name}”？", "历史里仍有记载。", verb="移除", parent=self.window()):
            form, record = self.form, self.record
            self.frame.ask(lambda desk: detach(desk, form, record, held.digest), lambda _: self.reload(), self._failed)

    def _failed(self, error: DeskError) -> None:
        self.set_error(str(error))


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"
