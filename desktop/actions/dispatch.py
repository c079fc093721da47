"""A month's figures of all projects, or of all sites, filled in as one table and saved as one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.actions.closed import closing_over
from desktop.actions.desk import Desk
from desktop.actions.dispatch_rules import LIVE, SHEETS, Sheet, bases_of, odd, proposed, read_or_none
from desktop.actions.many_rows import Judged, TypedRow, judge, save_rows
from desktop.actions.records import Saved, Values
from desktop.model.errors import Refused
from desktop.model.fields.base import NoNames, Value
from desktop.model.forms import Form
from desktop.model.periods import Period

SEPARATOR = "|"


@dataclass(frozen=True)
class MonthRow:
    """One row. `key` names it in this table (project id; site id|goods code); `record` "" while nothing is filled.

    `now`, `last` and `proposed` are texts by field as typing reads them; `last_period` is the newest earlier month that
    has figures, "" when there is none. `bases` are what a cumulated figure adds this month's to, in 分, where it is
    known; `kept` texts are carried on within the year. `beside`: its owner, or the goods.
    """

    key: str
    record: str
    name: str
    beside: str
    now: dict[str, str]
    last: dict[str, str]
    last_period: str
    proposed: dict[str, str] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MonthTable:
    """`closed` is a sentence when the period no longer takes figures, else ""; `missing` rows have no record yet."""

    form: str
    period: str
    label: str
    fields: tuple[str, ...]
    rows: list[MonthRow]
    closed: str

    @property
    def missing(self) -> int:
        return sum(not row.record for row in self.rows)


@dataclass(frozen=True)
class Oddity:
    """What is wrong with or odd about one cell; `field` "" for the row."""

    key: str
    field: str
    message: str
    blocks: bool


def month_of(period: str) -> Period:
    """Raises Refused for what is no month."""
    found = Period.parse(period)
    if found.kind != "month":
        raise Refused(f"“{period}”不是月份，应如 2026-11")
    return found


def _sheet(form: str) -> Sheet:
    if form not in SHEETS:
        raise Refused(f"“{form}”不是按月填的表，应为 {'、'.join(SHEETS)} 之一")
    return SHEETS[form]


def month_table(desk: Desk, form_name: str, period: str) -> MonthTable:
    """The table of one month: one row per live project, or per open site and each of its goods.

    Raises Refused for what is no month and for a form that is not filled in by months.
    """
    sheet, month = _sheet(form_name), month_of(period)
    form, above = desk.form(form_name), desk.form(sheet.above)
    ids, _ = desk.store.records.ids(form_name)
    mine: dict[str, tuple[str, Values]] = {}
    before: dict[str, tuple[str, Values]] = {}
    for record, values in desk.store.records.values(form_name, ids).items():
        when, key = str(values["period"]), SEPARATOR.join(str(values[name]) for name in sheet.keys)
        if when == month.key:
            mine[key] = (record, values)
        elif when < month.key and when > before.get(key, ("", {}))[0]:
            before[key] = (when, values)
    parents, _ = desk.store.records.ids(above.name)
    held = desk.store.records.values(above.name, parents)
    rows = []
    for parent in parents:
        here = [key for key in (*mine, *before) if key.split(SEPARATOR)[0] == parent] if len(sheet.keys) > 1 else []
        parts = sheet.parts(held[parent], [key.partition(SEPARATOR)[2] for key in here])
        for part in parts:
            key = SEPARATOR.join([parent, *part])
            if key in mine or LIVE[sheet.above](held[parent], month):
                rows.append(_row(desk, sheet, key, held[parent], mine.get(key), before.get(key), month))
    over = closing_over(desk, month)
    closed = f"{over.label}已关账，{form.title}只能看，不能改。确需更改，请由审核人写明原因后开账" if over else ""
    return MonthTable(form_name, month.key, month.label, sheet.fields, rows, closed)


def _row(
    desk: Desk, sheet: Sheet, key: str, parent: Values, mine: tuple[str, Values] | None,
    before: tuple[str, Values] | None, month: Period,
) -> MonthRow:  # fmt: skip
    form = desk.form(sheet.form)

    def shown(values: Mapping[str, Value]) -> dict[str, str]:
        return {name: form.field(name).type.show(values.get(name), desk.names) for name in sheet.fields}

    owner, *rest = key.split(SEPARATOR)
    goods = desk.form(sheet.form).field(sheet.keys[1]).type.show(rest[0], desk.names) if rest else ""
    beside = goods or (desk.names.label("enterprise", str(parent.get("enterprise"))) or "")
    now, last = mine[1] if mine else {}, before[1] if before else {}
    offered = proposed(sheet, month, now, before, parent)
    texts = {name: form.field(name).type.show(value, desk.names) for name, value in offered.items()}
    name = desk.names.label(sheet.above, owner) or owner[:8]
    return MonthRow(
        key, mine[0] if mine else "", name, beside, shown(now), shown(last), before[0] if before else "", texts,
        bases_of(sheet, month, before, parent), {each: texts[each] for each in sheet.kept if each in texts},
    )  # fmt: skip


def proposals(form: Form, row: MonthRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Texts that may stand in the empty cells of a row, from what is typed and the month before: nothing is asked."""
    found = dict(row.kept)
    for name, part, _ in SHEETS[form.name].sums:
        added = read_or_none(form, part, typed.get(part, row.now[part]), NoNames())
        if name in row.bases and added is not None:
            found[name] = form.field(name).type.show(row.bases[name] + int(added), NoNames())
    return found


