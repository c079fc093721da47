"""滞后 proposed, with its reason: a node or date gone by, a figure behind its line. Nothing is written by itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.indicators import lagging
from desktop.actions.ledger import LedgerItem, ledger
from desktop.model.periods import Period


@dataclass(frozen=True)
class LateProposal:
    """One goal or task that should perhaps be called 滞后. `state` is the last reported ("" never), `units` lead."""

    item: str
    number: str
    title: str
    record: str
    units: tuple[str, ...]
    state: str
    reasons: tuple[str, ...]


def late_proposals(desk: Desk, period: str) -> list[LateProposal]:
    """Items asked for, not yet done or late, whose node or date lies before the end of the period and today, or one of
    whose figures lags its line. In the plan's order.

    A person writes 滞后 into the report, or another date into the assignment.
    """
    last = Period.parse(period).last
    day = min(last, desk.names.today)
    behind: dict[str, list[str]] = {}
    for line in lagging(desk, period):
        behind.setdefault(line.item, []).append(f"指标“{line.name}”{line.behind or line.state_words}")
    found = []
    for item in ledger(desk, period).items:
        if item.asked and item.state not in ("done", "late"):
            reasons = [*reasons_of(desk, item, day), *behind.get(item.key, [])]
            if reasons:
                found.append(
                    LateProposal(item.key, item.number, item.title, item.record, item.lead, item.state, tuple(reasons))
                )
    return found


def reasons_of(desk: Desk, item: LedgerItem, day: datetime.date) -> list[str]:
    """Sentences why an item is behind on a day; [] when nothing says so."""
    held = desk.store.records.values("assignment", [item.record]).get(item.record, {}) if item.record else {}
    found = []
    node = str(held.get("node") or "").strip()
    for name, words in (("node_due", f"节点“{node}”" if node else "近期节点"), ("due", "完成时限")):
        text = str(held.get(name) or "")
        past = (day - datetime.date.fromisoformat(text)).days if text else 0
        if past > 0:
            date = datetime.date.fromisoformat(text)
            found.append(f"{words}为 {date.year}年{date.month}月{date.day}日，已过 {past} 天")
    return found
