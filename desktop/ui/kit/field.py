"""What every input has in common: a name, a label, one box, one line below it for help, echo or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from . import icons, look, marks, paint
from .text import Text


class Note(QWidget):
    """The 12 px line below a field: help, echo, a warning (clock) or an error (cross). Hidden when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = marks.Mark("error", size=10)
        self.words = Text(size=12, ink="ink3", wrap=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 2, 0, 0)
        across.setSpacing(6)
        across.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.words, 1)
        self.show_text("")

    def show_text(self, words: str, mark: str = "") -> None:
        self.words.setText(words)
        self.words.set_ink({"error": "red", "soon": "amber"}.get(mark, "ink3"))
        self.mark.setVisible(bool(mark))
        if mark:
            self.mark.set_mark(mark, "错误" if mark == "error" else "提醒")
            self.mark.setFixedHeight(self.words.fontMetrics().height())
        self.setVisible(bool(words))


class Box(QWidget):
    """The painted box round an input: border, focus, error, read-only; icon or unit at its right, icon at its left."""

    pressed_right = Signal()

    def __init__(self, *, unit: str = "", left_icon: str = "", right_icon: str = "", tall: bool = False) -> None:
        super().__init__()
        self.unit, self.left_icon, self.right_icon = unit, left_icon, right_icon
        self.error = self.readonly = self.focused = False
        self.ground = "panel"
        self.right_hint = ""
        self._tall = tall
        self.inner = QHBoxLayout(self)
        self.inner.setSpacing(0)
        upright = QSizePolicy.Policy.Preferred if tall else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        self.refit()

    def hold(self, widget: QWidget) -> None:
        """Put the input in; its focus shows as the box's own border."""
        self.inner.addWidget(widget)
        widget.installEventFilter(self)
        self.setFocusProxy(widget)

    def refit(self) -> None:
        if not self._tall:
            self.setFixedHeight(look.theme().control(28))
        small = look.theme().px(14)
        left = 7 + (small + 8 if self.left_icon else 0)
        right = 7
        if self.unit:
            right += look.width(self.unit, 12) + 5
        if self.right_hint:
            right += look.width(self.right_hint, 12) + 8
        if self.right_icon:
            right += small + 6
        self.inner.setContentsMargins(left, 3, right, 3)

    def set_state(self, *, error: bool | None = None, readonly: bool | None = None) -> None:
        if error is not None:
            self.error = error
        if readonly is not None:
            self.readonly = readonly
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focused = event.type() == QEvent.Type.FocusIn
            self.update()
        return False

    def mousePressEvent(self, event: object) -> None:
        near = self.width() - look.theme().px(14) - 18
        if self.right_icon and event.position().x() >= near and not self.readonly:
            self.pressed_right.emit()
        elif self.focusProxy() is not None:
            self.focusProxy().setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = self.isEnabled()
        if self.error:
            border, wide = "red", 2
        elif self.focused:
            border, wide = "accent", 2
        else:
            border, wide = ("line2" if self.readonly or not enabled else "edge"), 1
        paint.box(p, self.rect(), "sunken" if self.readonly or not enabled else self.ground, border, wide, 3)
        if self.error and self.focused:
            paint.box(p, self.rect().adjusted(2, 2, -2, -2), None, "accent", 1, 2)
        small = look.theme().px(14)
        middle = (self.height() - small) // 2 if not self._tall else 7
        if self.left_icon:
            icons.paint(p, self.left_icon, QRectF(9, middle, small, small), "ink2")
        right = self.width() - 9
        if self.right_icon:
            right -= small
            icons.paint(p, self.right_icon, QRectF(right, middle, small, small), "ink2" if enabled else "ink3")
            right -= 6
        for words in (self.unit, self.right_hint):
            if words:
                wide = look.width(words, 12)
                right -= wide
                line = self.rect().adjusted(right, 0, 0, 0)
                paint.text(p, line, words, "ink3", 12)
                right -= 8


class Field(QWidget):
    """Base of all inputs. `changed(text)` while typing, `left()` when focus leaves it (never while composing).

    The input inside carries objectName = `name` and an accessible name of label, unit, required, state, error.
    `value()` is what was typed or chosen, as text; None when empty. No conversion happens here.
    """

    changed = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, label: str = "", *, unit: str = "", required: bool = False, help: str = "",
        readonly: bool = False, width: int = 0, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.name, self.label, self.unit, self.required, self.help = name, label, unit, required, help
        self.readonly = readonly
        self.error_text = self.warning_text = self.echo_text = ""
        self.note = Note(self)
        self._width = width
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def build(self, box: Box, target: QWidget) -> None:
        """Called once by subclasses: the box to show and the widget that takes the focus."""
        self.box, self.input = box, target
        target.setObjectName(self.name)
        self.setObjectName(f"{self.name}.field")
        self.setFocusProxy(target)
        target.installEventFilter(self)
        self._down.addWidget(box)
        self._down.addWidget(self.note)
        if self._width:
            box.setMaximumWidth(look.theme().control(self._width))
        box.set_state(readonly=self.readonly)
        self.refresh()

    def value(self) -> str | None:
        raise NotImplementedError

    def set_value(self, value: str | None) -> None:
        raise NotImplementedError

    def shown(self) -> str:
        """The value as a person reads it."""
        return self.value() or ""

    def set_error(self, words: str) -> None:
        """Red border, cross and sentence; "" takes it away."""
        self.error_text = words
        self.refresh()

    def set_warning(self, words: str) -> None:
        """Clock and sentence, without a red border; never stops saving."""
        self.warning_text = words
        self.refresh()

    def set_echo(self, words: str) -> None:
        """大写, share of the total, or how a typed date was read. Takes the place of the help line."""
        self.echo_text = words
        self.refresh()

    def set_readonly(self, on: bool) -> None:
        self.readonly = on
        self.box.set_state(readonly=on)
        self.refresh()

    def refresh(self) -> None:
        self.box.set_state(error=bool(self.error_text))
        if self.error_text:
            self.note.show_text(self.error_text, "error")
        elif self.warning_text:
            self.note.show_text(self.warning_text, "soon")
        else:
            self.note.show_text(self.echo_text or self.help)
        self.input.setAccessibleName(self.spoken())
        self.input.setAccessibleDescription(self.help)

    def spoken(self) -> str:
        """label，unit，必填，value，echo，error (look.md §5)."""
        parts = [self.label, self.unit, "必填" if self.required else "", "只读" if self.readonly else ""]
        parts += [self.shown(), self.echo_text, self.warning_text, self.error_text]
        return "，".join(part for part in parts if part)

    def composing(self) -> bool:
        return QApplication.inputMethod().isVisible() and bool(getattr(self, "_preedit", ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod:
            self._preedit = event.preeditString()
        elif event.type() == QEvent.Type.FocusOut and watched is self.input:
            popup = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if not popup and not self.composing():
                self.leave()
        return False

    def leave(self) -> None:
        """Focus left the input: subclasses read and echo here, then `left` fires."""
        self.refresh()
        self.left.emit()
