"""The next step of a submission: review, issue, sign. Each shown to whoever may do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.printing import printed_form
from desktop.actions.submissions import Submission, blocking, issue, review, submit
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.form import FormRow
from ...kit.lines import FilePick, LineField
from ...kit.text import Text, column, row
from .keyfields import KeyFields


class Steps(QWidget):
    """`show_submission(…)`; `moved(id)` after a step; `again` asks for a new draft of the same."""

    moved = Signal(str)
    again = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.one: Submission | None = None
        self.words = Text("", ink="ink2", wrap=True)
        self.title = Text("", size=14)
        self.number = LineField("document_number", "文号", help="没有文号可以不填")
        self.seal = FilePick("seal", "印章图片", filter="PNG (*.png)", help="画在签名处，不代替公章，可以不选")
        self.key = KeyFields()
        self.certificate, self.password = self.key.certificate, self.key.password
        self.out = FilePick("out", "保存到", kind="save", filter="PDF (*.pdf)", required=True)
        wide = look.theme().control(76)
        fields = (self.number, self.seal, self.out)
        self.rows: dict[str, QWidget] = {field.name: FormRow(field, label_width=wide) for field in fields}
        self.rows = {**dict(list(self.rows.items())[:2]), "key": self.key, "out": self.rows["out"]}
        self.main = KeyButton("", kind="main", key="sign", name="step")
        self.renew = KeyButton("重新生成草稿", name="prepare_again")
        self.main.clicked.connect(self.go)
        self.renew.clicked.connect(self.again)
        buttons = row(None, [self.main, self.renew, None])
        column(self, [self.title, *self.rows.values(), self.words, buttons], gap=8)

    def show_submission(self, one: Submission) -> None:
        fresh = self.one is None or self.one.id != one.id
        self.one = one
        if fresh:
            for field in (self.password, self.number, self.seal):
                field.set_value(None)
            title = printed_form(one.form).title
            self.out.set_value(str(Path.home() / f"{self.frame.person.district}_{title}_{one.period}.pdf"))
        self.key.clear_errors()
        for field in (self.out, self.seal):
            field.set_error("")
        self._rows()

    def _rows(self) -> None:
        one = self.one
        if one is None:
            return
        step, words = self._step(one)
        wanted = {"issue": ("document_number", "seal"), "sign": ("key", "out")}.get(step, ())
        for name, shown in self.rows.items():
            shown.setVisible(name in wanted)
        titles = {"review": "审核", "issue": "签发", "sign": "签名"}
        self.title.setText(titles.get(step, ""))
        self.title.setVisible(step in titles)
        verbs = {"review": "审核通过", "issue": "签发", "sign": "签名并保存"}
        self.main.setVisible(step in verbs)
        self.main.set_words(verbs.get(step, ""))
        self.main.setEnabled(True)
        self.renew.setVisible(one.state in ("prepared", "reviewed", "issued") and self.frame.may("enter"))
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _step(self, one: Submission) -> tuple[str, str]:
        """The step this person may take now, and a sentence about it or about who must."""
        may, me = self.frame.may, self.frame.person.name
        blocked = len(blocking(one))
        if one.state == "prepared":
            if blocked:
                return "", f"有 {blocked} 处必须先改正。在上面按 Enter 打开记录，改好后重新生成草稿。"
            if one.prepared_by == me:
                return "", f"这份草稿由{me}生成，请另一个有审核角色的人登录后审核。"
            return ("review", "") if may("review") else ("", "请有审核角色的人登录后审核。")
        if one.state == "reviewed":
            return ("issue", "") if may("issue") else ("", "请有签发角色的人登录后签发。")
        if one.state == "issued":
            if may("issue"):
                return "sign", "电子签名只证明数据由本单位报送，不代替公章。"
            return "", "请有签发角色的人登录后签名。"
        groups = [one.sha256[at : at + 8] for at in range(0, 64, 8)] if one.sha256 else []  # so that it can wrap
        digest = f"SHA-256 {' '.join(groups)}" if groups else ""
        return "", f"已签名，不再更改。{digest}" if digest else ""

    def go(self) -> None:
        """Do the step shown."""
        one = self.one
        if one is None or not self.main.isVisible() or not self.main.isEnabled():
            return
        step, _ = self._step(one)
        if step == "review":
            self._ask(lambda desk: review(desk, one.id), "已审核")
        elif step == "issue":
            number, seal = self.number.value() or "", self.seal.value()
            self._ask(lambda desk: issue(desk, one.id, number, Path(seal) if seal else None), "已签发")
        elif step == "sign":
            self._sign(one)

    def _sign(self, one: Submission) -> None:
        opener = self.key.opener()
        if opener is None:
            return
        self.out.set_error("" if self.out.value() else f"{self.out.label}没有填，请补上")
        if self.out.error_text:
            self.out.setFocus()
            return
        out = Path(self.out.value() or "")
        self._ask(lambda desk: submit(desk, one.id, opener, out), f"已签名并保存到 {out.name}，可以安全拔出")

    def _ask(self, work: Any, words: str) -> None:
        self.main.setEnabled(False)
        one = self.one

        def done(after: Submission) -> None:
            self.frame.say(words)
            self.moved.emit(after.id)

        def failed(error: DeskError) -> None:
            self.main.setEnabled(True)
            self.frame.fail(str(error))

        if one is not None:
            self.frame.ask(work, done, failed, "正在办理")
