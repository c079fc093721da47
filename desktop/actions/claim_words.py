"""The arithmetic of a result as plain lines: for the clipboard, and for the explanation a claim keeps."""

from __future__ import annotations

from decimal import Decimal

from desktop.actions.policy_use import use_line
from desktop.model.policies import Result
from desktop.model.policies.exact import yuan

MOST = 4000  # characters of the claim's explanation


def money_words(fen: int) -> str:
    """1234567 -> 12,345.67 元."""
    return yuan(Decimal(fen).scaleb(-2))


def arithmetic(result: Result) -> list[str]:
    """Every step in its order, then the amount, the reasons, the clause and what it rests on."""
    rule = result.rule
    numbered = f"第 {rule.number} 条 " if rule.number is not None else ""
    lines = [f"{numbered}{rule.title}"]
    lines += [step.text for step in result.steps if step.kind != "basis"]
    lines += [f"没有金额：{reason}" for reason in result.reasons]
    label = rule.amount_label or "金额"
    if result.amount is not None:
        lines.append(f"{label}{'（预估）' if result.estimate else ''}：{yuan(result.amount)}")
    if result.up_to is not None:
        low = sum((part.low or part.counted for part in result.parts if part.result == "up_to"), Decimal(0))
        span = f"{yuan(low)}—" if low != result.up_to else "最高 "
        lines.append(f"以核定为准：{span}{yuan(result.up_to)}")
    return lines


def basis(result: Result) -> list[str]:
    """The clause and the document: what an answer rests on."""
    rule = result.rule
    first = [step.text for step in result.steps if step.kind == "basis"]
    return [*first, f"条文：{rule.clause}", f"测算不等于核定，{result.note}。"]


def explanation(result: Result) -> str:
    """What a claim keeps: arithmetic, use of the caps, basis; rows beyond the field's room are counted, not cut."""
    head, tail = arithmetic(result), [line for line in (use_line(result), *basis(result)) if line]
    room = MOST - sum(len(line) + 1 for line in tail)
    first, last = head[:1], head[-3:]
    middle, left = head[1:-3], 0
    while middle and sum(len(line) + 1 for line in [*first, *middle, *last]) + 24 > room:
        middle.pop()
        left += 1
    more = [f"……另有 {left} 行，见测算……"] if left else []
    kept = [*first, *middle, *more, *last] if len(head) > 3 else head
    return "\n".join([*kept, *tail])[:MOST]


def copied(result: Result) -> str:
    """The arithmetic as Ctrl+C puts it on the clipboard."""
    return "\n".join([*arithmetic(result), *basis(result)])
