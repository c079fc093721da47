"""One award: the product of its factors, exact, with the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.model.policies import exact
from desktop.model.policies.result import Step
from desktop.model.policies.rules import Factor, Part
from desktop.model.policies.scope import Scope, holds


@dataclass(frozen=True)
class Term:
    """A factor with its figures filled in. `high` differs from `low` only for a range."""

    low: Decimal
    high: Decimal
    text: str
    inputs: tuple[tuple[str, str], ...] = ()
    rate: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Row:
    """What one row, group or case gives, rounded down to the 分; `low` only for a range."""

    step: Step
    amount: Decimal
    low: Decimal | None = None


def row(part: Part, scope: Scope) -> Row | None:
    """The award of one scope; None when a factor has no figure there."""
    terms = [_term(factor, scope) for factor in part.factors]
    filled = [term for term in terms if term is not None]
    if len(filled) != len(terms):
        return None
    value = exact.product([term.high for term in filled])
    low = exact.product([term.low for term in filled])
    amount, remarks, capped = exact.down(value), [t.remark for t in filled if t.remark], False
    rounded = amount != value
    if rounded:
        remarks.append(f"向下取到分为 {exact.yuan(amount)}")
    if part.item_cap is not None:
        capped = amount > part.item_cap.value
        if capped:
            amount = part.item_cap.value
            remarks.append(f"超过{part.item_cap.text}，按 {exact.yuan(amount)}计")
        else:
            remarks.append(f"未超过{part.item_cap.text}")
    formula = " × ".join(term.text for term in filled)
    is_range = low != value
    shown = f"{exact.yuan(low)}—{exact.yuan(value)}" if is_range else exact.yuan(value)
    title = scope.label or part.title
    step = Step(
        kind="award",
        title=title,
        text=f"{title}：{formula} = {shown}" + "".join(f"，{remark}" for remark in remarks),
        part=part.name,
        item=scope.index,
        formula=formula,
        inputs=tuple(pair for term in filled for pair in term.inputs),
        rates=tuple(term.rate for term in filled if term.rate),
        exact=value,
        limit=part.item_cap.value if part.item_cap else None,
        capped=capped,
        rounded=rounded,
        amount=amount,
        mark="，".join(remarks),
    )
    return Row(step, amount, exact.down(low) if is_range else None)


def _term(factor: Factor, scope: Scope) -> Term | None:
    if factor.facts:
        return _of_facts(factor, scope)
    if factor.value is not None:
        return _constant(factor.value, factor.is_percent, factor.unit, factor.label, factor.to)
    for choice in factor.table:
        if all(holds(condition, scope) for condition in choice.when):
            text = choice.text
            for condition in choice.when:
                fact, value = scope.fact(condition.fact), scope.value(condition.fact)
                text = text.replace(f"{{{condition.fact}}}", fact.shown(value))
            term = _constant(choice.value, choice.is_percent, choice.unit, text, None)
            inputs = tuple((c.fact, _plain(scope.value(c.fact))) for c in choice.when)
            return Term(term.low, term.high, term.text, tuple(dict(inputs).items()), term.rate)
    return None


def _of_facts(factor: Factor, scope: Scope) -> Term | None:
    values = [(path, scope.number(path)) for path in factor.facts]
    known = [(path, value) for path, value in values if value is not None]
    if len(known) != len(values):
        return None
    summed = exact.total([value for _, value in known])
    first = scope.fact(factor.facts[0])
    texts = [f"{scope.fact(path).label} {scope.fact(path).shown(value)}" for path, value in known]
    text = texts[0] if len(texts) == 1 else f"（{' + '.join(texts)}）"
    remark = ""
    if factor.at_most is not None and summed > factor.at_most:
        summed = factor.at_most
        text = f"{first.label} {first.shown(summed)}"
        remark = f"{factor.at_most_text}（所填 {exact.shown(known[0][1])}）"
    if first.kind == "percent":
        summed = exact.percent(summed)
    return Term(summed, summed, text, tuple((path, exact.plain(value)) for path, value in known), remark=remark)


def _constant(value: Decimal, is_percent: bool, unit: str, label: str, to: Decimal | None) -> Term:
    figure = f"{exact.plain(value)}%" if is_percent else f"{exact.shown(value)} {unit}".strip()
    if to is not None:
        figure = f"{exact.plain(value)}%—{exact.plain(to)}%"
    low, high = value, value if to is None else to
    if is_percent:
        low, high = exact.percent(low), exact.percent(high)
    return Term(low, high, f"{label} {figure}".strip(), rate=figure)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return exact.plain(value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
