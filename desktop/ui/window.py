"""The window: sign-in, first run, or the shell with its places. It keeps itself thin; places do the work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.actions.backup import daily
from desktop.actions.seat import Seat, keep_setting, take_seat
from desktop.actions.undo import undo
from desktop.model.errors import DeskError
from desktop.model.periods import Period

from . import choice
from .bridge import Bridge
from .find import Search
from .frame import Frame, Person
from .itemhelp import item_words
from .kit import keys, look
from .kit.rail import Place as RailPlace
from .kit.shell import Shell
from .kit.text import column
from .kit.tokens import TEXT_SIZES
from .opening import forget_copies
from .places import PLACES, Place

SETTLED, HOUR = 30_000, 3_600_000  # ms
ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class Window(QWidget):
    """`Window(bridge)`. `seated` fires when somebody has signed in and the shell is on screen."""

    seated = Signal()

    def __init__(self, bridge: Bridge, folder: Path | None = None, places: list[Place] | None = None) -> None:
        super().__init__()
        self.bridge = bridge
        self._all = PLACES if places is None else places
        self.places = self._all
        self.folder = folder
        self.setWindowTitle("两新工作台")
        self.setMinimumSize(960, 600)
        self.stack = QStackedWidget()
        column(self, [self.stack], gap=0)
        self.shell: Shell | None = None
        self.frame: Frame | None = None
        self.seat: Seat | None = None
        self._door: QWidget | None = None
        self._signing_out = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._daily = QTimer(self)
        self._daily.setSingleShot(True)
        self._daily.timeout.connect(self._back_up)
        bridge.fault.connect(self._fault)
        QApplication.instance().installEventFilter(self)

    # Doors: sign-in, first run, lock.
    def show_door(self, page: QWidget) -> None:
        """Put a page over everything: sign-in, first run, lock."""
        if self._door is not None:
            self.stack.removeWidget(self._door)
            self._door.deleteLater()
        self._door = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        begin = getattr(page, "begin", page.setFocus)
        begin()

    def ask_sign_in(self, note: str = "", name: str = "", password: str = "") -> None:
        from .screens.signin.page import SignInPage

        page = SignInPage(self, self.folder, note=note, name=name, password=password)
        self.show_door(page)

    def ask_first_run(self) -> None:
        from .screens.firstrun.page import FirstRunPage

        self.show_door(FirstRunPage(self))

    def opened(self, folder: Path) -> None:
        """The bridge holds an open Desk: take the seat and show the shell."""
        self.folder = folder
        choice.remember_folder(folder)
        held = self.seat
        self.bridge.ask(lambda desk: take_seat(desk, held), self._seated)

    def _seated(self, seat: Seat) -> None:
        same = self.seat is not None and (self.seat.name, self.seat.folder) == (seat.name, seat.folder)
        if not same or self.shell is None:
            self._build(seat)
        self.seat, self.frame.person = seat, _person(seat)
        if (look.theme().mode, look.theme().text) != (seat.settings["theme"], seat.settings["text"]):
            look.apply(QApplication.instance(), seat.settings["theme"], seat.settings["text"])
        self.stack.setCurrentWidget(self.shell)
        if self._door is not None:
            self.stack.removeWidget(self._door)
            self._door.deleteLater()
            self._door = None
        self._stir()
        self._daily.start(SETTLED)
        self.bridge.changed.emit()
        self.seated.emit()

    def _build(self, seat: Seat) -> None:
        if self.shell is not None:
            self.stack.removeWidget(self.shell)
            self.shell.deleteLater()
        city = seat.code.endswith("00")
        self.places = [place for place in self._all if city or not place.city]
        self.shell = Shell([RailPlace(p.key, p.label, p.icon, p.group, p.keys) for p in self.places])
        self.frame = Frame(self.bridge, self, _person(seat))
        for place in self.places:
            self.shell.add_page(place.key, make=self._maker(place))
        self.stack.addWidget(self.shell)
        self._texts()
        shell = self.shell
        shell.lock_asked.connect(self.lock)
        shell.undo_asked.connect(self.undo)
        shell.history_asked.connect(self._show_recent)
        shell.period_stepped.connect(self._step_period)
        shell.text_size_asked.connect(self._text_size)
        self.search = Search(self)
        shell.help_asked.connect(self._help)
        keys.bind(shell, "help_item", self._help_item)
        self.go(self.places[0].key)

    def _maker(self, place: Place) -> Any:
        return lambda: place.factory(self.frame)

    def _texts(self) -> None:
        person, frame = self.frame.person, self.frame
        office = person.office.removeprefix(person.district)
        district = f"{person.district}（练习）" if person.practice else person.district
        self.shell.topbar.set_texts(
            district=district, office=office, period=Period.parse(frame.period).label, person=person.name,
            role=person.role_words if len(person.roles) < 4 else "全部角色",
        )  # fmt: skip

    # Places and records.
    def go(self, key: str) -> None:
        if self.shell is not None:
            self.shell.go(key)

    def shows(self, form: str) -> bool:
        return any(form in place.forms for place in self.places)

    def open_record(self, form: str, record: str, start: dict[str, str]) -> bool:
        place = next((place for place in self.places if form in place.forms), None)
        if place is None or self.shell is None:
            return False
        self.shell.go(place.key)
        if self.shell.here != place.key:
            return False
        self.shell.page(place.key).open_record(form, record, start)
        return True

    def show_list(self, form: str, where: dict[str, str]) -> bool:
        place = next((place for place in self.places if form in place.forms), None)
        if place is None or self.shell is None:
            return False
        self.shell.go(place.key)
        if self.shell.here != place.key or not hasattr(self.shell.page(place.key), "show_where"):
            return False
        self.shell.page(place.key).show_where(where)
        return True

    # What the shell asks for.
    def undo(self) -> None:
        def done(undone: Any) -> None:
            kept = f"，{len(undone.kept)} 处此后又改过，保持不变" if undone.kept else ""
            self.shell.toasts.say(f"已撤销上一步{kept}")

        self.bridge.ask(lambda desk: undo(desk), done, lambda error: self.shell.toasts.fail(str(error)))

    def _help(self) -> None:
        """F1: the chapter about the place on screen."""
        here = self.shell.here
        self.go("help")
        if self.shell.here == "help" and here != "help":
            self.shell.page("help").show_about(here)

    def _help_item(self) -> None:
        """Shift+F1: what the field with the focus asks for."""
        self.shell.toasts.say(item_words(QApplication.focusWidget() or self.focusWidget()))

    def _show_recent(self) -> None:
        from .recent import RecentDialog

        RecentDialog(self.frame, self).show()

    def _step_period(self, by: int) -> None:
        period = Period.parse(self.frame.period)
        self.frame.set_period((period.next() if by > 0 else period.previous()).key)
        self._texts()

    def _text_size(self, by: int) -> None:
        now = TEXT_SIZES.index(look.theme().text)
        size = TEXT_SIZES[0] if by == 0 else TEXT_SIZES[max(0, min(now + by, len(TEXT_SIZES) - 1))]
        self.set_look(text=size)

    def set_look(self, theme: str = "", text: str = "") -> None:
        """Put a theme or text size in force and keep it for this person."""
        look.apply(QApplication.instance(), theme or look.theme().mode, text or look.theme().text)
        for name, value in (("theme", theme), ("text", text)):
            if value and self.seat is not None:
                self.bridge.ask(lambda desk, n=name, v=value: keep_setting(desk, n, v), lambda _: None)

    def _back_up(self) -> None:
        """The day's own backup, once the first screens are there; the window may stay open past midnight."""
        if self.shell is None or self._door is not None or self.frame.person.practice:
            return
        self.bridge.ask(
            daily, lambda _: self._daily.start(HOUR), lambda error: self._fault(f"今天的自动备份没有做成：{error}")
        )

    # Locking, idling, closing.
    def lock(self) -> None:
        """Close the file and ask for the password again; the pages stay as they are behind it."""
        if self.shell is None or self._door is not None:
            return
        page = self.shell.stack.currentWidget()
        if hasattr(page, "keep_now"):
            page.keep_now()
        self._idle.stop()
        forget_copies()
        self.bridge.sign_out()
        self.ask_sign_in(note="已锁定。输入密码继续。", name=self.seat.name if self.seat else "")

    def _stir(self) -> None:
        if self.shell is not None and self._door is None:
            minutes = int(self.seat.settings.get("idle", "10")) if self.seat else 10
            self._idle.start(minutes * 60_000)

    def set_idle(self, minutes: int) -> None:
        self.seat.settings["idle"] = str(minutes)
        self.bridge.ask(lambda desk: keep_setting(desk, "idle", str(minutes)), lambda _: None)
        self._stir()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in ACTIVITY:
            self._stir()
        return False

    def _fault(self, words: str) -> None:
        if self.shell is not None and self._door is None:
            self.shell.toasts.fail(words)

    def failed(self, error: DeskError) -> None:
        self._fault(str(error))

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.shell.stack.currentWidget() if self.shell is not None and self._door is None else None
        if page is not None and hasattr(page, "may_leave") and not page.may_leave():
            event.ignore()
            return
        QApplication.instance().removeEventFilter(self)
        forget_copies()
        self.bridge.stop()
        event.setAccepted(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.windowState() & Qt.WindowState.WindowMinimized:
            self._stir()


def _person(seat: Seat) -> Person:
    return Person(
        seat.name, seat.roles, seat.role_words, seat.district, seat.office, seat.practice, seat.today, seat.folder,
        seat.last, seat.code,
    )  # fmt: skip
