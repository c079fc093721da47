"""Setting a target: the district's, or a bureau's or township's share of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.records import save_typed
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.dialog import Dialog
from ...kit.field import Field as Input
from ..record.inputs import make_input, put_text, text_in

FIELDS = ("year", "unit", "value", "operator", "wording", "note")


class TargetDialog(Dialog):
    """Stays open while anything is wrong; each fault stands at its field."""

    def __init__(
        self, frame: Frame, indicator: str, starting: dict[str, str], units: list[tuple[str, str]], host: QWidget
    ) -> None:
        super().__init__("加一个目标？", verb="保存目标", wide=520, parent=host)
        self.frame, self.indicator = frame, indicator
        self.inputs: dict[str, Input] = {}
        form = frame.forms["target"]
        for name in FIELDS:
            field = form.field(name)
            made = make_input(field, units if name == "unit" else field.type.choices(None))
            put_text(made, starting.get(name, ""))
            self.inputs[name] = self.add(made)

    def accept(self) -> None:
        typed = {name: text_in(field) for name, field in self.inputs.items()}
        typed["indicator"] = self.indicator
        self.frame.ask(
            lambda desk: save_typed(desk, "target", None, typed), lambda _: super(TargetDialog, self).accept(),
            self._refused,
        )  # fmt: skip

    def _refused(self, error: DeskError) -> None:
        details: Any = getattr(error, "details", None) or []
        said = {str(each["field"]): str(each["message"]) for each in details}
        for name, field in self.inputs.items():
            field.set_error(said.pop(name, ""))
        if said or not details:
            self.frame.fail(str(error))
