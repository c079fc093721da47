"""A policy as data: its text and, where the text sets figures, parts made of conditions, factors and caps.

The shape of a rule file (`resources/policies/*.toml`; unknown keys are refused by `loading`):

- `[facts.NAME]` what is asked: label, type (money, quantity, percent, count, flag, choice, text, group, list) …
- `[[conditions]]` must hold for the whole rule; `unmet` names what is not met, `{value}` stands for the fact.
- `[[parts]]` one award each. `each` = a list fact (once per row), `of` = a group fact, neither = once.
  `where` selects rows silently; `conditions` must hold once, `item_conditions` per row. The award is the product of
  `factors`, each row held down to `item_cap` and rounded down to the 分, rows added.
  `result` is `amount`, or `up_to` where the text says 最高.
- a factor is a fact (or the sum of several `facts`), a `percent` (`percent_to` makes a range), a `value` with its
  unit, or the first row of a `table` whose `when` holds.
- `[[caps]]` hold down the sum of `parts`; `scope = "enterprise"` caps count what was used before.
- `[[applies]]` and `[take.FACT]`: which records the rule may be for and where its facts lie in them (`sources`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.policies.facts import Fact
from desktop.model.policies.sources import Applies, Source

STATUSES = {"current": "现行", "replaced": "已被替代", "expired": "到期", "unknown": "待核"}


@dataclass(frozen=True)
class Condition:
    """`fact` compared by `op` (is, one_of, at_least, at_most, above, below) with `values`."""

    fact: str
    op: str
    values: tuple[Decimal | bool | str, ...]
    unmet: str = ""


@dataclass(frozen=True)
class TableRow:
    when: tuple[Condition, ...]
    text: str
    value: Decimal
    is_percent: bool
    unit: str = ""


@dataclass(frozen=True)
class Factor:
    """One multiplier. Exactly one of `facts`, `value` and `table` is filled."""

    facts: tuple[str, ...] = ()
    at_most: Decimal | None = None  # a fact counts no further than this
    at_most_text: str = ""
    value: Decimal | None = None
    is_percent: bool = False
    to: Decimal | None = None  # the upper end of a range of percentages
    unit: str = ""
    label: str = ""
    table: tuple[TableRow, ...] = ()


@dataclass(frozen=True)
class ItemCap:
    value: Decimal
    text: str


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    factors: tuple[Factor, ...]
    result: str = "amount"
    each: str = ""
    of: str = ""
    where: tuple[Condition, ...] = ()
    conditions: tuple[Condition, ...] = ()
    item_conditions: tuple[Condition, ...] = ()
    item_cap: ItemCap | None = None
    quote: str = ""


@dataclass(frozen=True)
class Cap:
    """`scope`: enterprise (counts what was used before in the period) or case (this application alone)."""

    name: str
    title: str
    value: Decimal
    parts: tuple[str, ...]
    text: str
    scope: str = "enterprise"


@dataclass(frozen=True)
class Caution:
    """Said when every one of `parts` gives something (no parts: whenever something is computed)."""

    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One policy. `figures` is False where the text sets none; then `reason` says so and nothing is computed.

    `clause` is the document's own text; `issued` its date; `valid_from` and `valid_to` bound the rule, both included.
    """

    name: str
    title: str
    clause: str
    document: str
    document_title: str
    place: str
    year: int
    version: str
    status: str
    number: int | None = None
    issued: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""
    units: tuple[str, ...] = ()
    payee: str = ""
    amount_label: str = ""
    reason: str = ""
    always_estimate: str = ""
    facts: tuple[Fact, ...] = ()
    need_any: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    parts: tuple[Part, ...] = ()
    caps: tuple[Cap, ...] = ()
    notes: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    applies: tuple[Applies, ...] = ()
    take: Mapping[str, Source] = field(default_factory=dict)
    digest: str = ""

    @property
    def figures(self) -> bool:
        return bool(self.parts)

    def cites(self) -> str:
        return f"{self.document} {self.place}".strip()

    def in_dates(self, on: date) -> bool:
        """False outside the dates, and for a document known to be replaced or expired."""
        if self.status in ("replaced", "expired"):
            return False
        return not ((self.valid_from and on < self.valid_from) or (self.valid_to and on > self.valid_to))


@dataclass(frozen=True)
class Rules:
    """The rules in force, by name and, for those of the plan, by number."""

    by_name: Mapping[str, Rule] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.by_name.values())

    def __len__(self) -> int:
        return len(self.by_name)

    def with_status(self, name: str, status: str, replaced_by: str = "") -> Rules:
        """The same rules with the office's own word on one document: current, replaced (by what), expired, unknown."""
        rule = replace(self.find(name), status=status, replaced_by=replaced_by)
        return Rules({**self.by_name, rule.name: rule})

    def find(self, key: int | str) -> Rule:
        """The rule of a plan number (22, "22") or of a name ("policy-22"). Refused when there is none."""
        if isinstance(key, str) and key.strip() in self.by_name:
            return self.by_name[key.strip()]
        text = str(key).strip() if not isinstance(key, bool) else ""
        if text.isascii() and text.lstrip("-").isdigit():
            number = int(text)
            for rule in self:
                if rule.number == number:
                    return rule
            numbers = sorted(rule.number for rule in self if rule.number is not None)
            span = f"{numbers[0]}—{numbers[-1]}" if numbers else "（无）"
            message = f"没有第 {number} 条政策，编号应为 {span}，请核对政策清单。"
        else:
            message = f"没有名为“{key}”的政策规则，请核对名称或政策清单编号。"
        raise Refused(message, [{"field": "number", "value": str(key), "message": message}])
