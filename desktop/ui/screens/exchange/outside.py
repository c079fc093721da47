"""A table from outside in the words of the preview, so that it is seen and ticked like a workbook."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from desktop.actions.foreign import ForeignRead, apply, lines
from desktop.model.progress import Report

from .wording import ORDER, REFUSED, FieldLine, Group, Shown


def describe_outside(desk: Any, read: ForeignRead) -> Shown:
    """What a table from outside would add and change; what was not understood stands apart as refused."""
    groups = []
    for line in lines(desk, read):
        form = desk.forms[line.form]
        rows = tuple(
            FieldLine(name, cell, label, "", "" if line.kind == "added" else old, (new,), new, False, fixed=True)
            for name, label, cell, old, new in line.fields
        )
        where = f"{form.sheet}　第 {line.row + 1} 行"
        groups.append(Group(line.id, line.kind, line.form, line.label or "（无名称）", where, rows))
    groups += _refused(read)
    groups.sort(key=lambda each: ORDER.index(each.kind))
    counts = {kind: sum(each.kind == kind for each in groups) for kind in ORDER}
    titles = "、".join(dict.fromkeys(known.layout.title for known in read.tables))
    notes = [*read.notes, *(f"{each.where}：{each.message}" for each in read.warnings)]
    facts = f"按“{titles}”读入　{len(groups)} 条　SHA-256 {read.sha256[:4]}…{read.sha256[-4:]}"
    told = f"　{len(notes)} 处请留意：{notes[0]}" if notes else ""
    return Shown(read, tuple(groups), facts + told, "outside", "", "", counts)  # type: ignore[arg-type]


def _refused(read: ForeignRead) -> list[Group]:
    found: dict[tuple[str, int], list[FieldLine]] = {}
    for error in read.errors:
        line = FieldLine(
            error.field, error.cell, error.label or "整行", "", "", (error.value,), "", False, reason=error.message
        )
        found.setdefault((error.sheet, error.row), []).append(line)
    return [
        Group(f"refused:{sheet}:{row}", REFUSED, "", "没有看懂的一行", f"{sheet}!第 {row + 1} 行", tuple(held))
        for (sheet, row), held in found.items()
    ]


def write_outside(desk: Any, read: ForeignRead, off: Set[str], report: Report) -> Any:
    """Write the ticked records; the rows not understood come back beside the file as 退回表."""
    return apply(desk, read, only_good=True, skip_records=off, report=report)
