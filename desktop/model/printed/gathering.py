"""From the office's records to the frozen content of a printed form: what is printed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.model.errors import Refused
from desktop.model.fields import PlanItem, Reference, Unit
from desktop.model.fields.base import Value
from desktop.model.fields.links import item_label, retired_label
from desktop.model.forms import Field, Forms, load_forms
from desktop.model.periods import Period
from desktop.model.plan import Goal, Task, load_units
from desktop.model.printed.definition import (
    PERIOD,
    PLAN,
    FaceBlock,
    NoticeBlock,
    NumbersBlock,
    PlotsBlock,
    PrintedForm,
    TableBlock,
)
from desktop.model.printed.face import face_fields
from desktop.model.printed.marks import MARKS
from desktop.model.printed.numbers import numbers_of
from desktop.model.printed.reading import NOT_FILLED, field_of, form_of
from desktop.model.printed.selecting import Selection
from desktop.model.printed.source import Adviser, Source
from desktop.model.printed.standings import plots_of, standing_row

FORMAT = 1


class _Content:
    """The content as it fills: records by form, in the order they are first printed."""

    def __init__(self, source: Source, forms: Forms, selection: Selection) -> None:
        self.source = source
        self.forms = forms
        self.selection = selection
        self.records: dict[str, dict[str, dict[str, Value]]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.items: dict[str, dict[str, str]] = {}
        self.shorts: dict[str, str] = {}
        self._office_shorts = {
            str(row["name"]): str(row["short"])
            for row in selection.all("unit").values()
            if row.get("name") and row.get("short")
        }

    def put(self, form: str, identity: str, fields: list[Field]) -> None:
        record = self.selection.all(form).get(identity)
        if record is None:
            return
        row = self.records.setdefault(form, {}).setdefault(identity, {"id": identity})
        for each in fields:
            value = record.get(each.name)
            if value is not None:
                row[each.name] = value
                self._label(each, value)

    def _label(self, field: Field, value: Value) -> None:
        kind = field.type
        if isinstance(kind, Reference):
            for part in kind.parts(value):
                label = self.source.names.label(kind.to, part)
                if label is not None:
                    self.labels.setdefault(kind.to, {})[part] = label
        elif isinstance(kind, PlanItem):
            entry = self.source.plan.known(str(value))
            if isinstance(entry, Goal | Task):
                held = self.source.plan.find(str(value)) is not None
                self.labels.setdefault(PLAN, {})[str(value)] = item_label(entry) if held else retired_label(entry)
        elif isinstance(kind, Unit):
            for part in kind.parts(value):
                self._short(part)

    def _short(self, unit: str) -> None:
        short = self._office_shorts.get(unit) or load_units().short(unit, self.source.district_name)
        if short != unit:
            self.shorts[unit] = short

    def item(self, key: str) -> None:
        """A goal or task as published; units as the city names them, since these columns are the city's own."""
        entry = self.source.plan.item(key)
        number = entry.number if isinstance(entry, Task) else entry.order
        text = {
            "number": str(number), "title": entry.title, "text": entry.text, "part": entry.part, "area": entry.area,
            "lead": "、".join(entry.lead), "responsible": "、".join(entry.responsible),
        }  # fmt: skip
        self.items[key] = {name: value for name, value in text.items() if value}

    def table(self, table: TableBlock, about: Mapping[str, Value] | None) -> list[dict[str, Any]]:
        rows = self.selection.rows(table, about)
        paths = [path for path in table.paths if field_of(table, path, self.forms) is not None]
        for row in rows:
            row.update({mark: 1 for mark in table.marks if MARKS[mark](self.selection, table, row)})
            if table.standing:
                row["standing"] = standing_row(self.selection, row["of"])
            if table.form == PLAN:
                self.item(row["of"])
            else:
                self.put(table.form, row["of"], [])
            for side in ("old", "new") if table.changed else ():
                if row[side] is not None:
                    self._label(self.forms[table.form].field(row["field"]), row[side])
            for path in paths:
                self._path(table, row, path)
        return rows

    def _path(self, table: TableBlock, row: Mapping[str, Any], path: str) -> None:
        form, name = form_of(table, path, self.forms)
        field = self.forms[form].field(name)
        first, _, rest = path.partition(".")
        if not rest:
            self.put(form, row["of"], [field])
        elif table.join(first) is not None:
            for identity in row.get(first, []):
                self.put(form, identity, [field])
        else:
            reference = self.forms[table.form].field(first)
            self.put(table.form, row["of"], [reference])
            target = self.selection.all(table.form)[row["of"]].get(first)
            if target is not None:
                self.put(form, str(target), [field])

    def face(self, face: FaceBlock, identity: str) -> None:
        form = self.forms[face.form]
        self.put(face.form, identity, face_fields(form, face))
        for reference, names in face.after:
            kind = form.field(reference).type
            target = self.selection.all(face.form)[identity].get(reference)
            if target is not None and isinstance(kind, Reference):
                self.put(kind.to, str(target), [self.forms[kind.to].field(name) for name in names])


