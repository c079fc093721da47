"""Figures of a period for many indicators in one go, and what the records say by sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs
from desktop.actions.indicators import book_of, known
from desktop.actions.records import Saved, Values, find, read_typed, save_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.indicators import Derived, derive
from desktop.model.indicators.numbers import percent
from desktop.model.indicators.standing import period_of
from desktop.model.periods import KIND_LABELS, Period
from desktop.model.registers import record_id

TYPED = ("value", "reference", "judged", "said", "source", "note")


@needs("enter")
def enter(desk: Desk, period: str, rows: Sequence[Mapping[str, str]], why: str = "", unit: str = "") -> Saved:
    """Write the figures of a period, all or none: rows of `{indicator, value, reference?, judged?, said?, note? …}`.

    Each goes to its indicator's own period within the one named (or `period` of the row), of the district or `unit`.
    An empty value clears one that is there and makes none where there is nothing. Raises Refused whose details are
    `{index, field, value, message}`.
    """
    asked, book, form = Period.parse(period), book_of(desk), desk.form("measure")
    errors: list[dict[str, object]] = []
    made: list[tuple[str | None, Values]] = []
    whose = unit or desk.district_name
    known_ids: dict[str, dict[str, Value]] = dict(find(desk, "measure")[0])
    for index, row in enumerate(rows):
        try:
            of = known(book, str(row.get("indicator") or ""))
            own = Period.parse(row["period"]) if row.get("period") else period_of(of, asked, book.today)
        except Refused as refused:
            given = row.get("indicator")
            errors.append({"index": index, "field": "indicator", "value": given, "message": str(refused)})
            continue
        if own.kind != of.frequency and own.kind != "year":
            fault = f"“{of.name}”按{KIND_LABELS[of.frequency]}填报，{own.label}不是，请改填报时间"
            errors.append({"index": index, "field": "period", "value": own.key, "message": fault})
            continue
        values, findings = read_typed(desk, form, {name: row[name] for name in TYPED if name in row})
        for each in findings:
            fault = f"{of.name}：{each.message}"
            errors.append({"index": index, "field": each.field, "value": row.get(each.field), "message": fault})
        identity = record_id(desk.district, "measure", [of.id, own.key, whose])
        if identity not in known_ids and all(value is None for value in values.values()):
            continue
        key: Values = {"indicator": of.id, "period": own.key, "unit": whose}
        made.append((None, {**key, **values}))
    if errors:
        rest = f"（共 {len(errors)} 处）" if errors[1:] else ""
        raise Refused(f"指标值没有保存，{errors[0]['message']}{rest}", errors)
    if not made:
        return Saved([], None)
    saved = save_values(desk, form, made, why)
    # A figure that is there already is corrected here on purpose; that it was there is no news.
    saved.warnings = [each for each in saved.warnings if each["field"] != "id"]
    return saved


@dataclass(frozen=True)
class Sector:
    """One sector's projects; rates as text in %, with the reason where there is none."""

    code: str
    label: str
    projects: int
    investment: str
    payment: str
    start: str
    investment_of: Derived
    payment_of: Derived
    start_of: Derived


def sectors(desk: Desk, period: str) -> list[Sector]:
    """投资完成率, 资金支付率, 开工率 of every sector that has projects, and of all together (code "")."""
    asked, book = Period.parse(period), book_of(desk)
    found = []
    for code, label in [*desk.form("project").field("sector").type.choices(desk.names), ("", "合计")]:
        made = [derive(f"rate.{name}", code, asked, book.records) for name in ("investment", "payment", "start")]
        if made[2].whole:
            texts = [f"{percent(each.value)}%" if each.value is not None else each.reason for each in made]
            found.append(Sector(code, label, len(made[2].ids), texts[0], texts[1], texts[2], made[0], made[1], made[2]))
    return found
