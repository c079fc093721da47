"""The rows below a record filled in like a sheet: new ones appended, all saved as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.desk import Desk
from desktop.actions.entry import choices_of
from desktop.actions.many_rows import TypedRow, judge, save_rows
from desktop.actions.records import find
from desktop.model.errors import DeskError, Refused
from desktop.model.forms import Form

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog, ask
from ...kit.rows import Column
from ...kit.sheet import SheetModel, SheetRow
from ...kit.sheetview import SheetView
from ...kit.text import Text
from ..sheetfields import sheet_column, tidier

QUIET = 250  # ms after the last change until the checks are asked
GROUPED = ("side",)  # rows stay in the order of these, as in the table of the record


def sheet_of(desk: Desk, form: Form, link: str, parent: str) -> tuple[list[tuple[str, dict[str, str]]], dict]:
    """The rows below a record as texts to type, and what each field offers."""
    names = [each.name for each in form.fields if each.name != link and each.type.name != "file"]
    found, _ = find(desk, form.name, where={link: parent})
    rows = [
        (record, {name: form.field(name).type.show(values.get(name), desk.names) for name in names})
        for record, values in found
    ]
    places = {name: {label: n for n, (_, label) in enumerate(form.field(name).type.choices(desk.names))}
              for name in GROUPED if name in form}  # fmt: skip
    rows.sort(key=lambda row: [held.get(row[1][name], len(held)) for name, held in places.items()])
    return rows, {name: choices_of(desk, form.field(name)) for name in names}


class RowSheet(Dialog):
    """A large dialog over one sheet. Esc leaves a cell first, then the dialog; unsaved rows are asked about."""

    def __init__(self, frame: Frame, form: Form, link: str, parent: str, label: str, host: QWidget) -> None:
        told = "、".join(keys.phrase(each) for each in ("paste", "fill_down", "drop_down", "step_back"))
        hint = f"最后一行总是空的，填了就多一行；可以从 WPS 成块粘贴。{told}"
        super().__init__(f"{label}　{form.title}", hint, verb="保存", wide=1180, key="save", parent=host)
        self.setFixedWidth(min(look.theme().control(1180), host.width() - 48))
        self.frame, self.form, self.link, self.above = frame, form, link, parent
        self.model = SheetModel([Column("", "")], growing=True)
        self.model.tidy = tidier(form)
        self.table = SheetView(self.model, name=f"{form.name}.sheet", label=form.title)
        self.table.setFixedHeight(max(look.theme().control(260), min(look.theme().control(440), host.height() - 240)))
        self.said = Text("", size=12, ink="ink2", cut=True)
        self.add_widget(self.table)
        self.add_widget(self.said)
        self.next_fault = KeyButton("下一处", key="next_error", kind="text", name="next_fault")
        self.next_fault.clicked.connect(lambda: self.table.step_fault())
        self.next_fault.hide()
        self.buttons.insertWidget(0, self.next_fault)
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(QUIET)
        self._check.timeout.connect(self.check)
        self.model.stirred.connect(self._stirred)
        self.yes.setEnabled(False)
        keys.bind(self, "save", self.accept)
        keys.bind(self, "next_error", lambda: self.table.step_fault())
        keys.bind(self, "previous_error", lambda: self.table.step_fault(-1))
        frame.ask(lambda desk: sheet_of(desk, form, link, parent), self._show)

    def _show(self, answer: tuple[list[tuple[str, dict[str, str]]], dict]) -> None:
        rows, choices = answer
        form = self.form
        fields = [form.field(name) for name in form.columns if name != self.link]
        fields += [each for each in form.fields if each.name != self.link and each not in fields]
        made = [sheet_column(each, choices) for each in fields if each.type.name != "file"]
        self.model.set_columns([replace(each, drop=place if place > 7 else 0) for place, each in enumerate(made)])
        fixed = frozenset(form.key)
        self.model.load(SheetRow(record, dict(texts), fixed=fixed) for record, texts in rows)
        last = self.model.rowCount() - 1
        self.table.setCurrentIndex(self.model.index(last if not rows else 0, 0))
        self.table.setFocus()
        self._tell()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.table.hasFocus() or event.key() not in (0x01000004, 0x01000005):  # Enter belongs to the sheet
            super().keyPressEvent(event)

    # Typing.
    def changed_rows(self) -> tuple[list[str], list[TypedRow]]:
        """Keys of the changed rows, and the rows as they are typed."""
        dirty = {key: texts for key, texts in self.model.dirty().items() if any(texts.values()) or self._held(key)}
        rows = [
            TypedRow(key, texts) if self._held(key) else TypedRow("", {**self._filled(texts), self.link: self.above})
            for key, texts in dirty.items()
        ]
        return list(dirty), rows

    def _held(self, key: str) -> bool:
        return not key.startswith("new ")

    @staticmethod
    def _filled(texts: dict[str, str]) -> dict[str, str]:
        return {name: text for name, text in texts.items() if text}

    def _stirred(self) -> None:
        self._check.start()
        self._tell()

    def _tell(self) -> None:
        faults, count = self.model.faults(), len(self.changed_rows()[0])
        blocks = sum(each[3] for each in faults)
        words = [f"改了 {count} 行，没有保存"] if count else []
        words += [f"{blocks} 处不能保存"] if blocks else []
        words += [f"{len(faults) - blocks} 处请核对"] if len(faults) > blocks else []
        self.said.setText("，".join(words) or f"{self.model.rowCount() - 1} {self.form.measure}")
        self.yes.setEnabled(bool(count))
        self.next_fault.setVisible(bool(faults))

    def check(self) -> None:
        """Ask the form's checks about the changed rows."""
        named, rows = self.changed_rows()
        name = self.form.name

        def show(said: list[tuple[int, str, str, bool]]) -> None:
            found: dict[tuple[str, str], tuple[str, bool]] = {}
            for place, field, message, blocks in said:
                empty = blocks and field and not rows[place].typed.get(field) and not self._held(named[place])
                if not empty:  # what a new row still lacks is said when it is saved
                    found.setdefault((named[place], field), (message, blocks))
            self.model.set_findings(found)
            self._tell()

        self.frame.ask(
            lambda desk: [(each.row, each.field, each.message, each.blocks) for each in judge(desk, name, rows).said],
            show,
        )

    # Saving, leaving.
    def accept(self) -> None:
        named, rows = self.changed_rows()
        if not rows or self.table.editing_now():
            return
        name, frame = self.form.name, self.frame

        def done(saved: Any) -> None:
            self.model.load([])
            frame.say(f"已保存 {len(saved.ids)} 行{self.form.noun}", verb="撤销", key="undo", slot=frame.undo)
            super(RowSheet, self).accept()

        def refused(error: DeskError) -> None:
            details = error.details if isinstance(error, Refused) else []
            found = {
                (named[int(str(each["index"]))], str(each["field"])): (str(each["message"]), True) for each in details
            }
            self.model.set_findings(found)
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.step_fault()
            self.table.setFocus()
            self._tell()
            if not details:
                frame.fail(str(error))

        frame.ask(lambda desk: save_rows(desk, name, rows), done, refused)

    def reject(self) -> None:
        count = len(self.changed_rows()[0])
        words = f"改了 {count} 行，还没有保存。"
        title = f"放弃对“{self.form.title}”的更改？"
        if not count or ask(title, words, verb="放弃更改", harmful=True, parent=self):
            super().reject()
