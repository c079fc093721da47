"""Value lists of the forms, `forms/lists/*.toml`: codes and the words a clerk sees for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

from desktop.model import pinyin, places
from desktop.model.errors import Refused

_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class Value:
    """One value. `old` codes stay valid where they stand; `parent` is a code of the same list.

    `row` and `column` (from 1, north up) place a township on the tile map. `practice` values are invented.
    """

    code: str
    name: str
    old: tuple[str, ...] = ()
    note: str = ""
    parent: str = ""
    practice: bool = False
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class ValueList:
    """The values of one list in its own order. `editable`: an office may change it."""

    key: str
    title: str
    values: tuple[Value, ...]
    editable: bool = False

    @cached_property
    def _by_code(self) -> dict[str, Value]:
        codes = {value.code: value for value in self.values}
        return {**{old: value for value in self.values for old in value.old}, **codes}

    def get(self, code: str) -> Value | None:
        """The value of a code, an old code too; None if there is none."""
        return self._by_code.get(code)

    def name(self, code: str) -> str | None:
        value = self.get(code)
        return value.name if value else None

    def code(self, text: str) -> str | None:
        """The code that a typed code, old code or name stands for; None if there is none."""
        packed = "".join(text.split())
        value = self.get(packed) or next((value for value in self.values if value.name == packed), None)
        return value.code if value else None

    def require(self, text: str) -> Value:
        """Like `code`, but Refused with the nearest names."""
        value = self.get(self.code(text) or "")
        if value is None:
            near = "、".join(found.name for found in (self.search(text) or self.values)[:5])
            raise Refused(f"“{text}”不在“{self.title}”里，可选的有 {near} 等，请从表中选一个。")
        return value

    def search(self, query: str, practice: bool = True) -> tuple[Value, ...]:
        """Values found by code, name, 拼音首字母 or pinyin, best first: whole, then beginning, then inside."""
        wanted = "".join(query.split()).lower()
        ranked = [
            (rank, at, value)
            for at, value in enumerate(self.values)
            if (practice or not value.practice) and (rank := _rank(wanted, value)) is not None
        ]
        return tuple(value for _, _, value in sorted(ranked, key=lambda found: found[:2]))


def _rank(wanted: str, value: Value) -> int | None:
    codes = [code.lower() for code in (value.code, *value.old, value.parent + value.code)]
    if not wanted:
        return 0
    if wanted in codes or wanted == value.name:
        return 0
    if value.name.lower().startswith(wanted) or any(code.startswith(wanted) for code in codes):
        return 1
    if wanted in value.name.lower():
        return 2
    if not wanted.isascii():
        return None
    letters = pinyin.initials(value.name)
    if letters.startswith(wanted):
        return 1 if letters != wanted else 0
    return 3 if pinyin.matches(wanted, value.name) else None


def list_names() -> tuple[str, ...]:
    """The lists there are, by name, in order."""
    return tuple(sorted(path.stem for path in (places.forms() / "lists").glob("*.toml")))


def load_list(name: str) -> ValueList:
    """The list `forms/lists/<name>.toml`. Refused when there is none or it cannot be read, naming list and value."""
    path = places.forms() / "lists" / f"{name}.toml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Refused(f"没有叫“{name}”的值表，可用的有 {'、'.join(list_names())}。")
    return _load(path)


@lru_cache(maxsize=64)
def _load(path: Path) -> ValueList:
    try:
        return parse_list(path.stem, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Refused(f"值表 {path.name} 不是 UTF-8 文本，请改存为 UTF-8。") from None


def parse_list(key: str, text: str) -> ValueList:
    """A list from its TOML text: title, editable, [[value]]. Unknown keys and codes used twice are refused."""
    where = f"值表 {key}.toml"
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line ([0-9]+)", str(error))
        raise Refused(f"{where}{f'第 {line[1]} 行' if line else '末尾'}写法有误，请核对括号、引号和等号。") from None
    if unknown := set(table) - {"title", "editable", "value"}:
        raise Refused(f"{where}里的“{'、'.join(sorted(unknown))}”不认识，请去掉或改名。")
    rows, title, editable = table.get("value", []), table.get("title"), table.get("editable", False)
    if not isinstance(rows, list) or not isinstance(title, str) or not isinstance(editable, bool):
        raise Refused(f"{where}应有文字的 title、是否 editable 和各行 [[value]]，请核对。")
    values = tuple(_value(where, row) for row in rows)
    seen: set[str] = set()
    for value in values:
        for code in (value.code, *value.old):
            if code in seen:
                raise Refused(f"{where}里代码“{code}”有两处，请改用不同的代码。")
            seen.add(code)
    if orphans := {value.parent for value in values if value.parent} - {value.code for value in values}:
        raise Refused(f"{where}里的上级代码“{'、'.join(sorted(orphans))}”没有对应的值，请补上。")
    return ValueList(key, title, values, editable)


def _value(where: str, row: object) -> Value:
    if not isinstance(row, dict):
        raise Refused(f"{where}的每个值应写成 [[value]]，请核对。")
    at = f"{where}里“{row.get('name', row.get('code', '?'))}”"
    kinds: dict[str, type] = {"old": list, "practice": bool, "row": int, "column": int}
    if unknown := set(row) - {f.name for f in fields(Value)}:
        raise Refused(f"{at}的“{'、'.join(sorted(unknown))}”不认识，请去掉或改名。")
    for key, value in row.items():
        if type(value) is not kinds.get(key, str):
            raise Refused(f"{at}的 {key} 类型不对，请核对引号。")
    if not row.get("code") or not row.get("name"):
        raise Refused(f"{at}缺少 code 或 name，请补上。")
    return Value(**{**row, "old": tuple(str(code) for code in row.get("old", []))})
