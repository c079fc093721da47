"""One claim: the form of its record, with the steps it may take and what speaks against it above."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions import claims
from desktop.actions.entry import Entry

from ...frame import Frame
from ...kit.buttons import KeyButton
from ...kit.text import MarkedText, Rule, Text, ground, row
from ..record.page import RecordPage
from .steps import NEEDS, REASONS, VERBS, StepDialog


class StepBar(QWidget):
    """Where the claim stands and the buttons of its next steps."""

    def __init__(self, page: ClaimPage) -> None:
        super().__init__()
        ground(self, "sunken")
        self.page = page
        self.state, self.compared, self.twice = Text("", size=13), MarkedText("done", ""), MarkedText("soon", "")
        self.buttons: list[KeyButton] = []
        self.across = row(self, [self.state, 8, self.compared, 8, self.twice, None], margins=(16, 6, 16, 6))

    def show_standing(self, standing: claims.Standing, label: str, may: bool) -> None:
        self.state.setText(f"状态　{label}")
        less = standing.compared.startswith("比测算少")
        mark = "done" if standing.compared == "与测算一致" else "same" if less else "soon"
        self.compared.set_state(mark, f"申报金额{standing.compared}")
        self.compared.setVisible(bool(standing.compared))
        self.twice.set_state("soon", "；".join(standing.twice[:1]))
        self.twice.setVisible(bool(standing.twice))
        self.twice.setToolTip("\n".join(standing.twice))
        for old in self.buttons:
            self.across.removeWidget(old)
            old.deleteLater()
        self.buttons = []
        for state in standing.ways if may else ():
            made = KeyButton(VERBS[state], name=f"step.{state}")
            made.clicked.connect(lambda _=False, s=state: self.page.step(s))
            self.across.addWidget(made)
            self.buttons.append(made)


class ClaimPage(RecordPage):
    def __init__(self, frame: Frame, form_name: str = "claim") -> None:
        super().__init__(frame, form_name)
        self.bar, self.rule = StepBar(self), Rule("line2")
        self.standing: claims.Standing | None = None
        self.layout().insertWidget(3, self.bar)
        self.layout().insertWidget(4, self.rule)
        frame.bridge.changed.connect(self._stand)

    def _show(self, entry: Entry) -> None:
        super()._show(entry)
        self._stand()

    def _stand(self) -> None:
        record = self.record
        self.bar.setVisible(bool(record))
        self.rule.setVisible(bool(record))
        if record:
            self.frame.ask(lambda desk: claims.stands(desk, record), self._standing)

    def _standing(self, standing: claims.Standing) -> None:
        self.standing = standing
        labels = dict(self.form.field("state").type.choices(None))
        self.bar.show_standing(standing, labels.get(standing.state, standing.state), self.frame.may("enter"))

    def step(self, state: str) -> None:
        """Move the claim on; what the next state needs is asked first."""
        if self.standing is None:
            return
        if self.dirty():
            self.frame.fail("更改还没有保存，先保存再改状态")
            return
        if not NEEDS.get(state) and state not in REASONS:
            record = self.record
            self.frame.ask(
                lambda desk: claims.advance(desk, record, state), lambda _: self._stepped(state),
                lambda error: self.frame.fail(str(error)),
            )  # fmt: skip
            return
        dialog = StepDialog(self.frame, self.form, self.record, state, self.standing.texts, self.window())
        if dialog.run():
            self._stepped(state)

    def _stepped(self, state: str) -> None:
        self.frame.say(f"已{VERBS[state]}", verb="撤销", key="undo", slot=self.frame.undo)
        self.show_record(self.record, facts=self.facts)
