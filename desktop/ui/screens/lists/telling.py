"""What a list says around its table: tabs with counts, chips, facts, sums in the status line."""

from __future__ import annotations

from decimal import Decimal

from desktop.actions.listing import Listing

from ...kit import keys
from ...kit.status import Note
from ...kit.tabs import Tab
from .conditions import words_of
from .saved import PREFIX

LARGER = {"元": "万元", "万元": "亿元"}


class Telling:
    """A part of `ListPage`, which it is mixed into."""

    def _tabs(self, held: Listing) -> None:
        every = sum(count for _, _, count in held.views) if self.by else None
        tabs = [Tab("", "全部", held.total if not (self.conditions or self.find.value()) else every)]
        tabs += [Tab(code, label, count) for code, label, count in held.views]
        if held.faulty or self.view == "faulty":
            tabs.append(Tab("faulty", "待核对", held.faulty, "soon"))
        if held.open or self.view == "open":
            tabs.append(Tab("open", "有冲突", held.open, "conflict"))
        self.tabs.set_tabs([*tabs, *self._saved_tabs()])
        self.tabs.set_here(PREFIX + self.here if self.here else self.view)
        self._saved_button()

    def _chips(self) -> None:
        labels = {code: label for some in self.choices.values() for code, label in some}
        labels |= {"1": "是", "0": "否"} if not labels.get("1") else {}
        self.chips.set_chips([(key, words_of(self.form, each, labels)) for key, each in self.conditions.items()])

    def _money(self) -> str:
        return next((name for name in self.names if self.form.field(name).type.name == "money"), "")

    def _facts(self, held: Listing) -> None:
        facts, name = f"{held.total:,} {self.form.measure}", self._money()
        shown = f"显示 {len(held.lines):,} / {held.total:,} {self.form.measure}"
        if name:
            each, total = self.form.field(name), held.sums.get(name, Decimal(0))
            if len(held.lines) == held.total:
                larger = LARGER.get(each.unit) if total >= 10000 else None
                facts += f"，{each.label} {total / 10000 if larger else total:,.2f} {larger or each.unit}"
            self._note = [Note(f"{shown}，{each.label}", f"{total:,.2f}", each.unit)]
        else:
            self._note = [shown]
        self.head.set_facts(facts)
        self._sums(0, 0, [])

    def _sums(self, count: int, cells: int, sums: list[tuple[str, str, Decimal]]) -> None:
        notes = list(self._note)
        self.many.setEnabled(count > 0)
        if count > 1 and sums:
            for place, (title, unit, total) in enumerate(sums[:4]):
                notes.append(Note(f"选中 {count} 行：{title}" if not place else title, f"{total:,.2f}", unit))
        elif count > 1:
            notes.append(f"选中 {count} 行")
        row = self.table.current_row()
        if count <= 1 and row is not None and row.mark and row.cell(0).tip:
            notes.append(Note(row.cell(0).tip, mark=row.mark))
        self.frame.status(
            self, notes, [keys.phrase("home_open", "打开"), keys.phrase("edit", "改一格"), keys.phrase("copy"),
                          keys.phrase("next_pane")]
        )  # fmt: skip

    def _editing(self, name: str, text: str) -> None:
        if not name or name not in self.form:
            self._sums(0, 0, [])
            return
        each = self.form.field(name)
        words = f"正在编辑 {each.label}"
        if each.type.name == "money" and text.strip():
            from ..record.echo import money_words

            words += f"　{money_words(each, text)}"
        self.frame.status(self, [*self._note, words], [f"{keys.hint('save_down')} 保存", f"{keys.hint('drop')} 放弃"])
