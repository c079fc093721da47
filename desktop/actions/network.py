"""The recycling network against the plan's goals: which site counts, what the district and each township still lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.records import find
from desktop.model.fields.base import Value
from desktop.model.registers import record_id

SITES, CENTRES = "recycling-sites", "sorting-centres"  # series of the plan's indicators (task 42)
COUNTED = {"fixed": "modern", "mobile": "modern", "centre": "intelligent"}  # kind -> the recognition that it needs


@dataclass(frozen=True)
class Standing:
    """One site against its goal. `kind` full (counts), half (counts once it is open), none; `words` say why."""

    kind: str
    words: str


@dataclass(frozen=True)
class Goal:
    """`full` count, `half` will once open, `target` of the district (None: not set), `year`, `city` as published."""

    name: str
    full: int
    half: int
    target: int | None
    year: int
    city: str

    @property
    def missing(self) -> int:
        return max(0, (self.target or 0) - self.full - self.half)


@dataclass(frozen=True)
class Township:
    """A township on the map; `missing` of its target have no site yet."""

    id: str
    name: str
    row: int
    column: int
    full: int
    half: int
    target: int

    @property
    def missing(self) -> int:
        return max(0, self.target - self.full - self.half)


def standing(values: Mapping[str, Value]) -> Standing:
    """Toward the plan: open, modern, fixed or mobile; open, intelligent centres (task 42)."""
    kind, state = str(values.get("kind")), values.get("state")
    needed = COUNTED.get(kind)
    if state == "closed":
        return Standing("none", "已停用")
    if needed is None:
        return Standing("none", "不在目标内")
    if not values.get(needed):
        return Standing("none", "未达现代化" if needed == "modern" else "未达数智化")
    return Standing("full", "计入") if state == "open" else Standing("half", "待投运")


@dataclass(frozen=True)
class Need:
    """One condition of counting toward the plan's goal; `held` how the site stands in it."""

    label: str
    met: bool
    held: str


RECOGNISED = {"modern": "认定为现代化网点", "intelligent": "认定为绿色数智化"}
STATES = {"preparing": "筹建", "open": "运营", "closed": "停用"}


def needs_of(values: Mapping[str, Value]) -> list[Need]:
    """The conditions of `standing` one by one; for a kind outside the goals only that it is."""
    kind = str(values.get("kind"))
    needed = COUNTED.get(kind)
    if needed is None:
        return [Need("类型在目标内（固定型站点、流动站点、分拣中心）", False, "不在目标内")]
    recognised = bool(values.get(needed))
    return [
        Need(RECOGNISED[needed], recognised, "已认定" if recognised else "未认定"),
        Need("状态为运营", values.get("state") == "open", STATES.get(str(values.get("state")), "未填")),
    ]


def candidates(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """Of each township that lacks sites: (name, what it lacks) of the sites there that do not count yet."""
    found: dict[str, list[tuple[str, str]]] = {each.name: [] for each in townships(desk) if each.missing}
    for _, values in find(desk, "site")[0]:
        town = str(values.get("township") or "")
        if town in found and values.get("kind") in ("fixed", "mobile") and standing(values).kind == "none":
            lack = [each.held for each in needs_of(values) if not each.met]
            found[town].append((str(values["name"]), "、".join(lack)))
    return found


def goals(desk: Desk) -> list[Goal]:
    """现代化回收网点 and 绿色数智化分拣中心 of the district."""
    counts = {SITES: [0, 0], CENTRES: [0, 0]}
    for _, values in find(desk, "site")[0]:
        held = standing(values)
        series = CENTRES if values.get("kind") == "centre" else SITES
        if held.kind != "none":
            counts[series][held.kind == "half"] += 1
    made = []
    for series, (full, half) in counts.items():
        indicator = next(each for each in desk.plan.indicators if each.series == series)
        target = _target(desk, series)
        if target is None and series == SITES:
            target = sum(each.target for each in townships(desk)) or None
        city = f"{indicator.year}年，全市 {indicator.value} {indicator.unit}"
        made.append(Goal(indicator.name, full, half, target, indicator.year or 0, city))
    return made


def _target(desk: Desk, series: str) -> int | None:
    """The district's own share: the target of the last year that the district has set for itself."""
    identity = record_id(desk.district, "indicator", [series])
    found, _ = find(desk, "target", where={"indicator": identity, "unit": desk.district_name})
    years = sorted((str(values["year"]), values["value"]) for _, values in found if values.get("value") is not None)
    return int(float(str(years[-1][1]))) if years else None


def townships(desk: Desk) -> list[Township]:
    """Townships that have a place on the map, with the sites that stand in them."""
    counts: dict[str, list[int]] = {}
    for _, values in find(desk, "site")[0]:
        held = standing(values)
        if held.kind != "none" and values.get("kind") != "centre":
            counts.setdefault(str(values.get("township") or ""), [0, 0])[held.kind == "half"] += 1
    made = []
    for record, values in find(desk, "township")[0]:
        if values.get("row") is None or values.get("column") is None:
            continue
        full, half = counts.get(str(values["name"]), [0, 0])
        made.append(
            Township(
                record, str(values["name"]), int(values["row"] or 0), int(values["column"] or 0), full, half,
                int(values.get("target") or 0),
            )
        )  # fmt: skip
    return made
