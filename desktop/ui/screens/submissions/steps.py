"""The next step of a submission: review, issue, sign. Each shown to whoever may do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.printing import printed_form
from desktop.actions.submissions import Submission, blocking, file_key, issue, review, submit, token_key
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.form import FormRow
from ...kit.lines import FilePick, LineField
from ...kit.text import Text, column, row
from ...kit.yesno import Segments


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
        self.way = Segments("way", "证书", [("file", "证书文件"), ("token", "证书介质")], "file")
        self.certificate = FilePick("certificate", "证书", filter="证书 (*.p12 *.pfx)", required=True)
        self.module = FilePick("module", "驱动", filter="驱动 (*.so *.dll *.dylib);;所有文件 (*)", required=True)
        self.label = LineField("label", "介质名称", required=True)
        self.password = LineField("password", "口令", secret=True, required=True)
        self.out = FilePick("out", "保存到", kind="save", filter="PDF (*.pdf)", required=True)
        fields = (self.number, self.certificate, self.module, self.label, self.password, self.out)
        wide = look.theme().control(76)
        ways = QWidget()
        row(ways, [wide + look.theme().metric("label_gap"), self.way, None], gap=0)
        self.rows: dict[str, QWidget] = {"document_number": FormRow(self.number, label_width=wide), "way": ways}
        self.rows |= {field.name: FormRow(field, label_width=wide) for field in fields[1:]}
        self.main = KeyButton("", kind="main", key="sign", name="step")
        self.renew = KeyButton("重新生成草稿", name="prepare_again")
        self.main.clicked.connect(self.go)
        self.renew.clicked.connect(self.again)
        self.way.changed.connect(lambda _: self._rows())
        buttons = row(None, [self.main, self.renew, None])
        column(self, [self.title, *self.rows.values(), self.words, buttons], gap=8)

    def show_submission(self, one: Submission) -> None:
        fresh = self.one is None or self.one.id != one.id
        self.one = one
        if fresh:
            for field in (self.password, self.number):
                field.set_value(None)
            title = printed_form(one.form).title
            self.out.set_value(str(Path.home() / f"{self.frame.person.district}_{title}_{one.period}.pdf"))
        for field in (self.certificate, self.password, self.out, self.module, self.label):
            field.set_error("")
        self._rows()

    def _rows(self) -> None:
        one = self.one
        if one is None:
            return
        step, words = self._step(one)
        token = self.way.value() == "token"
        wanted = {
            "issue": ("document_number",),
            "sign": ("way", *(("module", "label") if token else ("certificate",)), "password", "out"),
        }.get(step, ())  # fmt: skip
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
        digest = f"SHA-256 {one.sha256}" if one.sha256 else ""
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
            number = self.number.value() or ""
            self._ask(lambda desk: issue(desk, one.id, number), "已签发")
        elif step == "sign":
            self._sign(one)

    def _sign(self, one: Submission) -> None:
        token = self.way.value() == "token"
        needed = [self.module, self.label] if token else [self.certificate]
        for field in (*needed, self.password, self.out):
            field.set_error("" if field.value() else f"{field.label}没有填，请补上")
            if field.error_text:
                field.setFocus()
                return
        password, out = self.password.value() or "", Path(self.out.value() or "")
        if token:
            opener = token_key(Path(self.module.value() or ""), self.label.value() or "", password)
        else:
            opener = file_key(Path(self.certificate.value() or ""), password)
        self.password.set_value(None)
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
