"""What the ledger consists of: items, the branches they are looked at by, reports."""

from __future__ import annotations

from dataclasses import dataclass, field

STATES = {"not_started": "未启动", "going": "推进中", "late": "滞后", "done": "已完成"}
NEAR = 10  # days before a date that count as 将到期
GONE = "已取消"
STANDS = {
    "unsaid": "未填报", **STATES, "no": "不适用", "city": "市级事权", "retired": GONE,
}  # fmt: skip
DUES: dict[str, tuple[int | None, str]] = {
    "late": (-1, "已逾期"), "week": (7, "7 天内"), "month": (30, "30 天内"), "quarter": (90, "90 天内"),
    "later": (None, "以后"), "none": (None, "没有时限"),
}  # fmt: skip


@dataclass(frozen=True)
class LedgerItem:
    """One goal or task. `values` are the assignment's printed texts by field, `lead` its units, in short `lead_short`.

    `published` is the official text in pieces (text, whether a figure); `states` are codes by month key; `state` is the
    latest one up to the month asked for, "" when nothing was ever reported; `filled` whether that month has a report.
    `city_only`: all its lead units are 市级事权, so it is never asked for and never late (fields.md).
    `due` is the node's date or the final one (ISO, ""), `days` until it from today. `retired`: the edition in force no
    longer has it; it is read and never asked for. `responsible` are the units beside the lead.
    """

    key: str
    number: str
    title: str
    part: str
    area: str
    published: tuple[tuple[str, bool], ...]
    city_lead: str
    city_responsible: str
    record: str
    applicable: bool
    values: dict[str, str]
    lead: tuple[str, ...]
    lead_short: str
    city_only: bool
    state: str
    states: dict[str, str]
    filled: bool
    due: str
    days: int | None
    responsible: tuple[str, ...] = ()
    retired: bool = False

    @property
    def group(self) -> str:
        """The head it stands under in the list: its area, else its part; for a goal its year."""
        if self.retired:
            return GONE
        return self.area or (self.title.partition("目标")[0] + "目标" if self.goal else self.part)

    @property
    def goal(self) -> bool:
        return self.key.startswith("goal-")

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.published)

    @property
    def name(self) -> str:
        """What a list calls it: a task's title, a goal's words."""
        return self.text if self.goal else self.title

    @property
    def asked(self) -> bool:
        """Whether the district reports on it."""
        return self.applicable and not self.city_only and not self.retired

    @property
    def overdue(self) -> bool:
        return self.asked and self.state != "done" and self.days is not None and self.days < 0

    @property
    def near(self) -> bool:
        return self.asked and self.state != "done" and self.days is not None and 0 <= self.days <= NEAR

    @property
    def stand(self) -> str:
        """A key of STANDS: its state, or why it has none."""
        if self.retired:
            return "retired"
        if not self.applicable:
            return "no"
        return "city" if self.city_only and not self.state else self.state or "unsaid"

    @property
    def when(self) -> str:
        """A key of DUES for what is still open, "" for what is not asked or done."""
        if not self.asked or self.state == "done":
            return ""
        if self.days is None:
            return "none"
        return next((key for key, (most, _) in DUES.items() if most is not None and self.days <= most), "later")

    def role(self, unit: str) -> str:
        """牵头, 责任 or ""."""
        return "牵头" if unit in self.lead else "责任" if unit in self.responsible else ""


@dataclass(frozen=True)
class Branch:
    """A line of the tree: a part with its areas, a unit, a span of days, a state.

    `key` is `part:…`, `area:…`, `unit:…`, `due:…` or `state:…`; `quiet` for units of the city, which are never asked.
    """

    key: str
    text: str
    count: int
    children: tuple[Branch, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Ledger:
    """All items in printed order, the tree over them, the months of the strip; counts of applicable and filled ones."""

    items: tuple[LedgerItem, ...]
    parts: tuple[Branch, ...]
    units: tuple[Branch, ...]
    dues: tuple[Branch, ...]
    stands: tuple[Branch, ...]
    months: tuple[str, ...]
    applicable: int
    filled: int

    def under(self, branch: str) -> list[LedgerItem]:
        """The items of a branch of the tree; of "" all of them."""
        kind, _, name = branch.partition(":")
        if kind == "unit":  # what it leads first, then where it works with others
            held = [item for item in self.items if item.role(name) and item.applicable and not item.retired]
            return sorted(held, key=lambda item: item.role(name) != "牵头")
        if kind == "due":
            return sorted((item for item in self.items if item.when == name), key=lambda item: item.due)
        if kind == "state":
            return [item for item in self.items if item.stand == name]
        return [item for item in self.items if not name or (name in (item.part, item.area) and not item.retired)]


@dataclass(frozen=True)
class Report:
    """One progress record of an item. `values` are printed texts by field, `files` (name, size in bytes)."""

    record: str
    period: str
    unit: str
    summary: bool
    state: str
    values: dict[str, str]
    files: tuple[tuple[str, int], ...] = field(default_factory=tuple)
    who: str = ""
    when: str = ""
