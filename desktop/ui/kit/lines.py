"""One-line inputs: plain text, numbers with a unit, money with 大写, typed dates, files, passwords."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.model.errors import DeskError

from .field import Box, Field

Reader = Callable[[str], tuple[str | None, str]]


class LineField(Field):
    """One line of text. `number` right-aligns it; `secret` hides it; `placeholder` is shown while empty."""

    def __init__(
        self, name: str, label: str = "", *, unit: str = "", required: bool = False, help: str = "",
        readonly: bool = False, width: int = 0, number: bool = False, secret: bool = False, placeholder: str = "",
        icon: str = "", left_icon: str = "", limit: int = 0, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            name, label, unit=unit, required=required, help=help, readonly=readonly, width=width, parent=parent
        )
        self.edit = QLineEdit()
        self.edit.setFrame(False)
        self.edit.setReadOnly(readonly)
        self.edit.setPlaceholderText(placeholder)
        if limit:
            self.edit.setMaxLength(limit)
        if number:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box = Box(unit=unit, right_icon=icon or ("eye" if secret else ""), left_icon=left_icon)
        self.secret = secret
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            box.pressed_right.connect(self._reveal)
        box.hold(self.edit)
        self.build(box, self.edit)
        self.edit.textEdited.connect(self._edited)

    def _edited(self, text: str) -> None:
        self.changed.emit(text)

    def _reveal(self) -> None:
        hidden = self.edit.echoMode() == QLineEdit.EchoMode.Password
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.box.right_icon = "eye-off" if hidden else "eye"
        self.box.update()

    def value(self) -> str | None:
        return self.edit.text() or None if self.secret else self.edit.text().strip() or None

    def shown(self) -> str:
        return "" if self.secret else super().shown()

    def set_value(self, value: str | None) -> None:
        self.edit.setText(value or "")
        if not self.edit.alignment() & Qt.AlignmentFlag.AlignRight:
            self.edit.setCursorPosition(0)
        self.refresh()

    def set_readonly(self, on: bool) -> None:
        self.edit.setReadOnly(on)
        super().set_readonly(on)


class MoneyField(LineField):
    """An amount, right-aligned, unit inside. `words(text)` gives the echo (大写 and the like); it may raise Refused."""

    def __init__(
        self, name: str, label: str = "", *, unit: str = "万元", words: Callable[[str], str] | None = None,
        tidy: Callable[[str], str] | None = None, **rest: object,
    ) -> None:  # fmt: skip
        self._words, self._tidy = words, tidy
        super().__init__(name, label, unit=unit, number=True, **rest)

    def _edited(self, text: str) -> None:
        if not self.composing():
            self._echo(text, complain=False)
        super()._edited(text)

    def _echo(self, text: str, *, complain: bool) -> None:
        if self._words is None:
            return
        try:
            self.echo_text = self._words(text) if text.strip() else ""
            self.error_text = ""
        except DeskError as wrong:
            self.echo_text = ""
            self.error_text = str(wrong) if complain else ""
        self.refresh()

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._echo(value or "", complain=False)

    def leave(self) -> None:
        text = self.edit.text().strip()
        self._echo(text, complain=True)
        if text and self._tidy and not self.error_text:
            try:
                self.edit.setText(self._tidy(text))
            except DeskError as wrong:
                self.error_text = str(wrong)
        super().leave()


class DateField(LineField):
    """A date typed in any usual way. `read(text)` gives (stored value, how it was read) or raises Refused.

    F4 or Alt+↓ opens a month to point at. `value()` is the stored value when read, else the text as typed.
    """

    def __init__(self, name: str, label: str = "", *, read: Reader | None = None, **rest: object) -> None:
        self._read = read
        self._stored: str | None = None
        self._popup: QWidget | None = None
        rest.setdefault("icon", "calendar")
        super().__init__(name, label, **rest)
        self.box.pressed_right.connect(self.open_month)

    def _edited(self, text: str) -> None:
        self._stored = None
        super()._edited(text)

    def value(self) -> str | None:
        return self._stored or super().value()

    def shown(self) -> str:
        return self.edit.text().strip() if hasattr(self, "edit") else ""

    def set_value(self, value: str | None, shown: str = "") -> None:
        """`shown` is the text for the screen when it differs from the stored value."""
        super().set_value(shown or value)
        self._stored = value or None

    def leave(self) -> None:
        text = self.edit.text().strip()
        if self._stored is None or not text:
            self.error_text = self.echo_text = ""
        if text and self._stored is None and self._read is not None:
            try:
                self._stored, self.echo_text = self._read(text)
            except DeskError as wrong:
                self.error_text = str(wrong)
        super().leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
                self.open_month()
                return True
        return super().eventFilter(watched, event)

    def open_month(self) -> None:
        if self.readonly:
            return
        self._popup = QWidget(self, Qt.WindowType.Popup)
        month = QCalendarWidget()
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setAccessibleName(f"{self.label}，选择日期")
        held = QDate.fromString(self._stored or "", Qt.DateFormat.ISODate)
        if held.isValid():
            month.setSelectedDate(held)
        month.activated.connect(self._take)
        month.clicked.connect(self._take)
        down = QVBoxLayout(self._popup)
        down.setContentsMargins(1, 1, 1, 1)
        down.addWidget(month)
        self._popup.move(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)))
        self._popup.show()
        month.setFocus()

    def _take(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
        text = day.toString(Qt.DateFormat.ISODate)
        self._stored = None
        self.edit.setText(text)
        self.edit.setFocus()
        self.changed.emit(text)
        self.leave()


class FilePick(LineField):
    """A path with a folder at its right. `kind`: open, save or folder; `filter` as Qt wants it: `工作簿 (*.xlsx)`."""

    def __init__(
        self, name: str, label: str = "", *, kind: str = "open", filter: str = "", start: str = "", **rest: object
    ) -> None:
        rest.setdefault("icon", "folder-open")
        super().__init__(name, label, **rest)
        self.kind, self.filter, self.start = kind, filter, start
        self.box.pressed_right.connect(self.browse)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
                self.browse()
                return True
        return super().eventFilter(watched, event)

    def browse(self) -> None:
        begin = self.edit.text().strip() or self.start
        if self.kind == "folder":
            path = QFileDialog.getExistingDirectory(self, self.label, begin)
        elif self.kind == "save":
            path, _ = QFileDialog.getSaveFileName(self, self.label, begin, self.filter)
        else:
            path, _ = QFileDialog.getOpenFileName(self, self.label, begin, self.filter)
        if path:
            self.set_value(path)
            self.changed.emit(path)
            self.left.emit()
