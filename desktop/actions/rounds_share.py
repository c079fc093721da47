"""What goes into the workbook of one unit for one period: its records, rows prepared to be filled, hints on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop.actions.closed import period_of
from desktop.actions.desk import Desk
from desktop.actions.records import Values
from desktop.actions.rounds_asked import Ground, default_due, items_of, units_of
from desktop.actions.rounds_figures import figures_of
from desktop.model.fields.base import Value
from desktop.model.handed import HandedOut
from desktop.model.periods import Period
from desktop.model.registers import record_id

FORMS = ("assignment", "progress", "indicator", "target", "measure", "problem")


@dataclass
class Share:
    """`records` {id: form} as they are, `rows` and `hints` {form: {id: …}} for those to be filled."""

    records: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, dict[str, Value]]] = field(default_factory=dict)
    hints: dict[str, dict[str, str]] = field(default_factory=dict)
    progress: int = 0
    measures: int = 0
    period: str = ""
    due: str = ""

    def handed(self, unit: str) -> HandedOut | None:
        """What the package says of it; None when nothing is asked."""
        rows = {form: kept for form, kept in self.rows.items() if kept}
        if not rows and not self.progress and not self.measures:
            return None
        return HandedOut(unit, self.period, self.due, rows)

    def indicators(self) -> dict[str, str]:
        """The indicators of the figures asked for, which must travel with their rows: {id: form}."""
        return {str(row["indicator"]): "indicator" for row in self.rows.get("measure", {}).values()}


def share(ground: Ground, unit: str, due: str = "") -> Share:
    """The share of a unit: assignments, reports and figures of the period, targets, open problems."""
    span, found = ground.span, Share(period=ground.span.key, due=due or default_due(ground.span))
    items = items_of(ground, unit)
    for record, values in ground.rows("assignment"):
        if str(values["item"]) in items:
            found.records[record] = "assignment"
    _progress(ground, unit, items, found)
    _figures(ground, unit, found.due, found)
    for record, values in ground.rows("target"):
        if values.get("unit") == unit and str(values.get("year") or "") >= str(span.year):
            found.records[record] = "target"
    for record, values in ground.rows("problem"):
        if values.get("state") != "closed" and unit in (values.get("unit"), values.get("handler")):
            found.records[record] = "problem"
    return found


def _progress(ground: Ground, unit: str, items: tuple[str, ...], found: Share) -> None:
    desk, span = ground.desk, ground.span
    here = {item: record for (who, item), (record, _) in ground.told.items() if who == unit}
    found.progress = len(items)
    for record in here.values():
        found.records[record] = "progress"
    for item in items:
        if item in here:
            continue
        record = record_id(desk.district, "progress", [item, unit, span.key])
        row: dict[str, Value] = {"item": item, "unit": unit, "kind": "own", "period": span.key}
        found.rows.setdefault("progress", {})[record] = row
        last = ground.before.get((unit, item))
        hints = {"done": _before_words(desk, last[1]) if last else "", "item": _duty_words(ground, unit, item)}
        found.hints[record] = {name: words for name, words in hints.items() if words}


def _before_words(desk: Desk, values: Values) -> str:
    form = desk.forms["progress"]
    text = {name: form.field(name).type.show(values.get(name), desk.names) for name in ("state", "done", "problem")}
    lines = [f"上期（{Period.parse(str(values['period'])).label}）：{text['state']}。{text['done']}"]
    return "\n".join([*lines, *([f"存在问题：{text['problem']}"] if text["problem"] else [])])


def _duty_words(ground: Ground, unit: str, item: str) -> str:
    desk, values = ground.desk, ground.duties.get(item, {})
    form = desk.forms["assignment"]
    lead = units_of(values, "lead")
    lines = ["牵头" if unit in lead else f"责任单位；牵头 {'、'.join(map(ground.district.short, lead))}"]
    for name in ("target", "node", "node_due", "due"):
        text = form.field(name).type.show(values.get(name), desk.names)
        if text:
            lines.append(f"{form.field(name).label}：{text}")
    return "\n".join(lines)


def _figures(ground: Ground, unit: str, due: str, found: Share) -> None:
    desk, measures = ground.desk, ground.rows("measure")
    held = {(str(v["indicator"]), str(v["period"]), str(v["unit"])): record for record, v in measures}
    for indicator, values, whose, part in figures_of(ground, unit, due):
        found.measures += 1
        found.records[indicator] = "indicator"
        record = held.get((indicator, part.key, whose))
        if record is not None:
            found.records[record] = "measure"
            continue
        record = record_id(desk.district, "measure", [indicator, part.key, whose])
        found.rows.setdefault("measure", {})[record] = {"indicator": indicator, "period": part.key, "unit": whose}
        found.hints[record] = {"value": _figure_words(ground, indicator, values, whose, part)}


def _figure_words(ground: Ground, indicator: str, values: Values, whose: str, part: Period) -> str:
    unit = str(values.get("unit") or "")
    lines = [f"计量单位：{unit}" if unit else "", f"口径：{values['caliber']}" if values.get("caliber") else ""]
    lines.append("全区数" if whose == ground.desk.district_name else "本单位的数")
    past = [
        (held, each["value"]) for _, each in ground.rows("measure")
        if each["indicator"] == indicator and each["unit"] == whose
        and (held := period_of(each["period"])) is not None and held.last < part.first
    ]  # fmt: skip
    if past:
        when, value = max(past, key=lambda each: each[0].last)
        lines.append(f"上期（{when.label}）：{Decimal(str(value)).normalize():f}{unit}")
    for _, target in ground.rows("target"):
        mine = (target["indicator"], target["unit"]) == (indicator, whose) and target.get("value") is not None
        if mine and str(target.get("year") or "") >= str(part.year):
            lines.append(f"{target['year']}年目标：{Decimal(str(target['value'])).normalize():f}{unit}")
    return "\n".join(filter(None, lines))
