"""The city's view in the words of the screen. Runs on the worker thread, hands out plain values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.actions.checking import in_one
from desktop.actions.city import OUTCOMES, checked_files
from desktop.actions.districts import STATES, roll_up, standing
from desktop.actions.rollup import INVESTMENT
from desktop.actions.trust import listed
from desktop.model.forms import load_forms
from desktop.model.frozen import FrozenNames
from desktop.model.printed.derived import STATES as LEDGER

from ...kit.rows import Cell, Column, Row
from ...wording import when_words

MARKS = {
    "accepted": "done", "paper": "done", "waiting": "waiting", "returned": "returned", "undecided": "soon",
    "invalid": "error", "missing": "todo",
}  # fmt: skip
INK = {"invalid": "red", "missing": "red", "undecided": "amber"}
FILES = {"taken": "done", "superseded": "done", "paper": "done", "same": "same", "older": "same", "undecided": "soon"}
STANDING = (
    Column("name", "区县", width=110, ink="ink"), Column("state", "情况", width=170, ink="ink"),
    Column("sequence", "次数", kind="number", width=56), Column("collected", "收到", width=130),
    Column("late", "迟报", width=70), Column("digest", "数据校验码", width=120, drop=1),
    Column("why", "原因", width=280),
)  # fmt: skip
RECEIVED = (
    Column("outcome", "结果", width=170, ink="ink"), Column("file", "文件", width=300, ink="ink"),
    Column("district", "区县", width=90), Column("at", "时间", width=130), Column("why", "原因", width=420),
)  # fmt: skip

REST = Column("rest", "")  # takes what room is left, so that figures stay beside each other


@dataclass(frozen=True)
class Table:
    """One table of the screen: its columns and rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class View:
    """All that the place shows of one period and form. `waiting` names what can be answered, by district."""

    facts: str
    tables: dict[str, Table]
    answerable: dict[str, str]
    names: dict[str, str]
    trusted: bool


def view(desk: Any, period: str, form: str, due: datetime.date | None, today: str) -> View:
    """The tables of a period: standing, files, and the roll-up by part."""
    states = standing(desk, period, form, due)
    rolled = roll_up(desk, period)
    came = sum(each.state in ("accepted", "waiting", "paper") for each in states)
    late = sum(each.late for each in states)
    facts = f"{rolled['label']}　{came} / {len(states)} 个区县已报" + (f"，迟报 {late} 个" if late else "")
    names = {each.district: each.name for each in states}
    rows = [
        Row(each.district, (
            Cell(each.name), Cell(STATES[each.state], mark=MARKS[each.state], tone=INK.get(each.state, "")),
            Cell(str(each.sequence) if each.sequence else ""),
            Cell(when_words(each.collected, today) if each.collected else "", tip=each.collected),
            Cell("迟报", mark="late", tone="red") if each.late else Cell(""),
            Cell(f"{each.data_digest[:8]}…" if each.data_digest else "", tip=each.data_digest),
            Cell(in_one(each.reasons), tip=in_one(each.reasons)),
        ))
        for each in states
    ]  # fmt: skip
    tables = {"standing": Table(STANDING, tuple(rows)), "files": _files(desk, period, names, today), **_parts(rolled)}
    answerable = {each.district: each.data_digest for each in states if each.data_digest}
    return View(facts, tables, answerable, names, any(each.kind == "root" for each in listed(desk)))


def _files(desk: Any, period: str, names: dict[str, str], today: str) -> Table:
    rows = [
        Row(f"{place}", (
            Cell(OUTCOMES.get(each.outcome, each.outcome), mark=FILES.get(each.outcome, "error")), Cell(each.file),
            Cell(names.get(each.district, each.district)), Cell(when_words(each.at, today), tip=each.at),
            Cell(in_one(each.reasons), tip=in_one(each.reasons)),
        ))
        for place, each in enumerate(checked_files(desk, period))
    ]  # fmt: skip
    return Table(RECEIVED, tuple(rows))


