"""One goal or task: the plan's words beside the district's own assignment, and what was reported month by month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from desktop.actions.ledger import LedgerItem, Report
from desktop.actions.progress_timeline import TimeEvent
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.detail import Facts
from ...kit.text import IconView, MarkedText, Rule, Text, column, ground, row
from ...kit.yesno import Segments
from ...wording import when_words
from .months import WORDS, MonthStrip, mark_of
from .official import OfficialText
from .timeline import TimeLine

MORE = (("problem", "存在问题"), ("next", "下步打算"))


def near_words(days: int | None) -> str:
    """逾期 9 天, 今天, 还有 6 天."""
    if days is None:
        return ""
    return "今天" if days == 0 else (f"逾期 {-days} 天" if days < 0 else f"还有 {days} 天")


def size_words(size: int) -> str:
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, round(size / 1024))} KB"


class TaskDetail(QWidget):
    """`edit` asks for the assignment's form, `report(month)` for that month's report, `opened(form, id)` for a record.

    `carry(month)` takes the last report on, `summary(month)` puts the units' together, `late(month)` accepts 滞后.
    """

    edit = Signal()
    report = Signal(str)
    opened = Signal(str, str)
    carry = Signal(str)
    summary = Signal(str)
    late = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.item: LedgerItem | None = None
        self.reports: list[Report] = []
        self.number, self.title = Text("", size=16, ink="ink2"), Text("", size=16, cut=True)
        self.state = MarkedText("todo")
        self.where = Text("", size=12, ink="ink2", cut=True)
        first = row(None, [self.number, self.title, self.state], gap=8)
        first.setStretch(1, 1)
        top = ground(QWidget(), "panel")
        column(top, [first, self.where], gap=2, margins=(16, 12, 16, 10))
        self.official = OfficialText("市方案原文")
        self.city = Facts()
        left = ground(QWidget(), "sunken")
        heading = Text("市方案原文", size=12, ink="ink3")
        column(left, [heading, self.official, self.city, None], gap=6, margins=(16, 10, 16, 12))
        self.own = Facts()
        self.change = KeyButton("编辑分工", key="ledger_edit", kind="text", name="edit_assignment")
        self.change.clicked.connect(self.edit)
        self.change.setVisible(frame.may("enter"))
        right = ground(QWidget(), "panel")
        heading = row(None, [Text("本区分工", size=12, ink="ink3"), None, self.change])
        column(right, [heading, self.own, None], gap=6, margins=(16, 6, 16, 12))
        pair = QWidget()
        sides = row(pair, [left, Rule(upright=True), right], gap=0)
        sides.setStretch(0, 26)
        sides.setStretch(2, 26)
        for side in (left, right):
            side.setMinimumWidth(10)
        self.strip = MonthStrip()
        self.strip.picked.connect(self._month)
        self.fill = KeyButton("填报", key="ledger_report", kind="main", name="report")
        self.fill.clicked.connect(lambda: self.report.emit(self.strip.here))
        self.fill.setVisible(frame.may("enter"))
        self.carry_on = KeyButton("沿用上期", key="ledger_carry", name="carry")
        self.carry_on.clicked.connect(lambda: self.carry.emit(self.strip.here))
        self.sum_up = KeyButton("汇总各单位", key="ledger_summary", name="summary")
        self.sum_up.clicked.connect(lambda: self.summary.emit(self.strip.here))
        for button in (self.carry_on, self.sum_up):
            button.setVisible(frame.may("enter"))
        self.view = Segments("view", "看法", [("months", "每月进展"), ("line", "时间线")], "months")
        self.view.changed.connect(lambda _: self._viewed())
        months = ground(QWidget(), "panel")
        self.said = QWidget()
        self._said = column(self.said, [], gap=6)
        self.line = TimeLine()
        self.line.opened.connect(self.opened)
        self.behind = QWidget()
        self.why_late = Text("", ink="amber", wrap=True)
        self.to_late = KeyButton("改填滞后", name="to_late")
        self.to_late.clicked.connect(lambda: self.late.emit(self.strip.here))
        self.to_late.setVisible(frame.may("enter"))
        row(self.behind, [MarkedText("soon", "建议填滞后"), self.why_late, self.to_late], gap=12).setStretch(1, 1)
        self.monthly = QWidget()
        deeds = row(None, [self.carry_on, self.sum_up, None, Text("← → 换月", size=12, ink="ink3")], gap=8)
        column(self.monthly, [self.strip, deeds, self.said], gap=10)
        heading = row(None, [self.view, None, self.fill])
        column(months, [heading, self.behind, self.monthly, self.line, None], gap=10, margins=(16, 10, 16, 16))
        self.line.hide()
        inside = ground(QWidget(), "panel")
        column(inside, [pair, Rule(), months], gap=0).setStretch(2, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        column(self, [top, Rule(), self.area], gap=0).setStretch(2, 1)

    def switch(self) -> None:
        """From the months to the time line and back."""
        self.view.set_value("months" if self.view.value() == "line" else "line")
        self._viewed()

    def _viewed(self) -> None:
        line = self.view.value() == "line"
        self.line.setVisible(line)
        self.monthly.setVisible(not line)
        (self.line.table if line else self.strip).setFocus()

    def show_item(
        self, item: LedgerItem, months: tuple[str, ...], reports: list[Report], here: str = "",
        events: Sequence[TimeEvent] = (), reasons: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.item, self.reports = item, reports
        self.line.set_events(events)
        self.behind.setVisible(bool(reasons))
        self.why_late.setText("；".join(reasons))
        self.carry_on.setEnabled(item.asked)
        self.sum_up.setEnabled(item.asked and len({*item.lead, *item.responsible}) > 1)
        self.number.setText("" if item.goal else item.number)
        self.number.setVisible(not item.goal)
        self.title.setText(item.title)
        if item.retired:
            self.state.set_state("na", "已取消")
        elif item.applicable:
            self.state.set_state(mark_of(item.state), WORDS[item.state])
        else:
            self.state.set_state("na")
        self.where.setText("　›　".join(part for part in (item.part, item.area) if part))
        self.official.set_pieces(item.published)
        self.city.set_pairs([("牵头单位", item.city_lead or "—"), ("责任单位", item.city_responsible or "—")])
        self.own.set_pairs(self._own(item))
        self.strip.set_months(months, item.states, here)
        self._month(self.strip.here)
        # Heights settle before the next picture, or it shows the new words in the old places.
        for _ in range(2):  # the bar at the side may come or go, and lines break anew
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _own(self, item: LedgerItem) -> list[tuple[str, str | QWidget]]:
        values = item.values
        if not item.record:
            return [("", "还没有分工，按 Enter 编辑。")]
        if not item.applicable:
            return [("是否适用", "不适用"), ("原因", values["why_not"]), ("牵头单位", values["lead"])]
        contact = "　".join(part for part in (values["contact"], values["phone"]) if part)
        pairs: list[tuple[str, str | QWidget]] = [
            ("牵头单位", values["lead"]), ("责任单位", values["responsible"]), ("联系人", contact),
            ("完成时限", values["due"]),
        ]  # fmt: skip
        if values["node"] or values["node_due"]:
            words = "，".join(part for part in (values["node"], values["node_due"]) if part)
            near = near_words(item.days) if item.near or item.overdue else ""
            told = Text(f"{words}，{near}" if near else words, wrap=True, select=True)
            if near:
                told.set_ink("red" if item.overdue else "amber")
            pairs.append(("近期节点", told))
        pairs += [("区级目标", values["target"]), ("工作措施", values["measures"])]
        return pairs + ([("备注", values["note"])] if values["note"] else [])

    def _month(self, month: str) -> None:
        self.fill.set_words(f"填报 {int(month[5:7])}月")
        self.fill.setEnabled(self.item is not None and self.item.applicable and not self.item.retired)
        while self._said.count():
            old = self._said.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        told = [report for report in self.reports if report.period == month]
        for report in told:
            self._say(self._report(report))
        if not told:
            label = Period.parse(month).label
            fill = f"按 {self.fill._shown} 填报。" if self.frame.may("enter") else ""
            off = self.item is not None and not self.item.applicable
            words = "这项任务不适用，不用填报。" if off else f"{label}还没有填报。{fill}"
            if self.item is not None and self.item.retired:
                words = "这项任务在现行方案里已取消，只作查阅，不用填报。"
            self._say(Text(words, ink="ink2", wrap=True))

    def _say(self, part: QWidget) -> None:
        self._said.addWidget(part)
        part.show()  # now, not a round of events later: what is not shown has no height

    def _report(self, report: Report) -> QWidget:
        whole = QWidget()
        when = when_words(report.when, self.frame.person.today)
        who = report.values["reporter"] or report.who
        by = f"{report.unit}{'（牵头汇总）' if report.summary else ''} {who}，{when}填报"
        show = KeyButton("打开", kind="text", name=f"open.{report.record}")
        show.setAccessibleName(f"打开{report.unit}的填报")
        show.clicked.connect(lambda: self.opened.emit("progress", report.record))
        head = row(None, [
            Text(report.values["period"]), MarkedText(mark_of(report.state), WORDS[report.state]),
            Text(by, size=12, ink="ink2", cut=True), show,
        ], gap=16)  # fmt: skip
        head.setStretch(2, 1)
        values = report.values
        pairs: list[tuple[str, str | QWidget]] = [("进展情况", values["done"])]
        pairs += [(words, values[name]) for name, words in MORE if values[name]]
        if report.files:
            pairs.append(("佐证附件", self._files(report)))
        facts = Facts(pairs)
        column(whole, [head, facts], gap=6)
        return whole

    def _files(self, report: Report) -> QWidget:
        held = QWidget()
        name, size = report.files[0]
        more = f"等 {len(report.files)} 个" if len(report.files) > 1 else ""
        told = Text(name, cut=True)
        rest = Text(f"{size_words(size)}　{more}", ink="ink2")
        across = row(held, [IconView("paperclip", size=14), told, rest])
        across.setStretch(1, 1)
        held.setMinimumHeight(look.theme().control(20))
        return held
