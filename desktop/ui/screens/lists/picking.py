"""Which columns a list shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.model.forms import Form

from ...kit.buttons import Tick
from ...kit.dialog import Dialog


class ColumnsDialog(Dialog):
    """Ticks for all fields; the frozen ones stay. Columns keep the order of the form's definition."""

    def __init__(self, form: Form, shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            "显示哪些列", "勾上的显示。窗口放不下时，靠后的列先收起。", verb="显示", wide=620, parent=parent
        )
        self.form, self._shown = form, list(shown)
        self.ticks: dict[str, Tick] = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        fields = [each for each in form.fields if each.type.name not in ("long_text", "file")]
        high = (len(fields) + 2) // 3
        for place, each in enumerate(fields):
            tick = Tick(each.label, name=f"column.{each.name}")
            tick.setChecked(each.name in shown)
            tick.setEnabled(each.name not in form.columns[: form.frozen])
            grid.addWidget(tick, place % high, place // high)
            self.ticks[each.name] = tick
        self.add_widget(holder)

    def chosen(self) -> list[str]:
        kept = [name for name in self._shown if name not in self.ticks or self.ticks[name].isChecked()]
        return kept + [name for name, tick in self.ticks.items() if tick.isChecked() and name not in kept]
