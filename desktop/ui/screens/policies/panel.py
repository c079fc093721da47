"""可适用的政策, beside the record it is about: each policy by itself, never a sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.actions import claims, policies
from desktop.actions.records import read_typed
from desktop.model.errors import DeskError
from desktop.model.policies import NOTE

from ...frame import Frame
from ...kit import keys, look, paint
from ...kit.buttons import KeyButton
from ...kit.marks import Mark
from ...kit.text import Rule, Text, column, ground, row
from . import wording
from .remark import Remark, Tall

FORMS = ("project", "site", "enterprise")
QUIET = 250  # ms of quiet after typing
NARROW, WIDE, BROAD = 304, 400, 1500  # px at 标准; on pages from BROAD on it is WIDE
LEAST = 860  # px of a page below which the form needs all the room


class EntryRow(QWidget):
    """One policy. It takes the focus; Enter or a double click asks for its arithmetic."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, entry: wording.Entry) -> None:
        super().__init__()
        self.entry, self.here = entry, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark = Mark(entry.mark, entry.title)
        number = Text(entry.number, ink="ink2")
        number.setFixedWidth(look.width("26") + 8)
        title = Text(entry.title, wrap=True)
        figures = any(sign.isdigit() for sign in entry.amount)
        amount = Text(entry.amount, size=16 if figures else 13, ink="ink" if figures else "ink2")
        unit = Text(entry.unit, size=12, ink="ink3")
        mark.setFixedHeight(look.line_height(13))
        head = row(None, [mark, 8, number, title, 8, amount, 4, unit], gap=0)
        for widget in (mark, number, title):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        for widget in (amount, unit):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignBottom if figures else Qt.AlignmentFlag.AlignTop)
        head.setStretch(3, 1)
        down = column(self, [head], gap=2, margins=(16, 9, 14, 9))
        indent = look.theme().px(12) + 8
        down.addLayout(row(None, [indent, Text(entry.sentence, ink="ink2", wrap=True)], gap=0))
        if entry.small:
            down.addLayout(row(None, [indent, Text(entry.small, size=12, ink="ink3", wrap=True)], gap=0))
        named = f"第 {entry.number} 条" if entry.number else ""
        said = (named, entry.title, f"{entry.amount} {entry.unit}", entry.sentence)
        self.setAccessibleName("，".join(part.strip() for part in said if part.strip()))

    def set_here(self, here: bool) -> None:
        self.here = here
        self.update()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.entry.rule)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.entry.rule)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.entry.rule)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if self.here:
            p.fillRect(self.rect(), look.color("soft" if self.hasFocus() else "hover"))
            paint.fill(p, 0, 0, 3, self.height(), "accent")
        if self.hasFocus():
            paint.frame(p, self.rect())


