"""Text as typed: trimmed, never normalised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from desktop.model.errors import Refused
from desktop.model.fields.base import FieldType, Names, Value


class Text(FieldType):
    """One line. `max` is the greatest number of characters."""

    name = "text"
    option_names: ClassVar[frozenset[str]] = frozenset({"max"})
    lines: ClassVar[bool] = False
    longest: ClassVar[int] = 200

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.max: int = options.get("max", self.longest)

    def parse(self, text: str, names: Names) -> Value:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        for position, character in enumerate(text, start=1):
            if character == "\n" and self.lines:
                continue
            if character == "\n":
                raise Refused("这一项只能填一行，请去掉换行")
            if ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or 0xD800 <= ord(character) < 0xE000:
                raise Refused(f"第 {position} 个字符不能显示（U+{ord(character):04X}），请删去后重填")
        if len(text) > self.max:
            raise Refused(f"共 {len(text)} 字，最多 {self.max} 字，请删减 {len(text) - self.max} 字")
        return text


class LongText(Text):
    """Several lines."""

    name = "long_text"
    lines = True
    longest = 2000
