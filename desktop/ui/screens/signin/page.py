"""Sign-in, and the lock: a name, a password, and what else may be opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.seat import has_data
from desktop.model.errors import DeskError

from ... import choice
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.form import FormRow
from ...kit.lines import LineField
from ...kit.status import StatusLine
from ...kit.text import MarkedText, Rule, Text, column, ground, row
from .doors import Door
from .practice import open_practice

RECOVERY = "recovery"  # the account name under which the recovery key opens a folder


class SignInPage(QWidget):
    """`window` is the Window that holds it. `note` stands above the name, as when the screen was locked."""

    def __init__(self, window: Any, folder: Path | None, *, note: str = "", name: str = "", password: str = "") -> None:
        super().__init__()
        self.setObjectName("signin")
        self.window_, self.folder = window, folder
        self._recovering = False
        ground(self, "panel")
        left, right = ground(QWidget(), "rail"), QWidget()
        left.setFixedWidth(look.theme().control(520))
        self.place = Text(str(folder) if folder else "", ink="ink2", cut=True)
        self.note = MarkedText("soon", note, ink="ink2")
        self.note.setHidden(True)
        self.name = LineField("account", "账号", required=True, placeholder="姓名")
        self.password = LineField("password", "密码", secret=True, required=True)
        self.enter = KeyButton("登录", key="enter", kind="main", name="enter")
        self.other = KeyButton("用恢复密钥", kind="text", name="recovery")
        self.name.set_value(name)
        self.password.set_value(password)
        self.rows = [FormRow(self.name, stacked=True), FormRow(self.password, stacked=True)]
        form = QWidget()
        form.setFixedWidth(look.theme().control(376))
        has = folder is not None and has_data(folder)
        self.missing = Text(
            "这台电脑上还没有区县数据。请在右边新建、打开已有数据，或先进入练习区。", size=14, ink="ink2", wrap=True
        )
        self.missing.setHidden(True)
        column(
            form,
            [Text("两新工作台", size=28), 2, self.place, 24, self.missing, self.note, 12, *self.rows, 8,
             row(None, [self.enter, 12, self.other, None], gap=0), 32,
             Text("严禁处理涉密信息。", ink="red"),
             Text("数据已加密，密码只在本机核对。", size=12, ink="ink3")],
            gap=8,
        )  # fmt: skip
        for widget in (*self.rows, self.enter, self.other, self.place):
            widget.setVisible(has)
        self.note.setVisible(bool(note))
        self.missing.setVisible(not has)
        self.halves = [column(left, [row(None, [form, None]), None], margins=(72, 24, 24, 24))]
        doors = QWidget()
        doors.setMaximumWidth(look.theme().control(500))
        column(doors, [Text("其他数据", size=16), 14, Rule("line"), *self._doors()], gap=0)
        self.halves.append(column(right, [row(None, [doors, None], gap=0), None], margins=(96, 24, 24, 24)))
        foot = StatusLine()
        foot.show_notes([f"版本 {version()}"])
        foot.show_keys([keys.phrase("larger")])
        body = QWidget()
        row(body, [left, Rule(upright=True), right], gap=0)
        column(self, [body, foot], gap=0)
        self.enter.clicked.connect(self.sign_in)
        self.other.clicked.connect(self._recover)
        for field in (self.name, self.password):
            field.edit.returnPressed.connect(self.sign_in)
        self.setFocusProxy((self.password if name else self.name) if has else None)
        if not has:
            self.setFocusProxy(self.doors[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for half in self.halves:
            held = half.contentsMargins()
            held.setTop(max(24, self.height() * 9 // 40))
            half.setContentsMargins(held)

    def _doors(self) -> list[QWidget]:
        made = [
            ("folder-plus", "新建区县数据", "载入 60 项任务、26 条政策，建立第一个账号", "new_district", self._new),
            ("folder-open", "打开已有数据", "本机的数据文件夹", "open_district", self._open),
            ("rotate-ccw", "从备份恢复", "先核对备份，再恢复为新副本", "restore", self._restore),
            ("graduation-cap", "进入练习区", "虚构的区县和企业，随意操作，不影响真实数据", "practice", self._practice),
        ]
        self.doors: list[QWidget] = []
        for icon, title, note, key, slot in made:
            door = Door(icon, title, note, key)
            door.clicked.connect(slot)
            keys.bind(self, key, slot)
            self.doors.append(door)
        return self.doors

    def sign_in(self) -> None:
        """Open the folder with what was typed; errors stand under their field."""
        user, password = self.name.value() or "", self.password.value() or ""
        self.name.set_error("" if user or self._recovering else "账号还没有填")
        self.password.set_error("" if password else "密码还没有填")
        if (not user and not self._recovering) or not password or self.folder is None or not self.enter.isEnabled():
            return
        self._wait(True)
        account = RECOVERY if self._recovering else user
        folder = self.folder
        self.window_.bridge.sign_in(folder, account, password, lambda _: self.window_.opened(folder), self._refused)

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        self.password.set_error(str(error))
        self.password.set_value("")
        self.password.setFocus()

    def _wait(self, on: bool) -> None:
        self.enter.setEnabled(not on)
        self.enter.set_words("正在核对" if on else "登录")

    def say(self, words: str) -> None:
        """A sentence above the name."""
        self.note.set_state("soon", words)
        self.note.setVisible(bool(words))

    def fail(self, words: str) -> None:
        self.note.set_state("error", words)
        self.note.show()

    def _recover(self) -> None:
        self._recovering = not self._recovering
        self.rows[0].setVisible(not self._recovering)
        self.rows[1].label.words.setText("恢复密钥" if self._recovering else "密码")
        self.password.label = "恢复密钥" if self._recovering else "密码"
        self.password.set_value("")
        self.password.set_error("")
        self.other.set_words("用账号登录" if self._recovering else "用恢复密钥")
        self.password.setFocus()

    def _new(self) -> None:
        self.window_.ask_first_run()

    def _open(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "打开已有数据", str(self.folder or Path.home()))
        if not path:
            return
        if not has_data(Path(path)):
            self.fail(f"“{Path(path).name}”里没有两新工作台的数据，请另选一个文件夹")
            return
        self.window_.folder = Path(path)
        self.window_.ask_sign_in()

    def _restore(self) -> None:
        from .restoring import RestoreDialog

        RestoreDialog(self.window_, self.folder or choice.data_folder(), self).exec()

    def _practice(self) -> None:
        self.say("正在准备练习区……")
        open_practice(self.window_)


def version() -> str:
    """The program's version as installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("renewal-desk")
    except PackageNotFoundError:
        return "1.0.0"
