"""What a workbook would do, in the words of the screen. Runs on the worker thread, hands out plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.actions.exchange import Read
from desktop.actions.shown import field_label, stored_text
from desktop.model.bulk import bulk
from desktop.model.exchange.cells import cell_text
from desktop.model.exchange.preview import FieldRow, Line
from desktop.model.exchange.wording import PackageNames, record_label
from desktop.model.fields.base import Names, Value
from desktop.model.forms import Form, Forms
from desktop.model.registers import DELETED, Life, life, shown

REFUSED = "refused"
KINDS = {"conflict": "冲突", REFUSED: "退回", "changed": "更改", "added": "新增", "unchanged": "相同"}
ORDER = tuple(KINDS)
MARKS = {"conflict": "conflict", REFUSED: "error", "changed": "changed", "added": "new", "unchanged": "same"}
LIFE = {1: "保留", None: "删除"}


@dataclass(frozen=True)
class FieldLine:
    """One field of a record. `values` are my stored value and theirs, in the order of `sides`; `theirs` texts."""

    field: str
    cell: str
    label: str
    base: str
    mine: str
    theirs: tuple[str, ...]
    after: str
    open: bool
    values: tuple[Value, ...] = ()
    who: str = ""
    mine_who: str = ""
    theirs_who: tuple[str, ...] = ()
    fixed: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """One record of the preview, or one refused row of a sheet."""

    id: str
    kind: str
    form: str
    name: str
    where: str
    rows: tuple[FieldLine, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A workbook read: its facts, and its groups, conflicts first."""

    read: Read
    groups: tuple[Group, ...]
    facts: str
    peer: str
    sender: str
    fingerprint: str
    counts: dict[str, int] = field(default_factory=dict)


def said_words(who: str, when: str) -> str:
    """李示例 11-20, for beside a value."""
    return f"{who} {when[5:10]}".strip()


@bulk()
def describe(desk: Any, read: Read) -> Shown:
    """The preview of a workbook as the screen shows it."""
    names = PackageNames(read.package.labels, desk.names, ask_office=True)
    groups = [_group(desk.forms, names, line) for line in read.preview.lines] + _refused(read, names)
    groups.sort(key=lambda each: ORDER.index(each.kind))
    counts = {kind: sum(each.kind == kind for each in groups) for kind in ORDER}
    sheets = len({layout.sheet.name for layout in read.reading.layouts})
    sent = f"{read.package.sender.name} {read.package.created[:10]} 发出"
    facts = f"{sent}　工作表 {sheets} 张，{len(groups)} 条　SHA-256 {read.sha256[:4]}…{read.sha256[-4:]}"
    return Shown(read, tuple(groups), facts, read.peer, read.package.sender.name, read.fingerprint, counts)


def _group(forms: Forms, names: Names, line: Line) -> Group:
    form = forms.get(line.form)
    values = {name: shown(register, None) for name, register in line.after.fields.items()}
    label = (record_label(form, values, names) if form else "") or names.label(line.form, line.id) or "（无名称）"
    sheet = line.sheet or (form.sheet if form else line.form)
    where = f"{sheet}!第 {line.row + 1} 行" if line.row >= 0 else sheet
    gone = line.kind == "added" and life(line.after) == Life.DELETED
    rows = () if gone else tuple(_row(form, names, each, line.kind) for each in line.fields)
    return Group(line.id, line.kind, line.form, label, where, rows)


def _row(form: Form | None, names: Names, row: FieldRow, kind: str) -> FieldLine:
    if row.field == DELETED:
        said = row.theirs[0] if row.theirs else (None, "", "")
        return FieldLine(
            DELETED, "", "整条记录", "", LIFE[row.mine], (LIFE[said[0]],),
            "" if row.open else LIFE[row.after], row.open, (row.mine, said[0]), said[1],
            said_words(*row.mine_said), (said_words(*said[1:]),),
        )  # fmt: skip
    title = field_label(form, row.field)
    unit = form.field(row.field).type.unit if form is not None and row.field in form else ""

    def text(value: Value) -> str:
        return stored_text(names, form, row.field, value)

    return FieldLine(
        row.field, row.cell, f"{title} {unit}".strip(), text(row.base), text(row.mine) if kind != "added" else "",
        tuple(text(value) or "（清空）" for value, _, _ in row.theirs), text(row.after), row.open,
        (row.mine, *(value for value, _, _ in row.theirs)), "、".join(who for _, who, _ in row.theirs if who),
        said_words(*row.mine_said), tuple(said_words(who, when) for _, who, when in row.theirs),
        bool(form and row.field in form.key),
    )  # fmt: skip


def _refused(read: Read, names: Names) -> list[Group]:
    found: dict[tuple[str, int], list[FieldLine]] = {}
    for error in read.reading.errors:
        label = error.label or "整行"
        line = FieldLine(error.field, error.cell, label, "", "", (error.value,), "", False, reason=error.message)
        found.setdefault((error.sheet, error.row), []).append(line)
    groups = []
    for (sheet, row), lines in found.items():
        where = f"{sheet}!第 {row + 1} 行" if row >= 0 else sheet
        groups.append(Group(f"refused:{sheet}:{row}", REFUSED, "", _row_name(read, sheet, row), where, tuple(lines)))
    return groups


def _row_name(read: Read, sheet: str, row: int) -> str:
    """What stands in the columns that name a record, as the clerk typed it."""
    for layout in read.reading.layouts:
        if layout.sheet.name == sheet and row >= 0:
            named = [layout.columns[name] for name in layout.form.label if name in layout.columns]
            cells = [layout.sheet.cell(row, place) for place in named]
            return " ".join(text for text in map(cell_text, cells) if text) or "（无名称）"
    return "（整张表）"
