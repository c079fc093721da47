"""导出 and 打印 in the head of a list or a record: its own workbook, its own printed form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.model.forms import Form
from desktop.model.printed import load_printed

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton

PAPERS = {
    "project": "project-list", "site": "site-list", "problem": "problem-list", "progress": "ledger-report",
    "indicator": "indicator-report",
}  # fmt: skip


def record_paper(form: str) -> str:
    """The printed form that is about one record of a form; "" when there is none."""
    return next((each.name for each in load_printed().values() if each.about == form), "")


class Outward:
    """`buttons` for the head of a list; Ctrl+E and Ctrl+P work while `host` is on screen."""

    def __init__(self, frame: Frame, form: Form, host: QWidget) -> None:
        self.frame, self.form, self.host = frame, form, host
        self.paper = PAPERS.get(form.name, "")
        self.buttons: list[KeyButton] = []
        if frame.may("enter"):
            self._add("导出", "download", "export", self.export)
        if self.paper:
            self._add("打印", "printer", "print", self.print_list)

    def _add(self, words: str, icon: str, action: str, slot: Callable[[], None]) -> None:
        self.buttons.append(head_button(self.host, words, icon, action, slot))

    def export(self) -> None:
        """The export of this form; others can be ticked there."""
        from ..exchange.exporting import ExportDialog

        ExportDialog(self.frame, forms=[self.form.name], parent=self.host).open()

    def print_list(self) -> None:
        show_paper(self.frame, self.paper, self.host)


def head_button(host: QWidget, words: str, icon: str, action: str, slot: Callable[[], None]) -> KeyButton:
    """A quiet button with its key in the tooltip, bound while `host` is on screen."""
    made = KeyButton(words, icon=icon, name=action, tip=keys.phrase(action))
    made.setAccessibleDescription(keys.hint(action))
    made.clicked.connect(lambda: slot())
    keys.bind(host, action, slot)
    return made


def show_paper(frame: Frame, paper: str, host: QWidget, record: str = "") -> None:
    """The pages of a printed form over the window."""
    from ..submissions.preview import PrintPreview

    PrintPreview(
        frame, paper, records=[record] if record else [], period=frame.period, parent=host
    ).open_and_show()  # fmt: skip
