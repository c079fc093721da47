"""What stands in the way of a submission: open conflicts and findings of the records inside. Nothing is left out."""

from __future__ import annotations

from typing import Any

from desktop.actions.conflicts import conflicts_in
from desktop.actions.desk import Desk
from desktop.actions.records import findings_of
from desktop.model.fields import Reference


def readiness(desk: Desk, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Findings of frozen data: `{level, form, record, field, message}`, blocking ones first."""
    found: list[dict[str, Any]] = []
    for name, rows in data.get("records", {}).items():
        if name not in desk.forms:
            continue
        form = desk.forms[name]
        ids = [str(row["id"]) for row in rows if "id" in row]
        values = desk.store.records.values(name, ids)
        waiting = {record for record, _ in desk.store.records.with_conflicts()} & set(ids)
        for record in ids:
            label = desk.names.label(name, record) or form.title
            if record in waiting:
                fields = [each.field for each in conflicts_in(desk, record)]
                words = "、".join(form.field(each).label if each in form else "是否删除" for each in fields)
                message = f"{label}有待定的冲突（{words}），请先定下来"
                found.append(_finding("block", name, record, fields[0] if fields else "", message))
            held = values.get(record, {})
            for finding in findings_of(desk, form, record, held):
                found.append(_finding(finding.level, name, record, finding.field, f"{label}：{finding.message}"))
            for each in form.fields:
                if isinstance(each.type, Reference):
                    lost = [
                        part
                        for part in each.type.parts(held.get(each.name))
                        if not desk.names.label(each.type.to, part)
                    ]
                    if lost:
                        message = f"{label}的{each.label}还没有收到，请向来源索取，或另选一个"
                        found.append(_finding("block", name, record, each.name, message))
    return sorted(found, key=lambda each: each["level"] != "block")


def _finding(level: str, form: str, record: str, field: str, message: str) -> dict[str, Any]:
    return {"level": level, "form": form, "record": record, "field": field, "message": message}
