"""Headings of tables: over one to three rows, with units in brackets, with line breaks and remarks."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from desktop.model.fields.base import Cell
from desktop.model.grammar import MONEY_UNITS
from desktop.model.layouts.grid import Grid

SEARCHED = 20  # rows at the top in which headings are looked for
DEEPEST = 3  # rows that headings may span
_BLANKS = re.compile(r"\s+")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_LEAD = re.compile(r"^(其中|其中之|其)[:：]")
_UNIT_LINE = re.compile(r"单位[:：]\s*([^\s，,；;。]+)")
_MONTH_LINE = re.compile(r"([0-9０-９]{4})\s*年\s*([0-9０-９]{1,2})\s*月")
_MULTIPLES = ("万", "亿")
MASS = ("吨标准煤", "吨", "千克", "公斤", "千瓦时", "千瓦", "度", "平方米", "立方米")
COUNTS = ("台套", "台", "套", "组", "辆", "个", "家", "处", "人", "年", "条", "项", "%", "％")
UNITS = frozenset((*MASS, *COUNTS))


def squeeze(text: Cell) -> str:
    """Text without any blanks, half-width brackets as full-width ones."""
    return _BLANKS.sub("", str(text)).replace("(", "（").replace(")", "）") if text is not None else ""


@lru_cache(maxsize=4096)
def plain(text: Cell) -> str:
    """A heading as it is compared: no blanks, no brackets with what stands in them, no 其中：, no mark of required."""
    return _LEAD.sub("", _BRACKETS.sub("", squeeze(text))).strip("*＊:：") if isinstance(text, str) else ""


def unit_in(text: Cell) -> str:
    """The unit that a heading names in brackets, "" when it names none: 总投资（亿元） → 亿元."""
    for inside in reversed(_BRACKETS.findall(squeeze(text))):
        inside = re.sub(r"^(单位[:：])", "", inside)
        bare = inside.partition("/")[0] if not inside.startswith("台/") else "台套"
        bare = "台套" if bare in ("台、套", "台（套）") else bare
        if bare in MONEY_UNITS or bare in UNITS or (bare[:1] in _MULTIPLES and bare[1:] in UNITS):
            return bare
    return ""


def foreign_money(text: Cell) -> str:
    """A unit of money in a heading that the program does not know (美元, 千万元), "" when there is none."""
    for inside in _BRACKETS.findall(squeeze(text)):
        if inside.endswith("元") and re.sub(r"^单位[:：]", "", inside) not in MONEY_UNITS:
            return str(inside)
    return ""


def path(grid: Grid, start: int, depth: int, column: int) -> tuple[str, ...]:
    """The headings above a column from the outermost in, as they stand; merged ones once."""
    found: list[str] = []
    areas = set()
    for row in range(start, start + depth):
        area = grid.area(row, column)
        cell = grid.seen(row, column)
        if isinstance(cell, str) and cell.strip() and area not in areas:
            found.append(cell.strip())
        areas.add(area)
    return tuple(found)


def paths(grid: Grid, start: int, depth: int) -> list[tuple[str, ...]]:
    return [path(grid, start, depth, column) for column in range(grid.width)]


def fits(wanted: str, heading: tuple[str, ...]) -> bool:
    """Whether a layout's heading names this column: its last part is the column's own, the others above it."""
    parts = [plain(part) for part in wanted.split("/")] if "/" in wanted else [plain(wanted)]
    own = [plain(part) for part in heading]
    if not own:
        return False
    if plain(wanted) == own[-1]:  # 街道/镇 is one heading with a stroke in it
        return True
    if parts[-1] != own[-1]:
        return False
    above = iter(own[:-1])
    return all(any(part == each for each in above) for part in parts[:-1])


def unit_of(heading: tuple[str, ...]) -> str:
    """The unit that counts for a column: of the innermost heading that names one."""
    return next((unit for part in reversed(heading) if (unit := unit_in(part))), "")


def fingerprint(headings: list[tuple[str, ...]]) -> str:
    """What a table is known by when it comes again: the digest of its headings, units among them."""
    told = ["/".join(squeeze(part) for part in heading) for heading in headings]
    while told and not told[-1]:
        told.pop()
    return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()


def lines_around(grid: Grid, start: int) -> list[str]:
    """The texts above the headings: title, who fills in, when, in which unit."""
    return [str(cell) for row in grid.rows[:start] for cell in row if isinstance(cell, str) and cell.strip()]


def month_named(lines: list[str]) -> str:
    """The month that a table says it is of (填报日期：2026年10月), "" when it says none or several."""
    digits = str.maketrans("０１２３４５６７８９", "0123456789")
    found = {
        f"{year.translate(digits)}-{int(month.translate(digits)):02d}"
        for line in lines
        for year, month in _MONTH_LINE.findall(line)
        if 1 <= int(month.translate(digits)) <= 12
    }
    return found.pop() if len(found) == 1 else ""


def money_named(lines: list[str]) -> str:
    """The unit of money that a line above the table names (单位：万元、台（套）), "" when none or several."""
    found = set()
    for line in lines:
        for told in _UNIT_LINE.findall(line):
            found |= {unit for unit in re.split(r"[、/]", told) if unit in MONEY_UNITS}
    return found.pop() if len(found) == 1 else ""
