"""Two records made one by a person: looked at side by side, merged with a reason, and set apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs, now
from desktop.actions.listing import list_text
from desktop.model.checks import check_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.fields.links import Reference
from desktop.model.forms import Form
from desktop.model.registers import MERGED, Life, Record, conflicts, life, write

FORMS = ("enterprise", "project", "site")


@dataclass(frozen=True)
class Side:
    """One field of two records as printed. `differs`: both are filled and not the same."""

    field: str
    label: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class Compared:
    """Two records side by side; `counts` are (form title, rows of the left, rows of the right) that refer to them."""

    left: str
    right: str
    left_label: str
    right_label: str
    sides: list[Side]
    counts: list[tuple[str, int, int]]


@dataclass(frozen=True)
class Joined:
    """`action` of the log; `taken` the fields that came from the merged record; `rows` sentences on rows that stood in
    both (a month reported twice): the standing record's figures were kept."""

    action: int
    into: str
    taken: list[str]
    rows: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Gone:
    """A record that was merged: its own name, the record that stands for it, and who said so."""

    id: str
    label: str
    into: str
    into_label: str
    who: str
    when: str
    why: str


def _pair(desk: Desk, form: Form, one: str, other: str) -> tuple[Record, Record]:
    if form.name not in FORMS:
        raise Refused(f"只有企业、项目、回收网点可以合并，“{form.title}”不能")
    if one == other:
        raise Refused("两条是同一条记录，不用合并")
    states = desk.store.records.states([one, other])
    for record in (one, other):
        state = states.get(record)
        if state is None or state.form != form.name or life(state) == Life.DELETED:
            raise Refused(f"没有这条{form.noun}：{record}。请用 list 查到它的 id")
        if desk.store.records.merged.root(record) != record:
            raise Refused(f"这条{form.noun}已并入“{desk.names.label(form.name, record)}”，不能再合并：{record}")
    return states[one], states[other]


def compare(desk: Desk, form_name: str, left: str, right: str) -> Compared:
    """Two records of a form field by field, and what refers to each. Raises Refused when one is not there."""
    form = desk.form(form_name)
    _pair(desk, form, left, right)
    held = desk.store.records.values(form.name, [left, right])
    sides = []
    for each in form.fields:
        one, other = (list_text(desk, each, held[record].get(each.name)) for record in (left, right))
        sides.append(Side(each.name, each.label, one, other, bool(one and other and one != other)))
    counts = []
    for other_form, name in _referring(desk, form.name):
        numbers = [
            desk.store.records.ids(other_form.name, where={name: record}, limit=0)[1] for record in (left, right)
        ]
        if any(numbers):
            titled = (
                other_form.title
                if len(_links(other_form, form.name)) == 1
                else (f"{other_form.title}（{other_form.field(name).label}）")
            )
            counts.append((titled, numbers[0], numbers[1]))
    one, other = (desk.names.label(form.name, record) or "（无名称）" for record in (left, right))
    return Compared(left, right, one, other, sides, counts)


def _links(form: Form, to: str) -> list[str]:
    return [each.name for each in form.fields if isinstance(each.type, Reference) and each.type.to == to]


def _referring(desk: Desk, to: str) -> list[tuple[Form, str]]:
    return [(form, name) for form in desk.forms.values() for name in _links(form, to)]


@needs("enter")
def merge_records(
    desk: Desk, form_name: str, from_id: str, into_id: str, why: str, take: Iterable[str] | None = None
) -> Joined:
    """Merge one record into another: it leaves the lists, what refers to it means the other from now on.

    `take` are the fields whose values come from the merged record; None: those that are empty in the standing one.
    Rows with the same natural key under both (a month of both projects) become one row: the standing record's, its
    empty figures filled from the other. One transaction, one entry of the log; undo takes it back. Raises Refused
    without a reason, for open conflicts, for rows in closed periods and for values that the form's checks block.
    """
    form = desk.form(form_name)
    if not why.strip():
        raise Refused("没有写合并原因，请填写后再合并")
    gone, stays = _pair(desk, form, from_id, into_id)
    for state in (gone, stays):
        if conflicts(state):
            raise Refused(f"“{desk.names.label(form.name, state.id)}”还有冲突未定，请先定冲突，再合并")
    held = desk.store.records.values(form.name, [from_id, into_id])
    wanted = _taken(form, held[from_id], held[into_id], take)
    changes = {name: held[from_id].get(name) for name in wanted if held[from_id].get(name) != held[into_id].get(name)}
    _refuse_wrong(desk, form, from_id, into_id, {**held[into_id], **changes})
    rows, said = _rows(desk, form, from_id, into_id)
    with desk.store.writing(f"合并{form.title}"):
        pairs: list[tuple[Record | None, Record]] = []

        def edit(state: Record, values: Mapping[str, Value]) -> None:
            pairs.append((state, write(state, values, desk.store.next_stamp(), desk.who, now(), why)))

        edit(gone, {MERGED: into_id})
        if changes:
            edit(stays, changes)
        for state, values in rows:
            edit(state, values)
        action = desk.store.save("merge", pairs, who=desk.who, why=why, form=form.name, record=from_id)
    return Joined(action, into_id, sorted(changes), said)