class PolicyPanel(QWidget):
    """At the right of `host`. `show_for(record, typed)` asks anew; `typed` are the texts that are not saved yet."""

    def __init__(self, frame: Frame, form: str, host: QWidget) -> None:
        super().__init__(host)
        ground(self, "sunken")
        self._host = host
        host.installEventFilter(self)
        self.frame, self.form, self.record = frame, form, ""
        self.entries: list[wording.Entry] = []
        self.here = ""
        self._typed: Callable[[], Mapping[str, str]] = dict
        self._asked = 0
        head = row(None, [Text("可适用的政策", size=14), Text("随填写更新", size=12, ink="ink3"), None], gap=8)
        note = Text(f"{NOTE}。测算不等于核定。", size=12, ink="ink3", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_ = KeyButton("看算法", key="arithmetic", name="arithmetic")
        self.claim = KeyButton("生成补贴申报", icon="hand-coins", name="claim")
        self.claim.setVisible(frame.may("enter"))
        top = column(None, [head, note], gap=2, margins=(16, 12, 14, 8))
        bottom = row(None, [self.show_, self.claim, None], gap=8, margins=(16, 10, 14, 12))
        down = column(self, [], gap=0)
        down.addLayout(top)
        down.addWidget(Rule())
        down.addWidget(self.area, 1)
        down.addWidget(Rule())
        down.addLayout(bottom)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self._ask)
        self.show_.clicked.connect(self.show_arithmetic)
        self.claim.clicked.connect(self.make_claim)
        keys.bind(self, "arithmetic", self.show_arithmetic)
        self.refit()

    def refit(self) -> None:
        wide = self._host.width()
        self.setFixedWidth(look.theme().control(WIDE if wide >= BROAD else NARROW))
        self.setVisible(wide >= look.theme().control(LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.refit()
        return False

    # Asking.
    def show_for(self, record: str, typed: Callable[[], Mapping[str, str]]) -> None:
        """The policies of a record; `typed()` gives the texts that differ from what is stored."""
        self.record, self._typed = record, typed
        self._ask()

    def stir(self) -> None:
        """Something was typed: ask again when it is quiet."""
        self._timer.start()

    def _ask(self) -> None:
        form, record, typed = self.form, self.record, dict(self._typed())
        self._asked += 1
        asked = self._asked

        def work(desk: Any) -> tuple[list[wording.Entry], dict[str, list[str]]]:
            changed, _ = read_typed(desk, desk.form(form), typed)
            found = policies.match_record(desk, form, record, changed=changed)
            return [wording.entry(each) for each in found], claims.claimed_in(desk, [record]) if record else {}

        def done(answer: tuple[list[wording.Entry], dict[str, list[str]]]) -> None:
            if asked == self._asked:
                self._show(*answer)

        self.frame.ask(work, done)

    def _show(self, entries: Sequence[wording.Entry], claimed: Mapping[str, Sequence[str]]) -> None:
        held = self.window().focusWidget() if self.isVisible() else None
        focused = isinstance(held, EntryRow) and self.isAncestorOf(held)
        self.entries = list(entries)
        host = Tall("sunken")
        down = QVBoxLayout(host)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for words in claimed.get(self.record, ())[:3]:
            made = Remark("soon", f"已申报：{words}", size=12, ink="amber")
            made.layout().setContentsMargins(16, 8, 14, 8)
            down.addWidget(made)
            down.addWidget(Rule("line"))
        for entry in self.entries:
            made_row = EntryRow(entry)
            made_row.chosen.connect(self.choose)
            made_row.opened.connect(self._open)
            down.addWidget(made_row)
            down.addWidget(Rule("line"))
        if not self.entries:
            words = Text("按现有内容没有可能适用的政策。填写类别、投资和贷款后再看。", ink="ink2", wrap=True)
            words.setContentsMargins(16, 12, 14, 12)
            down.addWidget(words)
        down.addStretch()
        host.resize(self.area.viewport().width(), self.area.viewport().height())
        self.area.setWidget(host)
        host.show()
        host.settle()
        keep = self.here if self.here in [entry.rule for entry in self.entries] else ""
        self.choose(keep or (self.entries[0].rule if self.entries else ""))
        current = self._rows().get(self.here)
        if focused and current is not None:
            current.setFocus()

    def _rows(self) -> dict[str, EntryRow]:
        host = self.area.widget()
        return {each.entry.rule: each for each in host.findChildren(EntryRow)} if host is not None else {}

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        current = self._rows().get(self.here)
        (current or self.show_).setFocus(reason)

    def choose(self, rule: str) -> None:
        """Make a policy the current one."""
        self.here = rule
        for name, each in self._rows().items():
            each.set_here(name == rule)
        entry = next((each for each in self.entries if each.rule == rule), None)
        self.show_.setEnabled(entry is not None)
        self.claim.setEnabled(entry is not None and entry.claimable and bool(self.record))

    # What comes of it.
    def _open(self, rule: str) -> None:
        self.choose(rule)
        self.show_arithmetic()

    def show_arithmetic(self) -> None:
        """The policy in 政策测算, its facts filled from this record."""
        if not self.here or not self.isVisible():
            return
        rule, form, record = self.here, self.form, self.record
        self.frame.show_policy(rule, form, record)

    def make_claim(self) -> None:
        """A draft claim under the current policy, from what is saved."""
        rule, record = self.here, self.record
        if not rule or not record:
            return
        if self._typed():
            self.frame.fail("更改还没有保存，先保存再生成补贴申报")
            return

        def done(made: claims.Drafted) -> None:
            if made.warnings:
                self.frame.fail("；".join(made.warnings[:2]))
            self.frame.say("已生成补贴申报草稿", verb="撤销", key="undo", slot=self.frame.undo)
            self.frame.open_record("claim", made.claim)

        def failed(error: DeskError) -> None:
            self.frame.fail(str(error))

        self.frame.ask(lambda desk: claims.draft_from(desk, rule, record), done, failed)
