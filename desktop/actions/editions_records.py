"""What a new edition of the plan means for the district's records: set-up values follow it where nobody changed any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.actions.desk import Desk
from desktop.actions.setup import set_up_records
from desktop.model.fields.base import Value
from desktop.model.plan import Plan
from desktop.model.plan.editions import NextEdition
from desktop.model.registers import Record, join, open_values, record_id, set_up

REPLACED = "replaced"  # state of a policy that the new edition no longer has


@dataclass(frozen=True)
class RecordChange:
    """One field of one record. `kept`: changed here since the set-up, so it stays as it is. Texts as printed."""

    record: str
    form: str
    label: str
    field: str
    old: str
    new: str
    kept: bool


@dataclass
class Following:
    """`pairs` are (before, after) to be written; `made` labels of new records; `fields` what changes or is kept."""

    pairs: list[tuple[Record | None, Record]]
    made: list[tuple[str, str]]
    fields: list[RecordChange]


def follow(desk: Desk, following: NextEdition) -> Following:
    """The records that follow a new edition. Reads only."""
    old = {each.id: each for each in set_up_records(desk.plan, desk.district, desk.district_name)}
    new = {each.id: each for each in set_up_records(following.plan, desk.district, desk.district_name)}
    new |= {each.id: each for each in _gone_policies(desk, following, old)}
    wanted = [record for record, state in new.items() if record not in old or _values(state) != _values(old[record])]
    held = desk.store.records.states(wanted)
    found = Following([], [], [])
    for record in wanted:
        state, after = held.get(record), new[record]
        if state is None:
            found.pairs.append((None, after))
            found.made.append((after.form, _named(desk, following.plan, after)))
        elif record in old:
            made = _followed(desk, following.plan, state, old[record], after, found.fields)
            if made is not None:
                found.pairs.append((state, made))
    return found


def _gone_policies(desk: Desk, following: NextEdition, old: Mapping[str, Record]) -> list[Record]:
    made = []
    for key in following.removed:
        record = record_id(desk.district, "policy", [key])
        if record in old:
            values = {**_values(old[record]), "status": REPLACED}
            made.append(set_up(record, "policy", following.plan.digest, values))
    return made


def _values(state: Record) -> dict[str, Value]:
    return {name: next(iter(register)).value for name, register in state.fields.items()}


def _followed(
    desk: Desk, plan: Plan, state: Record, old: Record, new: Record, told: list[RecordChange]
) -> Record | None:
    """The record with the fields that still hold what the former set-up wrote moved on; None when none does."""
    before, after = _values(old), _values(new)
    fields, vector = dict(state.fields), dict(state.vector)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) == after.get(name) or name not in after:
            continue
        current = open_values(fields.get(name, frozenset()))
        value = current[0].value if len(current) == 1 else None
        if len(current) == 1 and value == after[name]:
            continue
        untouched = not current or (len(current) == 1 and current[0].stamp.replica.startswith("=")
                                    and value == before.get(name))  # fmt: skip
        told.append(_told(desk, plan, state, name, value, after[name], kept=not untouched))
        if untouched:
            fields[name] = new.fields[name]
            vector = join(vector, {each.stamp.replica: each.stamp.counter for each in new.fields[name]})
    return None if fields == dict(state.fields) else replace(state, fields=fields, vector=vector)


def _told(
    desk: Desk, plan: Plan, state: Record, name: str, old: Value, new: Value, *, kept: bool
) -> RecordChange:  # fmt: skip
    each = desk.form(state.form).field(name)
    before, after = (each.type.printed(value, desk.names) for value in (old, new))
    return RecordChange(state.id, state.form, _named(desk, plan, state), each.label, before, after, kept)


def _named(desk: Desk, plan: Plan, state: Record) -> str:
    """What names a record, in words of the new edition."""
    values = {name: open_values(register)[0].value for name, register in state.fields.items() if register}
    if state.form == "assignment":
        entry = plan.known(str(values.get("item")))
        return str(getattr(entry, "title", values.get("item")))
    if state.form == "policy":
        return f"政策 {values.get('number')}　{values.get('title') or ''}"
    head = desk.store.records.head(state.id)
    if head:
        return str(head["label"])
    named = desk.names.label("indicator", str(values.get("indicator"))) or str(values.get("name") or "")
    return "　".join(part for part in (named, str(values.get("year") or "")) if part)