def _taken(form: Form, gone: Mapping[str, Value], stays: Mapping[str, Value], take: Iterable[str] | None) -> list[str]:
    if take is None:
        return [each.name for each in form.fields if stays.get(each.name) is None and gone.get(each.name) is not None]
    listed = list(take)
    for name in listed:
        if name not in form:
            raise Refused(f"“{form.title}”没有字段 {name}，请核对要取的字段")
    return listed


def _refuse_wrong(desk: Desk, form: Form, gone: str, stays: str, values: Mapping[str, Value]) -> None:
    def same(wanted: Mapping[str, Value]) -> list[str]:
        return [each for each in desk.store.records.same(form.name, wanted, stays) if each != gone]

    details: list[dict[str, object]] = [
        {"index": 0, "field": finding.field, "value": values.get(finding.field), "message": finding.message}
        for finding in check_values(form, values, desk.names, same)
        if finding.blocks
    ]
    if details:
        raise Refused(f"合并后的{form.noun}通不过核对：{details[0]['message']}", details)


def _rows(desk: Desk, form: Form, gone: str, stays: str) -> tuple[list[tuple[Record, dict[str, Value]]], list[str]]:
    """Edits that make rows of one key under both records one, and a sentence for each whose figures differ."""
    edits: list[tuple[Record, dict[str, Value]]] = []
    said = []
    for other in desk.forms.values():
        links = [name for name in _links(other, form.name) if name in other.key]
        if not links:
            continue
        name, rest = links[0], [each for each in other.key if each != links[0]]
        ours, theirs = (_by_key(desk, other, name, rest, record) for record in (stays, gone))
        both = [key for key in theirs if key in ours]
        touched = [record for key in both for record in (ours[key][0], theirs[key][0])]
        refuse_closed(desk, other, [(record, {}) for record in touched])
        states = desk.store.records.states(touched)
        for key in both:
            (our_id, our_values), (their_id, their_values) = ours[key], theirs[key]
            edits.append((states[their_id], {MERGED: our_id}))
            fills = {
                each.name: their_values[each.name] for each in other.fields
                if each.name not in other.key and our_values.get(each.name) is None
                and their_values.get(each.name) is not None
            }  # fmt: skip
            if fills:
                edits.append((states[our_id], fills))
            said += _differing(desk, other, rest, our_values, their_values)
    return edits, said


def _by_key(
    desk: Desk, form: Form, link: str, rest: list[str], parent: str
) -> dict[tuple[Value, ...], tuple[str, dict[str, Value]]]:
    ids, _ = desk.store.records.ids(form.name, where={link: parent})
    held = desk.store.records.values(form.name, ids)
    return {tuple(held[record].get(name) for name in rest): (record, held[record]) for record in ids}


def _differing(
    desk: Desk, form: Form, rest: list[str], ours: Mapping[str, Value], theirs: Mapping[str, Value]
) -> list[str]:
    named = "　".join(form.field(name).type.printed(ours.get(name), desk.names) for name in rest)
    said = []
    for each in form.fields:
        mine, other = ours.get(each.name), theirs.get(each.name)
        if each.name not in form.key and mine is not None and other is not None and mine != other:
            texts = [list_text(desk, each, value) for value in (mine, other)]
            said.append(f"{form.title} {named} {each.label}：保留 {texts[0]}，另一条是 {texts[1]}")
    return said


@needs("enter")
def separate(desk: Desk, form_name: str, record: str, why: str) -> int:
    """Set a merged record apart again, with the rows of its own that were merged along. Returns the action's number."""
    form = desk.form(form_name)
    if not why.strip():
        raise Refused("没有写分开的原因，请填写后再分开")
    state = desk.store.records.states([record]).get(record)
    merged = desk.store.records.merged
    if state is None or state.form != form.name or not merged.links([record]):
        raise Refused(f"这条{form.noun}没有并入别的记录，不用分开：{record}")
    states = [state]
    for other, name in _referring(desk, form.name):
        if name in other.key:
            mine = [each for each in merged.roots() if desk.store.records.form_of(each) == other.name]
            own = desk.store.records.stored(other.name, mine)
            states += desk.store.records.states(each for each, row in own.items() if row.get(name) == record).values()
    with desk.store.writing(f"分开{form.title}"):
        pairs: list[tuple[Record | None, Record]] = [
            (each, write(each, {MERGED: None}, desk.store.next_stamp(), desk.who, now(), why)) for each in states
        ]
        return desk.store.save("separate", pairs, who=desk.who, why=why, form=form.name, record=record)


def merged_records(desk: Desk, form_name: str) -> list[Gone]:
    """The records of a form that were merged into another, by their own names."""
    form = desk.form(form_name)
    roots = {each: root for each, root in desk.store.records.merged.roots().items()
             if desk.store.records.form_of(each) == form.name}  # fmt: skip
    states = desk.store.records.states(roots)
    found = []
    for record, root in roots.items():
        said = max(states[record].fields.get(MERGED, frozenset()), key=lambda each: each.at)
        own = str((desk.store.records.head(record) or {}).get("label", ""))
        found.append(Gone(record, own, root, desk.names.label(form.name, root) or "", said.who, said.at, said.why))
    return sorted(found, key=lambda each: (each.label, each.id))
