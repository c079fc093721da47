"""证书: what this office trusts, and the real way to a certificate of its own (request, read back)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions import authority
from desktop.actions.trust import KINDS, listed
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog
from ...kit.head import PaneHead
from ...kit.lines import FilePick, LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column
from ...wording import when_words
from ..trusting import ask_trust_files, take_trust_files

COLUMNS = (
    Column("kind", "种类", width=150, ink="ink"), Column("number", "编号", kind="number", width=70),
    Column("name", "名称", width=240, ink="ink"), Column("at", "收下", width=130), Column("who", "经办", width=90),
)  # fmt: skip


class CertificatesPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.take = KeyButton("收下证书文件…", icon="key-round", kind="main", name="trust")
        self.ask = KeyButton("申请证书…", icon="file-pen", name="request")
        self.join = KeyButton("读回证书…", icon="badge-check", name="bring_back")
        for button, act in ((self.take, self.choose), (self.ask, self.request), (self.join, self.bring_back)):
            button.clicked.connect(act)
        self.table = TableView(
            RowsModel(list(COLUMNS)), by_rows=True, numbered=False, name="trusted", label="认可的证书文件"
        )
        self.table.setFixedHeight(look.theme().control(28) * 9)
        hint = (
            "核对签名和读回执都以这里的文件为准：根证书（管理员收下，先与发证单位核对指纹）、登记表、吊销清单。"
            "登记表和吊销清单市里更新后要重新收下，旧的编号不再采用。"
        )
        own = (
            "本单位的证书：先生成申请（密钥留在本机，有口令保护），把申请文件交市里；发回的证书文件读回后，"
            "与密钥合成签名用的证书文件。"
        )
        lines = [Text(words, size=12, ink="ink3", wrap=True) for words in (hint, own)]
        parts = [PaneHead("认可的证书文件", "", [self.take]), self.table, lines[0], Rule("line2"), 4]
        column(self, [*parts, PaneHead("本单位的证书", "", [self.ask, self.join]), lines[1], None])

    def reload(self) -> None:
        today = self.frame.person.today

        def work(desk: Any) -> list[Row]:
            return [
                Row(each.sha256, (
                    Cell(KINDS[each.kind] + ("（练习）" if each.practice else "")), Cell(str(each.number or "")),
                    Cell(each.name, tip=each.sha256), Cell(when_words(each.at, today), tip=each.at), Cell(each.who),
                ))
                for each in listed(desk)
            ]  # fmt: skip

        self.frame.ask(work, self._show)

    def _show(self, rows: list[Row]) -> None:
        none = Row("", (Cell("还没有收下证书文件。请向市里要根证书、登记表和吊销清单。"),), kind="span")
        self.table.model().set_rows(rows or [none])

    def choose(self) -> None:
        paths = ask_trust_files("收下证书文件", self)
        if paths:
            self.take_files(paths)

    def take_files(self, paths: list[Path]) -> None:
        take_trust_files(self.frame, paths, self.reload, self)

    def request(self) -> None:
        RequestDialog(self.frame, self).open()

    def bring_back(self) -> None:
        BackDialog(self.frame, self).open()


class _Written(Dialog):
    """A dialog whose work writes files; a fault stands below the fields."""

    def __init__(self, frame: Frame, title: str, words: str, verb: str, parent: QWidget) -> None:
        super().__init__(title, words, verb=verb, wide=520, parent=parent)
        self.frame = frame
        self.fault = Text("", ink="red", wrap=True)
        self.fault.hide()

    def filled(self) -> bool:
        for field in self.fields.values():
            field.set_error("" if field.value() else f"{field.label}没有填，请补上")
            if field.error_text:
                field.setFocus()
                self.adjustSize()
                return False
        return True

    def work(self, act: Any, said: str) -> None:
        self.yes.setEnabled(False)

        def done(_: Any) -> None:
            Dialog.accept(self)
            self.frame.say(said)

        def failed(error: DeskError) -> None:
            self.yes.setEnabled(True)
            self.fault.setText(str(error))
            self.fault.show()
            self.adjustSize()

        self.frame.ask(act, done, failed, "正在办理")


class RequestDialog(_Written):
    """A key that stays here, and the request for the city."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        words = "生成的密钥文件留在本单位，不要交给任何人；申请文件交市里。口令忘了，密钥就不能用。"
        super().__init__(frame, "申请哪张证书？", words, "生成申请", parent)
        self.name = self.add(LineField("name", "签名人", required=True))
        self.office = self.add(LineField("office", "单位", required=True))
        self.key = self.add(FilePick("key", "密钥文件", kind="save", filter="密钥 (*.pem)", required=True))
        self.out = self.add(FilePick("out", "申请文件", kind="save", filter="证书申请 (*.csr)", required=True))
        self.password = self.add(LineField("password", "口令", secret=True, required=True))
        self.add_widget(self.fault)
        self.name.set_value(frame.person.office)
        self.office.set_value(frame.person.office)
        self.key.set_value(str(Path.home() / f"{frame.person.code}_密钥.pem"))
        self.out.set_value(str(Path.home() / f"{frame.person.code}_证书申请.csr"))

    def accept(self) -> None:
        if not self.filled():
            return
        given = {
            "district": self.frame.person.code, "name": self.name.value() or "", "office": self.office.value() or "",
            "password": self.password.value() or "",
        }  # fmt: skip
        key, out = Path(self.key.value() or ""), Path(self.out.value() or "")
        self.work(lambda _: authority.request(key, out, **given), f"已生成 {out.name}，请交市里")


class BackDialog(_Written):
    """The certificate that came back, joined with its key."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(frame, "读回哪张证书？", "发回的证书要与生成申请时的密钥是一对。", "读回", parent)
        self.key = self.add(FilePick("key", "密钥文件", filter="密钥 (*.pem)", required=True))
        self.certificate = self.add(FilePick("certificate", "证书", filter="证书 (*.pem *.crt *.cer)", required=True))
        self.password = self.add(LineField("password", "口令", secret=True, required=True))
        self.out = self.add(FilePick("out", "保存到", kind="save", filter="证书文件 (*.p12)", required=True))
        self.add_widget(self.fault)

    def accept(self) -> None:
        if not self.filled():
            return
        key, certificate, out = (Path(each.value() or "") for each in (self.key, self.certificate, self.out))
        password = self.password.value() or ""
        self.work(
            lambda _: authority.bring_back(key, certificate, out, password=password),
            f"已合成 {out.name}，签名时选它，口令不变",
        )
