"""Words and marks for results and matches. Amounts never come with a sum over policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.capital import capital_money
from desktop.model.policies import NOTE, Match, Result, Rule, Step
from desktop.model.policies.exact import shown, yuan
from desktop.model.policies.matching import STATES
from desktop.model.policies.rules import STATUSES

PENDING = "待核"
MANY = Decimal(10_000)


@dataclass(frozen=True)
class Headline:
    """The one figure of a result: label, figure, unit, 大写 or a remark; a remark on an upper bound beside it."""

    label: str
    figure: str
    unit: str
    words: str
    beside: str = ""


@dataclass(frozen=True)
class Line:
    """One numbered step on screen; `mark` and `remark` stand below the formula."""

    title: str
    amount: str
    formula: str
    mark: str
    remark: str


@dataclass(frozen=True)
class Entry:
    """One policy beside a record: mark, number, name, amount or 待核, a sentence, what is shared or used."""

    rule: str
    number: str
    title: str
    mark: str
    amount: str
    unit: str
    sentence: str
    small: str = ""
    claimable: bool = False


def headline(result: Result) -> Headline:
    rule = result.rule
    low = sum((part.low or part.counted for part in result.parts if part.result == "up_to"), Decimal(0))
    bound = ""
    if result.up_to is not None:
        bound = f"{low:,.2f}—{result.up_to:,.2f}" if low != result.up_to else f"{result.up_to:,.2f}"
    label = f"{rule.amount_label or '测算金额'}{'（预估）' if result.estimate else ''}"
    if result.amount is not None:
        beside = f"另有最高 {bound} 元，以核定为准" if bound else ""
        return Headline(label, f"{result.amount:,.2f}", "元", capital_money(int(result.amount.scaleb(2))), beside)
    if bound:
        words = f"区间 {bound} 元，文件没有确定金额" if low != result.up_to else "文件只写上限，没有确定金额"
        return Headline("最高，以核定为准", f"{result.up_to:,.2f}", "元", words)
    if not rule.figures:
        return Headline("测算金额", PENDING, "", "条文没有写明金额")
    return Headline("测算金额", "—", "", "没有金额")


def lines(result: Result) -> list[Line]:
    """Every step that computes, in order; what the steps rest on stands elsewhere."""
    bounds = {part.name for part in result.parts if part.result == "up_to"}
    kinds = ("award", "sum", "cap", "total")
    return [_line(step, step.part in bounds) for step in result.steps if step.kind in kinds]


def _line(step: Step, bound: bool) -> Line:
    amount = f"{'最高 ' if bound else ''}{step.amount:,.2f}" if step.amount is not None else ""
    if step.kind == "cap":
        return Line(step.title, amount, "", "capped" if step.capped else "done", step.mark)
    mark = "capped" if step.capped else "done" if step.limit is not None else "na"
    return Line(step.title, amount, step.formula, mark if step.mark else "", step.mark)


def remarks(result: Result) -> list[tuple[str, str]]:
    """(mark, words): reasons why nothing or less is due, what is open, what is to be known."""
    found = [("na", reason) for reason in result.reasons]
    kinds = {"caution": "soon", "note": "same"}
    return found + [(kinds[step.kind], step.text) for step in result.steps if step.kind in kinds]


def clause_pieces(rule: Rule, result: Result | None) -> list[tuple[str, bool]]:
    """The clause cut where the passages begin and end that this result rests on."""
    used = {part.name for part in result.parts} if result else set()
    quotes = [part.quote for part in rule.parts if part.quote and (part.name in used or not used)]
    return underlined(rule.clause, quotes)


def underlined(text: str, quotes: Sequence[str]) -> list[tuple[str, bool]]:
    flags = [False] * len(text)
    for quote in quotes:
        at = text.find(quote)
        if at >= 0:
            flags[at : at + len(quote)] = [True] * len(quote)
    pieces: list[tuple[str, bool]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or flags[place] != flags[start]:
            pieces.append((text[start:place], flags[start]))
            start = place
    return pieces


def version_line(rule: Rule, result: Result | None) -> str:
    said = [f"规则版本 {rule.version}，元以下向下取到分。测算不等于核定，{NOTE}。"]
    if result is not None and result.estimate_text:
        said.append(f"预估：{result.estimate_text}。")
    return "".join(said)


def status_words(rule: Rule, result: Result | None) -> tuple[str, str]:
    """(mark, words) for the document: 现行, 待核, 到期 …, with its dates."""
    status = result.status if result is not None else rule.status
    mark = {"current": "done", "unknown": "soon"}.get(status, "error")
    span = ""
    if rule.valid_to:
        span = f"，有效期至 {rule.valid_to.isoformat()}"
    elif status == "unknown":
        span = "，是否仍现行须核对"
    return mark, STATUSES[status] + span


def entry(match: Match) -> Entry:
    """What stands beside a record for one policy."""
    rule, result = match.rule, match.result
    number = str(rule.number) if rule.number is not None else ""
    small = match.shared
    if match.state == "computed" and result is not None:
        amount, unit = _short(result.amount if result.amount is not None else result.up_to)
        if result.amount is None:
            amount = f"最高 {amount}"
        steps = [step for step in result.steps if step.kind in ("award", "cap")]
        awards = [step for step in steps if step.kind == "award" and step.amount is not None]
        said = [f"{step.formula} = {yuan(step.amount)}" for step in awards[:2] if step.amount is not None]
        said += [f"另有 {len(awards) - 2} 笔"] if len(awards) > 2 else []
        said += [step.mark for step in awards[:2] if step.capped or step.rounded]
        said += [step.mark for step in steps if step.kind == "cap" and (step.capped or step.already)]
        used = [f"{cap.title}已使用 {yuan(cap.already)}" for cap in result.caps if cap.already]
        words = "；".join(said) + ("（预估）" if result.estimate else "")
        small = "，".join(part for part in (*used, small) if part)
        return Entry(rule.name, number, rule.title, "done", amount, unit, f"{words}。", small, True)
    if match.state == "missing":
        sentence = match.problem or "；".join(item.text for item in match.missing) + "，补上后可测算。"
        return Entry(rule.name, number, rule.title, "soon", PENDING, "", sentence, small)
    if match.state == "clause":
        sentence = f"{rule.reason.rstrip('。')}。"
        return Entry(rule.name, number, rule.title, "soon", PENDING, "", sentence, "、".join(rule.units))
    reasons = "；".join(result.reasons) if result is not None else "依据文件不在有效期，须核对现行政策"
    word = "不适用" if match.state == "unmet" else "无效期"
    return Entry(rule.name, number, rule.title, "na", word, "", f"{reasons}。")


def _short(amount: Decimal | None) -> tuple[str, str]:
    """Money beside a record: 万元 from ten thousand on, when two decimals tell it whole."""
    if amount is None:
        return PENDING, ""
    if amount >= MANY and amount % 100 == 0:
        return f"{amount / MANY:,.2f}", "万元"
    return f"{amount:,.2f}", "元"


__all__ = [
    "STATES", "Entry", "Headline", "Line", "clause_pieces", "entry", "headline", "lines", "remarks", "shown",
    "status_words", "underlined", "version_line",
]  # fmt: skip
