"""Which row of a new edition is which of the one in force: a person's word over the program's likeness."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.model.plan.changes import EntryChange

from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.text import Text, row

GOAL = "goal"  # goals are numbered within their year, and only meet goals of that year


class SameDialog(Dialog):
    """Pick the entry that `entry` is the same as. `chosen()` is its key in the preview, or ""."""

    def __init__(self, entry: EntryChange, others: Sequence[EntryChange], parent: QWidget | None = None) -> None:
        added = entry.kind == "added"
        words = "认作同一条后，已填的分工、进展和指标接到新版的这一条。"
        super().__init__(f"“{entry.title}”和哪一条是同一条？", words, verb="视为同一条", parent=parent)
        label = "现行方案里取消的" if added else "新版方案里新增的"
        self.other = self.add(ChoiceField("same_as", label, choices=[(each.key, _named(each)) for each in others]))
        self.other.changed.connect(lambda _: self.yes.setEnabled(bool(self.chosen())))
        if len(others) == 1:
            self.other.set_value(others[0].key)
        self.yes.setEnabled(bool(self.chosen()))

    def chosen(self) -> str:
        known = {code for code, _ in self.other.choices()}
        value = self.other.value() or ""
        return value if value in known else ""


class Judging(QWidget):
    """The verbs over the changes. `judged` is what actions.editions takes; `changed(read)` after a word on a row."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.judged: dict[str, str] = {}
        self._entry: EntryChange | None = None
        self._all: tuple[EntryChange, ...] = ()
        self.same = KeyButton("视为同一条…", name="same_entry")
        self.apart = KeyButton("不是同一条", name="apart_entry")
        self.reset = KeyButton("恢复自动对应", kind="text", name="reset_entries")
        self.told = Text("", size=12, ink="ink2")
        self.same.clicked.connect(self._ask)
        self.apart.clicked.connect(self._apart)
        self.reset.clicked.connect(self._reset)
        row(self, [self.same, self.apart, self.told, None, self.reset], gap=8)
        self.show_entry(None, ())

    def clear(self) -> None:
        self.judged = {}

    def show_entry(self, entry: EntryChange | None, entries: tuple[EntryChange, ...]) -> None:
        self._entry, self._all = entry, entries
        self.same.setEnabled(bool(self.others()))
        self.apart.setEnabled(entry is not None and entry.kind in ("changed", "renumbered"))
        self.reset.setVisible(bool(self.judged))
        self.told.setText(f"人工认定 {len(self.judged)} 条" if self.judged else "")

    def others(self) -> list[EntryChange]:
        """What the chosen entry may be the same as: what went, for one that came, and the other way round."""
        one = self._entry
        wanted = {"added": "removed", "removed": "added"}.get(one.kind, "") if one is not None else ""
        return [each for each in self._all if each.kind == wanted and one is not None and _kin(each) == _kin(one)]

    def _ask(self) -> None:
        others = self.others()
        if self._entry is None or not others:
            return
        dialog = SameDialog(self._entry, others, self)
        if dialog.exec():
            self.join(dialog.chosen())

    def join(self, other: str) -> None:
        """The chosen entry and that one are the same."""
        one, found = self._entry, next((each for each in self.others() if each.key == other), None)
        if one is None or found is None:
            return
        new, old = (one, found) if one.kind == "added" else (found, one)
        self._judge(new.read, old.key)

    def _apart(self) -> None:
        if self._entry is not None:
            self._judge(self._entry.read, "")

    def _judge(self, read: str, key: str) -> None:
        self.judged = {**self.judged, read: key}
        self.changed.emit(read)

    def _reset(self) -> None:
        self.clear()
        self.changed.emit(self._entry.read if self._entry is not None else "")


def _kin(entry: EntryChange) -> tuple[str, str]:
    return entry.what, (entry.read or entry.key).rsplit("-", 1)[0] if entry.what == GOAL else ""


def _named(entry: EntryChange) -> str:
    number = entry.old_number if entry.kind == "removed" else entry.new_number
    return f"{number}　{entry.title}"
