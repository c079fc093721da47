"""A new submission: which printed form, for which record or unit, for which period."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions.listing import names_of
from desktop.actions.submissions import Submission, prepare
from desktop.model.errors import DeskError, Refused
from desktop.model.periods import Period
from desktop.model.printed import load_printed

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.form import FormRow
from ...kit.lines import LineField


class NewSubmission(Dialog):
    """Freezes the data at 生成草稿; `made(submission)`."""

    def __init__(self, frame: Frame, made: Callable[[Submission], None], parent: QWidget | None = None) -> None:
        super().__init__(
            "报送什么？", "数据在生成时定下，以后的更改不会影响它。", verb="生成草稿", wide=520, parent=parent
        )
        self.frame, self._made = frame, made
        self.forms = load_printed()
        listed = sorted(self.forms.values(), key=lambda form: form.order)
        self.form = ChoiceField("form", "表", choices=[(form.name, form.title) for form in listed], required=True)
        self.period = LineField("period", "填报时间", required=True, help="如 2026-11、2026-Q4、2026")
        self.record = ChoiceField("record", "哪一个", required=True)
        self.unit = ChoiceField("unit", "单位", required=True)
        self.add(self.form)
        self.add(self.period)
        self.rows = {}
        for field in (self.record, self.unit):
            self.fields[field.name] = field
            self.rows[field.name] = FormRow(field, stacked=True)
            self.rows[field.name].hide()
            self.body.addWidget(self.rows[field.name])
        self.period.set_value(frame.period)
        self.form.picked.connect(self._form)
        self.period.left.connect(self._period)

    def _form(self, name: str) -> None:
        form = self.forms.get(name)
        about = form.about if form and form.about in self.frame.forms else ""
        self.rows["record"].setVisible(bool(about))
        self.rows["unit"].setVisible(bool(form and form.for_unit))
        if about:
            self.record.set_value(None)
            self.frame.ask(lambda desk: names_of(desk, about), self.record.set_choices)
        if form and form.for_unit:
            self.frame.ask(lambda desk: [(unit, unit) for unit in desk.names.units()], self.unit.set_choices)
        self.adjustSize()

    def _period(self) -> None:
        try:
            self.period.set_error("")
            self.period.set_echo(Period.parse(self.period.value() or "").label)
        except Refused as refused:
            self.period.set_error(str(refused))

    def accept(self) -> None:
        form = self.forms.get(self.form.value() or "")
        if form is None:
            self.form.set_error("还没有选表，请选一种")
            return
        self._period()
        if self.period.error_text:
            return
        about = form.about in self.frame.forms
        for field, wanted in ((self.record, about), (self.unit, form.for_unit)):
            field.set_error("还没有选，请选一个" if wanted and not field.value() else "")
            if field.error_text:
                return
        record = self.record.value() if about else None
        period, unit = self.period.value() or "", (self.unit.value() or "") if form.for_unit else ""
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: prepare(desk, form.name, record=record, period=period, unit=unit), self._done, self._failed,
            "正在生成",
        )  # fmt: skip

    def _done(self, made: Submission) -> None:
        super().accept()
        self._made(made)

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.form.set_error(str(error))
        self.adjustSize()
