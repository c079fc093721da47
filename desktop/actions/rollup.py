"""The city's roll-up: what the districts' collected data say, side by side, and their totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop.actions.network import COUNTED, standing
from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.frozen import rows as frozen_rows
from desktop.model.plan import load_plan
from desktop.model.printed import load_printed
from desktop.model.printed.definition import TableBlock
from desktop.model.printed.derived import STATES, item_state
from desktop.model.printed.frozen_rows import Content, FrozenRow
from desktop.model.registers import record_id

# Which printed form speaks for a part, the fullest first; the tables have the part's name in each of them.
SOURCES = {
    "ledger": ("monthly-report", "ledger-report"),
    "indicators": ("monthly-report", "indicator-report"),
    "projects": ("monthly-report", "project-list"),
    "sites": ("monthly-report", "site-list"),
    "problems": ("monthly-report", "problem-list"),
}
INVESTMENT = ("total_investment", "equipment_investment", "equipment_paid")
AMOUNTS = ("computed", "claimed", "approved_amount", "paid_amount")
ADDED = ("cumulative", "yearly")  # kinds of indicators whose figures of several districts make a sum


@dataclass
class Measure:
    """A district's own figure of an indicator; `key` is the plan's series, or the name and unit of a further one."""

    key: str
    name: str
    unit: str
    kind: str
    value: str
    period: str


@dataclass
class Figures:
    """What one district's data say. Money in 分; None: the part is in none of its submissions.

    `ledger` counts tasks by state, `stages` projects, `site_states` sites; `counted` toward the plan's goals:
    recycling-sites and sorting-centres. `sources` names the form that each part was taken from.
    """

    ledger: Counter[str] | None = None
    projects: int | None = None
    stages: Counter[str] = field(default_factory=Counter)
    investment: Counter[str] = field(default_factory=Counter)
    sites: int | None = None
    site_states: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    problems: int | None = None
    measures: list[Measure] | None = None
    claims: int = 0
    claimed: Counter[str] = field(default_factory=Counter)
    sources: dict[str, str] = field(default_factory=dict)


def figures(*submissions: Mapping[str, Any]) -> Figures:
    """The figures of one district from its frozen data of one period (several printed forms).

    Raises Refused, KeyError, TypeError or ValueError for data that no printed form of this program has.
    """
    found = Figures()
    by_form = {str(data["form"]): data for data in submissions if not data.get("unit")}
    for part, forms in SOURCES.items():
        name = next((form for form in forms if form in by_form), None)
        if name is not None:
            table = next(each for each in load_printed()[name].tables if each.name == part)
            rows = Content(by_form[name], load_forms()).rows(table)
            {"ledger": _ledger, "indicators": _indicators, "projects": _projects, "sites": _sites,
             "problems": _problems}[part](found, table, rows, by_form[name])  # fmt: skip
            found.sources[part] = name
    claims = {str(row["id"]): row for data in submissions for row in frozen_rows(data, "claim")}
    found.claims = len(claims)
    for claim in claims.values():
        found.claimed.update({name: _fen(claim.get(name)) for name in AMOUNTS})
    return found


def _ledger(found: Figures, table: TableBlock, rows: Sequence[FrozenRow], data: Mapping[str, Any]) -> None:
    column = next(each for each in table.columns if each.derived == "item_state")
    found.ledger = Counter(item_state(row, column.of)[1] for row in rows)


def _projects(found: Figures, table: TableBlock, rows: Sequence[FrozenRow], data: Mapping[str, Any]) -> None:
    found.projects = len(rows)
    for row in rows:
        found.stages[str(row.value("stage"))] += 1
        found.investment.update({name: _fen(row.value(name)) for name in INVESTMENT})


def _sites(found: Figures, table: TableBlock, rows: Sequence[FrozenRow], data: Mapping[str, Any]) -> None:
    found.sites = len(rows)
    for row in rows:
        values = {name: row.value(name) for name in ("kind", "state", *COUNTED.values())}
        found.site_states[str(values["state"])] += 1
        if standing(values).kind == "full":
            found.counted["sorting-centres" if values["kind"] == "centre" else "recycling-sites"] += 1


def _problems(found: Figures, table: TableBlock, rows: Sequence[FrozenRow], data: Mapping[str, Any]) -> None:
    found.problems = len(rows)


def _indicators(found: Figures, table: TableBlock, rows: Sequence[FrozenRow], data: Mapping[str, Any]) -> None:
    """Figures of the district's own; one of the whole city that stands in for it is nobody's share."""
    series = {
        record_id(str(data["district"]), "indicator", [each.series]): each.series for each in load_plan().indicators
    }
    found.measures = []
    for row in rows:
        value = row.value("measure.value")
        if value is None or row.marked("city_measure"):
            continue
        if not Decimal(str(value)).is_finite():
            raise ValueError(value)
        name, unit, kind = (str(row.value(each) or "") for each in ("name", "unit", "kind"))
        key = series.get(str(row.data["of"]), f"{name}（{unit}）")
        found.measures.append(Measure(key, name, unit, kind, str(value), str(row.value("measure.period") or "")))


def _fen(value: Value) -> int:
    if value is None:
        return 0
    if not isinstance(value, int):
        raise ValueError(value)
    return value


def yuan(fen: int) -> str:
    """分 as decimal text in 元."""
    return str(load_forms()["project"].field("total_investment").type.to_json(fen))


def figures_json(found: Figures) -> dict[str, Any]:
    """A district's figures as JSON; parts that were not sent are null."""
    applicable = sum(number for code, number in found.ledger.items() if code != "not_applicable") if found.ledger else 0
    ledger = None if found.ledger is None else {code: found.ledger[code] for code in STATES}
    return {
        "ledger": None if ledger is None else {**ledger, "applicable": applicable},
        "projects": None if found.projects is None else {
            "count": found.projects, "stages": dict(sorted(found.stages.items())),
            **{name: yuan(found.investment[name]) for name in INVESTMENT},
        },
        "sites": None if found.sites is None else {
            "count": found.sites, "states": dict(sorted(found.site_states.items())),
            "recycling_sites": found.counted["recycling-sites"], "sorting_centres": found.counted["sorting-centres"],
        },
        "problems": found.problems,
        "claims": {"count": found.claims, **{name: yuan(found.claimed[name]) for name in AMOUNTS}},
        "sources": found.sources,
    }  # fmt: skip


