"""Batches of applications (申报批次): deadline, conditions that warn, projects in their rank, filing and result."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.actions.desk import Desk, needs
from desktop.actions.filing import funds_of, listed, raised
from desktop.actions.records import Saved, Values, save_values
from desktop.model.checks import check_values
from desktop.model.conditions import failing, meets, read_conditions
from desktop.model.errors import Refused
from desktop.model.fields.base import Value

FUND_OF = {"bond": "fund_bond", "central": "fund_central", "special": "fund_special", "relending": "fund_loan"}
DONE = ("stopped", "paused")


@dataclass(frozen=True)
class Ranked:
    """One project of a batch. Money in 万元; `fund` is what it asks of this batch's kind of funds (None: not filled).
    `faults` would block the filing, `warnings` are conditions not met and what the form warns of."""

    id: str
    rank: int
    name: str
    enterprise: str
    stage: str
    total: Decimal | None
    fund: Decimal | None
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """One batch. `days` to the deadline (negative: past, None: settled), `due` the same in words; money 万元."""

    id: str
    name: str
    fund: str
    deadline: str
    days: int | None
    due: str
    filed_on: str
    rules: str
    checks: str
    result: str
    doc_no: str
    amount: Decimal | None
    projects: list[Ranked] = field(default_factory=list)

    @property
    def asked(self) -> Decimal:
        return sum((each.fund for each in self.projects if each.fund is not None), Decimal(0))

    @property
    def faults(self) -> int:
        return sum(bool(each.faults) for each in self.projects)

    @property
    def warnings(self) -> int:
        return sum(bool(each.warnings) for each in self.projects)


def due_words(deadline: datetime.date, today: datetime.date) -> str:
    """还有 6 天, 今天截止, 逾期 9 天."""
    days = (deadline - today).days
    return "今天截止" if days == 0 else f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"


def _wan(value: Value) -> Decimal | None:
    return Decimal(int(value)).scaleb(-6) if value is not None else None


def batches(desk: Desk) -> list[Batch]:
    """All batches: those still open by deadline, then the filed ones, newest first."""
    ids, _ = desk.store.records.ids("batch")
    held = desk.store.records.values("batch", ids)
    made = [_batch(desk, record, held[record]) for record in ids]
    waiting = sorted((each for each in made if not each.filed_on), key=lambda each: (each.deadline, each.name))
    filed = sorted((each for each in made if each.filed_on), key=lambda each: each.filed_on, reverse=True)
    return waiting + filed


def batch(desk: Desk, record: str) -> Batch:
    """One batch with its projects in their rank. Raises Refused when there is none."""
    return _batch(desk, record, _values(desk, record))


def _values(desk: Desk, record: str) -> Values:
    found = desk.store.records.ids("batch")[0]
    if record not in found:
        raise Refused(f"没有这个批次：{record}。请用 list 查到它的 id")
    return desk.store.records.values("batch", [record])[record]


def _batch(desk: Desk, record: str, values: Values) -> Batch:
    form = desk.form("batch")
    deadline, filed = str(values.get("deadline") or ""), str(values.get("filed_on") or "")
    end = datetime.date.fromisoformat(deadline) if deadline else None
    settled = "已有结果" if values.get("doc_no") or values.get("result") else f"{filed} 已申报" if filed else ""
    days = (end - desk.names.today).days if end and not settled else None
    due = settled or (due_words(end, desk.names.today) if end else "")
    texts = {name: form.field(name).type.printed(values.get(name), desk.names) for name in ("fund", "result", "doc_no")}
    return Batch(
        record, str(values.get("name") or ""), texts["fund"], deadline, days, due, filed,
        str(values.get("rules") or ""), str(values.get("checks") or ""), texts["result"], texts["doc_no"],
        _wan(values.get("amount")), _ranked(desk, values),
    )  # fmt: skip


def _ranked(desk: Desk, values: Values) -> list[Ranked]:
    form, wanted = desk.form("project"), listed(values)
    held = desk.store.records.values("project", wanted)
    try:
        conditions, unread = read_conditions(str(values.get("checks") or ""), form, desk.names), ""
    except Refused as refused:  # another office's lines, or a field renamed since
        conditions, unread = [], str(refused)
    fund = FUND_OF.get(str(values.get("fund")), "")
    made = []
    for rank, project in enumerate(wanted, start=1):
        row = held.get(project)
        if row is None:
            made.append(Ranked(project, rank, f"未收到〔{project[:8]}〕", "", "", None, None, ("还没有收到",)))
            continue
        found = raised(check_values(form, row, desk.names, lambda _: []), str(values.get("name") or ""))
        faults = [each.message for each in found if each.blocks]
        if not any(row.get(name) is not None for name in funds_of(desk)):
            faults.append("没有填资金来源")
        warnings = [each.message for each in found if not each.blocks]
        warnings += [failing(each, row, desk.names) for each in conditions if not meets(each, row, desk.names)]
        if fund and not row.get(fund):
            warnings.append(f"没有填{form.field(fund).label}，看不出向本批次申请多少")
        if row.get("stage") in DONE or row.get("exit_on"):
            warnings.append("项目已停缓建、终止或退出")
        warnings += [unread] if unread and rank == 1 else []
        texts = {name: form.field(name).type.printed(row.get(name), desk.names) for name in ("enterprise", "stage")}
        made.append(
            Ranked(
                project, rank, str(row.get("name") or ""), texts["enterprise"], texts["stage"],
                _wan(row.get("total_investment")), _wan(row.get(fund)) if fund else None, tuple(faults),
                tuple(warnings),
            )
        )  # fmt: skip
    return made


@needs("enter")
def rank(desk: Desk, record: str, projects: Sequence[str], why: str = "") -> Saved:
    """Set a batch's projects in the order of their rank. Raises Refused for one that stands twice or is not there."""
    _values(desk, record)
    if len(set(projects)) != len(projects):
        raise Refused("同一个项目在批次里出现了两次，请去掉一个")
    known = desk.store.records.values("project", projects)
    for project in projects:
        if project not in known:
            raise Refused(f"没有这个项目：{project}。请用 list 查到它的 id")
    stored = json.dumps(list(projects), separators=(",", ":")) if projects else None
    return save_values(desk, desk.form("batch"), [(record, {"projects": stored})], why)


@needs("enter")
def file_batch(desk: Desk, record: str, on: str = "", why: str = "") -> Saved:
    """Note that a batch was handed in on a day (ISO, today when ""). Raises Refused naming the projects whose funds do
    not add up to their total, or that another check blocks."""
    _values(desk, record)
    day = on or desk.names.today.isoformat()
    return save_values(desk, desk.form("batch"), [(record, {"filed_on": day})], why)
