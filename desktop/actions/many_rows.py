"""Many typed rows of one form at once: each judged like typing, then saved as one action, or none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs
from desktop.actions.judging import judge as judge_values
from desktop.actions.records import Saved, Values, read_typed, save_values
from desktop.model.errors import Refused
from desktop.model.forms import Form


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


def judge(desk: Desk, form_name: str, rows: Sequence[TypedRow]) -> Judged:
    """Read and judge rows without writing. Raises Refused only for a form that does not exist."""
    form = desk.form(form_name)
    reads = [read_typed(desk, form, {n: t for n, t in row.typed.items() if n in form}) for row in rows]
    found = judge_values(
        desk, form, [(row.record or None, values) for row, (values, _) in zip(rows, reads, strict=True)]
    )
    judged, faults = Judged(), found.by_row()
    for place, (row, (values, unread)) in enumerate(zip(rows, reads, strict=True)):
        said = [Said(place, each.field, each.message) for each in unread]
        said += [
            Said(place, "", f"{form.title}没有字段 {name}，请核对") for name in sorted(row.typed) if name not in form
        ]
        one = found.rows[place]
        if row.record and not one.before:
            said.append(Said(place, "", f"没有这条{form.noun}，可能已被删除，请刷新后再试"))
        wrong = {each.field for each in said}
        for fault in faults[place]:
            about = "" if fault.field == "id" else fault.field
            if about not in wrong:
                said.append(Said(place, about, fault.message, fault.blocks))
        judged.values.append(values)
        judged.before.append(one.before)
        judged.after.append(one.after)
        judged.exists.append(one.identity if one.before and not row.record else "")
        judged.said += said
    judged.said += _closed(desk, form, rows, judged)
    return judged


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
