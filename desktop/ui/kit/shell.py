"""The shell of the window: rail, top bar, pages, status line. It knows places by name and nothing of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from . import keys, look
from .rail import Place, Rail
from .status import StatusLine
from .text import column, ground, row
from .toast import ToastStack
from .topbar import TopBar


class Shell(QWidget):
    """`Shell(places)`; `add_page(name, widget)` or `add_page(name, make=callable)` (built at the first visit).

    Bound here from `keys.KEYS`: Ctrl+1–9 places, Ctrl+K, F1, F6 and Alt+1–3 panes, Ctrl+PgUp/PgDn period, Ctrl + − 0
    text size, Ctrl+Alt+L lock. A page may have `panes() -> list[QWidget]`, and `entered()`, called when it is shown.
    """

    place_changed = Signal(str)
    lock_asked = Signal()
    undo_asked = Signal()
    history_asked = Signal()
    help_asked = Signal()
    period_stepped = Signal(int)
    period_asked = Signal()
    find_asked = Signal(str)
    text_size_asked = Signal(int)  # 1 larger, -1 smaller, 0 标准

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self.places = list(places)
        self._pages: dict[str, QWidget | Callable[[], QWidget]] = {}
        self.here = ""
        self.topbar, self.rail, self.status = TopBar(), Rail(places), StatusLine()
        self.stack = QStackedWidget()
        work = QWidget()
        column(work, [self.stack, self.status], gap=0)
        middle = QWidget()
        row(middle, [self.rail, work], gap=0)
        column(self, [self.topbar, middle], gap=0)
        self.toasts = ToastStack(work, above=lambda: self.status.height())
        self.rail.picked.connect(self.go)
        self.topbar.undo.clicked.connect(self.undo_asked)
        self.topbar.history.clicked.connect(self.history_asked)
        self.topbar.lock.clicked.connect(self.lock_asked)
        self.topbar.period.stepped.connect(self.period_stepped)
        self.topbar.period.asked.connect(self.period_asked)
        self.topbar.searched.connect(self.find_asked)
        self._bind()

    def _bind(self) -> None:
        for number, place in enumerate(self.places[:9], start=1):
            keys.bind(self, place.key if place.key.startswith("place") else f"place{number}", self._goer(place.name))
        for action, slot in {
            "find": self.focus_search, "help": self.help_asked.emit, "lock": self.lock_asked.emit,
            "undo": self.undo_asked.emit, "next_pane": self.next_pane,
            "pane1": lambda: self.pane(0), "pane2": lambda: self.pane(1), "pane3": lambda: self.pane(2),
            "earlier": lambda: self.period_stepped.emit(-1), "later": lambda: self.period_stepped.emit(1),
            "larger": lambda: self.text_size_asked.emit(1), "smaller": lambda: self.text_size_asked.emit(-1),
            "normal": lambda: self.text_size_asked.emit(0),
        }.items():  # fmt: skip
            keys.bind(self, action, slot)

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def add_page(self, name: str, page: QWidget | None = None, *, make: Callable[[], QWidget] | None = None) -> None:
        """Give a place its page, ready or built at the first visit."""
        self._pages[name] = page if page is not None else make  # type: ignore[assignment]
        if page is not None:
            self.stack.addWidget(page)

    def page(self, name: str) -> QWidget:
        """The page of a place, built if need be; KeyError when the place has none."""
        held = self._pages[name]
        if not isinstance(held, QWidget):
            held = held()
            self._pages[name] = held
            self.stack.addWidget(held)
        return held

    def go(self, name: str) -> None:
        """Show a place. A page whose `may_leave()` answers False keeps the clerk where they are."""
        if name not in self._pages:
            return
        now = self.stack.currentWidget()
        if now is not None and name != self.here and hasattr(now, "may_leave") and not now.may_leave():
            return
        page = self.page(name)
        self.here = name
        self.rail.set_here(name)
        self.stack.setCurrentWidget(page)
        if hasattr(page, "entered"):
            page.entered()
        self.place_changed.emit(name)

    def focus_search(self) -> None:
        self.topbar.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.topbar.search.edit.selectAll()

    def panes(self) -> list[QWidget]:
        page = self.stack.currentWidget()
        return list(page.panes()) if page is not None and hasattr(page, "panes") else []

    def pane(self, place: int) -> None:
        panes = [pane for pane in self.panes() if pane.isVisible()]
        if place < len(panes):
            panes[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self) -> None:
        """Focus to the next pane of the page, then the rail, then round again."""
        panes = [*(pane for pane in self.panes() if pane.isVisible()), self.rail.main]
        now = QApplication.focusWidget()
        at = next((i for i, one in enumerate(panes) if now is not None and (one is now or one.isAncestorOf(now))), -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look.theme().metric("rail_icons_below")
        if narrow != self.rail.narrow:
            self.rail.set_narrow(narrow)
