"""The table of figures (`resources/plan/indicators.toml`) checked against the plan it quotes."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from desktop.model.errors import Refused
from desktop.model.plan.plan import Entry, Goal, Indicator, Plan
from desktop.model.plan.text import find_span, squeeze

OPS = ("at_least", "at_most", "over", "about", "under")
PERIODS = ("by", "each", "in")
KINDS = ("cumulative", "yearly", "growth", "share", "at_most", "qualitative")
FREQUENCIES = ("day", "week", "month", "quarter", "year")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNTIL = re.compile(r"到([0-9]{4})年")
_WORDS = (("超过", "over"), ("左右", "about"), ("约", "about"), ("以内", "at_most"))


@dataclass(frozen=True)
class FigureRow:
    """One row of the table as written. `written` replaces the digits where the text has words (一倍)."""

    source: str
    series: str
    name: str
    op: str
    value: str
    unit: str
    period: str
    phrase: str
    kind: str
    frequency: str
    year: int | None = None
    base_year: int | None = None
    qualifier: str = ""
    written: str = ""
    higher_is_better: bool = True

    @property
    def key(self) -> str:
        return f"{self.series}-{self.year}" if self.year else self.series


@dataclass(frozen=True)
class Aside:
    """A figure in a goal or task that sets no target, and why."""

    source: str
    phrase: str
    why: str


def figure_rows(table: dict[str, object]) -> tuple[tuple[FigureRow, ...], tuple[Aside, ...]]:
    """The rows of the parsed TOML: [[indicator]] and [[figure]]. Refused on unknown or missing keys and wrong codes."""
    if unknown := set(table) - {"indicator", "figure"}:
        raise Refused(f"指标表里的“{'、'.join(sorted(unknown))}”不认识，只能有 indicator 和 figure。")
    rows = tuple(FigureRow(**_typed(FigureRow, row)) for row in _rows(table, "indicator"))
    asides = tuple(Aside(**_typed(Aside, row)) for row in _rows(table, "figure"))
    for row in rows:
        codes = (("op", row.op, OPS), ("period", row.period, PERIODS), ("kind", row.kind, KINDS))
        for field, code, known in (*codes, ("frequency", row.frequency, FREQUENCIES)):
            if code not in known:
                raise Refused(f"指标“{row.name}”的 {field}“{code}”不认识，应为 {'、'.join(known)} 之一。")
        if not NUMBER.fullmatch(row.value):
            raise Refused(f"指标“{row.name}”的数值“{row.value}”不是数字，应写成 90 或 7.8 这样的数。")
    return rows, asides


def with_indicators(plan: Plan, rows: tuple[FigureRow, ...]) -> Plan:
    """The plan with its indicators, each row checked against the words it quotes. Refused at the first that differs."""
    indicators = tuple(_indicator(plan, row) for row in rows)
    seen: set[str] = set()
    for indicator in indicators:
        if indicator.key in seen:
            raise Refused(f"指标表里“{indicator.key}”有两行，请改用不同的 series。")
        seen.add(indicator.key)
    return replace(plan, indicators=indicators)


def uncounted(plan: Plan, asides: tuple[Aside, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Numbers in goals and tasks that neither an indicator nor an aside covers: (item key, number and next words).

    Years (2025年) are not figures.
    """
    found: list[tuple[str, str]] = []
    for item in plan.items:
        quoted = [indicator.phrase for indicator in plan.indicators_of(item.key)]
        quoted += [aside.phrase for aside in asides if aside.source == item.source]
        text = squeeze(item.text)
        spans = [span for phrase in quoted if (span := find_span(text, phrase))]
        for number in NUMBER.finditer(text):
            covered = any(start <= number.start() < end for start, end in spans)
            if not covered and not _is_year(text, number):
                found.append((item.key, text[number.start() : number.end() + 6]))
    return tuple(found)


