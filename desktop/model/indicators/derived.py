"""Figures that the office's own records answer, each with the ids of the records behind it.

`site` and `project` as of the end of a period: what was opened, recognised or begun later does not count yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.periods import Period

Values = Mapping[str, Value]
Records = Callable[[str], Iterable[tuple[str, Values]]]

YI = 10_000_000_000  # 1 亿元 in 分
BEGUN = ("building", "completed", "operating", "paused")
RULES = {
    "sites.modern": "运营中、已认定现代化的固定型和流动站点",
    "sites.intelligent": "运营中、已认定绿色数智化的分拣中心",
    "projects.upgrades": "工业领域总投资 1 亿元及以上、当年在实施的技术改造项目，待工信部门确认",
    "rate.investment": "本年累计完成投资 ÷ 年度计划投资",
    "rate.payment": "资金支付 ÷ 资金到位",
    "rate.start": "已开工项目 ÷ 全部项目",
}
UNITS = {"sites.modern": "个", "sites.intelligent": "个", "projects.upgrades": "个"}


@dataclass(frozen=True)
class Derived:
    """`value` None with the `reason`; `form` and `ids` are the records that were counted or added up.

    `part` and `whole` are the two sides of a rate (分, or numbers of projects), None for a count.
    """

    rule: str
    words: str
    value: Fraction | None
    form: str
    ids: tuple[str, ...]
    reason: str = ""
    part: int | None = None
    whole: int | None = None

    @property
    def unit(self) -> str:
        return UNITS.get(self.rule, "%")


def derive(rule: str, sector: str, period: Period, records: Records) -> Derived:
    """The figure of a rule at the end of a period. Raises Refused for an unknown rule."""
    if rule not in RULES:
        raise Refused(f"没有“{rule}”这条计算规则，可用的有 {'、'.join(RULES)}")
    if rule.startswith("sites."):
        ids = tuple(identity for identity, values in records("site") if counts(rule, values, period))
        return Derived(rule, RULES[rule], Fraction(len(ids)), "site", ids)
    if rule == "projects.upgrades":
        ids = tuple(identity for identity, values in records("project") if _upgrade(values, period))
        return Derived(rule, RULES[rule], Fraction(len(ids)), "project", ids)
    projects = {
        identity: values for identity, values in records("project")
        if (not sector or values.get("sector") == sector) and _held(values, period)
    }  # fmt: skip
    if rule == "rate.start":
        begun = sum(_begun(values, period) for values in projects.values())
        return _rate(rule, begun, len(projects), "project", tuple(projects), "这一领域没有项目")
    part, whole, none = {
        "rate.investment": ("ytd", "plan_year", "没有填年度计划投资"),
        "rate.payment": ("paid", "arrived", "没有资金到位数"),
    }[rule]
    latest = _latest(records("project_month"), projects, period)
    rows = [(identity, values) for identity, values in latest.items() if values.get(whole) is not None]
    top = sum(int(values.get(part) or 0) for _, values in rows)
    bottom = sum(int(values[whole] or 0) for _, values in rows)
    return _rate(rule, top, bottom, "project_month", tuple(identity for identity, _ in rows), none)


def counts(rule: str, site: Values, period: Period) -> bool:
    """Whether a site counts toward 120 or 12 at the end of the period (task 42)."""
    kinds, recognised = (("fixed", "mobile"), "modern") if rule == "sites.modern" else (("centre",), "intelligent")
    if site.get("kind") not in kinds or not site.get(recognised) or site.get("state") == "preparing":
        return False
    if _after(site.get("opened"), period) or _after(site.get(f"{recognised}_on"), period):
        return False
    return site.get("state") == "open" or _after(site.get("closed_on"), period)


def _after(day: Value, period: Period) -> bool:
    """Whether a known day or month lies behind the period."""
    return day is not None and str(day) > period.last.isoformat()[: len(str(day))]


def _held(project: Values, period: Period) -> bool:
    """Whether a project was in the list at the end of the period."""
    left = project.get("exit_on")
    return not _after(project.get("entered_on"), period) and (left is None or _after(left, period))


def _begun(project: Values, period: Period) -> bool:
    return project.get("stage") in BEGUN and not _after(project.get("start"), period)


def _upgrade(project: Values, period: Period) -> bool:
    """实施 in a year: begun by the end of the period and not finished before the year began."""
    if project.get("kind") != "upgrade" or project.get("sector") != "industry":
        return False
    if int(project.get("total_investment") or 0) < YI or not _held(project, period) or not _begun(project, period):
        return False
    finish = project.get("finish")
    return finish is None or str(finish) >= f"{period.year}-01"


def _latest(months: Iterable[tuple[str, Values]], projects: Mapping[str, Values], period: Period) -> dict[str, Values]:
    """Of each project its last month of the year up to the period, by id of the month."""
    found: dict[str, tuple[str, str, Values]] = {}
    for identity, values in months:
        project, month = str(values.get("project")), str(values.get("period") or "")
        inside = month[:4] == str(period.year) and month <= period.last.isoformat()[:7]
        if project in projects and inside and month >= found.get(project, ("",))[0]:
            found[project] = (month, identity, values)
    return {identity: values for _, identity, values in found.values()}


def _rate(rule: str, part: int, whole: int, form: str, ids: tuple[str, ...], none: str) -> Derived:
    if whole <= 0:
        return Derived(rule, RULES[rule], None, form, ids, none)
    return Derived(rule, RULES[rule], Fraction(part, whole) * 100, form, ids, part=part, whole=whole)
