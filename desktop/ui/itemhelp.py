"""What a field asks for, in one sentence (Shift+F1)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from .kit.chips import SeveralField
from .kit.choices import ChoiceField
from .kit.field import Field
from .kit.lines import DateField, MoneyField
from .kit.longtext import LongText
from .kit.yesno import YesNo

HOW = (
    (DateField, "可以写 2026年5月、2026.5.21 这样的日期，F4 打开日历"),
    (MoneyField, "金额，可以写小数，下面会显示大写"),
    (SeveralField, "可以选几个，F4 打开选择"),
    (ChoiceField, "从列表里选，可输入名称或拼音首字母，F4 打开"),
    (YesNo, "选其中一个，空格选中，Del 清空"),
    (LongText, "一段文字，Tab 到下一项"),
)


def item_words(widget: QWidget | None) -> str:
    """Label, help, how it is filled in, unit and whether it must be; how to ask when no field has the focus."""
    field = widget
    while field is not None and not isinstance(field, Field):
        field = field.parentWidget()
    if field is None:
        return "把光标放到一项里，再按 Shift+F1 看那一项的说明。"
    parts = [field.help, next((words for kind, words in HOW if isinstance(field, kind)), "")]
    parts += [f"单位 {field.unit}" if field.unit else "", "必填" if field.required else "可以不填"]
    return f"{field.label}：{'；'.join(part for part in parts if part)}。"
