"""A submission in the words of the screen. Runs on the worker thread, hands out plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.actions.delivery import deliveries
from desktop.actions.receipts import receipts
from desktop.actions.submissions import STATES, Line, Submission, blocking, find, layout_stands, moved_on
from desktop.model.canonical import read_canonical
from desktop.model.periods import Period
from desktop.model.printed import load_printed

from ...kit.stations import Station
from ...wording import when_words

MARKS = {
    "prepared": "todo", "reviewed": "going", "issued": "going", "signed": "done", "delivered": "waiting",
    "accepted": "done", "returned": "returned",
}  # fmt: skip
ORDER = ("prepared", "reviewed", "issued", "signed", "delivered", "accepted")


@dataclass(frozen=True)
class Summary:
    """One line of the list. `name` is its form, with the record it is about."""

    id: str
    name: str
    period: str
    period_words: str
    state: str
    sequence: int


@dataclass(frozen=True)
class Check:
    """One line of 报送前检查: mark, what was found, a note, and where to jump (form, record) or ""."""

    mark: str
    words: str
    note: str = ""
    form: str = ""
    record: str = ""

    @property
    def said(self) -> str:
        """What the list shows: of a finding only what was found, its mark says the rest."""
        return self.words if self.record or not self.note else f"{self.words}：{self.note}"

    @property
    def whole(self) -> str:
        return f"{self.words}（{self.note}，按 Enter 打开记录）" if self.record else self.said


@dataclass(frozen=True)
class Seen:
    """A submission with its checks, and how it was handed over and answered, oldest first."""

    one: Submission
    checks: list[Check]
    deliveries: list[Any]
    receipts: list[Any]


def seen(desk: Any, identity: str) -> Seen:
    """All that the screen shows of one submission."""
    one = find(desk, identity)
    return Seen(one, checks(desk, one), deliveries(desk, identity), receipts(desk, identity))


def summaries(desk: Any, found: list[Line]) -> list[Summary]:
    """All submissions as the list shows them, newest period first."""
    printed = load_printed()
    lines = []
    for one in found:
        form = printed.get(one.form)
        label = desk.names.label(form.about, one.record) if form and one.record else ""
        name = "　".join(part for part in (form.title if form else one.form, label, one.unit) if part)
        again = f"（第 {one.sequence} 次）" if one.sequence > 1 else ""
        period = Period.parse(one.period)
        lines.append(Summary(one.id, name + again, one.period, period.label, one.state, one.sequence))
    return lines


def stations(found: Seen, today: str) -> list[Station]:
    """草稿 → 审核 → 签发 → 签名 → 送达 → 回执, who and when below each."""
    one, sent = found.one, found.deliveries[-1] if found.deliveries else None
    answer = found.receipts[-1] if found.receipts else None
    scanned = sent is not None and sent.way == "scan"
    here = ORDER.index("accepted" if one.state == "returned" else one.state)
    said = [
        ("草稿", one.prepared_by, one.prepared), ("审核", one.reviewed_by, one.reviewed),
        ("签发", one.issued_by, one.issued), ("签名", one.signed_by, one.signed),
        ("送达", sent.who if sent else "", sent.at if sent else ""),
        ("回执", answer.office if answer else "", answer.answered if answer else ""),
    ]  # fmt: skip
    waits = ("", "待审核", "待签发", "待签名", "U 盘", "市级回执")
    made = []
    for place, (words, who, when) in enumerate(said):
        state = "done" if place <= here else ("going" if place == here + 1 else "todo")
        below = f"{who} {when_words(when or '', today)}" if who else ("" if place <= here else waits[place])
        if place == 3 and scanned and not one.signed:
            state, below = "na", "盖章扫描件"
        if place == 5 and place <= here:
            verdict = "市级退回" if one.state == "returned" else "已接收"
            state = "returned" if one.state == "returned" else "done"
            below = f"{verdict} {when_words(answer.answered, today)}" if answer else verdict
        made.append(Station(words, below, state))
    return made


def checks(desk: Any, one: Submission) -> list[Check]:
    """What was found before reporting, what blocks first, and facts that a reviewer looks at."""
    data = read_canonical(one.data)
    blocked = blocking(one)
    found = [Check("error", each["message"], "必须先改正", each["form"], each["record"]) for each in blocked]
    if one.state in ("prepared", "reviewed", "issued") and not layout_stands(one):
        found.append(Check("error", "程序的版式在生成之后变了", "请重新生成草稿"))
    records = sum(len(rows) for rows in data.get("records", {}).values())
    if not blocked:
        found.append(Check("done", "没有待定的冲突和必须改正的问题", f"{records} 条记录"))
    rest = [each for each in one.findings if each["level"] != "block"]
    found += [Check("soon", each["message"], "可以报送", each["form"], each["record"]) for each in rest]
    if one.reviewed_by:
        found.append(Check("done", "审核人不是经办人", f"{one.prepared_by}生成，{one.reviewed_by}审核"))
    previous = f"上期校验码 {one.previous[:4]}…{one.previous[-4:]} 已收入" if one.previous else "这是第一份"
    found.append(Check("done", "与上期衔接", previous))
    changed = moved_on(desk, one)
    if changed:
        words = f"{changed} 处此后有变"
        found.append(Check("soon", words, "要报新的数据，请重新生成" if one.state == "prepared" else "这一份不受影响"))
    else:
        found.append(Check("done", "生成以后数据没有变"))
    return found


__all__ = ["MARKS", "STATES", "Check", "Seen", "Summary", "checks", "seen", "stations", "summaries"]
