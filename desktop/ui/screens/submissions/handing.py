"""After the signature: handing over, the sealed paper where there is no certificate, and the city's receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.delivery import deliver, file_scan, paper_copy
from desktop.actions.printing import printed_form
from desktop.actions.receipts import Answer, correct, read
from desktop.actions.submissions import Submission
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.form import FormRow
from ...kit.lines import FilePick
from ...kit.text import Rule, Text, column, row
from .wording import Seen


class Handing(QWidget):
    """`show_seen(…)`; `moved(id)` after a step."""

    moved = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.one: Submission | None = None
        self._step: Callable[[], None] | None = None
        wide = look.theme().control(76)
        self.title, self.words = Text("", size=14), Text("", ink="ink2", wrap=True)
        self.folder = FilePick("folder", "U 盘", kind="folder", help="U 盘或文件夹，写完后会重新读一遍")
        self.receipt = FilePick("receipt", "回执", filter="回执 (*.receipt);;所有文件 (*)", help="市级交回的回执文件")
        self.scan = FilePick("scan", "扫描件", filter="PDF (*.pdf)", help="盖章后扫描成的 PDF")
        self.rows = {field.name: FormRow(field, label_width=wide) for field in (self.folder, self.scan, self.receipt)}
        self.main = KeyButton("", kind="main", key="sign", name="hand_over")
        self.second = KeyButton("", name="hand_over_again")
        self.main.clicked.connect(self.go)
        self.second.clicked.connect(self._second_pressed)
        self._second: Callable[[], None] | None = None
        self.rule = Rule()
        column(self, [
            self.rule, self.title, self.words, *self.rows.values(), row(None, [self.main, self.second, None]),
        ], gap=8)  # fmt: skip

    def show_seen(self, seen: Seen) -> None:
        one = seen.one
        if self.one is None or self.one.id != one.id:
            for field in (self.folder, self.receipt, self.scan):
                field.set_value(None)
        for field in (self.folder, self.receipt, self.scan):
            field.set_error("")
        self.one = one
        may = self.frame.may("enter")
        titles = {"issued": "没有证书", "signed": "送达", "delivered": "回执", "accepted": "回执", "returned": "回执"}
        self.setVisible(one.state in titles)
        self.title.setText(titles.get(one.state, ""))
        self.rule.setVisible(one.state == "issued")
        self.words.setText(_words(seen))
        self.words.set_ink("red" if one.state == "returned" else "ink2")
        again = one.state == "delivered" and one.pdf is not None
        shown = {
            "issued": ("scan",), "signed": ("folder",), "delivered": ("receipt", "folder") if again else ("receipt",),
            "returned": ("receipt",),
        }.get(one.state, ())  # fmt: skip
        for name, held in self.rows.items():
            held.setVisible(may and name in shown)
        steps: dict[str, tuple[str, Callable[[], None]]] = {
            "issued": ("归档扫描件", self._file), "signed": ("送达", self._deliver),
            "delivered": ("读入回执", self._read), "returned": ("生成更正", self._correct),
        }  # fmt: skip
        seconds: dict[str, tuple[str, Callable[[], None]]] = {
            "issued": ("打印盖章…", self._paper), "returned": ("读入回执", self._read),
        }  # fmt: skip
        if again:
            seconds["delivered"] = ("再写一份", self._deliver)
        signs = one.state == "issued" and self.frame.may("issue")  # then Ctrl+Enter signs
        self.main.kind, self.main._shown = ("quiet", "") if signs else ("main", keys.hint("sign"))
        verb, self._step = steps.get(one.state, ("", None))
        also, self._second = seconds.get(one.state, ("", None))
        for button, label in ((self.main, verb), (self.second, also)):
            button.set_words(label)
            button.setVisible(may and bool(label))
            button.setEnabled(True)

    def go(self) -> None:
        """Do the step shown."""
        if self._step is not None and self.main.isVisible() and self.main.isEnabled():
            self._step()

    def _second_pressed(self) -> None:
        if self._second is not None:
            self._second()

    def _given(self, field: FilePick) -> Path | None:
        field.set_error("" if field.value() else f"{field.label}没有选，请按右边的文件夹选择")
        if field.error_text:
            field.setFocus()
            return None
        return Path(field.value() or "")

    def _deliver(self) -> None:
        one, folder = self.one, self._given(self.folder)
        if one is not None and folder is not None:
            self._ask(
                lambda desk: deliver(desk, one.id, folder), one.id,
                lambda done: f"已写入 {done.file}，写完后已重新读过。U 盘可以安全拔出", "正在写入并核对",
            )  # fmt: skip

    def _file(self) -> None:
        one, scan = self.one, self._given(self.scan)
        if one is not None and scan is not None:
            self._ask(lambda desk: file_scan(desk, one.id, scan), one.id, lambda done: f"已归档扫描件 {done.file}")

    def _read(self) -> None:
        path = self._given(self.receipt)
        if path is not None and self.one is not None:
            self._ask(lambda desk: read(desk, path), "", _answered, "正在核对回执")

    def _correct(self) -> None:
        one = self.one
        if one is not None:
            self._ask(
                lambda desk: correct(desk, one.id), "", lambda made: f"已生成第 {made.sequence} 次的草稿", "正在生成"
            )

    def _paper(self) -> None:
        one = self.one
        if one is None:
            return
        begin = str(Path.home() / f"{printed_form(one.form).title}_{one.period}_盖章.pdf")
        path, _ = QFileDialog.getSaveFileName(self, "打印盖章", begin, "PDF (*.pdf)")
        if path:
            out = Path(path if path.lower().endswith(".pdf") else f"{path}.pdf")
            self._ask(
                lambda desk: paper_copy(desk, one.id, out), one.id,
                lambda pages: f"已保存 {out.name}，共 {pages} 页。打印、盖章、扫描后在这里归档", "正在排版",
            )  # fmt: skip

    def _ask(self, work: Callable[[Any], Any], identity: str, told: Callable[[Any], str], busy: str = "") -> None:
        for button in (self.main, self.second):
            button.setEnabled(False)

        def done(made: Any) -> None:
            self.frame.say(told(made))
            if isinstance(made, Answer):
                self.receipt.set_value(None)
                made = made.submission
            self.moved.emit(identity or made.id)

        def failed(error: DeskError) -> None:
            for button in (self.main, self.second):
                button.setEnabled(True)
            self.frame.fail(str(error))

        self.frame.ask(work, done, failed, busy or "正在办理")


def _answered(answer: Answer) -> str:
    if not answer.new:
        return "这份回执以前已经读入"
    return "市级已接收" if answer.receipt.verdict == "accepted" else "市级退回，原因在报送里"


def _words(seen: Seen) -> str:
    one, last = seen.one, seen.receipts[-1] if seen.receipts else None
    if one.state == "issued":
        return "打印盖章后把扫描件归档，就算送达。"
    if one.state == "signed":
        return "把签名文件写到 U 盘，送市级。"
    if one.state == "delivered":
        how = seen.deliveries[-1]
        what = "盖章扫描件" if how.way == "scan" else "签名文件"
        return f"{what} {how.file} 已送达 {len(seen.deliveries)} 次，等市级回执。"
    if last is None:
        return ""
    signer = f"{last.office}，签名人 {last.signer}"
    if one.state == "returned":
        reasons = "\n".join(f"{place}. {words}" for place, words in enumerate(last.reasons, 1))
        return f"{signer} 退回。原因：\n{reasons}\n先在记录里改正，再生成更正的一份。"
    return f"{signer} 已接收。"
