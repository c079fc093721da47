"""What a corrected edition says differently from the one before, value by value; also as a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.submissions import Submission, corrected, write_difference

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column

MOST = 6  # rows shown at once
COLUMNS = (
    Column("what", "项", width=190, ink="ink"),
    Column("old", "原报", width=110),
    Column("new", "现报", width=110, ink="ink"),
)


class Changes(QWidget):
    """Hidden for a first edition. `show_submission(one)`."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.one: Submission | None = None
        self.save = KeyButton("更正说明…", kind="text", icon="printer", name="print_difference")
        self.save.clicked.connect(self._save)
        self.head = PaneHead("与前一次的差别", "", [self.save])
        self.table = TableView(
            RowsModel(list(COLUMNS)), by_rows=True, pad=4, numbered=False, column_lines=False, name="changes",
            label="与前一次的差别",
        )  # fmt: skip
        column(self, [self.head, self.table], gap=4)

    def show_submission(self, one: Submission) -> None:
        self.one = one
        said = corrected(one)
        self.setVisible(bool(said))
        if not said:
            return
        rows = said["rows"]
        many = f"{len(rows)} 处" if rows else "相同"
        self.head.note.setText(f"第 {said['sequence']} 次，{many}")
        self.table.model().set_rows([Row(str(place), _cells(row)) for place, row in enumerate(rows)])
        high = look.theme().control(28)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight((min(len(rows), MOST) + 1) * high + 2)

    def _save(self) -> None:
        one = self.one
        if one is None:
            return
        begin = str(Path.home() / f"更正说明_{one.period}_第{one.sequence}次.pdf")
        path, _ = QFileDialog.getSaveFileName(self, "更正说明", begin, "PDF (*.pdf)")
        if path:
            out = Path(path if path.lower().endswith(".pdf") else f"{path}.pdf")
            self.frame.ask(
                lambda desk: write_difference(desk, one.id, out), lambda _: self.frame.say(f"已保存 {out.name}"),
                lambda error: self.frame.fail(str(error)), "正在排版",
            )  # fmt: skip


def _cells(row: dict[str, Any]) -> tuple[Cell, ...]:
    what = "　".join(filter(None, (row.get("record", ""), row.get("field", ""))))
    whole = f"{row['form']}　{what}"
    old, new = row.get("old", "") or "—", row.get("new", "") or "—"
    return Cell(what, tip=whole), Cell(old, tip=old), Cell(new, tip=new)
