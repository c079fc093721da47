"""What a screen may ask of the window around it: data, the period, other places, words at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.model.errors import DeskError
from desktop.model.forms import Forms, load_forms
from desktop.model.periods import Period

from .bridge import Bridge
from .kit.status import Note


@dataclass(frozen=True)
class Person:
    """Who sits at the desk, and where. `last` is the sign-in before this one, ISO text or ""."""

    name: str
    roles: tuple[str, ...]
    role_words: str
    district: str
    office: str
    practice: bool
    today: str
    folder: str
    last: str = ""
    code: str = ""

    @property
    def city(self) -> bool:
        """Whether this is the city's folder."""
        return self.code.endswith("00")

    def may(self, role: str) -> bool:
        return role in self.roles


@dataclass
class Going:
    """Where to go and what to show there."""

    place: str
    form: str = ""
    record: str = ""
    start: dict[str, str] = field(default_factory=dict)


class Frame(QObject):
    """Handed to every place. Screens keep it and never reach for the window itself.

    `period` is a key such as 2026-11; `period_changed` fires when the clerk changes it. `open_record(form, id)` shows a
    record wherever its form lives; with `record=""` a new one, `start` typed values to begin with.
    """

    period_changed = Signal(str)

    def __init__(self, bridge: Bridge, window: Any, person: Person) -> None:
        super().__init__(window)
        self.bridge, self.person = bridge, person
        self._window = window
        self.period = Period.of(_day(person.today), "month").key

    @property
    def forms(self) -> Forms:
        return load_forms()

    def may(self, role: str) -> bool:
        return self.person.may(role)

    def ask(
        self, work: Callable[[Any], Any], done: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None, busy: str = "",
    ) -> Any:  # fmt: skip
        return self.bridge.ask(work, done, failed, busy)

    def set_period(self, key: str) -> None:
        if key != self.period:
            self.period = key
            self.period_changed.emit(key)

    def go(self, place: str) -> None:
        self._window.go(place)

    def open_record(self, form: str, record: str = "", start: dict[str, str] | None = None) -> bool:
        """Show a record; False when no place shows records of this form."""
        return bool(self._window.open_record(form, record, start or {}))

    def show_list(self, form: str, where: dict[str, str]) -> bool:
        """The list of a form with only the records whose fields hold these stored values."""
        return bool(self._window.show_list(form, where))

    def show_policy(self, rule: str, form: str = "", record: str = "") -> None:
        """A policy in 政策测算, its facts filled from a record."""
        self._window.go("policies")
        if self._window.shell.here == "policies":
            self._window.shell.page("policies").show_policy(rule, form, record)

    def read_file(self, path: Path, accept: bool = False) -> None:
        """A workbook or signed PDF in 导入导出, seen before anything is written."""
        self._window.go("exchange")
        if self._window.shell.here == "exchange":
            self._window.shell.page("exchange").read_file(path, accept)

    def shows(self, form: str) -> bool:
        return bool(self._window.shows(form))

    def has(self, place: str) -> bool:
        """Whether a place is in the rail."""
        return any(each.key == place for each in self._window.places)

    def say(self, words: str, *, verb: str = "", key: str = "", slot: Callable[[], object] | None = None) -> None:
        self._window.shell.toasts.say(words, verb=verb, key=key, slot=slot)

    def fail(self, words: str) -> None:
        self._window.shell.toasts.fail(words)

    def undo(self) -> None:
        self._window.undo()

    def count(self, place: str, number: int) -> None:
        """The number at the right of a place in the rail; 0 hides it."""
        self._window.shell.rail.set_count(place, number)

    def status(self, page: QWidget, notes: Sequence[Note | str], keys: Sequence[str] = ()) -> None:
        """The status line, when `page` is the one on screen."""
        if page.isVisible():
            self._window.shell.status.show_notes(notes)
            self._window.shell.status.show_keys(keys)


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)
