"""Figures out of line with the period before. Each sentence says the rule it broke; none of them blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from desktop.actions.ready.inside import Found, Inside, number, plain
from desktop.model.canonical import read_canonical
from desktop.model.periods import Period

SHARE = Decimal("0.5")  # of the figure before: what a figure may change without a word
TIMES = 3  # a site's month may be three times the one before, or a third
FALLING = "规则：累计数不应减少"
JUMPING = "规则：比上期变动一半以上的要核对"


def of_trend(inside: Inside) -> Iterator[Found]:
    yield from _measures(inside)
    yield from _project_months(inside)
    yield from _site_months(inside)
    yield from _projects(inside)


def _measures(inside: Inside) -> Iterator[Found]:
    indicators = inside.values("indicator", {str(each["indicator"]) for each in inside.values("measure").values()})
    for record, held in inside.values("measure").items():
        indicator = indicators.get(str(held["indicator"]), {})
        period = Period.parse(str(held["period"]))
        others = inside.where("measure", indicator=held["indicator"], unit=held["unit"]).values()
        earlier = [each for each in others if Period.parse(str(each["period"])).last < period.first]
        if not earlier:
            continue
        last = max(earlier, key=lambda each: Period.parse(str(each["period"])).last)
        old, new = number(last.get("value")), number(held.get("value"))
        if old is None or new is None:
            continue
        name, unit = inside.label("indicator", str(held["indicator"])), indicator.get("unit") or ""
        when = Period.parse(str(last["period"])).label
        said = f"指标“{name}” {plain(new)} {unit}，{when}是 {plain(old)} {unit}"
        same_year = Period.parse(str(last["period"])).year == period.year
        kind = indicator.get("kind")
        if (kind == "cumulative" and new < old) or (kind == "yearly" and same_year and new < old):
            yield Found("warn", "trend", f"{said}，变少了。{FALLING}，请核对", "measure", record, "value")
        elif old and (kind != "yearly" or same_year) and abs(new - old) > abs(old) * SHARE:
            yield Found("warn", "trend", f"{said}。{JUMPING}", "measure", record, "value")


def _project_months(inside: Inside) -> Iterator[Found]:
    for record, held in inside.values("project_month").items():
        period = Period.parse(str(held["period"]))
        found = inside.where("project_month", project=held["project"], period=period.previous().key)
        before = next(iter(found.values()), None)
        if before is None:
            continue
        for name in ("total", "ytd", "arrived", "paid"):
            old, new = before.get(name), held.get(name)
            january = name == "ytd" and period.number == 1
            if old is None or new is None or january or int(new) >= int(old):
                continue
            label, words = inside.label("project", str(held["project"])), inside.desk.forms["project_month"].field(name)
            said = [inside.text("project_month", name, each) for each in (new, old)]
            message = f"{label}：{words.label} {said[0]}，上月是 {said[1]}，变少了。{FALLING}，请核对"
            yield Found("warn", "trend", message, "project_month", record, name)


def _site_months(inside: Inside) -> Iterator[Found]:
    """Tons of a site in all goods, against its month before."""
    tons: dict[tuple[str, str], Decimal] = {}
    first: dict[tuple[str, str], str] = {}
    for record, held in inside.values("site_month").items():
        key = str(held["site"]), str(held["period"])
        tons[key] = tons.get(key, Decimal()) + (number(held.get("tons")) or Decimal())
        first.setdefault(key, record)
    for (site, period), new in tons.items():
        before = Period.parse(period).previous()
        rows = inside.where("site_month", site=site, period=before.key).values()
        old = sum((number(row.get("tons")) or Decimal() for row in rows), Decimal())
        if old and (new > old * TIMES or new * TIMES < old):
            label = inside.label("site", site)
            message = f"{label}：{Period.parse(period).label}回收 {plain(new)} 吨，{before.label}是 {plain(old)} 吨"
            rule = "规则：相差三倍以上的要核对"
            yield Found("warn", "trend", f"{message}。{rule}", "site_month", first[site, period], "tons")


def _projects(inside: Inside) -> Iterator[Found]:
    """Against what was handed in of the period before."""
    former = inside.desk.store.submissions.before(inside.printed.name, inside.about, inside.unit, inside.period.key)
    if former is None:
        return
    data = read_canonical(former.data)
    when = Period.parse(former.period).label
    theirs = {str(row["id"]): row for row in data.get("records", {}).get("project", [])}
    mine = {str(row["id"]): row for row in inside.data.get("records", {}).get("project", [])}
    for record, row in mine.items():
        old = theirs.get(record)
        if old is None:
            continue
        label = inside.label("project", record)
        for name in ("total_investment", "equipment_investment", "equipment_paid"):
            a, b = old.get(name), row.get(name)
            if a is None or b is None or a == b:
                continue
            words = inside.desk.forms["project"].field(name).label
            said = f"{label}：{words} {inside.text('project', name, b)}，{when}报的是 {inside.text('project', name, a)}"
            if name == "equipment_paid" and b < a:
                yield Found("warn", "trend", f"{said}，变少了。{FALLING}，请核对", "project", record, name)
            elif name != "equipment_paid":
                yield Found("warn", "trend", f"{said}。规则：投资额改变的要核对", "project", record, name)
    listed = Counter(row.data["of"] for _, row in inside.rows("project"))
    for table in inside.printed.tables:
        for row in data.get("rows", {}).get(table.name, []) if table.form == "project" and not table.changed else ():
            record = str(row["of"])
            left = inside.values("project", [record]).get(record, {})
            if not listed[record] and not left.get("exit_on"):
                name = data.get("labels", {}).get("project", {}).get(record) or theirs.get(record, {}).get("name", "")
                message = f"项目“{name}”{when}报过，这一次没有，也没有写退出日期，请核对"
                yield Found("warn", "trend", message, "project" if left else "", record if left else "")
