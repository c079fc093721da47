"""复制为新项目: asks whether the equipment comes along, copies, and shows the copy with its name to be edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions.templates import Copied, copy_project

from ...frame import Frame
from ...kit.buttons import Tick
from ...kit.dialog import Dialog


def copy_as_template(frame: Frame, project: str, title: str, host: QWidget, shown: Callable[[str], object]) -> None:
    words = "不带月调度、代码、入库退出日期和已支付数，阶段改为谋划储备。可以撤销。"
    dialog = Dialog(f"复制“{title}”为新项目？", words, verb="复制", parent=host.window())
    equipment = Tick("连同设备明细")
    equipment.setObjectName("equipment")
    dialog.add_widget(equipment)
    if not dialog.run():
        return
    rows = equipment.isChecked()

    def done(made: Copied) -> None:
        frame.say("已复制，请改项目名称", verb="撤销", key="undo", slot=frame.undo)
        shown(made.id)

    frame.ask(lambda desk: copy_project(desk, project, equipment=rows), done, lambda error: frame.fail(str(error)))
