"""The top bar: district and office as text, period and search as fields, undo, history, person and role, lock."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import icons, keys, look, paint
from .buttons import KeyButton
from .lines import LineField
from .text import IconView, MarkedText, Rule, Text, ground, row


class PeriodField(QWidget):
    """The period one works in. ↑↓ or the arrows at its right: `stepped(-1|1)`; Enter or a click: `asked`."""

    stepped = Signal(int)
    asked = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("period")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        self.words = words
        self.setAccessibleName(f"填报时间，{words}")
        self.setToolTip(f"填报时间。{keys.hint('earlier')}、{keys.hint('later')} 换期")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = look.theme()
        return QSize(look.width(self.words) + theme.px(16) + theme.px(14) + 34, theme.control(28))

    def keyPressEvent(self, event: object) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key())
        if step:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.position().x() > self.width() - look.theme().px(14) - 12:
            self.stepped.emit(-1 if event.position().y() < self.height() / 2 else 1)
        else:
            self.asked.emit()

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, focus = look.theme(), self.hasFocus()
        paint.box(p, self.rect(), "panel", "accent" if focus else "edge", 2 if focus else 1, 3)
        side, small = theme.px(16), theme.px(14)
        icons.paint(p, "calendar", QRectF(8, (self.height() - side) // 2, side, side), "ink2")
        paint.text(p, QRect(16 + side, 0, self.width(), self.height()), self.words)
        spot = QRectF(self.width() - small - 8, (self.height() - small) // 2, small, small)
        icons.paint(p, "chevrons-up-down", spot, "ink2")


class TopBar(QWidget):
    """`searched(text)` while typing in the search field, `search_entered(text)` on Enter.

    Buttons by objectName: undo, history, lock. `set_fault(words)` puts a triangle and words beside the person.
    """

    searched = Signal(str)
    search_entered = Signal(str)

    def __init__(
        self, district: str = "", office: str = "", period: str = "", person: str = "", role: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        ground(self, "rail")
        self.setObjectName("topbar")
        self.district, self.office = Text(district, size=16), Text(office, size=13, ink="ink2")
        self.period = PeriodField(period)
        self.search = LineField(
            "search", "查找", left_icon="search", placeholder="查找项目、企业、任务、政策、命令，可用拼音首字母"
        )
        self.search.box.right_hint = keys.hint("find")
        self.search.box.refit()
        self.search.changed.connect(self.searched)
        self.search.edit.returnPressed.connect(lambda: self.search_entered.emit(self.search.edit.text()))
        self.fault = MarkedText("late", "")
        self.fault.hide()
        self.undo = KeyButton("撤销", icon="undo-2", kind="tool", key="undo", name="undo")
        self.history = KeyButton("最近的更改", icon="history", kind="tool", name="history")
        self.lock = KeyButton("锁定", icon="lock", kind="tool", key="lock", name="lock")
        self.person, self.role = Text(person), Text(role, ink="ink2")
        self._line = Rule("line2", upright=True)
        self._line.setFixedHeight(20)
        across = row(
            self,
            [self.district, 8, self.office, 18, self.period, 12, self.search, None, self.fault, 12, self.undo, 12,
             self.history, 12, self._line, 12, IconView("user"), 8, self.person, 8, self.role, 12, self.lock],
            gap=0, margins=(16, 0, 12, 1),
        )  # fmt: skip
        across.setStretch(across.indexOf(self.search), 1000)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().bar(44))
        self.search.setMaximumWidth(look.theme().bar(460))
        self.search.setMinimumWidth(min(look.theme().bar(460), 220))
        self.search.box.refit()

    def set_texts(self, *, district: str, office: str, period: str, person: str, role: str) -> None:
        self.district.setText(district)
        self.office.setText(office)
        self.period.set_words(period)
        self.person.setText(person)
        self.role.setText(role)

    def set_fault(self, words: str) -> None:
        self.fault.set_state("late", words)
        self.fault.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("rail"))
        paint.hline(p, 0, self.height() - 1, self.width(), "line2")