def _parts(rolled: dict[str, Any]) -> dict[str, Table]:
    """The roll-up: one row per district and a last one for their sum; indicators the other way round."""
    money = load_forms()["project"].fields
    labels = {each.name: each.label for each in money}
    stages = _options("project", "stage")
    ledger = [(code, words, "项") for code, words in LEDGER.items()] + [("applicable", "适用", "项")]
    projects = [("count", "项目", "个")]
    projects += [(name, labels[name], "万元") for name in INVESTMENT]
    projects += [(f"stages.{code}", words, "个") for code, words in stages]
    sites = [("count", "网点", "个"), ("recycling_sites", "计入网点", "个"), ("sorting_centres", "计入分拣中心", "个")]
    sites += [(f"states.{code}", words, "个") for code, words in _options("site", "state")]
    claims = [("count", "申报", "份")]
    claims += [(name, words, "元") for name, words in (
        ("computed", "测算金额"), ("claimed", "申报金额"), ("approved_amount", "核定金额"), ("paid_amount", "拨付金额"),
    )]  # fmt: skip
    return {
        "ledger": _side_by_side(rolled, "ledger", ledger), "projects": _side_by_side(rolled, "projects", projects),
        "sites": _side_by_side(rolled, "sites", sites), "indicators": _indicators(rolled),
        "claims": _side_by_side(rolled, "claims", claims),
    }  # fmt: skip


def _options(form: str, field: str) -> list[tuple[str, str]]:
    return list(load_forms()[form].field(field).type.choices(FrozenNames({})))


def _side_by_side(rolled: dict[str, Any], part: str, figures: list[tuple[str, str, str]]) -> Table:
    columns = [Column("name", "区县", width=120, ink="ink", frozen=True)]
    columns += [Column(name, words, unit, kind="number", sums=True) for name, words, unit in figures] + [REST]
    rows = []
    for each in rolled["districts"]:
        rows.append(Row(each["district"], (Cell(each["name"]), *_cells(each[part], figures), Cell(" "))))
    if rows:
        rows.append(Row("total", (Cell("合计"), *_cells(rolled["total"][part], figures)), kind="group"))
    for each in rolled["missing"]:
        rows.append(Row(f"missing:{each['district']}", (Cell(each["name"]),), quiet=True))
    return Table(tuple(columns), tuple(rows))


def _cells(held: dict[str, Any] | None, figures: list[tuple[str, str, str]]) -> list[Cell]:
    cells = []
    for name, _, unit in figures:
        first, _, rest = name.partition(".")
        value = None if held is None else held.get(first)
        if rest:
            value = (value or {}).get(rest, 0) if held is not None else None
        if value is None:
            cells.append(Cell(""))
            continue
        number = Decimal(str(value)) / (10000 if unit == "万元" else 1)
        text = f"{number:,.2f}" if unit in ("万元", "元") else f"{number:,f}"
        cells.append(Cell(text, number))
    return cells


def _indicators(rolled: dict[str, Any]) -> Table:
    districts = [(each["district"], each["name"]) for each in rolled["districts"]]
    columns = [
        Column("name", "指标", width=250, ink="ink", frozen=True), Column("unit", "单位", width=70),
        Column("total", "合计", kind="number", width=96), Column("city", "全市目标", kind="number", width=120),
        *(Column(code, name, kind="number", width=96) for code, name in districts), REST,
    ]  # fmt: skip
    rows = []
    for each in rolled["indicators"]:
        goal = "；".join(f"{one['year']}年 {one['value']}" for one in each["city"] if one["value"] is not None)
        said = [Cell(each["districts"].get(code, {}).get("value", "")) for code, _ in districts]
        name, unit = Cell(each["name"], tip=each["name"]), Cell(each["unit"])
        total = Cell(each["total"] if each["total"] is not None else "不相加")
        rows.append(Row(each["key"], (name, unit, total, Cell(goal), *said, Cell(" "))))
    for each in rolled["goals"]:
        words = f"{each['name']}（按网点清单计）"
        goal, counted = Cell(f"{each['year']}年 {each['target']}"), Cell(str(each["counted"]))
        rows.append(
            Row(
                f"goal:{each['key']}",
                (Cell(words, tip=words), Cell(each["unit"]), counted, goal, *[Cell("")] * len(districts), Cell(" ")),
            )
        )
    return Table(tuple(columns), tuple(rows))
