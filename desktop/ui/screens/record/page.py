"""One record on its page: sections, what is wrong, rows below it, its history; saving, drafts, deleting."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import drafts
from desktop.actions.entry import Entry, begin, checked
from desktop.actions.records import Saved, remove, save_typed
from desktop.model.errors import DeskError, Refused
from desktop.model.findings import Finding

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask, ask_text
from ...kit.faults import ErrorList, Fault
from ...kit.head import ScreenHead
from ...kit.status import Note
from ...kit.tabs import Tab, TabRow
from ...kit.text import Rule, column, row
from ..lists.outward import head_button, record_paper, show_paper
from ..policies.panel import FORMS as PANEL_FORMS
from ..policies.panel import PolicyPanel
from .below import BelowSection, forms_below
from .form import FormFields
from .history import HistoryPage
from .near import NearStrip
from .templates import copy_as_template

QUIET = 2000  # ms after the last change until the draft is kept
HISTORY = "history"


class RecordPage(QWidget):
    """`closed` goes back to the list; `saved(id)` after each save; `wanted(form, "")` asks for a new one.

    `step(±1)` asks the list for the neighbour. `facts` says where in the list the record stands.
    """

    closed = Signal()
    saved = Signal(str)
    again = Signal()
    stepped = Signal(int)

    def __init__(self, frame: Frame, form_name: str) -> None:
        super().__init__()
        self.frame, self.form = frame, frame.forms[form_name]
        self.record, self.facts = "", ""
        self.fields: FormFields | None = None
        self.tries = False
        self._faults: list[Fault] = []
        self._kept = ""
        may = frame.may("enter")
        self.drop = KeyButton("放弃更改", key="back", name="drop")
        self.save_new = KeyButton("保存并新建", key="save_new", name="save_new")
        self.save_ = KeyButton("保存", key="save", kind="main", name="save")
        self.delete_ = KeyButton("删除", icon="trash-2", name="delete")
        self.copy_ = KeyButton("复制为新项目", icon="copy", name="copy_project")
        self.copy_.clicked.connect(self.copy_project)
        actions: list[QWidget] = [self.delete_, self.drop, self.save_new, self.save_]
        if form_name == "project":
            actions.insert(1, self.copy_)
        self.paper = record_paper(form_name)
        self.print_: KeyButton | None = None
        if self.paper:
            self.print_ = head_button(self, "打印", "printer", "print", self.print_record)
            actions.insert(1, self.print_)
        self.head = ScreenHead("", "", actions, back=True, rule=False)
        if not may:
            self.save_new.hide()
            self.save_.hide()
        self.tabs = TabRow(name="sections")
        self.errors = ErrorList()
        self.near = NearStrip(frame, form_name)
        self.near.wanted.connect(self._open_near)
        self.middle = QStackedWidget()
        self.history = HistoryPage(frame, self.form)
        self.panel = PolicyPanel(frame, form_name, self) if form_name in PANEL_FORMS else None
        beside = [Rule(upright=True), self.panel] if self.panel is not None else []
        across = row(None, [self.middle, *beside], gap=0)
        across.setStretch(0, 1)
        column(self, [self.head, self.tabs, self.errors, self.near], gap=0).addLayout(across, 1)
        self._draft, self._check = QTimer(self), QTimer(self)
        for timer, wait, slot in ((self._draft, QUIET, self.keep_now), (self._check, 60, self.check)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(slot)
        self._bind()

    def _bind(self) -> None:
        self.head.went_back.connect(self.back)
        self.drop.clicked.connect(self.back)
        self.save_.clicked.connect(lambda: self.save())
        self.save_new.clicked.connect(lambda: self.save(again=True))
        self.delete_.clicked.connect(self.delete)
        self.tabs.picked.connect(self._tab)
        self.errors.jump.connect(self._jump)
        keys.bind(self, "save", self.save)
        keys.bind(self, "save_new", lambda: self.save(again=True))
        keys.bind(self, "back", self.back)
        keys.bind(self, "next_error", lambda: self.errors.step(1))
        keys.bind(self, "previous_error", lambda: self.errors.step(-1))
        keys.bind(self, "check", self.check)
        keys.bind(self, "previous_record", lambda: self.stepped.emit(-1))
        keys.bind(self, "next_record", lambda: self.stepped.emit(1))

    def panes(self) -> list[QWidget]:
        first = next(iter(self.fields.inputs.values()), None) if self.fields else None
        if self.near.isVisible():
            return [each for each in (self.tabs, self.near.buttons[0], first) if each is not None]
        if self.panel is not None and self.panel.isVisible():
            return [each for each in (self.tabs, first, self.panel) if each is not None]
        return [each for each in (self.tabs, self.errors, first) if each is not None]

    # Showing a record.
    def show_record(self, record: str, start: dict[str, str] | None = None, facts: str = "") -> None:
        """Show a record of the form, or a new one that begins with the texts of `start`."""
        self.record, self.facts, self.tries, self._kept = record, facts, False, ""
        self.near.clear()
        name = self.form.name
        self.frame.ask(lambda desk: begin(desk, name, record, start), self._show, self._gone)

    def _gone(self, error: DeskError) -> None:
        self.frame.fail(str(error))
        self.closed.emit()

    def _show(self, entry: Entry) -> None:
        fixed = self.form.key if entry.record else ()
        while self.middle.count():
            old = self.middle.widget(0)
            self.middle.removeWidget(old)
            if old is not self.history:
                old.deleteLater()
        if self.fields is not None:
            self.fields.deleteLater()
        may = self.frame.may("enter")
        self.fields = FormFields(self.form, entry, fixed=fixed, may=may, frame=self.frame, parent=self)
        self.fields.hide()
        self.fields.typed.connect(self._typed)
        self.fields.left.connect(lambda _: self._check.start())
        self.below: list[BelowSection] = []
        for child, link in forms_below(self.frame.forms, self.form.name):
            section = BelowSection(self.frame, child, link, entry.record, entry.label)
            self.fields.body.add(section)
            self.below.append(section)
        self.middle.addWidget(self.fields.body)
        self.middle.addWidget(self.history)
        self.middle.setCurrentIndex(0)
        self.head.set_title(entry.label or f"新建{self.form.noun}")
        self.head.set_facts(self.facts or self.form.sheet)
        self.delete_.setVisible(bool(entry.record) and self.frame.may("enter"))
        if self.print_ is not None:
            self.print_.setVisible(bool(entry.record))
        if self.form.name == "project":
            self.copy_.setVisible(bool(entry.record) and self.frame.may("enter"))
        self._say([])
        first = next((each for each in self.fields.inputs.values() if not each.readonly), None)
        if first is not None:
            first.setFocus()
        self._words_of_drop()
        if entry.draft and any(text != self.fields.begun.get(name, "") for name, text in entry.draft.items()):
            self._offer(entry)
        if self.panel is not None:
            self.panel.show_for(entry.record, self.fields.to_save)
        if entry.record:
            self.check()

    def _offer(self, entry: Entry) -> None:
        """A draft was left by a crash or a lock: go on with it, or let it go."""
        begun = self.fields.begun
        if ask("接着上次没有保存的输入？", "上次填到一半没有保存，内容还在。", verb="接着填", parent=self.window()):
            self.fields.show_texts(entry.draft or {})
            self.fields.begun = begun
            self._typed("")
            self.check()
        else:
            name, record = self.form.name, self.record
            self.frame.ask(lambda desk: drafts.drop(desk, name, record), lambda _: None)

    def open_fields(self, name: str) -> None:
        self.fields.body.jump(name)

    # Typing, checking, drafts.
    def dirty(self) -> bool:
        return self.fields is not None and bool(self.fields.changed())

    def _words_of_drop(self) -> None:
        self.drop.set_words("放弃更改" if self.dirty() else "返回")
        self.head.layout().invalidate()
        self.head.layout().activate()

    def _typed(self, name: str) -> None:
        self._words_of_drop()
        if self.panel is not None:
            self.panel.stir()
        if name in self.form:
            self.fields.visited.add(name)
        if not self.record:
            self.near.ask("", self.fields.to_save())
        self._draft.start()

    def _open_near(self, record: str) -> None:
        """Go to the record that is there already; what was typed is asked about first."""
        if self.may_leave():
            self.show_record(record)

    def keep_now(self) -> None:
        """Keep what is typed as a draft, in the encrypted file."""
        self._draft.stop()
        if self.fields is None or not self.dirty() or not self.frame.may("enter"):
            return
        name, record, typed = self.form.name, self.record, self.fields.changed()

        def kept(at: str) -> None:
            self._kept = at
            self._status()

        def work(desk: Any) -> str:
            from desktop.actions.desk import now

            drafts.keep(desk, name, record, typed)
            return now()[11:19]

        self.frame.ask(work, kept)

    def check(self) -> None:
        """Ask the form's checks about what is typed now."""
        if self.fields is None:
            return
        name, record, typed, fields = self.form.name, self.record, self.fields.to_save(), self.fields
        self.frame.ask(
            lambda desk: checked(desk, name, record, typed),
            lambda found: self._found(found) if fields is self.fields else None,
        )

    def _found(self, findings: list[Finding]) -> None:
        self._say(self.fields.show_findings(findings, all_required=self.tries or bool(self.record)))

    def _say(self, faults: list[Fault]) -> None:
        self._faults = faults
        self.errors.set_faults(faults)
        wrong = {self.form.field(fault.field).section for fault in faults if not fault.warning}
        tabs = [
            Tab(section.name or "form", section.label, mark="error" if section.name in wrong else "")
            for section in self.form.sections
        ]
        tabs += [Tab(f"below.{each.child.name}", each.child.title, each.count) for each in self.below]
        if self.record:
            tabs.append(Tab(HISTORY, "历史"))
        here = self.tabs.here if self.tabs.here in [tab.name for tab in tabs] else tabs[0].name
        self.tabs.set_tabs(tabs)
        self.tabs.set_here(here)
        for each in self.below:
            each.changed.connect(self._counted)
        self._status()

    def _counted(self) -> None:
        self.sender().changed.disconnect(self._counted)
        self._say(self._faults)

    def _status(self) -> None:
        errors = sum(not fault.warning for fault in self._faults)
        warnings = len(self._faults) - errors
        notes: list[Note | str] = []
        if errors:
            notes.append(Note(f"{errors} 处错误", mark="error"))
        if warnings:
            notes.append(Note(f"{warnings} 处提醒，可以保存", mark="soon"))
        if self._kept:
            notes.append(f"{self._kept} 已自动留存")
        if not notes and self.fields is not None and self.fields.entry.changed:
            entry = self.fields.entry
            notes.append(f"{entry.changed_by} {entry.changed[:16].replace('T', ' ')} 更改")
        shown = [keys.phrase("next_field"), keys.phrase("picker")]
        if self._faults:
            shown.insert(0, keys.phrase("next_error"))
        self.frame.status(self, notes, [*shown, f"{keys.hint('previous_record')}↓ 上一个、下一个"])

    def _jump(self, name: str) -> None:
        self.middle.setCurrentIndex(0)
        self.fields.body.jump(name)

    def _tab(self, name: str) -> None:
        if name == HISTORY:
            self.history.show_record(self.record)
            self.middle.setCurrentWidget(self.history)
            return
        self.middle.setCurrentIndex(0)
        if name.startswith("below."):
            section = next(each for each in self.below if each.child.name == name[6:])
            self.fields.body.ensureWidgetVisible(section, 0, 400)
            section.table.setFocus()
        elif (name if name != "form" else "") in self.fields.sections:
            self.fields.body.show_section(self.fields.sections.index(name if name != "form" else ""))

    # Saving, leaving, deleting.
    def save(self, again: bool = False) -> None:
        """Save; errors stand beside their fields and nothing is written while there are any."""
        if self.fields is None or not self.frame.may("enter"):
            return
        self.tries = True
        self._draft.stop()
        typed, record, name = self.fields.to_save(), self.record, self.form.name

        def done(saved: Saved) -> None:
            self.fields.begun = {**self.fields.begun, **self.fields.texts()}
            self.frame.say(
                f"已保存{self.form.noun}", verb="撤销" if saved.action else "", key="undo", slot=self.frame.undo
            )
            self.saved.emit(saved.ids[0])
            if again:
                self.again.emit()
            else:
                self.show_record(saved.ids[0], facts=self.facts)

        self.frame.ask(lambda desk: save_typed(desk, name, record or None, typed), done, self._refused)

    def _refused(self, error: DeskError) -> None:
        details = error.details if isinstance(error, Refused) else []
        findings = [Finding("block", str(each["message"]), str(each["field"])) for each in details]
        faults = self.fields.show_findings(findings, all_required=True)
        self._say(faults)
        if faults:
            self.fields.body.jump(faults[0].field)
        else:
            self.frame.fail(str(error))

    def may_leave(self) -> bool:
        """Whether the page may be left; asks when something is not saved."""
        if not self.dirty():
            return True
        words = "更改还没有保存。"
        if not ask(
            f"放弃对“{self.head.title.text()}”的更改？", words, verb="放弃更改", harmful=True, parent=self.window()
        ):
            return False
        self._draft.stop()
        name, record = self.form.name, self.record
        self.frame.ask(lambda desk: drafts.drop(desk, name, record), lambda _: None)
        self.fields.begun = {**self.fields.begun, **self.fields.texts()}
        return True

    def back(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def print_record(self) -> None:
        """Its printed form, made from what is saved."""
        if not self.record:
            return
        if self.dirty():
            self.frame.say("更改还没有保存，打印的是已保存的内容。")
        show_paper(self.frame, self.paper, self, self.record)

    def copy_project(self) -> None:
        """A new project with this one as its pattern, shown for editing; its equipment comes along when asked."""
        if not self.record or not self.may_leave():
            return
        copy_as_template(self.frame, self.record, self.head.title.text(), self, self.show_record)

    def delete(self) -> None:
        title, name, record = self.head.title.text(), self.form.name, self.record
        why = ask_text(f"删除“{title}”？", "删除后移入“已删除”，可以恢复。", "原因", verb="删除", parent=self.window())
        if why is None:
            return

        def done(_: Any) -> None:
            self.fields.begun = self.fields.texts()
            self.frame.say(f"已删除“{title}”", verb="撤销", key="undo", slot=self.frame.undo)
            self.closed.emit()

        self.frame.ask(lambda desk: remove(desk, name, record, why), done, lambda error: self.frame.fail(str(error)))
