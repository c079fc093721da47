"""Ctrl+K: records of every kind by name, code or 拼音首字母, and the places of the rail, below the search field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.actions.records import find

from .kit.finder import Finder, Hit

EACH = 4  # records shown of one form
WAIT = 150  # ms of quiet after typing


class Search(QObject):
    """Hangs below the search field of the top bar; Enter goes to the record or the place."""

    def __init__(self, window: Any) -> None:
        super().__init__(window.shell)
        self._window = window
        field = window.shell.topbar.search
        self.field = field
        self.finder = Finder(field.edit, field)
        self.finder.picked.connect(self._go)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._ask)
        field.changed.connect(lambda _: self._timer.start())

    def _ask(self) -> None:
        text, window = self.field.edit.text().strip(), self._window
        if not text:
            self.finder.show_hits([])
            return
        shown = [(place, form) for place in window.places for form in place.forms[:1]]
        hits = [
            Hit(f":{place.key}", place.icon, place.label, kind="去", spans=_spans(place.label, text))
            for place in window.places if text in place.label
        ]  # fmt: skip
        forms = window.frame.forms

        def work(desk: Any) -> list[tuple[int, str, str]]:
            return [
                (number, record, desk.names.label(form, record) or "")
                for number, (_, form) in enumerate(shown)
                for record, _ in find(desk, form, search=text, limit=EACH)[0]
            ]

        def done(found: list[tuple[int, str, str]]) -> None:
            more = [
                Hit(f"{shown[n][1]}:{record}", shown[n][0].icon, label, kind=forms[shown[n][1]].title,
                    spans=_spans(label, text))
                for n, record, label in found
            ]  # fmt: skip
            self.finder.show_hits(hits + more)

        window.frame.ask(work, done)

    def _go(self, key: str) -> None:
        form, _, rest = key.partition(":")
        if form:
            self._window.open_record(form, rest, {})
        else:
            self._window.go(rest)


def _spans(label: str, text: str) -> tuple[tuple[int, int], ...]:
    at = label.lower().find(text.lower())
    return ((at, len(text)),) if at >= 0 else ()
