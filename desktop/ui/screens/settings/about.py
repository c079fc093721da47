"""关于: version, what it may not be used for, licences of the parts."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from ...frame import Frame
from ...kit.detail import Facts
from ...kit.head import PaneHead
from ...kit.text import Rule, Text, column
from ..signin.page import version


class AboutPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        facts = Facts([
            ("程序", f"两新工作台 {version()}"),
            ("运行环境", f"Qt {qVersion()}，Python {platform.python_version()}"),
            ("字体", "思源黑体、思源宋体（SIL OFL 1.1）"),
            ("图标", "Lucide（ISC，部分 MIT）"),
        ])  # fmt: skip
        said = "电子签名不是公章。打印件按规定盖章。数据只存在本机，程序不联网。"
        column(
            self,
            [PaneHead("关于"), Rule("line2"), 4, facts, 8, Text("严禁处理涉密信息。", ink="red"),
             Text(said, ink="ink2", wrap=True), None],
        )  # fmt: skip
