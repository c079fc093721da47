"""新版方案: read a new edition of the plan, see item by item what it changes, put it in force or take it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions import editions
from desktop.actions.editions import EditionPreview, EditionState
from desktop.actions.editions_read import Named
from desktop.model.errors import DeskError
from desktop.model.plan.changes import KINDS, EntryChange

from ...frame import Frame
from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.dialog import ask
from ...kit.form import FormRow
from ...kit.head import PaneHead
from ...kit.lines import FilePick, LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, row
from ...wording import when_words
from .edition_judging import Judging
from .edition_text import ChangedText

HELD = (
    Column("state", "", width=76, ink="ink"), Column("number", "发文字号", width=190, ink="ink"),
    Column("tasks", "任务", "项", width=70, kind="number"), Column("file", "读自", width=230),
    Column("when", "读入", width=220),
)  # fmt: skip
CHANGES = (
    Column("kind", "变化", width=96, ink="ink"), Column("number", "序号", width=90),
    Column("title", "目标、任务、政策", width=330, ink="ink"), Column("units", "牵头单位", width=290),
)  # fmt: skip
MARKS = {"added": "new", "removed": "na", "changed": "changed", "renumbered": "same"}
WHAT = {"goal": "目标 ", "task": "", "policy": "政策 "}
ORDER = ("added", "changed", "removed", "renumbered")  # what needs reading comes first
FILES = "方案文本和工作台账 (*.txt *.xlsx *.csv)"


class EditionPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.found: EditionPreview | None = None
        self.entries: dict[str, EntryChange] = {}
        self.back = KeyButton("退回上一版…", icon="rotate-ccw", name="back")
        self.held = self._table(HELD, "editions", "读过的方案", 2)
        help = "全文的文本（.txt），或市里印发的工作台账（.xlsx）"
        self.file = FilePick("plan_file", "新版方案", filter=FILES, help=help)
        help = "另成一册时才选；不选则沿用现行政策"
        self.policies = FilePick("policies_file", "政策清单", filter="工作簿 (*.xlsx)", help=help)
        example = "如 济政发〔2026〕3号"
        self.number = LineField("number", "发文字号", placeholder=example, help="文件里有的不用填", width=240)
        self.date = LineField("date", "成文日期", placeholder="如 2026-03-02", width=160)
        self.see = KeyButton("预览变化", name="preview")
        self.use = KeyButton("换用新版…", kind="main", name="apply")
        self.use.setEnabled(False)
        words = "先选文件，预览后再换用。换用前自动备份，已填的分工、进展和指标按任务接上。"
        self.told = Text(words, ink="ink2", wrap=True)
        self.changes = self._table(CHANGES, "plan_changes", "变化", 6)
        self.judging = Judging()
        self.judging.changed.connect(self._judged)
        self.words = ChangedText("变化的原文")
        self.fields = [self.file, self.policies, self.number, self.date]
        parts: list[Any] = [PaneHead("新版方案", "", [self.back]), self.held, Rule("line2")]
        parts += [FormRow(each) for each in (self.file, self.policies)]
        parts.append(row(None, [FormRow(self.number), FormRow(self.date), None], gap=24))
        parts += [row(None, [None, self.see, self.use]), self.told, self.judging, self.changes, self.words, None]
        column(self, parts, gap=8)
        self.see.clicked.connect(lambda: self.preview())
        self.use.clicked.connect(self.apply)
        self.back.clicked.connect(self.take_back)
        self.changes.chosen.connect(self._point)
        for each in self.fields:
            each.changed.connect(lambda _: self._stale())
        if not frame.may("admin"):
            self.use.hide()
            self.back.hide()
        for each in (self.changes, self.judging, self.words):
            each.hide()

    def _table(self, columns: tuple[Column, ...], name: str, label: str, rows: int) -> TableView:
        made = TableView(RowsModel(columns), by_rows=True, numbered=False, name=name, label=label, pad=0)
        made.setFixedHeight(look.theme().control(28) * rows + look.theme().control(40) + 2)
        return made

    def reload(self) -> None:
        self.frame.ask(editions.editions, self._held)

    def _held(self, found: list[EditionState]) -> None:
        today = self.frame.person.today
        self.held.model().set_rows([
            Row(each.digest, (
                Cell("现行", mark="done") if each.in_force else Cell(""), Cell(each.document.number),
                Cell(str(each.tasks)), Cell(each.file or "程序自带", tip=each.document.title),
                Cell(f"{when_words(each.at, today)} {each.who}" if each.at else ""),
            ))
            for each in found
        ])  # fmt: skip
        self.back.setEnabled(not found[0].in_force)

    def _stale(self) -> None:
        self.found = None
        self.judging.clear()
        self.use.setEnabled(False)

    def _given(self) -> tuple[list[Path], Named]:
        paths = [Path(each.value()) for each in (self.file, self.policies) if each.value()]
        return paths, Named(self.number.value() or "", "", self.date.value() or "")

    def _judged(self, read: str) -> None:
        self.use.setEnabled(False)
        self.preview(read)

    def preview(self, read: str = "") -> None:
        """See the changes; the row that `read` names is chosen in them."""
        paths, named = self._given()
        if not paths:
            self.file.set_error("没有选文件，请选新版方案的文本或工作台账")
            return
        self.file.set_error("")
        judged = self.judging.judged
        self.frame.ask(
            lambda desk: editions.preview(desk, paths, named, judged=judged),
            lambda found: self._show(found, read), self._failed, "正在比对",
        )  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        self._stale()
        self.told.setText(str(error))
        self.told.set_ink("red")

    def _show(self, found: EditionPreview, read: str) -> None:
        self.found = found
        self.entries = {each.key: each for each in found.entries}
        self.told.set_ink("ink")
        self.told.setText(_summary(found))
        shown = sorted(found.entries, key=lambda each: ORDER.index(each.kind))
        self.changes.model().set_rows([_row(each) for each in shown])
        for each in (self.changes, self.judging, self.words):
            each.setVisible(bool(found.entries))
        self.use.setEnabled(bool(found.entries))
        if found.entries:
            chosen = next((each.key for each in shown if read and each.read == read), shown[0].key)
            self.changes.select_key(chosen)
            self._point(chosen)
            self.changes.setFocus()

    def _point(self, key: str) -> None:
        entry = self.entries.get(key)
        self.judging.show_entry(entry, tuple(self.entries.values()))
        if entry is not None:
            gone = entry.kind == "removed"
            self.words.set_words([("gone", entry.old_text)] if gone else [(w.kind, w.text) for w in entry.words])

    def apply(self) -> None:
        if self.found is None:
            return
        (paths, named), digest, number = self._given(), self.found.digest, self.found.document.number
        judged = self.judging.judged
        if ask(f"换用 {number}？", "换用前自动备份；可以退回上一版。", verb="换用新版", parent=self):
            self.frame.ask(
                lambda desk: editions.apply(desk, paths, named, digest=digest, judged=judged),
                self._applied, self._failed, "正在换用",
            )  # fmt: skip

    def _applied(self, done: EditionPreview) -> None:
        self._stale()
        self.told.setText(f"已换用 {done.document.number}。任务台账按新版的序号和原文显示。")
        self.reload()

    def take_back(self) -> None:
        words = "退回后按上一版的序号和原文显示；换用时改过的分工退回原值，此后另改过的不动。"
        if ask("退回上一版方案？", words, verb="退回上一版", harmful=True, parent=self):
            self.frame.ask(editions.take_back, self._taken, self._failed, "正在退回")

    def _taken(self, answer: tuple[Any, list[tuple[str, str]]]) -> None:
        document, kept = answer
        left = f"，{len(kept)} 处此后改过，保持不变" if kept else ""
        self.told.set_ink("ink")
        self.told.setText(f"已退回 {document.number}{left}。")
        self.reload()


def _summary(found: EditionPreview) -> str:
    counts = "，".join(f"{words} {found.count(kind)} 项" for kind, words in KINDS.items())
    policies = sum(each.what == "policy" for each in found.entries)
    parts = [f"{found.document.number}（{found.document.date}）和现行方案比：{counts}，政策变动 {policies} 条。"]
    if found.attached:
        parts.append(f"取消的任务下有 {found.attached} 条记录，仍可查阅。")
    moved = [each for each in found.fields if not each.kept]
    kept = len(found.fields) - len(moved)
    left = f"，{kept} 处本区改过，保持不变" if kept else ""
    parts.append(f"随方案改 {len(moved)} 处没有动过的分工和指标{left}。")
    if found.lost:
        parts.append(f"原话已不在的指标：{'、'.join(found.lost)}，请核对。")
    if found.figures:
        figures = "、".join(words.rstrip("，。；、") for _, words in found.figures[:6])
        parts.append(f"还没有对应指标的数：{figures}，需要时在“指标”里新建。")
    return "".join(parts)


def _row(entry: EntryChange) -> Row:
    old, new = entry.old_number, entry.new_number
    number = f"{old} → {new}" if old and new and old != new else str(new or old)
    lead = "、".join(entry.new_units[0] or entry.new_units[1] or entry.old_units[0] or entry.old_units[1])
    before = "、".join(entry.old_units[0])
    moved = bool(before) and bool(lead) and entry.kind == "changed" and before != "、".join(entry.new_units[0])
    units = Cell(f"{before} → {lead}" if moved else lead, tip=lead)
    title = f"{WHAT[entry.what]}{entry.title.removeprefix('政策 ')}"
    kind = Cell(KINDS[entry.kind], mark=MARKS[entry.kind])
    return Row(entry.key, (kind, Cell(number), Cell(title, tip=title), units))
