"""Values that point elsewhere: other records, items of the plan, units, files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from desktop.model.errors import Refused
from desktop.model.fields.base import Cell, FieldType, Names, NoNames, Value
from desktop.model.fields.choice import SEPARATORS
from desktop.model.findings import Finding
from desktop.model.plan import Goal, Policy, Task

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOT_RECEIVED = "未收到"


def _array(parts: list[str]) -> Value:
    unique = list(dict.fromkeys(parts))
    return json.dumps(unique, ensure_ascii=False, separators=(",", ":")) if unique else None


def _json_array(data: object, what: str) -> list[str]:
    if not isinstance(data, list) or not all(isinstance(part, str) for part in data):
        raise Refused(f'应为{what}的数组，如 ["…", "…"]')
    return [part for part in data if part.strip()]


class _Several(FieldType):
    """One value, or with `several = true` a JSON array of them."""

    option_names: ClassVar[frozenset[str]] = frozenset({"several"})

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.several: bool = options.get("several", False)

    def one(self, text: str, names: Names) -> str:
        raise NotImplementedError(self.name)

    def one_shown(self, value: str, names: Names) -> str:
        return value

    def parse(self, text: str, names: Names) -> Value:
        if not self.several:
            return self.one(text, names)
        return _array([self.one(part.strip(), names) for part in SEPARATORS.split(text) if part.strip()])

    def parts(self, value: Value) -> list[str]:
        """The single values of a stored value."""
        if value is None:
            return []
        return list(json.loads(str(value))) if self.several else [str(value)]

    def show(self, value: Value, names: Names) -> str:
        return "、".join(self.one_shown(part, names) for part in self.parts(value))

    def to_json(self, value: Value) -> object:
        return self.parts(value) if self.several and value is not None else value

    def from_json(self, data: object) -> Value:
        if data is None:
            return None
        if self.several and not isinstance(data, str):
            return _array([self.one(part, NoNames()) for part in _json_array(data, "文字")])
        return super().from_json(data)


class Reference(_Several):
    """Another record of form `to`, stored by its id. Typed and shown by its name.

    A name that several records share is shown and read with the start of its id: 示例项目〔3f9a17c2〕.
    """

    name = "reference"
    option_names: ClassVar[frozenset[str]] = frozenset({"several", "to"})
    _tagged = re.compile(r"(.*)〔([0-9a-f]{8})〕")

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self.to: str = options["to"]

    def one(self, text: str, names: Names) -> str:
        if UUID.fullmatch(text):
            return text
        tagged = self._tagged.fullmatch(text)
        found = names.find(self.to, tagged[1] if tagged else text)
        if tagged:
            found = [record for record in found if record.startswith(tagged[2])]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"“{text}”有 {len(found)} 条同名记录，请在程序中选定其中一条")
        raise Refused(f"找不到“{text}”，请先登记它，或核对名称是否一字不差")

    def mapped(self, value: Value, into: Mapping[str, str]) -> Value:
        """The value with each id replaced by the one it maps to, each id once."""
        parts = self.parts(value)
        if not any(part in into for part in parts):
            return value
        mapped = [into.get(part, part) for part in parts]
        return _array(mapped) if self.several else mapped[0]

    def one_shown(self, value: str, names: Names) -> str:
        label = names.label(self.to, value)
        if label is None:
            return f"{NOT_RECEIVED}〔{value[:8]}〕"
        return f"{label}〔{value[:8]}〕" if len(names.find(self.to, label)) > 1 else label

    def printed(self, value: Value, names: Names) -> str:
        return "、".join(names.label(self.to, part) or NOT_RECEIVED for part in self.parts(value))

    def from_json(self, data: object) -> Value:
        parts = _json_array(data, "记录编号") if self.several and isinstance(data, list) else [data]
        for part in parts:
            if part is not None and part != "" and not (isinstance(part, str) and UUID.fullmatch(part)):
                raise Refused(f"“{part}”不是记录的 id，请用 list 查到它的 id")
        return super().from_json(data)


def item_label(item: Goal | Task) -> str:
    """42 健全再生资源回收网络; goals by their title."""
    return f"{item.number} {item.title}" if isinstance(item, Task) else item.title


def retired_label(item: Goal | Task) -> str:
    """加快淘汰老旧农机（已取消）: without its number, which may be another's now."""
    return f"{item.title}（已取消）"


