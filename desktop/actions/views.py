"""Saved views of lists: conditions, columns and order under a name, for one account on this machine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from desktop.actions.desk import Desk
from desktop.actions.listing import Condition
from desktop.model.errors import Refused

SETTING = "views"
MOST, LONGEST = 12, 16


@dataclass(frozen=True)
class View:
    """`view` is a code of the form's own tabs; `order` (field, descending)."""

    name: str
    conditions: list[Condition] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    order: tuple[str, bool] | None = None
    search: str = ""
    view: str = ""


def views(desk: Desk, form_name: str) -> list[View]:
    """The saved views of this account; fields that the form no longer has are left out."""
    form = desk.form(form_name)
    held = json.loads(desk.store.local.setting(desk.who, f"{SETTING}.{form.name}", "[]"))
    found = []
    for each in held:
        conditions = [Condition(one[0], one[1], tuple(one[2])) for one in each["conditions"] if one[0] in form]
        order = each["order"] if each["order"] and each["order"][0] in form else None
        columns = [name for name in each["columns"] if name in form]
        found.append(
            View(
                each["name"],
                conditions,
                columns,
                (order[0], bool(order[1])) if order else None,
                each["search"],
                each["view"],
            )
        )
    return found


def keep_view(desk: Desk, form_name: str, view: View) -> list[View]:
    """Keep a view; one of the same name is replaced. Raises Refused for a bad name and when there are too many."""
    name = view.name.strip()
    if not name or len(name) > LONGEST:
        raise Refused(f"视图名称应为 1 至 {LONGEST} 个字")
    kept = [each for each in views(desk, form_name) if each.name != name]
    if len(kept) >= MOST:
        raise Refused(f"一张清单最多存 {MOST} 个视图，请先删掉一个")
    made = View(name, view.conditions, view.columns, view.order, view.search, view.view)
    return _write(desk, form_name, [*kept, made])


def drop_view(desk: Desk, form_name: str, name: str) -> list[View]:
    """Forget a view; no record is touched."""
    return _write(desk, form_name, [each for each in views(desk, form_name) if each.name != name])


def _write(desk: Desk, form_name: str, kept: list[View]) -> list[View]:
    data = [
        {
            "name": each.name, "columns": each.columns, "order": each.order, "search": each.search, "view": each.view,
            "conditions": [[one.field, one.op, list(one.values)] for one in each.conditions],
        }
        for each in kept
    ]  # fmt: skip
    with desk.store.writing("保存视图"):
        desk.store.local.set_setting(
            desk.who, f"{SETTING}.{desk.form(form_name).name}", json.dumps(data, ensure_ascii=False)
        )
    return kept
