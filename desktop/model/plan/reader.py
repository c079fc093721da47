"""A published plan, as text with tab-separated tables, read into a `Plan`.

The ledger has the columns 序号 重点任务 工作内容 牵头单位 责任单位, the list of policies 序号 支持政策 责任单位.
Rows may be added, left out or numbered anew. Nothing is guessed: a line that fits nothing refuses the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.model.errors import Refused
from desktop.model.plan.names import ShortNames
from desktop.model.plan.plan import GOAL_PART, Area, Edition, Goal, Part, Plan, Policy, Task
from desktop.model.plan.text import arabic, numeral, split_units, squeeze, tidy

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔[0-9]{4}〕[0-9]{1,4}号")
_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_NOTICE = re.compile(r"[^《》，。]*关于印发(.+)的通知")
_PART = re.compile(r"([一二三四五六七八九十]{1,3})、(.+)")
_AREA = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)](.+)")
_GOALS = re.compile(r"[0-9]{4}年工作目标")
_ANNEX = re.compile(r"附件[0-9]*|.*(工作台账|政策清单)")


def read_plan(text: str, names: ShortNames | None = None) -> Plan:
    """The plan in `text`, without indicators. Keys come from the printed numbers: task-15, policy-7, goal-2025-1.

    Refused, with one sentence naming the line, when a line cannot be read or document number, date, title, ledger or
    policies are missing.
    """
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    heads = [(at, columns) for at, line in lines if (columns := _head(line))]
    ledger = next((at for at, columns in heads if columns == 5), None)
    policies = next((at for at, columns in heads if columns == 3), None)
    if ledger is None or policies is None or policies < ledger:
        what = "工作台账（序号、重点任务……责任单位）" if ledger is None else "政策清单（序号、……、责任单位）"
        raise Refused(f"全文 {len(text.splitlines())} 行里找不到{what}的表头，请核对文本是否完整。")
    body = [(at, line) for at, line in lines if not _head(line)]
    read = read_tables(
        Edition("", "", ""), [each for each in body if ledger <= each[0] < policies],
        [each for each in body if each[0] >= policies], names,
    )  # fmt: skip
    if not read.tasks or not read.policies:
        at, what = (ledger, "任务") if not read.tasks else (policies, "政策")
        raise Refused(f"第 {at} 行的表头下面一项{what}也没有，请核对文本是否完整。")
    return replace(read, document=_document([(at, squeeze(line)) for at, line in lines if at < ledger], ledger))


def read_tables(
    document: Edition, ledger: Iterable[tuple[int, str]], policies: Iterable[tuple[int, str]],
    names: ShortNames | None = None,
) -> Plan:  # fmt: skip
    """The plan in the rows below the two heads: (number of the line, cells joined by tabs). Refused as `read_plan`."""
    sheet = _Sheet(names or ShortNames())
    for at, line in ledger:
        sheet.ledger_row(at, line)
    for at, line in policies:
        sheet.policy_row(at, line)
    return Plan(
        document=document,
        parts=tuple(sheet.parts.values()),
        areas=tuple(sheet.areas.values()),
        goals=tuple(sheet.goals.values()),
        tasks=tuple(sheet.tasks.values()),
        policies=tuple(sheet.policies.values()),
    )


def _head(line: str) -> int | None:
    """The number of columns if the line is the head of a table, else None."""
    cells = [squeeze(cell) for cell in line.rstrip().split("\t")]
    if cells[0] != "序号":
        return None
    if cells[1:] == ["重点任务", "工作内容", "牵头单位", "责任单位"]:
        return 5
    return 3 if len(cells) == 3 and "政策" in cells[1] and cells[2] == "责任单位" else None


def _document(lines: list[tuple[int, str]], end: int) -> Edition:
    found: dict[str, str] = {}
    for at, line in lines:
        if "number" not in found and _NUMBER.fullmatch(line):
            found["number"] = line
        elif "title" not in found and (notice := _NOTICE.fullmatch(line)):
            found["title"] = notice[1]
        elif "date" not in found and (day := _DATE.fullmatch(line)):
            try:
                found["date"] = date(int(day[1]), int(day[2]), int(day[3])).isoformat()
            except ValueError:
                raise Refused(f"第 {at} 行“{line}”不是日历上的日期，请核对成文日期。") from None
    for key, name in (("number", "发文字号"), ("title", "“关于印发……的通知”标题"), ("date", "成文日期")):
        if key not in found:
            raise Refused(f"第 1 至 {end - 1} 行里找不到{name}，请补全文件开头的正文。")
    return Edition(found["number"], found["date"], found["title"])


@dataclass
class _Sheet:
    """What has been read of the two tables so far, and where the next row belongs."""

    names: ShortNames
    parts: dict[int, Part] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    policies: dict[int, Policy] = field(default_factory=dict)
    part: Part | None = None
    area: Area | None = None
    year: int | None = None

    def ledger_row(self, at: int, line: str) -> None:
        cells = _cells(at, line, 5)
        first = squeeze(cells[0])
        alone = not any(cells[1:])
        if alone and (match := _PART.fullmatch(first)):
            self._open_part(at, match)
        elif alone and (match := _AREA.fullmatch(first)):
            self._open_area(at, match)
        elif alone and "\t" not in line.strip() and _ANNEX.fullmatch(first):
            self.part = self.area = self.year = None
        elif (number := arabic(first)) is not None:
            self._task(at, number, cells)
        elif self._in_goals() and (not first or _GOALS.fullmatch(first)):
            self.year = int(first[:4]) if first else self.year
            self._goal(at, cells)
        else:
            raise Refused(f"第 {at} 行“{_start(line)}”既不是标题、目标，也不是带序号的任务，请核对这一行。")

    def policy_row(self, at: int, line: str) -> None:
        cells = _cells(at, line, 3)
        number = arabic(cells[0])
        if number is None:
            raise Refused(f"第 {at} 行“{_start(line)}”不是带序号的政策，请核对这一行。")
        if number in self.policies:
            raise Refused(f"第 {at} 行的政策序号 {number} 前面已有，请核对序号。")
        text, units = _filled(at, "支持政策", cells[1]), split_units(_filled(at, "责任单位", cells[2]))
        self.policies[number] = Policy(f"policy-{number}", number, text, units)

    def _open_part(self, at: int, match: re.Match[str]) -> None:
        number, printed = _numbered(at, match[1]), f"{match[1]}、{match[2]}"
        known = self.parts.get(number)
        if known and known.printed != printed:
            raise Refused(f"第 {at} 行“{printed}”的序号前面已用于“{known.printed}”，请核对序号。")
        self.part = known or Part(number, printed, self.names.name(match[2]), self.names.part(match[2]))
        self.parts[number] = self.part
        self.area = self.year = None

    def _open_area(self, at: int, match: re.Match[str]) -> None:
        number, printed = _numbered(at, match[1]), f"（{match[1]}）{match[2]}"
        if self.part is None:
            raise Refused(f"第 {at} 行“{printed}”前面没有“一、”一级的标题，请核对这一行。")
        known = self.areas.get(number)
        if known and (known.printed, known.part) != (printed, self.part.printed):
            raise Refused(f"第 {at} 行“{printed}”的序号前面已用于“{known.printed}”，请核对序号。")
        self.area = known or Area(number, printed, self.part.printed, self.names.area(match[2]))
        self.areas[number] = self.area

    def _in_goals(self) -> bool:
        return self.part is not None and self.part.printed == GOAL_PART

    def _goal(self, at: int, cells: list[str]) -> None:
        if self.year is None:
            raise Refused(f"第 {at} 行的目标前面没有“某年工作目标”，请补上年份。")
        order = 1 + sum(goal.year == self.year for goal in self.goals.values())
        text, lead = _filled(at, "工作内容", cells[2]), split_units(_filled(at, "牵头单位", cells[3]))
        key = f"goal-{self.year}-{order}"
        self.goals[key] = Goal(key, self.year, order, text, lead, split_units(cells[4]))

    def _task(self, at: int, number: int, cells: list[str]) -> None:
        if self.part is None or self._in_goals():
            raise Refused(f"第 {at} 行的任务 {number} 前面没有所属行动的标题，请核对这一行。")
        if number in self.tasks:
            raise Refused(f"第 {at} 行的任务序号 {number} 前面已有，请核对序号。")
        self.tasks[number] = Task(
            key=f"task-{number}",
            number=number,
            title=squeeze(_filled(at, "重点任务", cells[1])),
            part=self.part.printed,
            area=self.area.printed if self.area else "",
            work=_filled(at, "工作内容", cells[2]),
            lead=split_units(_filled(at, "牵头单位", cells[3])),
            responsible=split_units(cells[4]),
        )


def _cells(at: int, line: str, columns: int) -> list[str]:
    cells = [tidy(cell) for cell in line.split("\t")]
    while len(cells) > columns and not cells[-1]:
        cells.pop()
    if len(cells) > columns:
        raise Refused(f"第 {at} 行有 {len(cells)} 栏，应为 {columns} 栏，请去掉多余的制表符。")
    return cells + [""] * (columns - len(cells))


def _filled(at: int, column: str, cell: str) -> str:
    if not cell:
        raise Refused(f"第 {at} 行的“{column}”是空的，请补上后再读入。")
    return cell


def _numbered(at: int, text: str) -> int:
    number = numeral(text)
    if number is None:
        raise Refused(f"第 {at} 行的序号“{text}”不是中文数字，请核对。")
    return number


def _start(line: str) -> str:
    packed = squeeze(line)
    return packed if len(packed) <= 16 else packed[:16] + "……"