def year_at(entry: Entry, phrase: str, period: str) -> int | None:
    """The year that the words around `phrase` give it: the goal's own, or the last 到…年 before its end."""
    if period == "each":
        return None
    packed, quoted = squeeze(entry.text), squeeze(phrase)
    if period == "in":
        return next((int(n[0]) for n in NUMBER.finditer(quoted) if _is_year(quoted, n)), None)
    if isinstance(entry, Goal):
        return entry.year
    before = _UNTIL.findall(packed[: packed.find(quoted) + len(quoted)])
    return int(before[-1]) if before else None


def _indicator(plan: Plan, row: FigureRow) -> Indicator:
    where = f"指标“{row.name}”（{row.source}）"
    entries = plan.by_source(row.source)
    if not entries:
        raise Refused(f"{where}的出处在{plan.document.number}里没有，请核对 source。")
    hits = [(entry, span) for entry in entries if (span := find_span(entry.text, row.phrase))]
    if len(hits) != 1:
        raise Refused(f"{where}引用的“{row.phrase}”在原文里有 {len(hits)} 处，应为一处，请照原文改引。")
    entry, (start, end) = hits[0]
    _check_words(where, row)
    if row.period == "each" and "每年" not in squeeze(entry.text)[: squeeze(entry.text).find(squeeze(row.phrase)) + 2]:
        raise Refused(f"{where}原文在这句前面没有“每年”，请核对 period。")
    if year_at(entry, row.phrase, row.period) != row.year:
        raise Refused(f"{where}的年份 {row.year} 与原文不符，请核对 year。")
    return Indicator(
        key=row.key,
        series=row.series,
        source=row.source,
        item=entry.key,
        name=row.name,
        op=row.op,
        value=row.value,
        unit=row.unit,
        period=row.period,
        year=row.year,
        base_year=row.base_year,
        qualifier=row.qualifier,
        phrase=entry.text[start:end],
        kind=row.kind,
        frequency=row.frequency,
        higher_is_better=row.higher_is_better,
    )


def _check_words(where: str, row: FigureRow) -> None:
    packed = squeeze(row.phrase)
    figure = row.written or row.value + row.unit
    if not re.search(rf"(?<![0-9.]){re.escape(figure)}", packed):
        raise Refused(f"{where}引用的话里没有“{figure}”，请核对数值和单位。")
    if row.qualifier and row.qualifier not in packed:
        raise Refused(f"{where}引用的话里没有“{row.qualifier}”，请核对 qualifier。")
    op = next((op for word, op in _WORDS if word in packed), "at_least")
    if op != row.op:
        raise Refused(f"{where}的 op 是 {row.op}，按原文用词应为 {op}。")
    if row.base_year and f"较{row.base_year}年" not in packed:
        raise Refused(f"{where}引用的话里没有“较{row.base_year}年”，请核对 base_year。")


def _is_year(text: str, number: re.Match[str]) -> bool:
    return len(number[0]) == 4 and text[number.end() : number.end() + 1] == "年"


def _rows(table: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = table.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(f"指标表里的 {name} 应写成 [[{name}]]。")
    return rows


def _typed(cls: type, row: dict[str, object]) -> dict[str, Any]:
    known = {f.name: str(f.type) for f in fields(cls)}
    where = f"指标表 {row.get('source', '?')} “{row.get('name', row.get('phrase', '?'))}”"
    if unknown := set(row) - set(known):
        raise Refused(f"{where}里的“{'、'.join(sorted(unknown))}”不认识，请去掉或改名。")
    missing = {f.name for f in fields(cls) if f.default is MISSING} - set(row)
    if missing:
        raise Refused(f"{where}缺少 {'、'.join(sorted(missing))}，请补上。")
    kinds: dict[str, type] = {"str": str, "bool": bool, "int | None": int}
    for key, value in row.items():
        if type(value) is not kinds[known[key]]:
            raise Refused(f"{where}的 {key} 类型不对，请核对引号。")
    return row
