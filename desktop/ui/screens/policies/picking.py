"""Choosing a record to take facts from, and seeing which records a policy may be for."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.listing import names_of
from desktop.actions.policies import Qualified
from desktop.model.policies import Rule

from ...frame import Frame
from ...kit import look
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from . import wording

LABELS = {"project": "项目", "enterprise": "企业", "site": "回收网点"}


def forms_for(rule: Rule) -> list[str]:
    """The forms whose records the rule takes facts from, the whole enterprise first."""
    named = {each.form for each in rule.applies}
    return [form for form in ("enterprise", "project", "site") if form in named]


class RecordDialog(Dialog):
    """A record to take the facts from; `chosen` is (form, id) afterwards."""

    def __init__(self, choices: list[tuple[str, str]], host: QWidget) -> None:
        super().__init__("从哪条记录取数？", verb="取数", parent=host)
        self.record = self.add(
            ChoiceField("record", "记录", choices=choices, required=True, placeholder="输入名称或拼音首字母，F4 打开")
        )
        self.chosen: tuple[str, str] | None = None

    def accept(self) -> None:
        held = self.record.value()
        if held is None:
            self.record.set_error("请选一条记录")
            return
        form, _, record = held.partition(":")
        self.chosen = (form, record)
        super().accept()


def choices_for(desk: Any, rule: Rule) -> list[tuple[str, str]]:
    """(form:id, name and kind) of all records that the rule may take facts from."""
    found = []
    for form in forms_for(rule):
        found += [(f"{form}:{record}", f"{label}　{LABELS[form]}") for record, label in names_of(desk, form)]
    return found


class QualifiedDialog(Dialog):
    """The records a policy may be for, with what each would get; Enter on one takes its facts."""

    def __init__(self, frame: Frame, rule: Rule, found: list[Qualified], host: QWidget) -> None:
        super().__init__(f"{rule.title}：可能适用的 {len(found)} 条记录", verb="取数", wide=900, parent=host)
        self.frame = frame
        self.chosen: tuple[str, str] | None = None
        columns = [
            Column("label", "名称", width=230, ink="ink"), Column("form", "类别", width=70),
            Column("state", "结论", width=90), Column("amount", "金额", "元", kind="number", width=110),
            Column("why", "说明", width=340),
        ]  # fmt: skip
        model = RowsModel(columns)
        self.table = TableView(model, by_rows=True, numbered=False, name="qualified", label="可能适用的记录")
        rows = []
        for each in found:
            said = wording.entry(each.match)
            amount = each.match.result.amount if each.match.result is not None else None
            shown = f"{amount:,.2f}" if amount is not None else said.amount
            cells = (
                Cell(each.label), Cell(LABELS[each.form]), Cell(wording.STATES[each.match.state], mark=said.mark),
                Cell(shown, amount), Cell(said.sentence, tip=said.sentence),
            )  # fmt: skip
            rows.append(Row(f"{each.form}:{each.record}", cells))
        nothing = Row("", (Cell("登记的项目、企业和回收网点中没有适用的"),), kind="span")
        self.table.model().set_rows(rows or [nothing])
        self.table.setFixedHeight(look.theme().control(360))
        self.table.opened.connect(lambda _: self.accept())
        self.add_widget(self.table)

    def accept(self) -> None:
        row = self.table.current_row()
        if row is not None and row.key:
            form, _, record = row.key.partition(":")
            self.chosen = (form, record)
        super().accept()
