"""What a clerk does from the ledger: edit, report, carry on, sum up, change many, print, hand out."""

from __future__ import annotations

from desktop.actions.ledger import LedgerItem, report_of
from desktop.actions.progress import ProgressDraft, assemble_summary, carry_forward
from desktop.model.periods import Period


class LedgerDeeds:
    """Mixed into the ledger page, which has `frame`, `tree`, `table`, `ledger`, `current()` and the signals."""

    def ask_edit(self) -> None:
        item = self.current()
        if item is not None:
            self.edit.emit(item.record, {} if item.record else {"item": item.key})

    def unit(self) -> str:
        """The unit whose branch of the tree is chosen."""
        branch = self.tree.key()
        return branch.removeprefix("unit:") if branch.startswith("unit:") else ""

    def picked(self) -> list[str]:
        """Keys of the items chosen in the list."""
        if self.ledger is None:
            return []
        known = {item.key for item in self.ledger.items}
        return [key for key in self.table.selected_keys() if key in known]

    def change_many(self) -> None:
        from .many import ManyDialog

        items = self.picked()
        if not items or not self.frame.may("enter"):
            self.frame.say("先选中要改的任务：按住 Shift 用 ↑↓ 选几项，再批量修改。")
            return
        dialog = ManyDialog(self.frame, items, self)
        dialog.written.connect(
            lambda saved: self.frame.say(f"已改 {len(items)} 项任务的分工", verb="撤销", slot=self.frame.undo)
        )
        dialog.open()

    def _proposed(self, draft: ProgressDraft) -> None:
        self.report.emit(draft.record, draft.typed)
        if draft.notes:
            self.frame.say("。".join(draft.notes) + "。")

    def carry(self, month: str) -> None:
        """The last report of the unit, in the form of this month, to be edited."""
        item = self.current()
        if item is not None and item.asked and self.frame.may("enter"):
            unit = self._unit(item)
            self.frame.ask(lambda desk: carry_forward(desk, item.key, unit, month), self._proposed)

    def summary(self, month: str) -> None:
        """The lead office's summary out of the units' reports, in the form, to be edited."""
        item = self.current()
        if item is not None and item.asked and self.frame.may("enter"):
            self.frame.ask(lambda desk: assemble_summary(desk, item.key, month), self._proposed)

    def ask_report(self, month: str, more: dict[str, str] | None = None) -> None:
        item = self.current()
        if item is None or not item.applicable or item.retired or not self.frame.may("enter"):
            return
        unit = self._unit(item)
        start = {"item": item.values.get("item") or item.key, "unit": unit, "period": Period.parse(month).key}
        self.frame.ask(
            lambda desk: report_of(desk, item.key, unit, month),
            lambda record: self.report.emit(record, (more or {}) if record else {**start, **(more or {})}),
        )

    def _unit(self, item: LedgerItem) -> str:
        """Who reports: the unit whose branch is shown, this office where the item names it, else the first lead."""
        if self.unit() and item.role(self.unit()):
            return self.unit()
        office = self.frame.person.office
        asked = "、".join((item.values.get("lead", ""), item.values.get("responsible", ""))).split("、")
        return office if office in asked or not item.lead else item.lead[0]

    def print_ledger(self) -> None:
        from ..submissions.preview import PrintPreview

        PrintPreview(self.frame, "ledger-report", period=self.frame.period, parent=self).open_and_show()

    def print_duties(self) -> None:
        """责任清单 of the unit whose branch is chosen."""
        from ..submissions.preview import PrintPreview

        if self.unit():
            PrintPreview(self.frame, "unit-duties", unit=self.unit(), parent=self).open_and_show()

    def send_out(self) -> None:
        from ..exchange.exporting import ExportDialog

        unit = self.unit()
        ExportDialog(self.frame, forms=("assignment", "progress"), unit=unit, parent=self).open()
