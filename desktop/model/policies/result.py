"""What a policy answers: an amount or an upper bound, every step on the way, and the text it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.model.policies import exact
from desktop.model.policies.rules import STATUSES, Rule

NOTE = "各项不代表可叠加享受"
OUT_OF_DATES = "依据文件不在有效期，须核对现行政策"


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic. `text` says all of it in Chinese; the rest is the same in parts a machine reads.

    `kind`: basis, note, award (one row), sum (rows of a part), cap, total, caution. Money is 元.
    `exact` is the value before cap and rounding, `limit` what a cap leaves, `already` what was used of it before.
    """

    kind: str
    title: str
    text: str
    part: str = ""
    item: int | None = None  # the row's place in its list, from 0
    formula: str = ""
    inputs: tuple[tuple[str, str], ...] = ()  # (fact, value) as decimal text or code
    rates: tuple[str, ...] = ()  # as the text says them: 12%, 200 元/平方米
    exact: Decimal | None = None
    limit: Decimal | None = None
    already: Decimal | None = None
    capped: bool = False
    rounded: bool = False
    amount: Decimal | None = None
    mark: str = ""  # the cap's or rounding's remark, for a second line under the formula

    def to_json(self) -> dict[str, object]:
        out: dict[str, object] = {"kind": self.kind, "title": self.title, "text": self.text}
        if self.part:
            out["part"] = self.part
        if self.item is not None:
            out["item"] = self.item
        if self.formula:
            out["formula"] = self.formula
        if self.inputs:
            out["inputs"] = dict(self.inputs)
        if self.rates:
            out["rates"] = list(self.rates)
        if self.exact is not None:
            out["exact"] = exact.plain(self.exact)
        if self.limit is not None:
            out["cap"] = {
                "limit": exact.money_text(self.limit),
                "already": exact.money_text(self.already or Decimal(0)),
                "applied": self.capped,
            }
        if self.rounded:
            out["rounding"] = "down"
        if self.amount is not None:
            out["amount"] = exact.money_text(self.amount)
        if self.mark:
            out["mark"] = self.mark
        return out


@dataclass(frozen=True)
class Award:
    """What one part of a rule gives: `computed` by its own rows, `counted` after the caps it shares.

    `low` is the lower end where the text gives a range; then `counted` is the upper end.
    """

    name: str
    title: str
    result: str  # amount or up_to
    computed: Decimal
    counted: Decimal
    low: Decimal | None = None

    def to_json(self) -> dict[str, object]:
        out: dict[str, object] = {
            "name": self.name,
            "title": self.title,
            "result": self.result,
            "computed": exact.money_text(self.computed),
            self.result: exact.money_text(self.counted),
        }
        if self.low is not None:
            out["from"] = exact.money_text(self.low)
        return out


@dataclass(frozen=True)
class CapUse:
    """How far one cap is used: `already` before this case, `used` by it, `left` after it."""

    name: str
    title: str
    text: str
    scope: str
    limit: Decimal
    already: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return max(self.limit - self.already - self.used, Decimal(0))

    def to_json(self) -> dict[str, object]:
        money = {"limit": self.limit, "already": self.already, "used": self.used, "left": self.left}
        out: dict[str, object] = {"name": self.name, "title": self.title, "text": self.text, "scope": self.scope}
        return out | {key: exact.money_text(value) for key, value in money.items()}


@dataclass(frozen=True)
class Result:
    """The answer for one rule and one case. `amount` and `up_to` are 元; None means the rule gives none.

    `reasons` name what is not met, also when other parts do give something. `status` is the document's, on the day
    asked. `estimate`: the figures are planned or stay uncertain (预估), as `estimate_text` says.
    """

    rule: Rule
    on: date
    status: str
    amount: Decimal | None = None
    up_to: Decimal | None = None
    steps: tuple[Step, ...] = ()
    parts: tuple[Award, ...] = ()
    caps: tuple[CapUse, ...] = ()
    reasons: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    estimate: bool = False
    estimate_text: str = ""
    note: str = NOTE

    @property
    def clause(self) -> str:
        return self.rule.clause

    @property
    def document(self) -> str:
        """The document's 文号."""
        return self.rule.document

    @property
    def cites(self) -> str:
        """文号, place and year of the document the answer rests on, as one line."""
        return f"{self.rule.cites()}（{self.rule.year} 年）"

    @property
    def version(self) -> str:
        return self.rule.version

    def to_json(self) -> dict[str, object]:
        """Plain JSON values: money as decimal text in 元, dates ISO; `amount` and `up_to` null where there is none."""
        rule = self.rule
        return {
            "rule": rule.name,
            "number": rule.number,
            "title": rule.title,
            "amount": exact.money_text(self.amount),
            "up_to": exact.money_text(self.up_to),
            "amount_label": rule.amount_label,
            "payee": rule.payee,
            "estimate": self.estimate,
            "estimate_text": self.estimate_text,
            "parts": [award.to_json() for award in self.parts],
            "caps": [cap.to_json() for cap in self.caps],
            "steps": [step.to_json() for step in self.steps],
            "reasons": list(self.reasons),
            "cautions": list(self.cautions),
            "clause": rule.clause,
            "document": rule.document,
            "document_title": rule.document_title,
            "place": rule.place,
            "year": rule.year,
            "cites": self.cites,
            "units": list(rule.units),
            "version": rule.version,
            "digest": rule.digest,
            "status": self.status,
            "status_text": STATUSES[self.status],
            "from": rule.valid_from.isoformat() if rule.valid_from else None,
            "to": rule.valid_to.isoformat() if rule.valid_to else None,
            "on": self.on.isoformat(),
            "note": self.note,
        }
