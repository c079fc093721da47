"""The arithmetic of any rule: conditions, awards, shared caps, total. Pure: same rule and facts, same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.model.policies import exact
from desktop.model.policies.formula import row
from desktop.model.policies.result import OUT_OF_DATES, Award, CapUse, Result, Step
from desktop.model.policies.rules import STATUSES, Cap, Part, Rule
from desktop.model.policies.scope import case_scope, scopes, unmet

ZERO = Decimal(0)


@dataclass
class _Run:
    steps: list[Step] = field(default_factory=list)
    awards: dict[str, Award] = field(default_factory=dict)
    caps: list[CapUse] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)

    def add(self, kind: str, title: str, text: str) -> None:
        self.steps.append(Step(kind, title, text))


def compute(rule: Rule, case: Mapping[str, Any], on: date, already: Mapping[str, Decimal], planned: bool) -> Result:
    """`case` is checked facts, `already` the 元 used of each enterprise cap before, by cap name."""
    run = _Run()
    status = status_on(rule, on)
    run.steps.append(_basis(rule, on, status))
    if not rule.in_dates(on):
        run.reasons.append(OUT_OF_DATES)
        if rule.replaced_by:
            run.add("note", "替代", f"本规则已被{rule.replaced_by}替代")
        return Result(rule, on, status, steps=tuple(run.steps), reasons=tuple(run.reasons))
    run.reasons += unmet(rule.conditions, case_scope(rule, case))
    if not run.reasons:
        for part in rule.parts:
            _award(rule, part, case, run)
        _hold_down(rule, already, run)
    return _finish(rule, on, status, planned, run)


def status_on(rule: Rule, on: date) -> str:
    """The document's status on a day: past its last day expired, before its first not known to be in force."""
    if rule.status == "replaced":
        return rule.status
    if rule.valid_to and on > rule.valid_to:
        return "expired"
    if rule.valid_from and on < rule.valid_from:
        return "unknown"
    return rule.status


def _basis(rule: Rule, on: date, status: str) -> Step:
    if rule.valid_from and rule.valid_to:
        span = f"有效期{exact.day(rule.valid_from)}至{exact.day(rule.valid_to)}"
    elif rule.valid_to:
        span = f"有效期至{exact.day(rule.valid_to)}"
    elif rule.valid_from:
        span = f"{exact.day(rule.valid_from)}起执行"
    else:
        span = "未写明起止日期"
    text = f"依据{rule.cites()}（{rule.year} 年），{span}，状态{STATUSES[status]}"
    text += f"，按{exact.day(on)}测算，规则版本 {rule.version}"
    if status == "unknown":
        text += "；是否仍现行须核对"
    return Step("basis", "依据", text)


def _award(rule: Rule, part: Part, case: Mapping[str, Any], run: _Run) -> None:
    found = scopes(rule, part, case)
    if not found:
        return
    failed = unmet(part.conditions, found[0] if part.of else case_scope(rule, case))
    if failed:
        run.reasons += [f"{part.title}：{sentence}" if part.each or part.of else sentence for sentence in failed]
        return
    amounts, lows = [], []
    for scope in found:
        failed = unmet(part.item_conditions, scope)
        given = None if failed else row(part, scope)
        run.reasons += failed
        if given is None or (not given.amount and part.result == "up_to"):
            continue
        run.steps.append(given.step)
        amounts.append(given.amount)
        lows.append(given.amount if given.low is None else given.low)
    if not amounts:
        return
    summed, low = exact.total(amounts), exact.total(lows)
    if len(amounts) > 1:
        formula = " + ".join(exact.yuan(amount) for amount in amounts)
        text = f"{part.title}合计：{formula} = {exact.yuan(summed)}"
        run.steps.append(
            Step("sum", f"{part.title}合计", text, part.name, formula=formula, exact=summed, amount=summed)
        )
    run.awards[part.name] = Award(part.name, part.title, part.result, summed, summed, low if low != summed else None)


