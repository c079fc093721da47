"""Each record inside by itself: open conflicts, the form's own checks, references that have not arrived."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.conflicts import conflicts_in
from desktop.actions.judging import findings_of
from desktop.actions.ready.inside import Found, Inside
from desktop.actions.shown import field_label
from desktop.model.fields import Reference
from desktop.model.registers import DELETED

FILING = "project-application"  # where funds that do not make up the total investment block (fields.md, 项目)


def of_records(inside: Inside) -> Iterator[Found]:
    desk = inside.desk
    open_ones = {record for record, _ in desk.store.records.with_conflicts()}
    for name in inside.data.get("records", {}):
        if name not in desk.forms:
            continue
        form = desk.forms[name]
        for record, held in inside.values(name).items():
            label = inside.label(name, record)
            if record in open_ones:
                fields = [each.field for each in conflicts_in(desk, record)]
                words = "、".join("是否删除" if each == DELETED else field_label(form, each) for each in fields)
                message = f"{label}有待定的冲突（{words}），请先定下来"
                yield Found("block", "conflict", message, name, record, fields[0] if fields else "")
            filed = inside.data["form"] == FILING and record == inside.about
            for finding in findings_of(desk, form, record, held):
                funds = filed and finding.field.startswith("fund_") and "合计不符" in finding.message
                level = "block" if funds else finding.level
                yield Found(level, "record", f"{label}：{finding.message}", name, record, finding.field)
            for each in form.fields:
                if isinstance(each.type, Reference):
                    parts = each.type.parts(held.get(each.name))
                    if any(not desk.names.label(each.type.to, part) for part in parts):
                        message = f"{label}的{each.label}还没有收到，请向来源索取，或另选一个"
                        yield Found("block", "reference", message, name, record, each.name)
