"""A form's records as a list shows them: printed texts, sums, marks, conditions and views."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.actions.desk import Desk
from desktop.actions.records import find
from desktop.model.checks import check_values
from desktop.model.fields.base import NoNames, Value
from desktop.model.fields.numbers import Money
from desktop.model.forms import Field, Form
from desktop.model.registers import conflicts

CHECKED = 3000  # rows that are checked for warnings; beyond it a list would open slowly


@dataclass(frozen=True)
class Condition:
    """One condition of a view. `op`: is (value among `values`), least, most (numbers in the field's unit, dates), has
    (text), empty, filled, mine (open conflict; `field` is "")."""

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One record. `texts` printed values by field, `numbers` those of number fields in the unit shown; `open` the
    fields with an open conflict; `errors` and `warnings` are sentences of the form's checks; `changed` ISO."""

    id: str
    texts: dict[str, str]
    numbers: dict[str, Decimal]
    open: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changed: str = ""


@dataclass(frozen=True)
class Listing:
    """`lines` after search and conditions; `total` of all records; `views` are (code, label, count) of a choice field;
    `open` and `faulty` count records with an open conflict or a finding; `sums` of all money fields over `lines`."""

    lines: list[Line]
    total: int
    views: list[tuple[str, str, int]]
    open: int
    faulty: int
    sums: dict[str, Decimal] = field(default_factory=dict)


def number_of(each: Field, value: Value) -> Decimal | None:
    """A number field's value in the unit shown; None when empty or no number."""
    if value is None or not each.type.number:
        return None
    return each.type.in_unit(int(value)) if isinstance(each.type, Money) else Decimal(str(value))


def _parts(value: Value) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        return [str(part) for part in json.loads(value)]
    return [] if value is None else [str(value)]


def meets(form: Form, values: Mapping[str, Value], texts: Mapping[str, str], condition: Condition) -> bool:
    """Whether a record meets a condition on one of its fields."""
    if condition.field not in form:
        return True
    each, value = form.field(condition.field), values.get(condition.field)
    if condition.op in ("empty", "filled"):
        return (value is None) == (condition.op == "empty")
    if value is None:
        return False
    if condition.op == "is":
        return bool(set(_parts(value)) & set(condition.values))
    if condition.op == "has":
        return all(word.lower() in texts[condition.field].lower() for word in condition.values)
    number = number_of(each, value)
    if number is not None:
        bound = Decimal(condition.values[0].replace(",", ""))
        return number >= bound if condition.op == "least" else number <= bound
    text, limit = str(value), condition.values[0]
    return text >= limit if condition.op == "least" else text[: len(limit)] <= limit


def listing(
    desk: Desk, form_name: str, *, search: str = "", conditions: Iterable[Condition] = (), by: str = "", view: str = "",
    order: tuple[str, bool] | None = None,
) -> Listing:  # fmt: skip
    """The list of a form. `by` is the choice field of its views and `view` one of its codes, `open` or `faulty`.

    Raises Refused for a form that does not exist.
    """
    form = desk.form(form_name)
    found, _ = find(desk, form_name, search=search)
    total = len(found) if not search else find(desk, form_name, limit=0)[1]
    states = _open_fields(desk, form_name)
    conditions = list(conditions)
    lines: list[tuple[Line, Mapping[str, Value]]] = []
    for place, (record, values) in enumerate(found):
        line = _line(desk, form, record, values, states.get(record, ()), place < CHECKED)
        if all(meets(form, values, line.texts, condition) for condition in conditions):
            lines.append((line, values))
    if order is not None:
        lines = _sorted(form, lines, *order)
    views = _views(desk, form, by, [values for _, values in lines]) if by else []
    opened = [line for line, _ in lines if line.open]
    faulty = [line for line, _ in lines if line.errors or line.warnings]
    if view == "open":
        shown = opened
    elif view == "faulty":
        shown = faulty
    else:
        shown = [line for line, values in lines if not view or view in _parts(values.get(by))]
    sums = {
        each.name: sum((line.numbers.get(each.name, Decimal(0)) for line in shown), Decimal(0))
        for each in form.fields
        if isinstance(each.type, Money)
    }
    return Listing(shown, total, views, len(opened), len(faulty), sums)


def _sorted(
    form: Form, lines: list[tuple[Line, Mapping[str, Value]]], name: str, down: bool
) -> list[tuple[Line, Mapping[str, Value]]]:
    """By number, or by text as shown; choices in the order of their list; empty ones last either way."""
    each = form.field(name)
    places = {code: place for place, (code, _) in enumerate(each.type.choices(NoNames()))}

    def key(pair: tuple[Line, Mapping[str, Value]]) -> tuple[Decimal | int, str]:
        line, values = pair
        return line.numbers.get(name, places.get(str(values.get(name)), 0)), line.texts[name]

    filled = [pair for pair in lines if pair[1].get(name) is not None]
    return sorted(filled, key=key, reverse=down) + [pair for pair in lines if pair[1].get(name) is None]


def _views(desk: Desk, form: Form, by: str, rows: list[Mapping[str, Value]]) -> list[tuple[str, str, int]]:
    counts: dict[str, int] = {}
    for values in rows:
        for part in _parts(values.get(by)):
            counts[part] = counts.get(part, 0) + 1
    return [(code, label, counts[code]) for code, label in form.field(by).type.choices(desk.names) if code in counts]


def list_text(desk: Desk, each: Field, value: Value) -> str:
    """A value as a column shows it: dates and periods short (2026-11), all else as on paper."""
    if each.type.name in ("date", "month", "period"):
        return each.type.show(value, desk.names)
    return each.type.printed(value, desk.names)


def _line(
    desk: Desk, form: Form, record: str, values: Mapping[str, Value], waiting: tuple[str, ...], checked: bool
) -> Line:
    texts = {each.name: list_text(desk, each, values.get(each.name)) for each in form.fields}
    numbers = {}
    for each in form.fields:
        number = number_of(each, values.get(each.name))
        if number is not None:
            numbers[each.name] = number
    findings = check_values(form, values, desk.names, lambda _: []) if checked else []
    errors = tuple(each.message for each in findings if each.blocks)
    warnings = tuple(each.message for each in findings if not each.blocks)
    return Line(record, texts, numbers, waiting, errors, warnings)


def _open_fields(desk: Desk, form_name: str) -> dict[str, tuple[str, ...]]:
    ids = [record for record, form in desk.store.records.with_conflicts() if form == form_name]
    return {record: tuple(conflicts(state)) for record, state in desk.store.records.states(ids).items()}


def names_of(desk: Desk, form_name: str) -> list[tuple[str, str]]:
    """(id, name) of every record of a form, to choose from; same names carry the start of their id."""
    form = desk.form(form_name)
    ids, _ = desk.store.records.ids(form.name)
    named = [(record, desk.names.label(form.name, record) or record[:8]) for record in ids]
    seen: dict[str, int] = {}
    for _, name in named:
        seen[name] = seen.get(name, 0) + 1
    return [(record, f"{name}〔{record[:8]}〕" if seen[name] > 1 else name) for record, name in named]
