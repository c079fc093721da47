"""Records that look as if they were entered twice: while one is typed, and in the whole register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs
from desktop.model import alike
from desktop.model.errors import Refused
from desktop.model.fields.base import Value

FORMS = tuple(alike.RULES)
CROWD = 60  # records that share one handle, beyond which it tells nothing (e.g. one name for all of a chain's sites)
LOOKED_AT = ("name", "uscc", "legal_person", "phone", "project_code", "enterprise", "total_investment", "filing_no",
             "operator", "address", "kind")  # fmt: skip


@dataclass(frozen=True)
class Near:
    """A record that may be the one being typed: `why` says what is alike, `strong` that a code says so."""

    id: str
    label: str
    why: str
    strong: bool


@dataclass(frozen=True)
class Pair:
    """Two records that may be one; `left` came into this file first."""

    left: str
    right: str
    left_label: str
    right_label: str
    why: str
    strong: bool


def _held(desk: Desk, form: str) -> dict[str, dict[str, Value]]:
    ids, _ = desk.store.records.ids(form)
    held = desk.store.records.values(form, ids)
    return {record: held[record] for record in ids}


def near(desk: Desk, form_name: str, typed: Mapping[str, str], record: str = "") -> list[Near]:
    """Records that what is typed may be a double of, the surest first. `typed` are texts by field; what cannot be read
    yet is left out. `record` is the one being edited, "" for a new one. [] for forms without a rule."""
    if form_name not in FORMS:
        return []
    form = desk.form(form_name)
    values: dict[str, Value] = {}
    for name in LOOKED_AT:
        if name in form and typed.get(name):
            try:
                values[name] = form.field(name).type.read(typed[name], desk.names)
            except Refused:
                continue
    if not values.get("name") and not values.get(alike.CODES[form_name]) and not values.get("address"):
        return []
    found = []
    for other, held in _held(desk, form_name).items():
        if other != record and (said := alike.alike(form_name, values, held, desk.district_name)):
            label = desk.names.label(form_name, other) or other[:8]
            found.append(Near(other, label, "，".join(said.reasons), said.strong))
    return sorted(found, key=lambda each: (not each.strong, each.why, each.label))


def duplicates(desk: Desk, form_name: str) -> list[Pair]:
    """Pairs of records that look alike, the surest first, without those that a person called different."""
    if form_name not in FORMS:
        raise Refused(f"只能在企业、项目、回收网点中查疑似重复，不能查“{form_name}”")
    rows = _held(desk, form_name)
    place = {record: number for number, record in enumerate(rows)}
    crowds: defaultdict[str, list[str]] = defaultdict(list)
    for record, values in rows.items():
        for handle in alike.handles(form_name, values, desk.district_name):
            crowds[handle].append(record)
    asked = {
        (one, other)
        for crowd in crowds.values()
        if len(crowd) <= CROWD
        for number, one in enumerate(crowd)
        for other in crowd[number + 1 :]
    }
    apart = set(_apart(desk, form_name))
    found = []
    for first, second in asked:
        said = alike.alike(form_name, rows[first], rows[second], desk.district_name)
        if said and _key(first, second) not in apart:
            left, right = sorted((first, second), key=lambda record: place[record])
            one, other = (desk.names.label(form_name, each) or each[:8] for each in (left, right))
            found.append(Pair(left, right, one, other, "，".join(said.reasons), said.strong))
    return sorted(found, key=lambda pair: (not pair.strong, pair.left_label, place[pair.left], place[pair.right]))


def _key(one: str, other: str) -> str:
    return " ".join(sorted((one, other)))


def _apart(desk: Desk, form: str) -> list[str]:
    return list(json.loads(desk.store.local.setting("", f"not_duplicates:{form}", "[]")))


@needs("enter")
def not_duplicates(desk: Desk, form_name: str, one: str, other: str, why: str = "") -> None:
    """A person looked: these two are different. They are not shown as doubles again in this file."""
    if form_name not in FORMS:
        raise Refused(f"只能在企业、项目、回收网点中查疑似重复，不能查“{form_name}”")
    for record in (one, other):
        if desk.store.records.form_of(record) != form_name:
            raise Refused(f"没有这条{desk.form(form_name).noun}：{record}。请用 list 查到它的 id")
    with desk.store.writing("登记不是重复"):
        kept = sorted({*_apart(desk, form_name), _key(one, other)})
        desk.store.local.set_setting("", f"not_duplicates:{form_name}", json.dumps(kept))
        labels = "、".join(desk.names.label(form_name, each) or each[:8] for each in (one, other))
        desk.store.note("apart", who=desk.who, why=f"{labels} 不是重复{'：' + why if why else ''}", form=form_name)
