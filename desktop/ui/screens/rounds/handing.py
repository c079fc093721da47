"""Handing out: to which units, into which folder, due when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.rounds import HandedOutAll, Recipient, hand_out, recipients
from desktop.actions.rounds_asked import default_due
from desktop.model.errors import DeskError
from desktop.model.periods import Period
from desktop.model.progress import Report

from ...frame import Frame
from ...kit import look
from ...kit.dialog import Dialog
from ...kit.lines import DateField, FilePick
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import MarkedText, commands_only
from ...wording import when_words
from ..exchange.working import Working
from ..policies.values import date_read

COLUMNS = (
    Column("tick", "", width=34, kind="tick"),
    Column("unit", "单位", width=260, ink="ink"),
    Column("group", "类别", width=60),
    Column("count", "任务", "项", kind="number", width=64),
    Column("handed", "已下发", width=120),
)


class HandOutDialog(Dialog):
    """All units ticked unless `units` are given. Space ticks, Ctrl+A and Space tick several."""

    def __init__(self, frame: Frame, period: str, units: Sequence[str] = (), parent: QWidget | None = None) -> None:
        span = Period.parse(period)
        words = "每个单位一份工作簿：它的任务、这一期要填的进展和指标都已排好。用 WPS 填好交回，放进一个文件夹一起收。"
        super().__init__(f"下发{span.label}填报表", words, verb="下发", wide=640, parent=parent)
        self.frame, self.period, self._wanted = frame, span.key, set(units)
        self.found: list[Recipient] = []
        self.off: set[str] = set()
        self.done_already = False
        self.working: Working | None = None
        self.due = DateField("due", "请于哪天前交回", required=True, read=date_read)
        self.due.set_value(default_due(span))
        folder = Path.home() / f"{span.label.partition('（')[0]}下发"
        self.folder = FilePick("folder", "写到文件夹", kind="folder", required=True)
        self.folder.set_value(str(folder))
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="units", label="下发给哪些单位")
        commands_only(self.table)
        self.table.setFixedHeight(look.theme().control(250))
        self.table.head_tick = True
        self.add_widget(self.table)
        self.add(self.due)
        self.add(self.folder)
        self.told = MarkedText("done", " ")
        self.told.words.setWordWrap(True)
        self.told.hide()
        self.add_widget(self.told)
        self.table.model().toggled.connect(lambda key, _: self._tick(key))
        self._ask_units()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _ask_units(self) -> None:
        period = self.period
        self.frame.ask(lambda desk: recipients(desk, period), self._units, self._failed)

    def _units(self, found: list[Recipient]) -> None:
        if self._wanted and not self.found:
            self.off = {each.unit for each in found if each.unit not in self._wanted}
        self.found = found
        self.table.model().set_rows([self._row(each) for each in found])
        if found:
            self.table.setCurrentIndex(self.table.model().index(0, 1))
        self._check()

    def _row(self, each: Recipient) -> Row:
        handed = when_words(each.handed, self.frame.person.today) if each.handed else "—"
        return Row(each.unit, (
            Cell(check="off" if each.unit in self.off else "on"), Cell(each.unit, tip=each.unit),
            Cell("街镇" if each.township else "部门"), Cell(str(each.progress)), Cell(handed),
        ))  # fmt: skip

    def _tick(self, unit: str) -> None:
        picked = self.table.selected_keys() if unit in self.table.selected_keys() else [unit]
        turned = set(picked)
        self.off = self.off - turned if unit in self.off else self.off | turned
        for each in self.found:
            if each.unit in turned:
                self.table.model().replace_row(self._row(each))
        self._check()

    def chosen(self) -> list[str]:
        return [each.unit for each in self.found if each.unit not in self.off]

    def _check(self) -> None:
        count = len(self.chosen())
        self.yes.set_words(f"下发 {count} 份")
        self.yes.setEnabled(bool(count))

    def accept(self) -> None:
        if self.done_already:
            super().accept()
            return
        self.due.leave()
        folder, due, units, period = self.folder.value(), self.due.value(), self.chosen(), self.period
        if not folder:
            self.folder.set_error("没有写文件夹，请选择保存的地方")
            return
        if self.due.error_text or not due:
            self.due.set_error(self.due.error_text or "没有写交回日期，请填写")
            return
        self.yes.setEnabled(False)

        def work(desk: Any, report: Report) -> HandedOutAll:
            return hand_out(desk, Path(folder), period, units, due, report)

        self.working = Working.start(self.frame, "正在下发", work, self._done, self._failed, self)

    def reject(self) -> None:
        """While it is writing, Esc stops the writing; what was written is said before the dialog goes."""
        if self.working is not None:
            self.working.job.cancel()
            return
        super().reject()

    def _done(self, made: HandedOutAll) -> None:
        self.working = None
        self.told.show()
        refused = f"{len(made.refused)} 个单位没有要填的。" if made.refused else ""
        where = made.files[0].path.parent
        if made.left:
            self._stopped(made, f"已取消。写好 {len(made.files)} 份，在 {where}；还有 {len(made.left)} 个单位没有写，")
            return
        self.done_already = True
        self.told.set_state("done", f"已写入 {len(made.files)} 份，在 {where}。{refused}可以分发给各单位。")
        self.yes.set_words("完成")
        self.yes.setEnabled(True)
        self.no.hide()
        self.yes.setFocus()
        self.adjustSize()

    def _stopped(self, made: HandedOutAll, words: str) -> None:
        """Only the units that were not come to stay ticked, so that Enter goes on."""
        self.off = {each.unit for each in self.found if each.unit not in made.left}
        self.told.set_state("soon", f"{words}已勾好，可接着下发。")
        self.no.set_words("关闭")
        self.adjustSize()
        self._ask_units()

    def _failed(self, error: DeskError) -> None:
        self.working = None
        self.told.show()
        self.told.set_state("error", str(error))
        self.yes.setEnabled(bool(self.chosen()))
        self.adjustSize()
