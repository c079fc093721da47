"""批量修改: a field and its new value for the selected records, with what would happen told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions.many import Previewed, changeable, preview_many
from desktop.model.errors import DeskError
from desktop.model.forms import Form

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.field import Field as Input
from ...kit.text import Text
from ..record.inputs import make_input, text_in

QUIET = 250  # ms after the last change until the preview is asked
SHOWN = 6  # records named in the preview


class ManyDialog(Dialog):
    """`answer` is (field, text) after `run()`."""

    def __init__(
        self, frame: Frame, form: Form, choices: Mapping[str, Sequence[tuple[str, str]]], chosen: list[str], field: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        title = f"批量修改选中的 {len(chosen)} {form.measure}{form.noun}"
        super().__init__(title, "每条都按填写时一样检查，一次撤销全部退回。", verb="修改", wide=560, parent=parent)
        self.frame, self.form, self.choices, self.chosen = frame, form, choices, chosen
        self.answer = ("", "")
        fields = changeable(form)
        self.field = ChoiceField("many.field", "字段", choices=[(each.name, each.heading) for each in fields])
        self.add(self.field)
        self.value: Input | None = None
        self.told = Text("", size=12, ink="ink2", wrap=True)
        self.told.setMinimumHeight(120)
        self.down.insertWidget(self.down.count() - 2, self.told)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(QUIET)
        self._wait.timeout.connect(self.preview)
        self._shown = ""
        self.yes.setEnabled(False)
        self.field.picked.connect(lambda _: self._pick())
        self.field.left.connect(self._pick)
        if field in [each.name for each in fields]:
            self.field.set_value(field)
            self._pick()

    def _pick(self) -> None:
        name = self.field.value()
        if not name or name == self._shown:
            return
        self._shown = name
        if self.value is not None:
            self.value.parentWidget().deleteLater()
        each = self.form.field(name)
        self.value = make_input(each, self.choices.get(name, ()))
        self.value.label = "新的值"
        self.add(self.value)
        self.value.changed.connect(lambda _: self._wait.start())
        self.value.setFocus()
        self.told.setText("留空就是清空这一项。")
        self.adjustSize()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        (self.value or self.field).setFocus()

    def preview(self) -> None:
        """Ask what would happen, and say it."""
        name, text = self.field.value() or "", text_in(self.value) if self.value is not None else ""
        form, chosen = self.form.name, self.chosen
        self.frame.ask(lambda desk: preview_many(desk, form, chosen, name, text), self._show, self._refused)

    def _refused(self, error: DeskError) -> None:
        self.told.setText(str(error))
        self.yes.setEnabled(False)

    def _show(self, rows: list[Previewed]) -> None:
        measure = self.form.measure
        bad = [row for row in rows if row[4]]
        same = [row for row in rows if not row[4] and row[2] == row[3]]
        good = [row for row in rows if not row[4] and row[2] != row[3]]
        parts = [f"要改 {len(good)} {measure}"] + ([f"{len(same)} {measure}已是这个值"] if same else [])
        parts += [f"{len(bad)} {measure}不能改"] if bad else []
        lines = ["，".join(parts)]
        lines += [f"✕ {label}：{error}" for _, label, _, _, error in bad[:SHOWN]]
        lines += [f"{label}：{old or '空'} → {new or '空'}" for _, label, old, new, _ in good[: SHOWN - len(bad)]]
        self.told.setText("\n".join(lines))
        self.yes.setEnabled(bool(good))

    def accept(self) -> None:
        if self.value is None or not self.yes.isEnabled():
            return
        self.answer = (self.field.value() or "", text_in(self.value))
        super().accept()
