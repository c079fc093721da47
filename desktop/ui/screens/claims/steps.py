"""Moving a claim on: what the next state needs is asked in one dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions import claims
from desktop.actions.records import read_typed
from desktop.model.errors import DeskError, Refused
from desktop.model.forms import Form

from ...frame import Frame
from ...kit.dialog import Dialog
from ...kit.field import Field as Input
from ...kit.lines import LineField
from ..record.inputs import make_input, put_text, text_in

VERBS = {
    "accepted": "受理", "reviewing": "转审核", "public": "公示", "approved": "核定", "paid": "登记拨付",
    "refused": "不予支持", "withdrawn": "撤回", "draft": "退回草稿",
}  # fmt: skip
NEEDS = {
    "accepted": ("applicant", "claimed"),
    "public": ("public_from", "public_to"),
    "approved": ("approved_amount", "objection"),
    "paid": ("paid_amount", "paid_on", "pay_doc"),
}
REASONS = ("refused", "withdrawn")


class StepDialog(Dialog):
    """The fields of the next state, filled with what is there; writing stays open while anything is wrong."""

    def __init__(self, frame: Frame, form: Form, claim: str, state: str, texts: dict[str, str], host: QWidget) -> None:
        super().__init__(f"{VERBS[state]}这份申报？", verb=VERBS[state], wide=560, parent=host)
        self.frame, self.form, self.claim, self.state = frame, form, claim, state
        self.inputs: dict[str, Input] = {}
        for name in NEEDS.get(state, ()):
            field = make_input(form.field(name), [])
            put_text(field, texts.get(name, ""))
            self.inputs[name] = self.add(field)
        self.why = LineField("why", "原因", required=state in REASONS)
        if state in REASONS or state == "draft":
            self.add(self.why)

    def accept(self) -> None:
        form, claim, state = self.form, self.claim, self.state
        typed = {name: text_in(field) for name, field in self.inputs.items()}
        why = self.why.value() or ""

        def work(desk: Any) -> Any:
            values, unread = read_typed(desk, form, typed)
            if unread:
                details: list[dict[str, object]] = [{"field": each.field, "message": each.message} for each in unread]
                raise Refused(f"{form.title}没有保存：{unread[0].message}", details)
            return claims.advance(desk, claim, state, values, why)

        self.frame.ask(work, lambda _: super(StepDialog, self).accept(), self._refused)

    def _refused(self, error: DeskError) -> None:
        details = error.details if isinstance(error, Refused) else []
        said = {str(each["field"]): str(each["message"]) for each in details}
        for name, field in self.inputs.items():
            field.set_error(said.pop(name, ""))
        if said or not details:
            if self.state in REASONS and not details:
                self.why.set_error(str(error))
            else:
                self.frame.fail(str(error))