SETTING = "months"


def keep_months(desk: Desk, form_name: str, period: str, typed: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what is typed and not saved, for this account, in the encrypted file; nothing typed: forget it."""
    with desk.store.writing("留存草稿"):
        held = {key: dict(texts) for key, texts in typed.items()}
        words = json.dumps(held, ensure_ascii=False) if held else ""
        desk.store.local.set_setting(desk.who, f"{SETTING}.{_sheet(form_name).form}.{month_of(period).key}", words)


def kept_months(desk: Desk, form_name: str, period: str) -> dict[str, dict[str, str]]:
    """What was typed into a month's table and not saved before the program ended."""
    words = desk.store.local.setting(desk.who, f"{SETTING}.{_sheet(form_name).form}.{month_of(period).key}")
    return json.loads(words) if words else {}


def _typed_rows(sheet: Sheet, period: str, table: MonthTable, typed: Mapping[str, Mapping[str, str]]) -> list[TypedRow]:
    records = {row.key: row.record for row in table.rows}
    rows = []
    for key, texts in typed.items():
        parts = key.split(SEPARATOR)
        if len(parts) != len(sheet.keys):
            raise Refused(f"“{key}”不是这张表的一行，应为{'、'.join(sheet.keys)}，用 | 隔开")
        made = dict(zip(sheet.keys, parts, strict=True)) | {"period": period}
        record = records.get(key, "")
        rows.append(TypedRow(record, dict(texts) if record else {**made, **texts}))
    return rows


def _wanted(table: MonthTable, typed: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Rows with something to save: an empty row without a record is none."""
    held = {row.key for row in table.rows if row.record}
    return {key: texts for key, texts in typed.items() if key in held or any(text.strip() for text in texts.values())}


def check_months(desk: Desk, form_name: str, period: str, typed: Mapping[str, Mapping[str, str]]) -> list[Oddity]:
    """What the form's checks, and the figures of the month before, say about rows as typed; nothing is written."""
    sheet, month, table = _sheet(form_name), month_of(period), month_table(desk, form_name, period)
    wanted = _wanted(table, typed)
    keys = list(wanted)
    judged = judge(desk, form_name, _typed_rows(sheet, month.key, table, wanted))
    found = [Oddity(keys[each.row], each.field, each.message, each.blocks) for each in judged.said]
    return found + _odd_rows(desk, sheet, month, table, keys, judged)


def _odd_rows(
    desk: Desk, sheet: Sheet, month: Period, table: MonthTable, keys: Sequence[str], judged: Judged
) -> list[Oddity]:
    form = desk.form(sheet.form)
    rows = {row.key: row for row in table.rows}
    parents = desk.store.records.values(sheet.above, [key.split(SEPARATOR)[0] for key in keys])
    found = []
    for place, key in enumerate(keys):
        row = rows.get(key)
        if row is None:
            continue
        last = {name: read_or_none(form, name, row.last[name], desk.names) for name in sheet.fields}
        before = (row.last_period, last) if row.last_period else None
        for name, message in odd(
            desk, sheet, month, judged.after[place], before, parents.get(key.split(SEPARATOR)[0], {})
        ):
            found.append(Oddity(key, name, message, False))
    return found


def save_months(
    desk: Desk, form_name: str, period: str, typed: Mapping[str, Mapping[str, str]], why: str = ""
) -> Saved:
    """Save rows as typed, by row key, in one transaction; one undo takes them back.

    Raises Refused whose details are `{index, key, field, value, message}` when any cell is refused.
    """
    sheet, month, table = _sheet(form_name), month_of(period), month_table(desk, form_name, period)
    if table.closed:
        raise Refused(table.closed)
    wanted = _wanted(table, typed)
    keys = list(wanted)
    try:
        return save_rows(desk, form_name, _typed_rows(sheet, month.key, table, wanted), why or f"{month.label}填报")
    except Refused as refused:
        for each in refused.details:
            each["key"] = keys[int(str(each["index"]))]
        raise


def dispatch(desk: Desk, period: str) -> MonthTable:
    """项目月调度 of a month: one row per live project."""
    return month_table(desk, "project_month", period)


def save_dispatch(desk: Desk, period: str, typed: Mapping[str, Mapping[str, str]], why: str = "") -> Saved:
    """Save 项目月调度 of a month: project id -> field -> text as typed."""
    return save_months(desk, "project_month", period, typed, why)
