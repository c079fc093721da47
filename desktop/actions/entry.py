"""Filling in one record: what the screen starts from, what the checks say while typing, and its rows below."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions import drafts
from desktop.actions.desk import Desk
from desktop.actions.judging import findings_of
from desktop.actions.listing import list_text, names_of
from desktop.actions.records import Values, get, read_typed
from desktop.model.fields.base import Value
from desktop.model.fields.choice import YesNo
from desktop.model.fields.links import NOT_RECEIVED, Reference
from desktop.model.findings import Finding
from desktop.model.forms import Field, Form
from desktop.model.registers import conflicts

BY_CODE = ("choice", "plan_item")
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """A record as a screen begins with it; `record` is "" for a new one.

    `texts` hold per field what reading gives back unchanged: codes and ids for what is chosen, text else. `choices` are
    (code, label) of the fields that have some. `open` are the fields in conflict, `draft` texts left unsaved before.
    """

    record: str
    label: str
    texts: dict[str, str]
    choices: dict[str, Choices]
    open: tuple[str, ...] = ()
    draft: dict[str, str] | None = None
    changed: str = ""
    changed_by: str = ""


def text_of(desk: Desk, each: Field, value: Value) -> str:
    """What to put into the field's input for a stored value; reading it gives the value again."""
    if value is None:
        return ""
    if isinstance(each.type, YesNo):
        return "yes" if value else "no"
    if each.type.name == "choices" or getattr(each.type, "several", False):
        return "、".join(json.loads(str(value)))
    if each.type.name in (*BY_CODE, "reference"):
        return str(value)
    return each.type.show(value, desk.names)


def choices_of(desk: Desk, each: Field, value: Value = None) -> Choices:
    """(code, label) of what a field offers; a reference offers the records of its form, and the one it holds."""
    if not isinstance(each.type, Reference):
        return [] if isinstance(each.type, YesNo) else _with_held(desk, each, value)
    offered = names_of(desk, each.type.to)
    known = {record for record, _ in offered}
    lost = [part for part in each.type.parts(value) if part not in known]
    return offered + [(part, f"{NOT_RECEIVED}〔{part[:8]}〕") for part in lost]


def _with_held(desk: Desk, each: Field, value: Value) -> Choices:
    """What a field offers, and an item of the plan that is held but no longer offered."""
    offered = each.type.choices(desk.names)
    if each.type.name == "plan_item" and value is not None and str(value) not in dict(offered):
        return [*offered, (str(value), each.type.show(value, desk.names))]
    return offered


def begin(desk: Desk, form_name: str, record: str = "", start: Mapping[str, str] | None = None) -> Entry:
    """What the screen of a record starts from. `start` are texts for a new one. Raises Refused when there is none."""
    form = desk.form(form_name)
    values: Values = {each.name: each.default for each in form.fields}
    if record:
        get(desk, form_name, record)
        values = desk.store.records.values(form_name, [record])[record]
    texts = {each.name: text_of(desk, each, values.get(each.name)) for each in form.fields}
    texts |= {name: text for name, text in (start or {}).items() if name in form}
    choices = {each.name: choices_of(desk, each, values.get(each.name)) for each in form.fields}
    state = desk.store.records.states([record]).get(record) if record else None
    head = (desk.store.records.head(record) or {}) if record else {}
    return Entry(
        record, str(head.get("label", "")), texts, {name: offered for name, offered in choices.items() if offered},
        tuple(conflicts(state)) if state else (), drafts.find(desk, form_name, record), str(head.get("changed", "")),
        str(head.get("changed_by", "")),
    )  # fmt: skip


def checked(desk: Desk, form_name: str, record: str, typed: Mapping[str, str]) -> list[Finding]:
    """What the form says about a record with these typed texts over what is stored."""
    form = desk.form(form_name)
    values, unread = read_typed(desk, form, typed)
    held: Values = {each.name: each.default for each in form.fields}
    if record:
        held = desk.store.records.values(form_name, [record]).get(record, held)
    wrong = {finding.field for finding in unread}
    found = findings_of(desk, form, record or None, {**held, **values})
    return unread + [finding for finding in found if finding.field not in wrong]


def below(
    desk: Desk, form_name: str, parent: str, record: str
) -> tuple[list[tuple[str, dict[str, str]]], dict[str, str]]:
    """The child records of a record: (id, printed texts) in the order of their columns, and sums of money columns."""
    form = desk.form(form_name)
    ids, _ = desk.store.records.ids(form_name, where={parent: record})
    held = desk.store.records.values(form_name, ids)
    rows = [(each, _printed(desk, form, held[each])) for each in ids]
    keys = [name for name in form.columns if name != parent][:2]
    rows.sort(key=lambda row: [str(held[row[0]].get(name) or "") for name in keys])
    sums = {}
    for each in form.fields:
        if each.type.name == "money":
            total = sum(int(value) for one in ids if (value := held[one].get(each.name)) is not None)
            sums[each.name] = each.type.show(total, desk.names)
    return rows, sums


def _printed(desk: Desk, form: Form, values: Mapping[str, Value]) -> dict[str, str]:
    return {each.name: list_text(desk, each, values.get(each.name)) for each in form.fields}