def gather(
    printed: PrintedForm,
    source: Source,
    *,
    period: str,
    record: str | None = None,
    unit: str | None = None,
    part: tuple[str, str | None] | None = None,
) -> dict[str, Any]:
    """The content of a printed form, ready for canonical JSON: nothing printed is missing, nothing else is in it.

    `{format, form, title, district, district_name, office, period, period_label, unit?, about?, part?, notice?,
    notice_on?, labels, shorts, items, records: {form: [{id, field: stored value …}]},
    rows: {table: [{of, join: [id …], mark: 1, standing?}]}, plots?: {name: [plot]}, numbers?}`.
    Raises Refused when the form is about one record and it is not named or not known.
    """
    forms = load_forms()
    printed = printed.of(record)
    of_period = Period.parse(period)
    about = None
    if printed.about != PERIOD:
        noun = forms[printed.about].noun
        if record is None:
            raise Refused(f"{printed.title}一次印一份，请先选定一个{noun}")
        about = source.record(printed.about, record)
        if about is None:
            raise Refused(f"没有编号为 {record} 的{noun}，可能已删除，请重新选定")
    elif record is not None:
        raise Refused(f"{printed.title}按期填报，不针对单条记录，请去掉记录编号")
    if printed.for_unit and not unit:
        raise Refused(f"{printed.title}按单位印，请先选定单位")
    selection = Selection(source, forms, of_period, unit, record, part)
    content = _Content(source, forms, selection)
    for face in printed.faces:
        assert record is not None
        content.face(face, record)
    rows = {table.name: content.table(table, about) for table in printed.tables}
    notice = _notice(printed, source, record)
    plots = {each.name: plots_of(selection, each) for each in printed.blocks if isinstance(each, PlotsBlock)}
    numbered = any(isinstance(each, NumbersBlock) for each in printed.blocks)
    if record is not None:
        name = next(iter(forms[printed.about].label))
        content.put(printed.about, record, [forms[printed.about].field(name)])
    found = {
        "format": FORMAT,
        "form": printed.name,
        "title": printed.title,
        "district": source.district_code,
        "district_name": source.district_name,
        "office": source.office,
        "period": of_period.key,
        "period_label": of_period.label,
        "unit": unit,
        "about": record,
        "labels": content.labels,
        "shorts": content.shorts,
        "items": content.items,
        "records": {form: list(found.values()) for form, found in content.records.items()},
        "rows": rows,
        "plots": plots,
        "numbers": numbers_of(selection) if numbered else None,
        "part": {"by": part[0], "value": part[1] or NOT_FILLED} if part else None,
        "notice": notice,
        "notice_on": source.names.today.isoformat() if notice is not None else None,
    }
    return {key: value for key, value in found.items() if value not in (None, {})}


def split_values(printed: PrintedForm, source: Source, *, period: str, by: str) -> list[str | None]:
    """The values of which a list may be printed one by one, in the order of their first row; None for rows without."""
    selection = Selection(source, load_forms(), Period.parse(period), None, None)
    found: dict[str | None, None] = {}
    for table in printed.tables:
        if by in table.split_names and not table.hidden:
            for row in selection.rows(table, None):
                values = selection.part_values(table, row, by)
                found |= dict.fromkeys(values) if values else {None: None}
    named: list[str | None] = [value for value in found if value is not None]
    return named + ([None] if None in found else [])


def _notice(printed: PrintedForm, source: Source, record: str | None) -> list[dict[str, str]] | None:
    if record is None or not any(isinstance(block, NoticeBlock) for block in printed.blocks):
        return None
    if not isinstance(source, Adviser):
        raise Refused("没有政策可以匹配，不能印明白纸。请在本单位的程序里打开数据后再印")
    return source.notice(record)
