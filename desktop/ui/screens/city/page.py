"""The place 区县报送, in the city's folder: collect, who is missing, figures side by side, receipts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions.checking import in_one
from desktop.actions.city import MONTHLY, OUTCOMES, FileAnswer, collect
from desktop.model.errors import DeskError
from desktop.model.printed import load_printed

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.dialog import inform
from ...kit.empty import Empty
from ...kit.form import FormRow
from ...kit.head import ScreenHead
from ...kit.lines import DateField
from ...kit.rows import Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import Rule, column, ground, row
from ..policies.values import date_read
from ..trusting import ask_trust_files, take_trust_files
from .answering import ReceiptDialog
from .filing import PaperDialog
from .wording import STANDING, View, view

PARTS = (
    ("standing", "收报情况"), ("ledger", "台账"), ("indicators", "指标"), ("projects", "项目与投资"),
    ("sites", "回收网点"), ("claims", "补贴申报"), ("files", "收到的文件"),
)  # fmt: skip


class CityPlace(QWidget):
    """Ctrl+I collects a folder, Ctrl+Enter answers the districts selected, F5 looks again."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.seen: View | None = None
        may = frame.may("enter")
        self.trust = KeyButton("收下登记表、清单…", kind="quiet", icon="key-round", name="trust")
        self.paper = KeyButton("登记盖章件…", icon="scan-line", name="paper")
        self.answer = KeyButton("出具回执…", icon="stamp", key="sign", name="receipt")
        self.collect = KeyButton("收集文件夹…", icon="folder-open", key="import", kind="main", name="collect")
        for button, act, shown in (
            (self.trust, self.take_trust, may), (self.paper, self.file_paper, may),
            (self.answer, self.answer_selected, frame.may("issue")), (self.collect, self.choose, may),
        ):  # fmt: skip
            button.clicked.connect(act)
            button.setEnabled(shown)
        self.head = ScreenHead("区县报送", "", [self.trust, self.paper, self.answer, self.collect])
        listed = sorted(load_printed().values(), key=lambda form: form.order)
        self.form = ChoiceField("form", "表", choices=[(form.name, form.title) for form in listed])
        self.form.set_value(MONTHLY)
        self.due = DateField("due", "截止日", read=date_read, placeholder="之后收到的算迟报")
        fields = ground(QWidget(), "sunken")
        wide = look.width("截止日") + 8
        across = row(
            fields, [FormRow(self.form, label_width=wide), FormRow(self.due, label_width=wide), None], gap=16,
            margins=(16, 8, 16, 8),
        )  # fmt: skip
        across.setStretch(0, 2)
        across.setStretch(1, 2)
        across.setStretch(2, 1)
        self.tabs = TabRow([Tab(name, label) for name, label in PARTS])
        self.tabs.picked.connect(self._tab)
        self.table = TableView(
            RowsModel(list(STANDING)), by_rows=True, numbered=False, name="districts", label="各区县"
        )
        self.table.opened.connect(lambda _: self.answer_selected())
        self.middle = QStackedWidget()
        hint = "先收下根证书、登记表和吊销清单，再收集区县交来的文件夹。"
        self.middle.addWidget(Empty("inbox", "还没有收下证书文件", hint, []))
        self.middle.addWidget(self.table)
        parts = [self.head, fields, Rule(), self.tabs, Rule("line2"), self.middle]
        column(self, parts, gap=0).setStretch(5, 1)
        self.form.picked.connect(lambda _: self.load())
        self.due.left.connect(self.load)
        keys.bind(self, "import", self.choose, pane=True)
        keys.bind(self, "sign", self.answer_selected, pane=True)
        keys.bind(self, "check", self.load, pane=True)
        frame.period_changed.connect(lambda _: self.load())
        frame.bridge.changed.connect(self.load)
        self.load()

    def panes(self) -> list[QWidget]:
        return [self.form, self.tabs, self.table]

    def entered(self) -> None:
        self.table.setFocus()
        self._status()

    def _status(self) -> None:
        notes: list[Note | str] = [Note("汇总只取有效且没有退回的数据")]
        shown = [keys.phrase("import", "收集"), keys.phrase("sign", "出具回执"), keys.phrase("check", "刷新")]
        self.frame.status(self, notes, shown)

    def load(self) -> None:
        due = self._due()
        if self.due.error_text:
            return
        period, form, today = self.frame.period, self.form.value() or MONTHLY, self.frame.person.today
        self.frame.ask(lambda desk: view(desk, period, form, due, today), self._show, self._failed)

    def _due(self) -> datetime.date | None:
        text = self.due.value()
        try:
            self.due.set_error("")
            return datetime.date.fromisoformat(text) if text else None
        except ValueError:
            self.due.set_error(f"“{text}”不是日期，应如 2026-12-05")
            return None

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def _show(self, seen: View) -> None:
        self.seen = seen
        self.head.set_facts(seen.facts)
        self.middle.setCurrentIndex(1 if seen.trusted else 0)
        self._tab(self.tabs.here)

    def _tab(self, name: str) -> None:
        if self.seen is None or name not in self.seen.tables:
            return
        held = self.seen.tables[name]
        here = self.table.currentIndex().row()
        self.table.model().set_rows([])
        self.table.model().set_columns(held.columns)
        self.table.model().set_rows(held.rows or (Row("", ("这一期还没有",), kind="span"),))
        if 0 <= here < len(held.rows):
            self.table.setCurrentIndex(self.table.model().index(here, 0))
        self.answer.setEnabled(name == "standing" and self.frame.may("issue"))

    # What is done here.
    def choose(self) -> None:
        if not self.frame.may("enter"):
            return
        path = QFileDialog.getExistingDirectory(self, "收集文件夹", str(Path.home()))
        if path:
            self.collect_folder(Path(path))

    def collect_folder(self, folder: Path) -> None:
        """Check every PDF of a folder and take the data of the valid ones."""

        def work(desk: Any, report: Callable[[int, int], None]) -> list[FileAnswer]:
            def progress(done: int, whole: int, name: str) -> bool:
                try:
                    report(done, whole)
                except DeskError:  # 取消 was pressed: what was collected stays
                    return False
                return True

            return collect(desk, folder, progress)

        self.frame.bridge.ask_long(work, self._collected, self._failed, "正在核对并收集")

    def _collected(self, found: list[FileAnswer]) -> None:
        taken = sum(each.outcome in ("taken", "superseded") for each in found)
        others = [each for each in found if each.outcome not in ("taken", "superseded")]
        look_at = [each for each in found if each.notes]
        if not others and not look_at:
            self.frame.say(f"核对 {len(found)} 个文件，收下 {taken} 份")
        else:
            lines = [f"{OUTCOMES[each.outcome]}　{each.file}　{in_one(each.reasons)}" for each in others[:20]]
            lines += [f"请留意　{each.file}　{'；'.join(each.notes)}" for each in look_at[:20]]
            rest = len(others) - 20
            lines += [f"还有 {rest} 个，见“收到的文件”"] if rest > 0 else []
            inform(f"核对 {len(found)} 个文件，收下 {taken} 份", "\n".join(lines), self)
        self.load()

    def take_trust(self) -> None:
        if not self.frame.may("enter"):
            return
        paths = ask_trust_files("收下登记表、清单", self)
        if paths:
            self.trust_files(paths)

    def trust_files(self, paths: list[Path]) -> None:
        take_trust_files(self.frame, paths, self.load, self)

    def file_paper(self) -> None:
        if self.seen is not None and self.frame.may("enter"):
            chosen = self._selected()
            form = self.form.value() or MONTHLY
            PaperDialog(self.frame, self.seen.names, chosen[0] if chosen else "", form, self.load, self).open()

    def _selected(self) -> list[str]:
        if self.tabs.here != "standing":
            return []
        places = {index.row() for index in self.table.selectionModel().selectedRows()}
        places |= {self.table.currentIndex().row()} if not places else set()
        return [self.table.model().row_at(place).key for place in sorted(places) if place >= 0]

    def answer_selected(self) -> None:
        if self.seen is None or not self.frame.may("issue"):
            return
        wanted = [
            (self.seen.names[code], self.seen.answerable[code])
            for code in self._selected()
            if code in self.seen.answerable
        ]
        if not wanted:
            self.frame.fail("选中的区县没有可以答复的数据，请在“收报情况”里选已报的区县")
            return
        ReceiptDialog(self.frame, wanted, self.load, self).open()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        def show(name: str) -> None:
            self.tabs.set_here(name)
            self._tab(name)

        return [(name, lambda name=name: show(name)) for name, _ in PARTS[1:]]
