"""Many typed rows of one form at once: each judged like typing, then saved as one action, or none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs
from desktop.actions.records import Saved, Values, read_typed, save_values
from desktop.model.checks import check_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.fields.links import Reference
from desktop.model.forms import Form
from desktop.model.registers import record_id


@dataclass(frozen=True)
class TypedRow:
    """One row: `record` "" for a new one, `typed` field -> text as typed."""

    record: str
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What is wrong with (`blocks`) or odd about one row; `field` "" when it is about the whole row."""

    row: int
    field: str
    message: str
    blocks: bool = True


@dataclass
class Judged:
    """By row: the stored values read, what was held before (empty: new) and what it would be after; and all findings.

    `exists` names the record that a new row turned out to be, by its natural key.
    """

    values: list[Values] = field(default_factory=list)
    before: list[Values] = field(default_factory=list)
    after: list[Values] = field(default_factory=list)
    exists: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def refused(self, row: int) -> list[Said]:
        return [each for each in self.said if each.row == row and each.blocks]

    def sentence(self, row: int, form: Form) -> str:
        """Why a row is refused, with the field's name when it is about one; "" when it is not."""
        return "；".join(
            (f"{form.field(each.field).label}：" if each.field in form else "") + each.message
            for each in self.refused(row)
        )


class _Doubles:
    """Which rows of the batch hold the same values, as `unique` checks ask."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, Values]] = []
        self._found: dict[tuple[str, ...], defaultdict[tuple[Value, ...], list[str]]] = {}

    def add(self, identity: str, values: Values) -> None:
        self._rows.append((identity, values))
        for names, found in self._found.items():
            found[tuple(values.get(name) for name in names)].append(identity)

    def same(self, wanted: Mapping[str, Value], but: str) -> list[str]:
        names = tuple(wanted)
        if names not in self._found:
            found = self._found[names] = defaultdict(list)
            for identity, values in self._rows:
                found[tuple(values.get(name) for name in names)].append(identity)
        return [each for each in self._found[names].get(tuple(wanted.values()), []) if each != but]


def judge(desk: Desk, form_name: str, rows: Sequence[TypedRow]) -> Judged:
    """Read and check rows without writing. Raises Refused only for a form that does not exist."""
    form = desk.form(form_name)
    judged, doubles, seen = Judged(), _Doubles(), set[str]()
    held = desk.store.records.values(form.name, [row.record for row in rows if row.record])
    alive = set(desk.store.records.ids(form.name)[0])
    defaults: Values = {each.name: each.default for each in form.fields if each.default is not None}
    reads = [read_typed(desk, form, {n: t for n, t in row.typed.items() if n in form}) for row in rows]
    keyed = {
        record_id(desk.district, form.name, key)
        for row, (values, _) in zip(rows, reads, strict=True)
        if not row.record and (key := form.key_of({**defaults, **values}))
    }
    held |= desk.store.records.values(form.name, keyed & alive)
    for place, (row, (values, unread)) in enumerate(zip(rows, reads, strict=True)):
        identity = _identity(desk, form, row, {**defaults, **values}) or f"new {place}"
        said = [Said(place, each.field, each.message) for each in unread]
        said += [
            Said(place, "", f"{form.title}没有字段 {name}，请核对") for name in sorted(row.typed) if name not in form
        ]
        if row.record and row.record not in alive:
            said.append(Said(place, "", f"没有这条{form.noun}，可能已被删除，请刷新后再试"))
        if identity in seen:
            said.append(Said(place, "", f"同一条{form.noun}在这一批里出现了两次，请合成一条"))
        seen.add(identity)
        before = held.get(identity, {}) if identity in alive else {}
        after = {**(before or defaults), **values}
        wrong = {each.field for each in said}
        if before:
            said += _key_changes(form, place, before, values)
        said += _references(desk, form, place, before, values)
        checks = check_values(
            form, after, desk.names,
            lambda wanted, identity=identity: (  # type: ignore[misc]
                doubles.same(wanted, identity) or desk.store.records.same(form.name, wanted, identity)
            ),
        )  # fmt: skip
        said += [Said(place, each.field, each.message, each.blocks) for each in checks if each.field not in wrong]
        doubles.add(identity, after)
        judged.values.append(values)
        judged.before.append(before)
        judged.after.append(after)
        judged.exists.append(identity if before and not row.record else "")
        judged.said += said
    judged.said += _closed(desk, form, rows, judged)
    return judged


def _identity(desk: Desk, form: Form, row: TypedRow, values: Values) -> str:
    key = None if row.record else form.key_of(values)
    return row.record or (record_id(desk.district, form.name, key) if key else "")


def _key_changes(form: Form, place: int, before: Values, values: Values) -> list[Said]:
    fixed = {*form.key, *([form.alternate[0]] if form.alternate else [])}
    return [
        Said(place, name, f"{form.field(name).label}定下后不能改。请删除这一条，另建一条")
        for name in sorted(fixed & set(values))
        if values[name] != before.get(name)
    ]


def _references(desk: Desk, form: Form, place: int, before: Values, values: Values) -> list[Said]:
    """A name is refused while reading; an id of a record that is not here is found only now."""
    found = []
    for name, value in values.items():
        kind = form.field(name).type
        if isinstance(kind, Reference) and value != before.get(name):
            lost = [part for part in kind.parts(value) if desk.names.label(kind.to, part) is None]
            found += [Said(place, name, f"没有 id 为 {part} 的{desk.form(kind.to).noun}，请先登记它") for part in lost]
    return found


def _closed(desk: Desk, form: Form, rows: Sequence[TypedRow], judged: Judged) -> list[Said]:
    """Rows of closed periods; asked of all at once first, because most often none is closed."""
    pairs = [(row.record or None, values) for row, values in zip(rows, judged.values, strict=True)]
    try:
        refuse_closed(desk, form, pairs)
    except Refused:
        return [said for place, pair in enumerate(pairs) if (said := _one_closed(desk, form, place, pair))]
    return []


def _one_closed(desk: Desk, form: Form, place: int, pair: tuple[str | None, Values]) -> Said | None:
    try:
        refuse_closed(desk, form, [pair])
    except Refused as refused:
        return Said(place, "", str(refused))
    return None


@needs("enter")
def save_rows(desk: Desk, form_name: str, rows: Sequence[TypedRow], why: str = "") -> Saved:
    """Save all rows in one transaction and one entry of the log; one `undo` takes them back.

    Raises Refused whose details are `{index, field, value, message}`, every row's, when any row is refused.
    """
    form = desk.form(form_name)
    judged = judge(desk, form_name, rows)
    errors: list[dict[str, object]] = [
        {"index": each.row, "field": each.field, "value": rows[each.row].typed.get(each.field), "message": each.message}
        for each in judged.said
        if each.blocks
    ]
    if errors:
        wrong = len({each["index"] for each in errors})
        first = next(each for each in judged.said if each.blocks)
        named = f"第 {first.row + 1} 行{form.field(first.field).label if first.field in form else ''}"
        rest = f"（共 {wrong} 行有错）" if wrong > 1 else ""
        raise Refused(f"{form.title}没有保存，{named}：{first.message}{rest}", errors)
    return save_values(
        desk, form, [(row.record or None, values) for row, values in zip(rows, judged.values, strict=True)], why
    )
