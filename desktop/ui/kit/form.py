"""Form rows, sections and the scrolling body. Labels stand right-aligned in a column measured, not guessed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from . import look
from .field import Field
from .text import Rule, Text


class LabelText(QWidget):
    """A label, right-aligned at the height of its control, with a red * when required."""

    def __init__(self, words: str, required: bool = False, buddy: QWidget | None = None, left: bool = False) -> None:
        super().__init__()
        self.words = Text(words, ink="ink2")
        if buddy is not None:
            self.words.setBuddy(buddy)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(3)
        if not left:
            across.addStretch()
        across.addWidget(self.words)
        if required:
            star = Text("*", ink="red")
            star.setAccessibleName("必填")
            across.addWidget(star)
        if left:
            across.addStretch()
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(28))

    def wide(self) -> int:
        return self.sizeHint().width()


class FormRow(QWidget):
    """One label and one field side by side; stacked with the label on top when `stacked`."""

    def __init__(self, field: Field, *, label_width: int = 0, stacked: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self.field = field
        self.label = LabelText(field.label, field.required, field.input, left=stacked)
        if stacked:
            down = QVBoxLayout(self)
            down.setContentsMargins(0, 0, 0, 0)
            down.setSpacing(0)
            self.label.setFixedHeight(look.theme().control(22))
            down.addWidget(self.label)
            down.addWidget(field)
        else:
            across = QHBoxLayout(self)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(look.theme().metric("label_gap"))
            across.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            if label_width:
                self.set_label_width(label_width)
            else:  # its own width, also when the text becomes larger later
                self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_label_width(self, px: int) -> None:
        self.label.setFixedWidth(px)


class FormSection(QWidget):
    """A 14 px head over a line2 rule, then rows in a grid of up to two pairs of label and field.

    `add(field)` fills the next place; `span=2` takes the whole width; `add_widget(w)` puts anything there.
    Below `narrow` px of width the pairs stand under each other.
    """

    def __init__(self, title: str, note: str = "", *, pairs: int = 2, narrow: int = 640, parent: QWidget | None = None):
        super().__init__(parent)
        self.title = title
        self.rows: list[Field] = []
        self._pairs, self._narrow, self._now = pairs, narrow, 0
        self._items: list[tuple[QWidget | None, QWidget, int]] = []
        self._least = (116, 76)
        self.note = Text(note, size=12, ink="ink3")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(Text(title, size=14))
        self.head.addWidget(self.note)
        self.head.addStretch()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 12)
        down.setSpacing(0)
        down.addLayout(self.head)
        down.addSpacing(4)
        down.addWidget(Rule("line2"))
        down.addSpacing(8)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setVerticalSpacing(8)
        self.grid.setHorizontalSpacing(look.theme().metric("label_gap"))
        down.addLayout(self.grid)

    def add(self, field: Field, *, span: int = 1) -> Field:
        self.rows.append(field)
        self._items.append((LabelText(field.label, field.required, field.input), field, span))
        self._lay(self._now or self._pairs)
        return field

    def add_widget(self, widget: QWidget, label: str = "", *, span: int = 2) -> QWidget:
        self._items.append((LabelText(label) if label else None, widget, span))
        self._lay(self._now or self._pairs)
        return widget

    def label_widths(self) -> tuple[int, int]:
        """Widths of the two label columns as they are now."""
        return self.grid.columnMinimumWidth(0), self.grid.columnMinimumWidth(3)

    def set_label_widths(self, first: int, second: int) -> None:
        """Least widths, so that the sections of one form line up."""
        self._least = (first, second)
        self._lay(self._now or self._pairs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        pairs = self._pairs if self.width() >= look.theme().control(self._narrow) else 1
        if pairs != self._now:
            self._lay(pairs)

    def _lay(self, pairs: int) -> None:
        self._now = pairs
        row = place = 0
        while self.grid.count():
            self.grid.takeAt(0)
        widest = [0, 0]
        top = Qt.AlignmentFlag.AlignTop
        for label, widget, span in self._items:
            span = min(span, pairs)
            if place + span > pairs:
                row, place = row + 1, 0
            if label is not None:
                self.grid.addWidget(label, row, place * 3, top)
                widest[place] = max(widest[place], label.wide())
            self.grid.addWidget(widget, row, place * 3 + 1, 1, 4 if span == 2 else 1, top)
            place += span
            if place >= pairs:
                row, place = row + 1, 0
        for i in range(2):
            used = i < pairs
            self.grid.setColumnMinimumWidth(i * 3, max(widest[i], self._least[i]) if used else 0)
            self.grid.setColumnStretch(i * 3 + 1, 1 if used else 0)
        self.grid.setColumnMinimumWidth(2, 12 if pairs == 2 else 0)


class FormBody(QScrollArea):
    """The scrolling body of a form: sections in a column, at most `most` px wide. Enter goes to the next field."""

    def __init__(self, *, most: int = 1160, margin: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections: list[FormSection] = []
        self._body = QWidget()
        self._inner = QWidget()
        self._inner.setMaximumWidth(most)
        across = QHBoxLayout(self._body)
        across.setContentsMargins(margin, 12, margin, 16)
        across.addWidget(self._inner, 1000)
        across.addStretch(1)
        self._down = QVBoxLayout(self._inner)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(4)
        self._down.addStretch()
        self.setWidget(self._body)

    def add(self, section: QWidget) -> QWidget:
        self._down.insertWidget(self._down.count() - 1, section)
        if isinstance(section, FormSection):
            self.sections.append(section)
            for field in section.rows:
                field.input.installEventFilter(self)
            self.align()
        return section

    def align(self) -> None:
        """Give all sections the same label columns."""
        widths = [section.label_widths() for section in self.sections]
        for section in self.sections:
            section.set_label_widths(max(one for one, _ in widths), max(two for _, two in widths))

    def fields(self) -> dict[str, Field]:
        return {field.name: field for section in self.sections for field in section.rows}

    def jump(self, name: str) -> None:
        """Scroll to a field and give it the focus."""
        field = self.fields()[name]
        self.ensureWidgetVisible(field, 0, 48)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field.input, QLineEdit):
            field.input.selectAll()

    def show_section(self, place: int) -> None:
        self.verticalScrollBar().setValue(self.sections[place].y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and not isinstance(watched, QAbstractScrollArea):
                watched.focusNextPrevChild(True) if not isinstance(watched, QLineEdit) else self._after(watched)
                return True
        return super().eventFilter(watched, event)

    def _after(self, watched: QWidget) -> None:
        after = watched.nextInFocusChain()
        while after is not watched and not (
            after.focusPolicy() & Qt.FocusPolicy.TabFocus and after.isVisible() and after.isEnabled()
        ):
            after = after.nextInFocusChain()
        after.setFocus(Qt.FocusReason.TabFocusReason)
