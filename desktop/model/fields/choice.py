"""Values from a list: one, several, yes or no."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from desktop.model.errors import Refused
from desktop.model.fields.base import Cell, FieldType, Names, NoNames, Value
from desktop.model.lists import load_list

SEPARATORS = re.compile(r"[、，,；;\n]+")


class Choice(FieldType):
    """One of a list, stored by its code. `options` = [[code, label] …], or `list` = a file of forms/lists.

    `open = true`: other text may be typed too and is stored as it is.
    """

    name = "choice"
    option_names: ClassVar[frozenset[str]] = frozenset({"options", "list", "open"})

    def __init__(self, options: Mapping[str, Any]) -> None:
        if ("options" in options) == ("list" in options):
            raise ValueError("a choice needs either options or list")
        self._options = [(str(code), str(label)) for code, label in options.get("options", ())]
        self._list: str | None = options.get("list")
        self.open: bool = options.get("open", False)

    def choices(self, names: Names) -> list[tuple[str, str]]:
        if self._list is None:
            return self._options
        return [(entry.code, entry.name) for entry in load_list(self._list).values]

    def parse(self, text: str, names: Names) -> Value:
        options = self.choices(names)
        for code, label in options:
            if text in (label, code, f"{code} {label}"):
                return code
        if self.open:
            return text
        shown = "、".join(label for _, label in options[:8]) + ("……" if len(options) > 8 else "")
        raise Refused(f"“{text}”不在可选项内，应为 {shown} 之一")

    def show(self, value: Value, names: Names) -> str:
        if value is None:
            return ""
        return next((label for code, label in self.choices(names) if code == value), str(value))


class Choices(Choice):
    """Several of a list, stored as a JSON array of codes in the order of the list."""

    name = "choices"

    def _store(self, codes: list[str], names: Names) -> Value:
        order = {code: place for place, (code, _) in enumerate(self.choices(names))}
        unique = sorted(set(codes), key=lambda code: (order.get(code, len(order)), code))
        return json.dumps(unique, ensure_ascii=False, separators=(",", ":")) if unique else None

    def parse(self, text: str, names: Names) -> Value:
        parts = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
        return self._store([str(super(Choices, self).parse(part, names)) for part in parts], names)

    def show(self, value: Value, names: Names) -> str:
        if value is None:
            return ""
        return "、".join(super(Choices, self).show(code, names) for code in json.loads(str(value)))

    def to_json(self, value: Value) -> object:
        return None if value is None else json.loads(str(value))

    def from_json(self, data: object) -> Value:
        if data is None or isinstance(data, str):
            return super().from_json(data)
        if not isinstance(data, list) or not all(isinstance(part, str) for part in data):
            raise Refused('应为代码的数组，如 ["a", "b"]')
        names = NoNames()
        return self._store([str(super(Choices, self).parse(part, names)) for part in data if part.strip()], names)


class YesNo(FieldType):
    """Yes or no, stored as 1 or 0; in JSON true or false."""

    name = "yes_no"
    sql = "INTEGER"
    words: ClassVar[Mapping[str, int]] = {
        **dict.fromkeys(("是", "有", "√", "✓", "y", "Y", "yes", "true", "TRUE", "1"), 1),
        **dict.fromkeys(("否", "无", "×", "✗", "n", "N", "no", "false", "FALSE", "0"), 0),
    }

    def parse(self, text: str, names: Names) -> Value:
        if text not in self.words:
            raise Refused(f"“{text}”应为 是 或 否")
        return self.words[text]

    def show(self, value: Value, names: Names) -> str:
        return "" if value is None else ("是" if value else "否")

    def choices(self, names: Names) -> list[tuple[str, str]]:
        return [("1", "是"), ("0", "否")]

    def to_cell(self, value: Value, names: Names) -> Cell:
        return self.show(value, names) or None

    def to_json(self, value: Value) -> object:
        return None if value is None else bool(value)

    def from_json(self, data: object) -> Value:
        if data is None:
            return None
        if isinstance(data, bool):
            return int(data)
        if isinstance(data, int | str):
            return self.read(str(data), NoNames())
        raise Refused("应为 true 或 false")
