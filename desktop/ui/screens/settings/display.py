"""显示: light or dark, and how large the text is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ...frame import Frame
from ...kit import look
from ...kit.head import PaneHead
from ...kit.text import Rule, Text, column, row
from ...kit.tokens import TEXT_SIZES
from ...kit.yesno import Segments


class DisplayPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        theme = look.theme()
        self.theme = Segments("theme", "颜色", [("light", "浅色"), ("dark", "深色")], theme.mode)
        self.text = Segments("text", "文字大小", [(size, size) for size in TEXT_SIZES], theme.text)
        self.theme.changed.connect(lambda mode: frame._window.set_look(theme=mode))
        self.text.changed.connect(lambda size: frame._window.set_look(text=size))
        hint = "只对你的账号有效，立即生效。Ctrl+加号、Ctrl+减号随时可改文字大小。"
        column(
            self,
            [PaneHead("显示"), Rule("line2"), 8, row(None, [_label("颜色"), self.theme, None]),
             row(None, [_label("文字大小"), self.text, None]), 8, Text(hint, size=12, ink="ink3", wrap=True), None],
            gap=12,
        )  # fmt: skip

    def reload(self) -> None:
        self.theme.set_value(look.theme().mode)
        self.text.set_value(look.theme().text)


def _label(words: str) -> Text:
    made = Text(words, ink="ink2")
    made.setFixedWidth(look.theme().control(116))
    return made
