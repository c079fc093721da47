"""Values that a printed table works out from frozen ones. Each takes a row and the paths of its column."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal

from desktop.model.printed.frozen_rows import FrozenRow
from desktop.model.printed.standings import NAMES

Derived = Callable[[FrozenRow, tuple[str, ...]], tuple[str, str]]  # (text, code for counting)

STATES = {
    "done": "已完成", "going": "推进中", "late": "滞后", "not_started": "未启动", "unreported": "未报",
    "not_applicable": "不适用", "city_only": "市级事权",
}  # fmt: skip


def running(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """序号: filled in by the table, which alone knows the place of a row."""
    return "", ""


def blank(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """Left free for a pen."""
    return "　", ""


def item_state(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """State of a task from (applicable, states of the reports): late before all, done only when all are done.

    Units of the city are never asked, so a task of theirs alone is not unreported (fields.md, 任务分工).
    """
    applicable, reports = of
    states = [str(state) for state in row.values(reports) if state is not None]
    if row.value(applicable) == "no":
        code = "not_applicable"
    elif not states:
        code = "city_only" if row.marked("city_only") else "unreported"
    elif "late" in states:
        code = "late"
    else:
        code = states[0] if len(set(states)) == 1 else "going"
    return STATES[code], code


def item_done(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """进展情况 from (applicable, why_not, progress text, unit): a task that does not apply says why."""
    applicable, why_not, done, unit = of
    if row.value(applicable) == "no":
        return row.text(why_not), ""
    return row.text(done, each=unit), ""


def share(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """Percentage of the first in the second, one decimal, cut off: 99.99 % is never called 100 %."""
    part, whole = (row.value(path) for path in of[:2])
    if part is None or whole is None or Decimal(str(whole)) <= 0:
        return "", ""
    percent = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{percent.quantize(Decimal('0.1'), ROUND_DOWN):,}", ""


def role(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """牵头 or 责任: the part of the unit asked for, from (leads, responsible)."""
    unit = str(row.content.data.get("unit", ""))
    for path, word, code in zip(of, ("牵头", "责任"), ("lead", "responsible"), strict=True):
        if unit in row.parts(path):
            return word, code
    return "", ""


def changed_field(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """Which field became another."""
    field = row.changed()
    return field.heading, field.name


def changed_old(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """What it was before the period."""
    return row.content.text(row.changed(), row.data.get("old"), cell=True), ""


def changed_new(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """What it was at the end of the period."""
    return row.content.text(row.changed(), row.data.get("new"), cell=True), ""


def span(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
    """至 between two months or days: 2026-03 至 2027-02."""
    texts = [row.text(path) for path in of]
    return " 至 ".join(texts) if all(texts) else "".join(texts), ""


def _standing(name: str) -> Derived:
    """One text of how an indicator stands, as it was frozen with the row; the state counts by its code,
    the figure by whether there is one."""

    def text(row: FrozenRow, of: tuple[str, ...]) -> tuple[str, str]:
        held = row.data.get("standing", {})
        code = {"state": "code", "figure": "has"}.get(name, "")
        return str(held.get(name, "")), str(held.get(code, "")) if code else ""

    return text


DERIVED: dict[str, Derived] = {
    "running": running,
    "blank": blank,
    "item_state": item_state,
    "item_done": item_done,
    "share": share,
    "role": role,
    "changed_field": changed_field,
    "changed_old": changed_old,
    "changed_new": changed_new,
    "span": span,
    **{f"standing_{name}": _standing(name) for name in NAMES},
}
