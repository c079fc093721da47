"""One field of many records changed at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.actions.desk import Desk, needs
from desktop.actions.listing import list_text
from desktop.actions.many_rows import Judged, TypedRow, judge
from desktop.actions.pasting_match import single_codes
from desktop.actions.records import save_values
from desktop.model.errors import Refused
from desktop.model.forms import Field, Form
from desktop.model.registers import conflicts

Previewed = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class ManyChanged:
    """`ids` changed, `same` held the value already, `refused` (id, sentence); `action` of the log, None: no change."""

    ids: list[str]
    refused: list[tuple[str, str]]
    action: int | None = None
    same: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


def changeable(form: Form) -> list[Field]:
    """The fields that many records can be given at once: not files, not what makes the record what it is."""
    fixed = {*form.key, *single_codes(form), *([form.alternate[0]] if form.alternate else [])}
    return [each for each in form.fields if each.name not in fixed and each.type.name != "file"]


def _judged(desk: Desk, form_name: str, ids: Sequence[str], name: str, typed: str) -> tuple[Form, list[str], Judged]:
    form = desk.form(form_name)
    if name not in form:
        raise Refused(f"“{form.title}”没有字段 {name}，请核对字段名")
    if form.field(name).type.name == "file":
        raise Refused(f"{form.field(name).label}是附件，不能批量修改，请逐条添加")
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Refused(f"没有选中{form.noun}，请先选中要改的行")
    return form, wanted, judge(desk, form_name, [TypedRow(record, {name: typed}) for record in wanted])


def preview_many(desk: Desk, form_name: str, ids: Sequence[str], name: str, typed: str) -> list[Previewed]:
    """(id, label, before, after, error) of each record, as printed; `error` is "" where the change would be taken.

    Raises Refused for a form or field that does not exist and when no record is named.
    """
    form, wanted, judged = _judged(desk, form_name, ids, name, typed)
    each = form.field(name)
    found = []
    for place, record in enumerate(wanted):
        error = judged.sentence(place, form)
        before = list_text(desk, each, judged.before[place].get(name))
        after = typed.strip() if error else list_text(desk, each, judged.after[place].get(name))
        found.append((record, desk.names.label(form.name, record) or record[:8], before, after, error))
    return found


@needs("enter")
def change_many(desk: Desk, form_name: str, ids: Sequence[str], name: str, typed: str, why: str = "") -> ManyChanged:
    """Give one field of many records the same value, each checked like typing; what is refused stays as it was.

    All that is taken is one transaction and one entry of the log, so one undo takes it back.
    """
    form, wanted, judged = _judged(desk, form_name, ids, name, typed)
    refused = [(record, said) for place, record in enumerate(wanted) if (said := judged.sentence(place, form))]
    bad = {record for record, _ in refused}
    good = [(record, judged.values[place]) for place, record in enumerate(wanted) if record not in bad]
    if not good:
        return ManyChanged([], refused)
    before = {record: judged.before[place].get(name) for place, record in enumerate(wanted)}
    states = desk.store.records.states(
        record for record, held in desk.store.records.with_conflicts() if held == form.name
    )
    open_ones = {record for record, state in states.items() if name in conflicts(state)}
    saved = save_values(desk, form, [(record, values) for record, values in good], why)
    changed = [record for record, values in good if values[name] != before[record] or record in open_ones]
    warned = [(good[int(str(each["index"]))][0], str(each["message"])) for each in saved.warnings]
    same = [record for record, _ in good if record not in changed]
    return ManyChanged(changed, refused, saved.action, same, warned)