def total(all_figures: Sequence[Figures]) -> Figures:
    """The sums over districts; a part that no district sent stays None."""
    made = Figures()
    for each in all_figures:
        if each.ledger is not None:
            made.ledger = made.ledger if made.ledger is not None else Counter()
            made.ledger.update(each.ledger)
        for name in ("projects", "sites", "problems"):
            if getattr(each, name) is not None:
                setattr(made, name, (getattr(made, name) or 0) + getattr(each, name))
        made.stages.update(each.stages)
        made.investment.update(each.investment)
        made.site_states.update(each.site_states)
        made.counted.update(each.counted)
        made.claims += each.claims
        made.claimed.update(each.claimed)
    return made


def indicators_json(by_district: Mapping[str, Figures]) -> list[dict[str, Any]]:
    """Every indicator that a district reported: its figures side by side, the sum where sums mean something.

    `city` is the plan's own goal for the whole city, `{op, value, unit, year}` for each year that has one.
    """
    order: dict[str, list[tuple[str, Measure]]] = {each.series: [] for each in load_plan().indicators}
    for district, found in by_district.items():
        for measure in found.measures or []:
            order.setdefault(measure.key, []).append((district, measure))
    answer = []
    for key, said in order.items():
        if not said:
            continue
        first = said[0][1]
        alike = all((each.kind, each.unit) == (first.kind, first.unit) for _, each in said)
        added = alike and first.kind in ADDED
        answer.append(
            {
                "key": key, "name": first.name, "unit": first.unit, "kind": first.kind,
                "districts": {district: {"value": each.value, "period": each.period} for district, each in said},
                "reported": len(said),
                "total": _plain(sum((Decimal(each.value) for _, each in said), Decimal())) if added else None,
                "city": [
                    {"op": goal.op, "value": goal.value, "unit": goal.unit, "year": goal.year}
                    for goal in load_plan().indicators
                    if goal.series == key
                ],
            }
        )  # fmt: skip
    return answer


def goals_json(whole: Figures) -> list[dict[str, Any]]:
    """The plan's goals for the recycling network (task 42) beside the sites of all districts that count."""
    goals = [each for each in load_plan().indicators if each.series in ("recycling-sites", "sorting-centres")]
    return [
        {
            "key": each.series, "name": each.name, "year": each.year, "target": each.value, "unit": each.unit,
            "counted": whole.counted[each.series],
        }
        for each in goals
    ]  # fmt: skip


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = ["Figures", "Measure", "figures", "figures_json", "goals_json", "indicators_json", "total", "yuan"]
