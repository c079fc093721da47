"""Where the facts of a rule come from in the records, and which records a rule may be for: data of the rule file.

- `[[applies]]` form (project, enterprise, site), `any` (projects or sites: one of the enterprise's is enough), `when`
  conditions over fields of that record, `why` the reason shown. One that holds is enough.
- `[take.FACT]` one source per fact:
  `field` paths, the first that is filled (`project.fund_loan`, `enterprise.taxpayer`, `site.area`, `row.area`,
  `office.lpr`), `planned` paths used when none is, which makes the answer 预估, `less` a path taken off,
  `no_more` paths whose first filled value is the most this one counts;
  `test` a condition over one path; `in_period` a date's path, true when it lies in the period applied for;
  `count` = projects or sites, with `where` (over `row.…`) and `within`, a date's path that must lie in the period;
  `rows` likewise, with `fields`, and for a group fact `gather` (sum, least,
  all) how several rows make one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.model.policies.taking import Taker

if TYPE_CHECKING:
    from desktop.model.policies.rules import Condition

FORMS = ("project", "enterprise", "site")
LISTS = ("projects", "sites")
GATHERS = ("sum", "least", "all")


@dataclass(frozen=True)
class Applies:
    form: str
    why: str
    any: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Source:
    paths: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    less: str = ""
    no_more: tuple[str, ...] = ()
    test: Condition | None = None
    in_period: str = ""
    count: str = ""
    rows: str = ""
    where: tuple[Condition, ...] = ()
    within: str = ""
    fields: Mapping[str, Source] = field(default_factory=dict)
    gather: str = ""


def read_applies(take: Taker, conditions: Any) -> Applies:
    applies = Applies(
        take.choice("form", FORMS), take.text("why"), take.choice("any", ("", *LISTS), ""), conditions(take, "when")
    )
    take.done()
    return applies


def read_sources(raw: Mapping[str, Any], place: str, conditions: Any, condition: Any) -> dict[str, Source]:
    found = {}
    for name, table in raw.items():
        take = Taker(table if isinstance(table, dict) else {"": table}, f"{place}.{name}.")
        test = take.table("test")
        found[name] = Source(
            paths=take.texts("field"),
            planned=take.texts("planned"),
            less=take.text("less", ""),
            no_more=take.texts("no_more"),
            test=condition(Taker(test, f"{take.place}test."), False) if test else None,
            in_period=take.text("in_period", ""),
            count=take.choice("count", LISTS) if "count" in take.raw else "",
            rows=take.choice("rows", LISTS) if "rows" in take.raw else "",
            where=conditions(take, "where"),
            within=take.text("within", ""),
            fields=read_sources(take.table("fields"), f"{take.place}fields", conditions, condition),
            gather=take.choice("gather", GATHERS) if "gather" in take.raw else "",
        )
        take.done()
    return found