def _hold_down(rule: Rule, already: Mapping[str, Decimal], run: _Run) -> None:
    """Caps in the order of the file. A cap over several parts is used up by the parts in their order."""
    met = [(cap, [name for name in cap.parts if name in run.awards]) for cap in rule.caps]
    met = [(cap, parts) for cap, parts in met if parts]
    for cap, parts in met:
        before = _before(cap, already)
        left = limit = max(cap.value - before, ZERO)
        asked = exact.total([run.awards[name].counted for name in parts])
        for name in parts:
            counted = min(run.awards[name].counted, left)
            left -= counted
            run.awards[name] = replace(run.awards[name], counted=counted)
        given = limit - left
        over = asked > limit
        if before:
            mark = (
                f"{cap.text}，已使用 {exact.yuan(before)}，余额 {exact.yuan(limit)}，{'超过' if over else '未超过'}余额"
            )
        else:
            mark = f"{'超过' if over else '未超过'}{cap.text}"
        if over:
            mark += f"，按 {exact.yuan(given)}计"
        run.steps.append(
            Step(
                kind="cap",
                title=cap.title,
                text=f"{cap.title} {exact.yuan(asked)}，{mark}",
                limit=limit,
                already=before,
                capped=over,
                amount=given,
                mark=mark,
            )
        )
        if asked and not given:
            run.reasons.append(f"{cap.title}：{cap.text}，已使用 {exact.yuan(before)}，没有余额")
    # A later cap can take back what an earlier one let through, so use is counted only now.
    for cap, parts in met:
        used = exact.total([run.awards[name].counted for name in parts])
        run.caps.append(CapUse(cap.name, cap.title, cap.text, cap.scope, cap.value, _before(cap, already), used))


def _before(cap: Cap, already: Mapping[str, Decimal]) -> Decimal:
    return already.get(cap.name, ZERO) if cap.scope == "enterprise" else ZERO


def _finish(rule: Rule, on: date, status: str, planned: bool, run: _Run) -> Result:
    awards = tuple(run.awards.values())
    amount = _sum(awards, "amount")
    up_to = _sum(awards, "up_to")
    paid = [award for award in awards if award.result == "amount"]
    if len(paid) > 1 and amount is not None:
        formula = " + ".join(exact.yuan(award.counted) for award in paid)
        named = "、".join(award.title for award in paid)
        text = f"{named}：{formula} = {exact.yuan(amount)}"
        run.steps.append(Step("total", "合计", text, formula=formula, exact=amount, amount=amount))
    estimate = ""
    if awards:
        for caution in rule.cautions:
            if all(name in run.awards and run.awards[name].counted for name in caution.parts):
                run.cautions.append(caution.text)
        if rule.issued and on < rule.issued:
            run.cautions.append(f"所填日期早于依据文件成文日期{exact.day(rule.issued)}，能否适用待核")
        for text in run.cautions:
            run.add("caution", "待核", text)
        for text in rule.notes:
            run.add("note", "说明", text)
        estimate = "；".join(filter(None, (rule.always_estimate, "按计划数测算，结果为预估" if planned else "")))
        if estimate:
            run.add("note", "预估", estimate)
        if amount == 0 and not run.reasons:
            run.reasons.append("按所填数字计算为 0 元")
    elif not run.reasons:
        run.reasons.append("所填内容没有可计算的数，请核对后再算")
    return Result(
        rule=rule,
        on=on,
        status=status,
        amount=amount,
        up_to=up_to,
        steps=tuple(run.steps),
        parts=awards,
        caps=tuple(run.caps),
        reasons=tuple(run.reasons),
        cautions=tuple(run.cautions),
        estimate=bool(estimate),
        estimate_text=estimate,
    )


def _sum(awards: tuple[Award, ...], result: str) -> Decimal | None:
    counted = [award.counted for award in awards if award.result == result]
    return exact.total(counted) if counted else None
