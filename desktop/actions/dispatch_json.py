"""A month's table as the command line gives and takes it: JSON values, money in 元."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.actions.desk import Desk
from desktop.actions.dispatch import SEPARATOR, MonthTable, month_table, proposals
from desktop.actions.dispatch_rules import SHEETS
from desktop.model.errors import Refused
from desktop.model.fields.numbers import Money


def table_json(desk: Desk, table: MonthTable) -> dict[str, Any]:
    """The table: each row with its keys, this month's values, `last` and `proposed`."""
    form, sheet = desk.form(table.form), SHEETS[table.form]

    def values(texts: Mapping[str, str]) -> dict[str, object]:
        found = {name: form.field(name).type for name in texts}
        data = {name: kind.to_json(kind.read(texts[name], desk.names)) for name, kind in found.items()}
        return {name: value for name, value in data.items() if value is not None}

    rows = []
    for row in table.rows:
        keys = dict(zip(sheet.keys, row.key.split(SEPARATOR), strict=True))
        rows.append(
            {"id": row.record or None, "name": row.name, **keys, **values(row.now),
             "last_period": row.last_period or None, "last": values(row.last), "proposed": values(row.proposed)}
        )  # fmt: skip
    return {"period": table.period, "rows": rows, "missing": table.missing, "closed": table.closed or None}


def typed_of(desk: Desk, form_name: str, period: str, rows: object, *, fill: bool) -> dict[str, dict[str, str]]:
    """JSON rows as typed texts by row key; `fill` adds what the table proposes for cells that are not given.

    Raises Refused whose details are `{index, field, value, message}`.
    """
    form, sheet = desk.form(form_name), SHEETS[form_name]
    given = rows.get("rows") if isinstance(rows, dict) and "rows" in rows else rows
    listed = given if isinstance(given, list) else [given]
    table = {row.key: row for row in month_table(desk, form_name, period).rows}
    typed: dict[str, dict[str, str]] = {}
    errors: list[dict[str, object]] = []

    def wrong(index: int, name: str, value: object, message: str) -> None:
        errors.append({"index": index, "field": name, "value": value, "message": message})

    for index, row in enumerate(listed):
        if not isinstance(row, Mapping) or not all(isinstance(row.get(name), str) for name in sheet.keys):
            wrong(index, sheet.keys[0], row, f"应为一个 JSON 对象，写明 {'、'.join(sheet.keys)}")
            continue
        key, texts = SEPARATOR.join(row[name] for name in sheet.keys), {}
        if key in typed:
            wrong(index, sheet.keys[0], row[sheet.keys[0]], "这一行出现了两次，请合成一行")
            continue
        for name in [name for name in sheet.fields if name in row]:
            kind = form.field(name).type
            try:
                texts[name] = kind.show(kind.from_json(row[name]), desk.names)
            except Refused as refused:
                unit = "（元）" if isinstance(kind, Money) else ""
                wrong(index, name, row[name], f"{form.field(name).label}{unit}{refused}")
        if fill and key in table:
            offered = proposals(form, table[key], texts)
            texts = {**{name: text for name, text in offered.items() if not table[key].now[name]}, **texts}
        typed[key] = texts
    if errors:
        raise Refused(f"{form.title}没有保存，第 {errors[0]['index']} 行：{errors[0]['message']}", errors)
    return typed
