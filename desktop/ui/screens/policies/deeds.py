"""What is done with a policy on screen: facts from a record, who qualifies, copying, a claim; part of `PolicyPage`."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop.actions import claims, policies
from desktop.actions.claim_words import copied

from .picking import QualifiedDialog, RecordDialog, choices_for


class PolicyDeeds:
    # Records.
    def pick_record(self) -> None:
        """Choose a record and take its facts."""
        rule = self.rule
        if rule is None:
            return

        def done(choices: list[tuple[str, str]]) -> None:
            dialog = RecordDialog(choices, self.window())
            if dialog.run() and dialog.chosen is not None:
                self.fill(*dialog.chosen)

        self.frame.ask(lambda desk: choices_for(desk, rule), done)

    def fill(self, form: str, record: str) -> None:
        """Fill the facts from a record; what it does not hold stays to be filled in."""
        key, day, period = self.key, self.terms.day(), self.terms.period_key()

        def work(desk: Any) -> tuple[policies.Filled, str]:
            filled = policies.facts_from(desk, key, form, record, period=period, on=day)
            return filled, desk.names.label(form, record) or ""

        def done(answer: tuple[policies.Filled, str]) -> None:
            filled, label = answer
            held = self.form()
            if self.key != key or held is None:
                return
            self.source = (form, record)
            held.set_facts(filled.facts)
            self.terms.planned.setChecked(filled.planned)
            self.terms.from_record.setText(f"取自{label}")
            self.compute()

        self.frame.ask(work, done)

    def show_qualified(self) -> None:
        """Which records this policy may be for."""
        rule, day, period = self.rule, self.terms.day(), self.terms.period_key()
        if rule is None:
            return

        def done(found: list[policies.Qualified]) -> None:
            dialog = QualifiedDialog(self.frame, rule, found, self.window())
            if dialog.run() and dialog.chosen is not None and rule.figures:
                self.fill(*dialog.chosen)

        self.frame.ask(lambda desk: policies.qualify(desk, rule.name, day, period=period), done, busy="正在逐条匹配")

    # What comes of it.
    def copy_arithmetic(self) -> None:
        if self.result is not None:
            QGuiApplication.clipboard().setText(copied(self.result))
            self.frame.say("已复制算式")

    def make_claim(self) -> None:
        """A draft claim with this amount and its arithmetic."""
        form, rule, result = self.form(), self.rule, self.result
        if form is None or rule is None or result is None or not self.frame.may("enter"):
            return
        if result.amount is None and result.up_to is None:
            self.frame.fail("没有可申报的金额，原因见右侧")
            return
        facts, day, period, record = form.facts(), self.terms.day(), self.terms.period_key(), self.source[1]

        def done(made: claims.Drafted) -> None:
            if made.warnings:
                self.frame.fail("；".join(made.warnings[:2]))
            self.frame.say("已生成补贴申报草稿", verb="撤销", key="undo", slot=self.frame.undo)
            self.frame.open_record("claim", made.claim)

        self.frame.ask(
            lambda desk: claims.draft_from(desk, rule.name, record, period, facts=facts, on=day), done,
            lambda error: self.frame.fail(str(error)),
        )  # fmt: skip
