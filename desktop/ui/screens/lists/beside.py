"""Views that stand beside a list: reached by a button in its head, left by Esc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from ...frame import Frame
from ...kit.buttons import KeyButton


@dataclass(frozen=True)
class Beside:
    """`module.page` below screens/: a widget of (frame, form) with `closed`, `wanted(id)`, `entered()`, `panes()`."""

    name: str
    words: str
    icon: str
    module: str
    page: str

    def make(self, frame: Frame, form: str) -> QWidget:
        made: QWidget = getattr(import_module(f"desktop.ui.screens.{self.module}"), self.page)(frame, form)
        return made

    def button(self) -> KeyButton:
        return KeyButton(self.words, icon=self.icon, name=self.name)


DOUBLES = Beside("duplicates", "疑似重复", "copy", "duplicates.page", "DuplicatesPage")
BESIDE: dict[str, Sequence[Beside]] = {
    "project": (Beside("pipeline", "进度", "gauge", "pipeline.page", "PipelinePage"), DOUBLES),
    "enterprise": (DOUBLES,),
    "site": (Beside("flow", "按月", "chart-line", "pipeline.flow", "FlowPage"), DOUBLES),
}
