"""Projects by stage: investment, planned against done, rates, and the lagging ones named by rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop.actions.desk import Desk
from desktop.actions.records import Values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.lagging import Lag, lags, share
from desktop.model.periods import Period

BEGUN = ("building", "completed", "operating")
DONE = ("completed", "operating")
OUT = ("stopped",)  # a project given up counts in no rate


@dataclass(frozen=True)
class Sums:
    """Counts and money of some projects, in 分. `plan`, `ytd` of the period's year; `done`, `arrived`, `paid` since
    their start, by the newest dispatch up to the period."""

    count: int = 0
    total: int = 0
    equipment: int = 0
    plan: int = 0
    ytd: int = 0
    done: int = 0
    arrived: int = 0
    paid: int = 0


@dataclass(frozen=True)
class Stage:
    """One stage and its projects' sums."""

    code: str
    label: str
    sums: Sums


@dataclass(frozen=True)
class Lagging:
    """A project with the rules it meets. `last` is its newest dispatch's period, "" for none."""

    id: str
    name: str
    enterprise: str
    authority: str
    stage: str
    total: Decimal
    done: Decimal
    last: str
    lags: tuple[Lag, ...]


@dataclass(frozen=True)
class Pipeline:
    """The pipeline at the end of a month. Rates in percent, rounded down to one decimal, None where nothing counts.

    Stages are those of today: what a stage was earlier is not kept as of a period. `exited` left the list by then.
    """

    period: str
    stages: list[Stage]
    whole: Sums
    start_rate: Decimal | None
    completion_rate: Decimal | None
    done_rate: Decimal | None
    plan_rate: Decimal | None
    arrived_rate: Decimal | None
    paid_rate: Decimal | None
    lagging: list[Lagging] = field(default_factory=list)
    rules: list[tuple[str, str, int]] = field(default_factory=list)
    exited: int = 0


def pipeline(desk: Desk, period: str = "") -> Pipeline:
    """The district's projects by stage at the end of a month (YYYY-MM; the month of today when "").

    Raises Refused for a period that is no month.
    """
    at = Period.parse(period) if period else Period.of(desk.names.today, "month")
    if at.kind != "month":
        raise Refused(f"进度按月看，“{period}”不是月份，应如 2026-11")
    form = desk.form("project")
    ids, _ = desk.store.records.ids("project")
    held = desk.store.records.values("project", ids)
    end = at.last.isoformat()
    here = [each for each in ids if not (held[each].get("exit_on") and str(held[each]["exit_on"]) <= end)]
    here = [each for each in here if not (held[each].get("entered_on") and str(held[each]["entered_on"]) > end)]
    months = _months(desk, at)
    labels = dict(form.field("stage").type.choices(desk.names))
    rows = {each: _row(held[each], months.get(each, []), at) for each in here}
    stages = [
        Stage(code, label, _sum([rows[each] for each in here if held[each].get("stage") == code]))
        for code, label in labels.items()
    ]
    live = [each for each in here if held[each].get("stage") not in OUT]
    whole = _sum([rows[each] for each in live])
    begun, done = (sum(held[each].get("stage") in codes for each in live) for codes in (BEGUN, DONE))
    found = []
    for each in live:
        said = lags(held[each], months.get(each, []), at, labels.get(str(held[each].get("stage")), ""))
        if said:
            found.append(_lagging(desk, each, held[each], rows[each], months.get(each, []), said))
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        for lag in one.lags:
            counts[lag.rule, lag.label] = counts.get((lag.rule, lag.label), 0) + 1
    found.sort(key=lambda one: (-len(one.lags), -one.total, one.name))
    return Pipeline(
        at.key, stages, whole, share(begun, len(live)), share(done, len(live)), share(whole.done, whole.total),
        share(whole.ytd, whole.plan), share(whole.arrived, whole.total), share(whole.paid, whole.arrived), found,
        [(rule, label, count) for (rule, label), count in counts.items()], len(ids) - len(here),
    )  # fmt: skip


def _months(desk: Desk, at: Period) -> dict[str, list[Values]]:
    """Dispatches up to the month by project, oldest first."""
    ids, _ = desk.store.records.ids("project_month")
    found: dict[str, list[Values]] = {}
    for values in desk.store.records.values("project_month", ids).values():
        if str(values.get("period") or "9999") <= at.key:
            found.setdefault(str(values.get("project")), []).append(values)
    for rows in found.values():
        rows.sort(key=lambda values: str(values["period"]))
    return found


def _newest(months: list[Values], name: str) -> int:
    return next((int(values[name] or 0) for values in reversed(months) if values.get(name) is not None), 0)


def _row(project: Values, months: list[Values], at: Period) -> Sums:
    year = [values for values in months if str(values.get("period"))[:4] == at.key[:4]]
    done = _newest(months, "total") or (0 if months else _number(project.get("equipment_paid")))
    return Sums(
        1, _number(project.get("total_investment")), _number(project.get("equipment_investment")),
        _newest(year, "plan_year"), _newest(year, "ytd"), done, _newest(months, "arrived"), _newest(months, "paid"),
    )  # fmt: skip


def _number(value: Value) -> int:
    return int(value or 0)


def _sum(rows: list[Sums]) -> Sums:
    names = ("count", "total", "equipment", "plan", "ytd", "done", "arrived", "paid")
    return Sums(*(sum(getattr(row, name) for row in rows) for name in names))


def _lagging(desk: Desk, record: str, values: Values, row: Sums, months: list[Values], said: list[Lag]) -> Lagging:
    form = desk.form("project")
    texts = {
        name: form.field(name).type.printed(values.get(name), desk.names)
        for name in ("enterprise", "authority", "stage")
    }
    last = str(months[-1]["period"]) if months else ""
    return Lagging(
        record, str(values.get("name") or ""), texts["enterprise"], texts["authority"], texts["stage"],
        Decimal(row.total).scaleb(-6), Decimal(row.done).scaleb(-6), last, tuple(said),
    )  # fmt: skip
