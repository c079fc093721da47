"""The rows that hang from a record: equipment of a project, targets of an indicator. Added and edited in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.entry import Entry, begin, below
from desktop.actions.records import remove, save_typed
from desktop.model.errors import DeskError, Refused
from desktop.model.findings import Finding
from desktop.model.forms import Form, Forms

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog, ask_text
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule
from ..lists.columns import CHARACTER
from .form import FormFields
from .rowsheet import RowSheet

ALSO = {"indicator": (("target", "indicator"), ("measure", "indicator"))}
MOST_ROWS = 8  # rows shown before the table scrolls by itself


def forms_below(forms: Forms, name: str) -> list[tuple[Form, str]]:
    """The forms whose records are rows of a record of this form, with the field that links them."""
    found = [(child, child.parent) for child in forms.children(name)]
    return found + [(forms[child], link) for child, link in ALSO.get(name, ()) if child in forms]


class RowDialog(Dialog):
    """One row in a dialog; saving stays open while anything is wrong."""

    def __init__(self, frame: Frame, form: Form, link: str, parent_record: str, entry: Entry, host: QWidget) -> None:
        title = entry.label if entry.record else f"新建{form.noun}"
        super().__init__(title, verb="保存", wide=760, parent=host)
        self.frame, self.form, self.link, self.above = frame, form, link, parent_record
        self.form_fields = FormFields(
            form, entry, fixed=form.key if entry.record else (), hidden=(link,), margin=0, parent=self
        )
        self.form_fields.hide()
        self.form_fields.body.setFixedHeight(look.theme().control(360))
        self.add_widget(self.form_fields.body)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        first = next((each for each in self.form_fields.inputs.values() if not each.readonly), None)
        if first is not None:
            first.setFocus()

    def accept(self) -> None:
        entry, form = self.form_fields.entry, self.form
        typed = {**self.form_fields.to_save(), **({} if entry.record else {self.link: self.above})}
        self.frame.ask(
            lambda desk: save_typed(desk, form.name, entry.record or None, typed),
            lambda _: super(RowDialog, self).accept(), self._refused,
        )  # fmt: skip

    def _refused(self, error: DeskError) -> None:
        details = error.details if isinstance(error, Refused) else []
        findings = [Finding("block", str(each["message"]), str(each["field"])) for each in details]
        faults = self.form_fields.show_findings(findings, all_required=True)
        if faults:
            self.form_fields.body.jump(faults[0].field)
        else:
            self.frame.fail(str(error))


class BelowSection(QWidget):
    """Head with count, sums and verbs, then a list with a full border. `changed` after each reading."""

    changed = Signal()

    def __init__(self, frame: Frame, child: Form, link: str, record: str, label: str) -> None:
        super().__init__()
        self.frame, self.child, self.link, self.record, self.label = frame, child, link, record, label
        self.count = 0
        self.names = [name for name in child.columns if name != link]
        fields = [child.field(name) for name in self.names]
        self.columns = [
            Column(each.name, each.short, each.unit, width=0 if each.type.number else each.width * CHARACTER + 16,
                   kind="number" if each.type.number else "text", sums=each.type.number, drop=place if place > 4 else 0)
            for place, each in enumerate(fields)
        ]  # fmt: skip
        may = frame.may("enter") and bool(record)
        self.add = KeyButton("加一行", key="add_row", kind="text", name=f"{child.name}.add")
        self.drop = KeyButton("删除行", key="remove_row", kind="text", name=f"{child.name}.remove")
        self.fill = KeyButton("成片填写", key="sheet_rows", kind="text", name=f"{child.name}.sheet")
        self.head = PaneHead(child.title, "" if record else "保存后可填", [self.fill, self.add, self.drop])
        if not may:
            self.fill.hide()
            self.add.hide()
            self.drop.hide()
        self.table = TableView(
            RowsModel(self.columns), by_rows=True, numbered=False, name=child.name, label=child.title, pad=8
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 8, 0, 12)
        down.setSpacing(4)
        down.addWidget(self.head)
        down.addWidget(Rule("line2"))
        down.addWidget(self.table)
        down.addWidget(Rule("line2"))
        self.table.setVisible(bool(record))
        self.table.opened.connect(self.edit)
        self.add.clicked.connect(lambda: self.edit(""))
        self.drop.clicked.connect(self.delete)
        self.fill.clicked.connect(self.fill_in)
        if may:
            keys.bind(self.table, "sheet_rows", self.fill_in, pane=True)
            keys.bind(self.table, "add_row", lambda: self.edit(""), pane=True)
            keys.bind(self.table, "remove_row", self.delete, pane=True)
        frame.bridge.changed.connect(self.reload)
        self._fit()
        self.reload()

    def _fit(self) -> None:
        rows = max(1, min(self.count, MOST_ROWS))
        self.table.setFixedHeight(self.table.head_height() + rows * look.theme().control(28) + 2)

    def refit(self) -> None:
        self._fit()

    def reload(self) -> None:
        if self.record:
            child, link, record = self.child.name, self.link, self.record
            self.frame.ask(lambda desk: below(desk, child, link, record), self._show)

    def _show(self, answer: tuple[list[tuple[str, dict[str, str]]], dict[str, str]]) -> None:
        rows, sums = answer
        self.count = len(rows)
        empty = [Row("", (Cell(f"还没有{self.child.noun}，按 {keys.hint('add_row')} 加一行"),), kind="span")]
        made = [Row(key, tuple(Cell(texts[name]) for name in self.names)) for key, texts in rows]
        self.table.model().set_rows(made or empty)
        words = [f"{self.count} {self.child.measure}"] if rows else []
        words += [
            f"{self.child.field(name).label}合计 {total} {self.child.field(name).unit}"
            for name, total in sums.items() if name in self.names[:8] and total not in ("", "0.00")
        ]  # fmt: skip
        self.head.note.setText("，".join(words[:3]))
        self._fit()
        self.changed.emit()

    def edit(self, key: str) -> None:
        """Edit a row, or with "" add one."""
        if not self.record or (key and not self.frame.may("enter")):
            return
        child, link, record = self.child, self.link, self.record

        def show(entry: Entry) -> None:
            RowDialog(self.frame, child, link, record, entry, self.window()).open()

        self.frame.ask(lambda desk: begin(desk, child.name, key, {} if key else {link: record}), show)

    def fill_in(self) -> None:
        """All rows as a sheet, new ones appended."""
        RowSheet(self.frame, self.child, self.link, self.record, self.label, self.window()).open()

    def delete(self) -> None:
        row = self.table.current_row()
        if row is None or not row.key or not self.record:
            return
        words = " ".join(row.cell(i).text for i in range(2) if row.cell(i).text)
        why = ask_text(f"删除“{words}”？", "删除后移入“已删除”，可以恢复。", "原因", verb="删除", parent=self.window())
        if why is not None:
            name, key = self.child.name, row.key
            self.frame.ask(
                lambda desk: remove(desk, name, key, why), lambda _: None, lambda error: self.frame.fail(str(error))
            )
