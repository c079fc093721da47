"""本单位: which district and office this is, where its data lies, which plan is in force."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.model.plan import Plan

from ...frame import Frame
from ...kit.detail import Facts
from ...kit.head import PaneHead
from ...kit.text import Rule, Text, column


class OfficePart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame, self.facts = frame, Facts()
        hint = "区县和单位在新建数据时定下，不能改成别的区县。"
        column(
            self,
            [PaneHead("本单位"), Rule("line2"), 4, self.facts, 8, Text(hint, size=12, ink="ink3", wrap=True), None],
        )
        self.reload()

    def reload(self) -> None:
        self.frame.ask(lambda desk: desk.plan, self._show)

    def _show(self, plan: Plan) -> None:
        person = self.frame.person
        self.facts.set_pairs([
            ("区县", person.district),
            ("单位", person.office),
            ("数据", "练习区，虚构的区县和企业" if person.practice else "正式数据"),
            ("数据文件夹", person.folder),
            ("方案", f"{plan.document.title}（{plan.document.number}）"),
            ("载入", f"{len(plan.goals)} 项工作目标、{len(plan.tasks)} 项任务、{len(plan.policies)} 条政策"),
            ("你的账号", f"{person.name}　{person.role_words}"),
        ])  # fmt: skip
