"""Totals that disagree: with the period's other submissions, with the records they are made of, with the lists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.actions import rollup
from desktop.actions.ready.inside import Found, Inside, Values, number
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused
from desktop.model.periods import Period
from desktop.model.printed.derived import STATES

COUNTED = {"recycling-sites": "回收网点", "sorting-centres": "分拣中心"}


def of_sums(inside: Inside) -> Iterator[Found]:
    yield from _beside(inside)
    yield from _counted(inside)
    yield from _equipment(inside)
    yield from _months(inside)


def _figures(data: object) -> rollup.Figures | None:
    try:
        return rollup.figures(data)  # type: ignore[arg-type]
    except (Refused, KeyError, TypeError, ValueError, ArithmeticError, StopIteration):
        return None


def _beside(inside: Inside) -> Iterator[Found]:
    """The same totals in another form of the period that was issued or went out."""
    if inside.unit or inside.about:
        return
    mine = _figures(inside.data)
    for other in inside.desk.store.submissions.beside(inside.printed.name, inside.period.key):
        data = read_canonical(other.data)
        theirs = _figures(data)
        if mine is None or theirs is None:
            continue
        title = f"同期已签发的“{data.get('title', other.form)}”"
        for form, field, what, here, there in _pairs(inside, mine, theirs):
            record = _differing(inside, data, form, field)
            message = f"{what}是 {here}，{title}里是 {there}，两处不一致，请核对；记录改过的，把那一份也更正"
            yield Found("warn", "totals", message, form, record, field)


def _pairs(inside: Inside, mine: rollup.Figures, theirs: rollup.Figures) -> Iterator[tuple[str, str, str, str, str]]:
    """(form, field, what, here, there) of every figure that both have and that differs."""
    if mine.ledger is not None and theirs.ledger is not None:
        for code, words in STATES.items():
            if mine.ledger[code] != theirs.ledger[code]:
                yield "progress", "", f"{words}的任务", f"{mine.ledger[code]} 项", f"{theirs.ledger[code]} 项"
    for name, form, words in (
        ("projects", "project", "项目个数"), ("sites", "site", "网点个数"), ("problems", "problem", "问题个数"),
    ):  # fmt: skip
        here, there = getattr(mine, name), getattr(theirs, name)
        if None not in (here, there) and here != there:
            yield form, "", words, f"{here} 个", f"{there} 个"
    if mine.projects is not None and theirs.projects is not None:
        for field in rollup.INVESTMENT:
            a, b = mine.investment[field], theirs.investment[field]
            if a != b:
                label = inside.desk.forms["project"].field(field).label
                text = [inside.text("project", field, each) for each in (a, b)]
                yield "project", field, f"项目的{label}合计", *text  # type: ignore[misc]
    there_by = {each.key: each for each in theirs.measures or []}
    for one in mine.measures or []:
        two = there_by.get(one.key)
        if two is not None and number(one.value) != number(two.value):
            yield "measure", "value", f"指标“{one.name}”", f"{one.value} {one.unit}", f"{two.value} {two.unit}"


def _differing(inside: Inside, other: dict[str, object], form: str, field: str) -> str:
    """The first record that makes the difference: another value, or only here."""
    records = other.get("records")
    rows = records.get(form, []) if isinstance(records, dict) else []
    theirs: dict[str, Values] = {str(row["id"]): row for row in rows}
    for row in inside.data.get("records", {}).get(form, []):
        there = theirs.get(str(row["id"]))
        if there is None or (field and row.get(field) != there.get(field)):
            return str(row["id"])
    return ""


def _counted(inside: Inside) -> Iterator[Found]:
    """An indicator that the lists count too (task 42): the figure that was entered against the sites that count."""
    found = _figures(inside.data)
    if found is None or found.sites is None:
        return
    for measure in found.measures or []:
        if measure.key not in COUNTED or measure.period != inside.period.key:
            continue
        counted = found.counted[measure.key]
        if number(measure.value) != counted:
            record = next((str(row["id"]) for row in inside.data.get("records", {}).get("measure", [])
                           if row.get("value") == measure.value), "")  # fmt: skip
            message = (
                f"指标“{measure.name}”填的是 {measure.value} {measure.unit}，网点清单里计入的{COUNTED[measure.key]}"
                f"是 {counted} 个，请核对"
            )
            yield Found("warn", "derived", message, "measure", record, "value")


def _equipment(inside: Inside) -> Iterator[Found]:
    """A project's own figures against its list of equipment."""
    for record, project in inside.values("project").items():
        rows = [row for row in inside.where("equipment", project=record).values() if row.get("side") == "new"]
        if not rows:
            continue
        label = inside.label("project", record)
        count, listed = project.get("equipment_count"), sum(int(row.get("quantity") or 0) for row in rows)
        if count is not None and int(count) != listed:
            message = f"{label}：更新台套数 {count}，设备明细里更新后的合计 {listed}，请核对"
            yield Found("warn", "equipment", message, "project", record, "equipment_count")
        paid = sum(int(row.get("price") or 0) for row in rows)
        whole = project.get("equipment_investment")
        if whole is not None and paid > int(whole):
            said = [inside.text("project", "equipment_investment", each) for each in (paid, whole)]
            message = f"{label}：设备明细的购置金额合计 {said[0]}，大于设备投资 {said[1]}，请核对"
            yield Found("warn", "equipment", message, "project", record, "equipment_investment")


def _months(inside: Inside) -> Iterator[Found]:
    """累计 of a month = 累计 of the month before + 本月完成; no more than the project's total investment."""
    for record, held in inside.values("project_month").items():
        project = str(held.get("project"))
        label = inside.label("project", project)
        period = Period.parse(str(held["period"]))
        before = next(iter(inside.where("project_month", project=project, period=period.previous().key).values()), {})
        for name in ("ytd", "total"):
            if name == "ytd" and period.number == 1:
                before = {**before, "ytd": 0}
            parts = [number(before.get(name)), number(held.get("month"))]
            now = number(held.get(name))
            if now is None or None in parts:
                continue
            due = sum((each for each in parts if each is not None), Decimal())
            if now != due:
                words = inside.desk.forms["project_month"].field(name).label
                said = [inside.text("project_month", name, int(each)) for each in (now, due)]
                message = f"{label}：{words} {said[0]}，上月累计加本月完成是 {said[1]}，请核对"
                yield Found("warn", "months", message, "project_month", record, name)
        whole = inside.values("project", [project]).get(project, {}).get("total_investment")
        total = held.get("total")
        if whole is not None and total is not None and int(total) > int(whole):
            said = [inside.text("project_month", "total", each) for each in (total, whole)]
            message = f"{label}：开工以来累计 {said[0]}，大于总投资 {said[1]}，请核对"
            yield Found("warn", "months", message, "project_month", record, "total")
