"""账号: who may sign in, with which roles; adding, disabling, setting a new password."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.accounts import accounts, add_account, change_own_password, reset_password, set_disabled
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.chips import SeveralField
from ...kit.dialog import Dialog, ask
from ...kit.head import PaneHead
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, row
from ...kit.yesno import Segments
from ...wording import when_words

COLUMNS = (
    Column("name", "姓名", width=172, ink="ink"),
    Column("roles", "角色", width=220),
    Column("last", "上次登录", width=220),
    Column("state", "状态", width=120),
)
ROLES = (("enter", "经办"), ("review", "审核"), ("issue", "签发"), ("admin", "管理员"))


class PasswordDialog(Dialog):
    """A new password, typed twice; with `name` and `roles` for a new account."""

    def __init__(self, title: str, verb: str, *, account: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, "密码至少 8 位。", verb=verb, parent=parent)
        self.name: LineField | None = None
        self.roles: SeveralField | None = None
        self.work: Any = None
        if account:
            self.name = LineField("name", "姓名", required=True, limit=30)
            self.roles = SeveralField("roles", "角色", choices=ROLES, required=True)
            self.roles.set_values(["enter"])
            self.add(self.name)
            self.add(self.roles)
        self.first = LineField("password", "密码", secret=True, required=True)
        self.second = LineField("again", "再输入一次", secret=True, required=True)
        self.add(self.first)
        self.add(self.second)

    def accept(self) -> None:
        first, second = self.first.value() or "", self.second.value() or ""
        if self.name is not None:
            self.name.set_error("" if self.name.value() else "姓名还没有填")
        if self.roles is not None:
            self.roles.set_error("" if self.roles.values() else "至少要有一个角色")
        self.first.set_error("" if len(first) >= 8 else f"密码只有 {len(first)} 位，至少要 8 位")
        self.second.set_error("" if first == second else "两次输入不一样，请重新输入")
        if not any(field.error_text for field in self.fields.values()):
            self.work(lambda _: Dialog.accept(self), self._failed)

    def _failed(self, error: DeskError) -> None:
        (self.name or self.first).set_error(str(error))


class AccountsPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        admin = frame.may("admin")
        self.off = KeyButton("停用", name="disable")
        self.reset = KeyButton("重设密码", name="reset")
        self.new = KeyButton("新建账号", icon="plus", key="new", kind="main", name="new_account")
        if not admin:
            for button in (self.off, self.reset, self.new):
                button.hide()
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="accounts", label="账号")
        self.own = KeyButton("改自己的密码", name="own_password")
        idle = frame._window.seat.settings.get("idle", "10") if frame._window.seat else "10"
        self.idle = Segments("idle", "无操作时锁定", [("5", "5 分钟"), ("10", "10 分钟"), ("30", "30 分钟")], idle)
        self.idle.changed.connect(lambda minutes: frame._window.set_idle(int(minutes)))
        note = "报送的审核人不能是生成它的人。" if admin else "账号由管理员管理。"
        column(
            self,
            [PaneHead("账号", note, [self.off, self.reset, self.new]), self.table, Rule("line2"), 8,
             row(None, [Text("无操作时锁定", ink="ink2"), 24, self.idle, None]), 8, row(None, [self.own, None]), None],
        )  # fmt: skip
        self.table.setVisible(admin)
        self.table.setFixedHeight(look.theme().control(28) * 7)
        self.off.clicked.connect(self.disable)
        self.reset.clicked.connect(self.set_password)
        self.new.clicked.connect(self.add)
        self.own.clicked.connect(self.change_own)
        self.table.chosen.connect(self._chosen)
        if admin:
            keys.bind(self, "new", self.add)
        self._off: dict[str, bool] = {}

    def reload(self) -> None:
        self.frame.ask(accounts, self._show)

    def _show(self, held: list[Any]) -> None:
        today = self.frame.person.today
        self._off = {each.name: each.disabled for each in held}
        self.table.model().set_rows([
            Row(each.name, (
                Cell(each.name), Cell(each.role_words), Cell(when_words(each.last_sign_in, today)),
                Cell("已停用", mark="na") if each.disabled else Cell("正常", mark="done", tone="green"),
            ))
            for each in held
        ])  # fmt: skip

    def _chosen(self, name: str) -> None:
        self.off.set_words("启用" if self._off.get(name) else "停用")

    def _selected(self) -> str:
        now = self.table.current_row()
        return now.key if now is not None else ""

    def _done(self, words: str) -> None:
        self.frame.say(words)
        self.reload()

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def add(self) -> None:
        dialog = PasswordDialog("新建账号", "新建账号", account=True, parent=self.window())

        def work(done: Any, failed: Any) -> None:
            name, roles = dialog.name.value() or "", tuple(dialog.roles.values())
            password = dialog.first.value() or ""
            self.frame.ask(
                lambda desk: add_account(desk, name, roles, password),
                lambda held: (done(held), self._done(f"已新建账号“{name}”")), failed,
            )  # fmt: skip

        dialog.work = work
        dialog.open()

    def set_password(self) -> None:
        name = self._selected()
        if name:
            self._password(
                f"重设“{name}”的密码", lambda desk, new: reset_password(desk, name, new), f"已重设“{name}”的密码"
            )

    def change_own(self) -> None:
        self._password("改自己的密码", change_own_password, "已改密码，下次登录用新密码")

    def _password(self, title: str, action: Any, said: str) -> None:
        dialog = PasswordDialog(title, "改密码", account=False, parent=self.window())

        def work(done: Any, failed: Any) -> None:
            new = dialog.first.value() or ""
            self.frame.ask(lambda desk: action(desk, new), lambda _: (done(None), self._done(said)), failed)

        dialog.work = work
        dialog.open()

    def disable(self) -> None:
        name = self._selected()
        if not name:
            return
        off = not self._off.get(name, False)
        verb = "停用" if off else "启用"
        words = "停用后不能登录，已做的更改不变。" if off else "启用后可以用原来的密码登录。"
        if ask(f"{verb}账号“{name}”？", words, verb=verb, parent=self.window()):
            self.frame.ask(
                lambda desk: set_disabled(desk, name, off), lambda _: self._done(f"已{verb}“{name}”"), self._failed
            )