KEY = re.compile(r"goal-[0-9]{4}-[0-9]{1,2}|task-(?:[0-9]{4}-)?[0-9]{1,3}(?:-[0-9]{1,2})?")
_NUMBERED = re.compile(r"^[0-9]{1,3}\s+")


class PlanItem(FieldType):
    """A goal or task of the plan, stored by its stable key (task-42, goal-2025-1).

    What an edition left out stays readable by its name with 已取消; a key of an edition that is not here is kept and
    shown as it is, but cannot be typed.
    """

    name = "plan_item"

    def choices(self, names: Names) -> list[tuple[str, str]]:
        return [(item.key, item_label(item)) for item in names.plan.items]

    def parse(self, text: str, names: Names) -> Value:
        plan = names.plan
        number = re.fullmatch(r"(?:任务\s*)?([0-9]{1,3})", text)
        if number and (task := plan.numbered(int(number[1]))):
            return task.key
        labels = [(item, item_label(item)) for item in plan.items]
        labels += [(item, retired_label(item)) for item in plan.retired_items]
        for item, label in labels:
            if text in (item.key, label, item.title):
                return item.key
        titled = [item for item, _ in labels if isinstance(item, Task) and _NUMBERED.sub("", text) == item.title]
        if len(titled) == 1:  # the number another edition gave it
            return titled[0].key
        if KEY.fullmatch(text):
            return text
        raise Refused(f"方案里没有“{text}”，应填任务序号（如 42）或任务全名")

    def show(self, value: Value, names: Names) -> str:
        if value is None:
            return ""
        item = names.plan.find(str(value))
        if isinstance(item, Goal | Task):
            return item_label(item)
        gone = names.plan.known(str(value))
        return retired_label(gone) if isinstance(gone, Goal | Task) else str(value)

    def check(self, value: Value, names: Names) -> list[Finding]:
        if value is None:
            return []
        found = names.plan.known(str(value))
        if found is None or isinstance(found, Policy):
            return [Finding("block", f"本单位载入的方案里没有“{value}”，请核对，或先读入新版方案")]
        if names.plan.find(found.key) is None:
            return [Finding("warn", f"“{found.title}”在现行方案里已取消，只作查阅")]
        return []


class Unit(_Several):
    """A unit of the district, by its name. The office's units are offered; others may be typed."""

    name = "unit"

    def choices(self, names: Names) -> list[tuple[str, str]]:
        return [(unit, unit) for unit in names.units()]

    def one(self, text: str, names: Names) -> str:
        if "\n" in text or len(text) > 60:
            raise Refused("单位名称最多 60 字，只能一行")
        return text


class File(FieldType):
    """Attached files, stored as a JSON array of [digest, name, size in bytes]."""

    name = "file"

    def parse(self, text: str, names: Names) -> Value:
        raise Refused("附件不能在表格里填写，请在程序中添加")

    def from_cell(self, cell: Cell, names: Names) -> Value:
        return self.read("" if cell is None else str(cell), names)

    def show(self, value: Value, names: Names) -> str:
        return "" if value is None else "、".join(name for _, name, _ in json.loads(str(value)))

    def to_json(self, value: Value) -> object:
        if value is None:
            return None
        return [{"digest": digest, "name": name, "size": size} for digest, name, size in json.loads(str(value))]

    def from_json(self, data: object) -> Value:
        if data is None or data == []:
            return None
        try:
            files = [[str(f["digest"]), str(f["name"]), int(f["size"])] for f in data]  # type: ignore[attr-defined]
        except (TypeError, KeyError, ValueError):
            raise Refused("附件应为 digest、name、size 的数组") from None
        return json.dumps(files, ensure_ascii=False, separators=(",", ":"))
