"""Ready texts to paste: 催报 to the units that are missing, 通报 of who answered and who did not."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.actions.desk import Desk
from desktop.actions.rounds_answered import ALL, NONE, PART, Answers, UnitAnswer, answered, percent, rates, together
from desktop.model.errors import Refused
from desktop.model.periods import Period

MOST = 5  # names in one line of a reminder
INDENT = "　　"


def day_words(day: str, *, year: bool = False) -> str:
    """12月5日, with `year` 2026年12月5日"""
    number, month, last = day.split("-")
    return (f"{number}年" if year else "") + f"{int(month)}月{int(last)}日"


def remind(desk: Desk, period: str, units: Iterable[str] | None = None) -> str:
    """催报 to all units that have not given everything, or to those named. Raises Refused when nobody is missing."""
    found = answered(desk, period)
    wanted = None if units is None else set(units)
    missing = [each for each in found.missing if wanted is None or each.unit in wanted]
    if not missing:
        raise Refused(f"{found.label}已全部交齐，不用催报")
    whom = missing[0].unit if len(missing) == 1 else "各有关单位"
    late = found.today > found.due
    days = {each.due for each in missing}
    when = (
        f"{'已于' if late else '请于'}{day_words(found.due)}{'到期' if late else '前交回'}"
        if len(days) == 1
        else "已分别明确交回时间"
    )
    opening = f"{found.label}“两新”工作进展填报{when}。"
    lines = [f"{whom}：", INDENT + opening + f"截至{day_words(found.today)}，" + (
        "贵单位尚有以下内容没有收到：" if len(missing) == 1 else f"以下 {len(missing)} 个单位尚未交齐："
    )]  # fmt: skip
    for place, each in enumerate(missing, 1):
        due = f"（{day_words(each.due)}前）" if len(days) > 1 else ""
        lines.append(f"{INDENT}{place}. {each.unit}{due}：{_lacking(each)}")
    ending = "烦请尽快用下发的填报表补齐交回" if late else "烦请按时用下发的填报表交回"
    lines.append(f"{INDENT}{ending}；当期没有进展的任务，请填明情况和原因。如已交回，请忽略此件。感谢支持。")
    lines += [f"{desk.office}", day_words(found.today, year=True)]
    return "\n".join(lines)


def _lacking(each: UnitAnswer) -> str:
    parts = []
    if each.missing:
        parts.append(f"进展还差 {len(each.missing)} 项（共 {each.asked} 项）——{_few(each.missing)}")
    if each.missing_figures:
        parts.append(f"指标还差 {len(each.missing_figures)} 个——{_few(each.missing_figures)}")
    return "；".join(parts)


def _few(names: tuple[str, ...]) -> str:
    return "、".join(names[:MOST]) + (f"等 {len(names)} 项" if len(names) > MOST else "")


def report(desk: Desk, period: str) -> str:
    """通报 of a round: numbers, units by how they answered, bureaus and townships, the periods before."""
    found = answered(desk, period)
    if not found.units:
        raise Refused(f"{found.label}没有应报单位。请先在“任务台账”里填写牵头单位和责任单位")
    given, owed = sum(each.given for each in found.units), sum(each.owed for each in found.units)
    whole = found.of(ALL)
    in_time = [each for each in whole if not each.late]
    late = [each for each in whole if each.late]
    groups = (
        ("按时交齐", in_time), ("逾期交齐", late), ("部分交回", found.of(PART)), ("未交", found.of(NONE)),
    )  # fmt: skip
    counts = "，".join(f"{name} {len(units)} 个" for name, units in groups)
    lines = [
        f"关于{found.label}“两新”工作进展填报情况的通报",
        f"{INDENT}截至{day_words(found.today, year=True)}，应报单位 {len(found.units)} 个，{counts}；"
        f"应报 {owed} 项，已报 {given} 项，交回率 {percent(given, owed)}。",
    ]
    numerals = iter("一二三四五六")
    for name, units in groups:
        if units:
            said = "、".join(each.unit + _detail(each, name) for each in units)
            lines.append(f"{INDENT}{next(numerals)}、{name}（{len(units)} 个）：{said}。")
    lines += _by_group(found, next(numerals))
    lines += _trend(desk, period, numerals)
    lines += [desk.office, day_words(found.today, year=True)]
    return "\n".join(lines)


def _detail(each: UnitAnswer, name: str) -> str:
    if name == "逾期交齐":
        return f"（{day_words(each.last)}，应于{day_words(each.due)}前）"
    if name == "部分交回":
        return f"（已报 {each.given} 项，共 {each.owed} 项）"
    return ""


def _by_group(found: Answers, numeral: str) -> list[str]:
    said = []
    for words, township in (("部门", False), ("街镇", True)):
        units = [each for each in found.units if each.township == township]
        if units:
            given, owed = sum(each.given for each in units), sum(each.owed for each in units)
            said.append(f"{words} {len(units)} 个，交回率 {percent(given, owed)}")
    return [f"{INDENT}{numeral}、{'；'.join(said)}。"]


def _trend(desk: Desk, period: str, numerals: Iterable[str]) -> list[str]:
    rows = rates(desk, period)
    before = [each for each in together(rows) if each[0] != Period.parse(period).key]
    if not before:
        return []
    said = "，".join(f"{Period.parse(key).label} {percent(given, owed)}" for key, given, owed, _ in before)
    return [f"{INDENT}{next(iter(numerals))}、前几期交回率：{said}。"]
