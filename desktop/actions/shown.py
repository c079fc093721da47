"""What a field is called and how a value of the log or of a JSON answer reads to a clerk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.actions.conflicts import Conflict, Side
from desktop.actions.desk import Desk
from desktop.actions.listing import list_text
from desktop.model.errors import DeskError
from desktop.model.fields.base import Names, Value
from desktop.model.forms import Form
from desktop.model.registers import DELETED, MERGED


def field_label(form: Form | None, name: str) -> str:
    """The label of a field; of what every record has, its word; of a field this version does not know, its name."""
    if form is not None and name in form:
        return form.field(name).label
    return {DELETED: "状态", MERGED: "并入"}.get(name, name)


def value_text(desk: Desk, form: Form | None, name: str, data: object) -> str:
    """A value as `history` and `get` give it in JSON, as the list shows it; "" for none."""
    if name == DELETED:
        return "已删除" if data else "未删除"
    if data is None:
        return ""
    if name == MERGED and form is not None:
        return desk.store.records.labels([str(data)]).get(str(data), str(data))
    if form is None or name not in form:
        return str(data)
    each = form.field(name)
    try:
        return list_text(desk, each, each.type.from_json(data))
    except DeskError:
        return str(data)


def stored_text(names: Names, form: Form | None, name: str, value: Value) -> str:
    """A stored value as print shows it; a record merged into another by that other's name, "" for none."""
    if form is not None and name in form:
        return form.field(name).type.printed(value, names)
    if name == MERGED and form is not None:
        return "不并入" if value is None else names.label(form.name, str(value)) or str(value)
    return "" if value is None else str(value)


def record_lines(desk: Desk, form: Form, data: Mapping[str, Any]) -> list[str]:
    """A record as `get` answers it: a line per field, then those that wait for a decision."""
    lines = [f"{form.title}　{data['id']}"]
    for name, value in data.items():
        if name not in ("id", "open"):
            lines.append(f"{field_label(form, name)}　{value_text(desk, form, name, value)}")
    for name, values in data.get("open", {}).items():
        said = " / ".join(value_text(desk, form, name, value) or "（空）" for value in values)
        lines.append(f"待定　{field_label(form, name)}：{said}")
    return lines


def conflict_line(desk: Desk, conflict: Conflict) -> str:
    """One open conflict in one line, what each side says in the words of the clerk."""
    form = desk.forms.get(conflict.form)

    def said(side: Side) -> str:
        if conflict.field == DELETED:
            return "删除" if side.value is None else "保留"
        return stored_text(desk.names, form, conflict.field, side.value) or "（空）"

    what = "整条记录" if conflict.field == DELETED else field_label(form, conflict.field)
    theirs = " / ".join(map(said, conflict.theirs))
    return f"{conflict.id}　{conflict.label}　{what}：本单位 {said(conflict.mine)}，交回 {theirs}"


def change_line(desk: Desk, change: Mapping[str, Any]) -> str:
    """One change of the log in one line."""
    form = desk.forms.get(change["form"])
    old, new = (value_text(desk, form, change["field"], change[side]) or "（空）" for side in ("old", "new"))
    why = f"　{change['why']}" if change["why"] else ""
    return f"{change['when']}　{change['who']}　{field_label(form, change['field'])}：{old} → {new}{why}"
