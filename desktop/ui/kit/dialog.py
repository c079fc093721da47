"""Dialogs: the title is the question, the buttons are verbs. What cannot be undone asks for a typed confirmation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from . import look, paint
from .buttons import KeyButton
from .field import Field
from .form import FormRow
from .lines import LineField
from .longtext import fixed_text
from .text import Text, row


class Dialog(QDialog):
    """A framed dialog, 440 wide: `title`, `words`, then what `body` adds, then verbs.

    `verb` is the main button; with `harmful` the default is 取消; `typed` must be typed before the verb works.
    `run()` is True when the verb was chosen.
    """

    def __init__(
        self, title: str, words: str = "", *, verb: str, cancel: str = "取消", harmful: bool = False, typed: str = "",
        wide: int = 440, key: str = "home_open", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent or QApplication.activeWindow(), Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.harmful, self.typed = harmful, typed
        self.fields: dict[str, Field] = {}
        self.setFixedWidth(min(look.theme().control(wide), 900))
        self.down = QVBoxLayout(self)
        self.down.setContentsMargins(21, 16, 21, 13)
        self.down.setSpacing(8)
        self.down.addWidget(Text(title, size=16, wrap=True))
        if words:
            self.down.addWidget(Text(words, ink="ink2", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.down.addLayout(self.body)
        self.down.addSpacing(4)
        self.no = KeyButton(cancel, key="back", name="cancel")
        self.yes = KeyButton(verb, key="" if harmful else key, kind="main", name="verb")
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.buttons = row(None, [None, self.no, self.yes])
        self.down.addLayout(self.buttons)
        self._proof: LineField | None = None
        if typed:
            self._proof = LineField("confirm", f"输入“{typed}”以确认", required=True)
            self._proof.changed.connect(lambda text: self.yes.setEnabled(text.strip() == typed))
            self.yes.setEnabled(False)
            self.add(self._proof)

    def add(self, field: Field) -> Field:
        """Put a field into the body, label on top."""
        self.fields[field.name] = field
        self.body.addWidget(FormRow(field, stacked=True))
        return field

    def add_widget(self, widget: QWidget) -> QWidget:
        self.body.addWidget(widget)
        return widget

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        first = next(iter(self.fields.values()), None)
        (first or (self.no if self.harmful else self.yes)).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if focus is self.no:
                self.reject()
            elif self.yes.isEnabled() and (not self.harmful or focus is self.yes):
                self.accept()
        else:
            super().keyPressEvent(event)

    def run(self) -> bool:
        return self.exec() == QDialog.DialogCode.Accepted

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 6)


def ask(
    title: str, words: str = "", *, verb: str, harmful: bool = False, typed: str = "", parent: QWidget | None = None
) -> bool:
    """Ask a question whose answer is a verb: `ask("删除“云帆街道旧货站”？", "…", verb="删除")`."""
    return Dialog(title, words, verb=verb, harmful=harmful, typed=typed, parent=parent).run()


def ask_text(
    title: str, words: str, label: str, *, verb: str, required: bool = True, parent: QWidget | None = None
) -> str | None:
    """Ask for one line, such as a reason; None when it was cancelled."""
    dialog = Dialog(title, words, verb=verb, parent=parent)
    field = dialog.add(LineField("answer", label, required=required))
    if required:
        dialog.yes.setEnabled(False)
        field.changed.connect(lambda text: dialog.yes.setEnabled(bool(text.strip())))
    return (field.value() or "") if dialog.run() else None


def tell(title: str, words: str, *, details: str = "", parent: QWidget | None = None) -> None:
    """Say what happened, with one button. `details` stay folded behind 详情."""
    dialog = Dialog(title, words, verb="知道了", cancel="详情", parent=parent)
    if details:
        area = fixed_text(details)
        area.setAccessibleName("详情")
        area.setFixedHeight(160)
        area.hide()
        dialog.add_widget(area)
        dialog.no.key, dialog.no._shown = "", ""
        dialog.no.clicked.disconnect()
        dialog.no.clicked.connect(lambda: (area.setVisible(area.isHidden()), dialog.adjustSize()))
    else:
        dialog.no.hide()
    dialog.run()


def inform(title: str, words: str, parent: QWidget | None = None) -> Dialog:
    """As `tell`, without waiting for the answer: the window goes on while it is read."""
    dialog = Dialog(title, words, verb="知道了", parent=parent)
    dialog.no.hide()
    dialog.open()
    return dialog
