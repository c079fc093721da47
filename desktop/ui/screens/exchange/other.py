"""A third value for a conflict, typed or chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import LineField


def ask_other(
    frame: Frame, form: str, name: str, label: str, text: str, done: Callable[[Any, str], None], parent: QWidget
) -> None:
    """Ask for another value and read it as its field does; `done(stored value, text as shown)`."""
    if form not in frame.forms or name not in frame.forms[form]:
        frame.fail("这一处不能另填，只能取本单位现值或交回值")
        return
    each = frame.forms[form].field(name)

    def show(choices: list[tuple[str, str]]) -> None:
        dialog = Dialog(f"{label}另填什么？", verb="取这个值", parent=parent)
        if choices and len(choices) < 400 and not getattr(each.type, "several", False):
            labels = [(words, words) for _, words in choices]
            field: Any = ChoiceField(name, label, choices=labels, free=True)
        else:
            field = LineField(name, label)
        field.set_value(text)
        dialog.add(field)
        if dialog.run():
            typed = field.value() or ""
            frame.ask(lambda desk: _read(desk, form, name, typed), lambda got: done(*got), failed)

    def failed(error: DeskError) -> None:
        frame.fail(f"{label}：{error}")

    frame.ask(lambda desk: each.type.choices(desk.names), show)


def _read(desk: Any, form: str, name: str, typed: str) -> tuple[Any, str]:
    kind = desk.form(form).field(name).type
    value = kind.read(typed, desk.names)
    return value, kind.printed(value, desk.names)
