"""`subsidy`: one policy, one case, one answer. The public way into this package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.policies import exact
from desktop.model.policies.compute import compute, status_on
from desktop.model.policies.facts import Checked, Problem, as_date, check
from desktop.model.policies.loading import load_rules
from desktop.model.policies.result import OUT_OF_DATES, Result, Step
from desktop.model.policies.rules import Rule, Rules
from desktop.model.policies.shape import COMMON


def subsidy(
    number: int | str,
    facts: Mapping[str, object],
    *,
    on: date | None = None,
    rules: Rules | None = None,
    already: Mapping[str, object] | None = None,
    planned: bool = False,
) -> Result:
    """What policy `number` (the plan's number, or a rule's name) gives for `facts`.

    Facts are those of the rule's schema, as fixed in the table "Facts for `subsidy NUMBER`"; money is 元 as decimal
    text, int or Decimal, never float, never finer than 分. Besides them every rule takes `on` (ISO date; the day the
    rule must be in force; today if absent), `planned` (true: figures are planned, the result says 预估) and `already`
    (`{cap name: 元}` used before of the caps that belong to the enterprise); the arguments of the same names are used
    where the facts do not give them.

    Every figure is rounded down to the 分 line by line, so that the lines shown add up. Policy 1 with both classes:
    `parts` has each class after its own cap, `amount` is their sum, and a step says 合并上限文件未写明，待核.
    Policies whose text sets no figure answer with clause, units and reason, `amount` None, whatever the facts.

    Refused: no such policy; facts missing, unknown, of the wrong type, negative or too fine (`details` lists each).
    """
    rule = (rules if rules is not None else load_rules()).find(number)
    if not isinstance(facts, Mapping):
        raise Refused("测算的内容应是一个 JSON 对象，请核对文件。", [{"field": "", "message": "应是一个对象"}])
    problems: list[Problem] = []
    day = _day(facts, on, problems)
    if not rule.figures:
        _refuse(problems, rule)
        return _clause_only(rule, day)
    is_planned = planned if facts.get("planned") is None else facts["planned"]
    if not isinstance(is_planned, bool):
        problems.append(Problem("planned", "“计划数”（planned）只能是 true 或 false。", is_planned))
    used = _already(facts.get("already", already), rule, problems)
    case = check_case(rule, {name: value for name, value in facts.items() if name not in COMMON}, problems)
    _refuse(problems, rule)
    return compute(rule, case, day, used, bool(is_planned))


def check_case(rule: Rule, facts: Mapping[str, object], problems: list[Problem]) -> Checked:
    """The rule's own facts (without on, planned, already) in exact types; what is wrong goes to `problems`."""
    case = check(facts, rule.facts, problems)
    if rule.need_any and not any(facts.get(name) not in (None, []) for name in rule.need_any):
        labels = "、".join(fact.label for fact in rule.facts if fact.name in rule.need_any)
        problems.append(Problem(rule.need_any[0], f"{labels} 至少填一项。"))
    return case


def _day(facts: Mapping[str, object], on: date | None, problems: list[Problem]) -> date:
    raw = facts.get("on")
    if raw is None:
        return on or date.today()
    day = as_date(raw, "测算日期", "on", problems)
    if day is not None and on is not None and day != on:
        problems.append(Problem("on", f"测算日期 {day} 与指定的 {on} 不一致，请只给一个。", str(raw)))
    return day or date.min


def _already(raw: object, rule: Rule, problems: list[Problem]) -> dict[str, Decimal]:
    used: dict[str, Decimal] = {}
    if raw is None:
        return used
    if not isinstance(raw, Mapping):
        problems.append(Problem("already", "“已使用额度”（already）要按上限名称填金额。", raw))
        return used
    caps = {cap.name: cap for cap in rule.caps if cap.scope == "enterprise"}
    for name, amount in raw.items():
        value = exact.parse(amount)
        if name not in caps:
            offered = "、".join(f"{cap.name}（{cap.title}）" for cap in caps.values()) or "没有"
            problems.append(Problem(f"already.{name}", f"没有名为“{name}”的企业上限，本条政策的企业上限：{offered}。"))
        elif value is None or value < 0 or exact.decimals(value) > 2:
            message = f"“{caps[name].title}已使用”（already.{name}）应是不为负、精确到分的金额。"
            problems.append(Problem(f"already.{name}", message, amount))
        else:
            used[name] = value
    return used


def _refuse(problems: list[Problem], rule: Rule) -> None:
    if not problems:
        return
    first, more = problems[0].message, len(problems) - 1
    tail = f"（另有 {more} 处）" if more else ""
    name = f"政策第 {rule.number} 条" if rule.number is not None else f"政策“{rule.title}”"
    raise Refused(f"{name}的测算内容有误：{first.rstrip('。')}{tail}。", [problem.as_detail() for problem in problems])


def _clause_only(rule: Rule, day: date) -> Result:
    status = status_on(rule, day)
    reasons = (rule.reason,) if rule.in_dates(day) else (OUT_OF_DATES, rule.reason)
    text = f"依据{rule.cites()}（{rule.year} 年），责任单位：{'、'.join(rule.units)}"
    return Result(rule, day, status, steps=(Step("basis", "依据", text),), reasons=reasons)
